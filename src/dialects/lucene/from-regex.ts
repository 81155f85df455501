import { everything, newline, wordCodes } from '../../ir/regex/classes.ts';
import { codeSet, complement, meaningOf } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { Anchor, RegexNode } from '../../ir/regex/tree.ts';
import { anyText, common, concat, either, emptyText, isAnyText, isNothing } from './regexp.ts';
import { nothing, nullable, optional } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/**
 * Translates a regular expression that is sought anywhere in a value into one that fits the whole value.
 *
 * Lucene has no anchors, borders or look-arounds. Each is a condition on the text left or right of one place, so the
 * expression is split there and each side is met with its condition, by `&` and `~` where nothing simpler says it:
 *
 *     \bfoo$     // (.*[^0-9A-Z_a-z])?foo\n?
 *
 * Refused: what is not regular (back references), what depends on how the matcher searches (atomic groups, possessive
 * repetition), and a condition inside a repetition, of which there is a place for each round.
 */
export function fromRegex(tree: RegexNode): Regexp | { readonly refused: string } {
  try {
    return either(sequences(tree).map((sequence) => whole([plain(anyText), ...sequence, plain(anyText)], true)));
  } catch (fault) {
    if (fault instanceof Unsayable) return { refused: fault.message };
    throw fault;
  }
}

class Unsayable extends Error {}

/** A sequence is made of expressions and of places where conditions on the text at either side hold. */
type Item = { readonly kind: 'text'; readonly text: Regexp } | { readonly kind: 'place'; readonly at: Condition };
type Condition = { readonly kind: 'anchor'; readonly at: Anchor } | Extract<RegexNode, { kind: 'look' }>;

/** How many ways through alternatives that hold conditions are written out. */
const MOST_SEQUENCES = 64;

const plain = (text: Regexp): Item => ({ kind: 'text', text });

function sequences(node: RegexNode): Item[][] {
  const text = plainText(node);
  if (text) return [[plain(text)]];
  switch (node.kind) {
    case 'anchor':
    case 'look':
      return [[{ kind: 'place', at: node }]];
    case 'concat':
      return node.of.reduce<Item[][]>(
        (starts, part) => bounded(starts.flatMap((start) => sequences(part).map((end) => [...start, ...end]))),
        [[]],
      );
    case 'either':
      return bounded(node.of.flatMap(sequences));
    case 'group':
      return sequences(node.of);
    case 'repeat':
      return repeated(node);
    case 'backref':
    case 'set':
      throw new Unsayable('Lucene has no back references');
  }
}

function repeated({ of, min, max }: Extract<RegexNode, { kind: 'repeat' }>): Item[][] {
  const once = sequences(of);
  const still = once.every((sequence) => sequence.every(({ kind }) => kind === 'place'));
  if (!still && max !== 1 && max !== 0) throw new Unsayable('Lucene has no anchors, least of all inside a repetition');
  return [...(min === 0 ? [[]] : []), ...(max === 0 ? [] : once)];
}

function bounded(of: Item[][]): Item[][] {
  if (of.length > MOST_SEQUENCES) throw new Unsayable('it has too many alternatives with anchors in them');
  return of;
}

/** The expression without conditions, or undefined where it holds one. */
function plainText(node: RegexNode): Regexp | undefined {
  switch (node.kind) {
    case 'set':
      return { kind: 'set', ranges: meaningOf(node) };
    case 'concat':
    case 'either': {
      const of = node.of.map(plainText);
      if (!of.every((part) => part !== undefined)) return undefined;
      return node.kind === 'concat' ? concat(of) : either(of);
    }
    case 'repeat': {
      if (node.greed === 'possessive') throw new Unsayable('Lucene has no possessive repetition');
      const of = plainText(node.of);
      if (!of) return undefined;
      if (node.min === 1 && node.max === 1) return of;
      return node.max === 0 || (isNothing(of) && node.min === 0)
        ? emptyText
        : { kind: 'repeat', of, min: node.min, max: node.max };
    }
    case 'group':
      if (node.atomic) throw new Unsayable('Lucene has no atomic groups');
      return plainText(node.of);
    default:
      return undefined;
  }
}

/** What the text on one side of a place must be: of this form, or with such a character next to the place. */
type Demand =
  | { readonly kind: 'text'; readonly text: Regexp }
  | { readonly kind: 'next'; readonly ranges: CodeSet; readonly orNone: boolean };

interface Sides {
  readonly left: readonly Demand[];
  readonly right: readonly Demand[];
}

/** Joins a sequence into one expression. `fromStart`: what stands left of it is nothing but the start of the value. */
function whole(items: readonly Item[], fromStart: boolean): Regexp {
  const at = items.findIndex(({ kind }) => kind === 'place');
  if (at === -1) return concat(texts(items));
  let end = at;
  while (items[end]?.kind === 'place') end += 1;
  const left = concat(texts(items.slice(0, at)));
  const rest = items.slice(end);
  const places = items.slice(at, end).flatMap((item) => (item.kind === 'place' ? [item.at] : []));
  const options = places.reduce<Sides[]>(
    (sofar, place) => sofar.flatMap((one) => sidesOf(place).map((two) => together(one, two))),
    [{ left: [], right: [] }],
  );
  return either(
    options.map((sides) => {
      if (!fromStart && sides.left.some((demand) => demand.kind === 'text' || nullable(left)))
        throw new Unsayable('its look-around meets an anchor that looks further back');
      const start = meet(left, sides.left, 'last');
      if (isNothing(start)) return nothing;
      if (sides.right.length === 0) return whole([plain(start), ...rest], fromStart);
      return concat([start, meet(whole(rest, false), sides.right, 'first')]);
    }),
  );
}

