/** A predicate as one expression about a whole line: `^(?=.*A)(?!.*B)`. */
import { atomFeatures, featuresOf } from '../../ir/features.ts';
import type { Feature } from '../../ir/features.ts';
import { isAnything } from '../../ir/pattern.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';
import { pcre } from '../../ir/regex/flavours.ts';
import { printRegex } from '../../ir/regex/print.ts';
import { Unsayable } from './json-text.ts';
import { existenceTest, fieldTest, keywordTest, presenceTest } from './write-test.ts';
import type { ValueAtom } from './write-test.ts';
import { patternTree } from '../pattern-tree.ts';

/** A test that has no expression, by the feature that it needs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly feature: Feature;
  readonly origin: number | undefined;
  constructor(atom: Atom, why: string) {
    super(why);
    this.feature = [...atomFeatures(atom)][0]!;
    this.origin = atom.origin;
  }
}

/** An expression that PCRE does not compile, by some feature of the query. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly feature: Feature;
  readonly origin: number | undefined;
  constructor(query: Query) {
    super('the expression is larger than PCRE compiles (64 KB), and its conditions can not be divided');
    const [first] = featuresOf(query);
    this.feature = first?.feature ?? 'constant';
    this.origin = first?.origin;
  }
}

/** Whether a field may have several values. */
export type Several = (field: string) => boolean;

/** What must hold at the start of the line, one part for each condition, none of which consumes anything. */
export function conditionsOf(node: Predicate, several: Several): string[] {
  switch (node.kind) {
    case 'all':
      return node.of.flatMap((part) => conditionsOf(part, several));
    case 'any':
      return [anyOf(node.of, several)];
    case 'not':
      return negationsOf(node.of, several);
    default:
      return [`(?=${testOf([node], several)})`];
  }
}

function negationsOf(of: Predicate, several: Several): string[] {
  switch (of.kind) {
    case 'not':
      return conditionsOf(of.of, several);
    case 'any':
      return of.of.length === 0
        ? []
        : grouped(of.of).flatMap((part) =>
            Array.isArray(part) ? [`(?!${testOf(part, several)})`] : negationsOf(part, several),
          );
    case 'all':
      return [`(?!${conditionsOf(of, several).join('')})`];
    default:
      return [`(?!${testOf([of], several)})`];
  }
}

function anyOf(parts: readonly Predicate[], several: Several): string {
  if (parts.length === 0) return '(?!)';
  const ways = grouped(parts).map((part) =>
    Array.isArray(part) ? `(?=${testOf(part, several)})` : conditionsOf(part, several).join(''),
  );
  return ways.length === 1 ? ways[0]! : `(?:${ways.join('|')})`;
}

/** Tests of one field stand together, in the place of the first of them. */
function grouped(parts: readonly Predicate[]): (Predicate | Atom[])[] {
  const groups = new Map<string, Atom[]>();
  const found: (Predicate | Atom[])[] = [];
  for (const part of parts) {
    if (part.kind === 'all' || part.kind === 'any' || part.kind === 'not') {
      found.push(part);
      continue;
    }
    const field = isValueAtom(part) && typeof part.field === 'string' ? part.field : undefined;
    const group = field === undefined ? undefined : groups.get(field);
    if (group) group.push(part);
    else {
      const fresh = [part];
      if (field !== undefined) groups.set(field, fresh);
      found.push(fresh);
    }
  }
  return found;
}

function isValueAtom(atom: Atom): atom is ValueAtom {
  if (atom.kind === 'like') return !isAnything(atom.pattern);
  return atom.kind === 'regex' || atom.kind === 'equal' || atom.kind === 'cidr';
}

/** What some test of `group`, which look at one field, is found by, from the start of the line on. */
export function testOf(group: readonly Atom[], several: Several): string {
  const [first] = group as readonly [Atom, ...Atom[]];
  try {
    return testNode(first, group, several);
  } catch (fault) {
    if (!(fault instanceof Unsayable)) throw fault;
    throw new Refusal(first, fault.message);
  }
}

function testNode(first: Atom, group: readonly Atom[], several: Several): string {
  if (first.kind === 'keyword') return keywordTest(first);
  const { field } = first;
  if (typeof field !== 'string') {
    if (field.rendered !== 'json-line')
      throw new Refusal(first, 'grep looks at lines of JSON, not at this form of the event');
    if (first.kind === 'regex') return `.*(?:${lineExpression(first.regex)})`;
    if (first.kind === 'like') return `.*(?:${lineExpression(treeAlone(patternTree(first.pattern, first.cased)))})`;
    throw new Refusal(first, 'a line as a whole is no such value');
  }
  if (first.kind === 'exists') return existenceTest(field);
  if (first.kind === 'like' && isAnything(first.pattern)) return presenceTest(field, several(field));
  if (!isValueAtom(first)) throw new Refusal(first, 'grep compares text alone');
  return fieldTest(field, group as readonly ValueAtom[], several(field));
}

/** An expression about the whole line as PCRE; as it was written, where that is PCRE. */
export function lineExpression(regex: Regex): string {
  const printed = printRegex(regex, pcre);
  if ('refused' in printed) throw new Unsayable(printed.refused);
  return printed.text;
}

/** A tree as an expression that was never written. */
export function treeAlone(tree: RegexNode): Regex {
  return { source: '\u0000', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree };
}
