import { scalarsOf, textOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { atomsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { contains } from '../ir/regex/code-set.ts';
import type { RegexNode } from '../ir/regex/tree.ts';
import type { Goal } from './assemble.ts';
import { meets } from './assemble.ts';
import type { Domain } from './domain.ts';

/**
 * Looks for an event by trying changes of a known one, where no proof was found that there is none: the same values in
 * other case or on a second line, a field less, a value in another field, a message that says something else or what one
 * of the predicates mentions. A published expression over a whole line is rarely decided, yet what it misses is as a rule one such change away. Undefined says nothing.
 *
 * `known` are events that meet some of the goals.
 */
export function guessed(goals: readonly Goal[], known: readonly Raw[], domain: Domain): Raw | undefined {
  const mentioned = [...new Set(goals.flatMap(({ predicate }) => textsOf(predicate)))].slice(0, MOST_TEXTS);
  for (const event of known) {
    for (const each of changes(event, domain)) if (meets(each, goals)) return each;
    for (const text of mentioned) {
      const told = { ...event, [MESSAGE]: text };
      if (meets(told, goals)) return told;
    }
  }
  return undefined;
}

function* changes(event: Raw, { missing, without }: Domain): Generator<Raw> {
  for (const recased of [event, onTexts(event, upper), onTexts(event, lower), onTexts(event, swapped)]) {
    yield recased;
    yield { ...recased, [MESSAGE]: OTHER };
    for (const [name, value] of Object.entries(recased)) {
      const { [name]: _, ...rest } = recased;
      if (missing) yield rest;
      yield { ...rest, [name]: OTHER };
      if (!contains(without, LINE_BREAK)) yield* broken(recased, name, value);
      if (Object.hasOwn(recased, MESSAGE)) continue;
      yield { ...recased, [MESSAGE]: value };
      if (missing) yield { ...rest, [MESSAGE]: value };
      yield { ...rest, [name]: OTHER, [MESSAGE]: value };
    }
  }
}

/** The field that every recorder has, and what it says when it says nothing of interest. */
const MESSAGE = 'Message';
const OTHER = 'other';
const LINE_BREAK = 0x0a;

/** A list of names in an exception is as a rule shorter. */
const MOST_TEXTS = 50;

/** The longest text that each test names. */
function textsOf(predicate: Predicate): string[] {
  return [...atomsOf(predicate)].flatMap((atom) => {
    const test = atom.kind === 'keyword' ? atom.test : atom;
    if (test.kind === 'like') return longest(test.pattern.filter((piece) => typeof piece === 'string'));
    return test.kind === 'regex' ? runsOf(test.regex.tree) : [];
  });
}

/** The alternatives of the largest list in a predicate: what goes wrong with a query may go wrong with one of them. */
export function alternativesOf(predicate: Predicate): readonly Predicate[] {
  if (predicate.kind === 'not' || !('of' in predicate)) return [];
  const inner = predicate.of.map(alternativesOf).reduce((a, b) => (b.length > a.length ? b : a), []);
  return predicate.kind === 'any' && predicate.of.length > inner.length ? predicate.of : inner;
}

function longest(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => b.length - a.length).slice(0, 1);
}

/** The runs of letters that stand in an expression one after the other. */
function runsOf(tree: RegexNode): string[] {
  const runs: string[] = [''];
  const walk = (node: RegexNode): void => {
    switch (node.kind) {
      case 'set': {
        const [range] = node.ranges;
        if (range && range[0] === range[1] && node.ranges.length === 1)
          runs.push(runs.pop()! + String.fromCodePoint(range[0]));
        else runs.push('');
        return;
      }
      case 'concat':
        return node.of.forEach(walk);
      case 'either':
        for (const part of node.of) {
          runs.push('');
          walk(part);
        }
        runs.push('');
        return;
      case 'group':
      case 'repeat':
      case 'look':
        runs.push('');
        walk(node.of);
        runs.push('');
        return;
      default:
        runs.push('');
    }
  };
  walk(tree);
  return runs.filter((run) => run.length > 3);
}

/** A line break at every place of a value, or of one of several: a dot stops at it, a wildcard does not. */
function* broken(event: Raw, name: string, value: Value): Generator<Raw> {
  const texts = scalarsOf(value).map(textOf);
  for (const [index, text] of texts.entries())
    for (let at = 0; at < Math.min(text.length, MOST_PLACES); at += 1) {
      const changed = texts.with(index, `${text.slice(0, at)}\n${text.slice(at)}`);
      yield { ...event, [name]: changed.length === 1 ? changed[0]! : changed };
    }
}

/** Values that solvers make are shorter. */
const MOST_PLACES = 120;

function onTexts(event: Raw, change: (text: string) => string): Raw {
  const changed = (value: Value): Value => (typeof value === 'string' ? change(value) : value);
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, changed(value)]));
}

/** Of ASCII's letters alone: what becomes of others is a class of its own. */
function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function swapped(text: string): string {
  return text.replace(/[a-z]|[A-Z]/g, (letter) => (letter > 'Z' ? letter.toUpperCase() : letter.toLowerCase()));
}