function texts(items: readonly Item[]): Regexp[] {
  return items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}

function together(one: Sides, two: Sides): Sides {
  return { left: [...one.left, ...two.left], right: [...one.right, ...two.right] };
}

const lineBreak: Regexp = { kind: 'set', ranges: newline };

const inWord: Demand = { kind: 'next', ranges: wordCodes, orNone: false };
const outOfWord: Demand = { kind: 'next', ranges: complement(wordCodes), orNone: true };
const atLineBreak: Demand = { kind: 'next', ranges: newline, orNone: true };
const none: Demand = { kind: 'text', text: emptyText };

/** The ways in which a condition can be met, each as demands on both sides. */
function sidesOf(condition: Condition): Sides[] {
  if (condition.kind === 'look') return [lookOf(condition)];
  switch (condition.at) {
    case 'text-start':
      return [{ left: [none], right: [] }];
    case 'line-start':
      return [{ left: [atLineBreak], right: [] }];
    case 'text-end':
      return [{ left: [], right: [{ kind: 'text', text: optional(lineBreak) }] }];
    case 'very-end':
      return [{ left: [], right: [none] }];
    case 'line-end':
      return [{ left: [], right: [atLineBreak] }];
    case 'word-border':
      return [
        { left: [inWord], right: [outOfWord] },
        { left: [outOfWord], right: [inWord] },
      ];
    case 'no-word-border':
      return [
        { left: [inWord], right: [inWord] },
        { left: [outOfWord], right: [outOfWord] },
      ];
  }
}

function lookOf({ of, ahead, negative }: Extract<RegexNode, { kind: 'look' }>): Sides {
  const inner = sequences(of).map((sequence) => {
    if (ahead) return whole([...sequence, plain(anyText)], false);
    if (sequence.some((item) => item.kind === 'place' && sidesOf(item.at).some(({ right }) => right.length > 0)))
      throw new Unsayable('it looks back at what looks ahead');
    return whole([plain(anyText), ...sequence], true);
  });
  const seen = either(inner);
  const text: Demand = { kind: 'text', text: negative ? { kind: 'except', of: seen } : seen };
  return ahead ? { left: [], right: [text] } : { left: [text], right: [] };
}

type End = 'first' | 'last';

/** Narrows `text` to what meets the demands on its `end`, in the plainest form known. */
function meet(text: Regexp, demands: readonly Demand[], end: End): Regexp {
  return demands.reduce(
    (sofar, demand) => (demand.kind === 'next' ? meetNext(sofar, demand, end) : meetText(sofar, demand.text)),
    text,
  );
}

function meetText(text: Regexp, wanted: Regexp): Regexp {
  if (isNothing(text) || isNothing(wanted)) return nothing;
  if (isAnyText(text)) return wanted;
  if (isAnyText(wanted)) return text;
  if (wanted.kind === 'concat' && wanted.of.length === 0) return nullable(text) ? emptyText : nothing;
  return { kind: 'both', of: [text, wanted] };
}

function meetNext(text: Regexp, { ranges, orNone }: Extract<Demand, { kind: 'next' }>, end: End): Regexp {
  const possible = edgeOf(text, end);
  if (common(possible, complement(ranges)).length === 0 && (orNone || !nullable(text))) return text;
  if (common(possible, ranges).length === 0) return orNone && nullable(text) ? emptyText : nothing;
  const parts = text.kind === 'concat' ? text.of : [text];
  const edge = parts.at(end === 'first' ? 0 : -1);
  if (edge?.kind === 'set') {
    const narrowed: Regexp = { kind: 'set', ranges: common(edge.ranges, ranges) };
    return concat(end === 'first' ? [narrowed, ...parts.slice(1)] : [...parts.slice(0, -1), narrowed]);
  }
  const next: Regexp = { kind: 'set', ranges };
  const demanded = end === 'first' ? concat([next, anyText]) : concat([anyText, next]);
  return meetText(text, orNone ? optional(demanded) : demanded);
}

/** The characters that can stand at an end of a text that fits, and perhaps more. */
function edgeOf(node: Regexp, end: End): CodeSet {
  switch (node.kind) {
    case 'set':
      return node.ranges;
    case 'concat': {
      const parts = end === 'first' ? node.of : node.of.toReversed();
      const fixed = parts.findIndex((part) => !nullable(part));
      return codeSet((fixed === -1 ? parts : parts.slice(0, fixed + 1)).flatMap((part) => edgeOf(part, end)));
    }
    case 'either':
      return codeSet(node.of.flatMap((part) => edgeOf(part, end)));
    case 'both':
      return edgeOf(node.of[0]!, end);
    case 'repeat':
      return edgeOf(node.of, end);
    case 'except':
      return everything;
  }
}
