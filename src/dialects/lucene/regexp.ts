import { foldClass } from '../../ir/fold.ts';
import { complement, LAST_CODE } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';

/**
 * A Lucene regular expression as a tree: it fits a whole value or not, and knows no case.
 *
 * `set` is one code point out of sorted ranges. `either` of nothing fits no value, `concat` of nothing the empty one.
 * `both` is Lucene's `&` and `except` its `~`: the values that fit every part, and those that don't fit.
 * See https://www.elastic.co/docs/reference/query-languages/query-dsl/regexp-syntax.
 */
export type Regexp =
  | { readonly kind: 'set'; readonly ranges: CodeSet }
  | { readonly kind: 'concat' | 'either' | 'both'; readonly of: readonly Regexp[] }
  | { readonly kind: 'repeat'; readonly of: Regexp; readonly min: number; readonly max: number | null }
  | { readonly kind: 'except'; readonly of: Regexp };

/** One code point out of a set. */
export type SetNode = Extract<Regexp, { kind: 'set' }>;

export const anyCharacter: Regexp = { kind: 'set', ranges: [[0, LAST_CODE]] };
export const anyText: Regexp = { kind: 'repeat', of: anyCharacter, min: 0, max: null };
export const emptyText: Regexp = { kind: 'concat', of: [] };
export const nothing: Regexp = { kind: 'either', of: [] };

/** Puts parts in a row; beside `anyText`, what may be empty says nothing and is left out. */
export function concat(parts: readonly Regexp[]): Regexp {
  const of: Regexp[] = [];
  for (const part of joined(parts)) {
    if (isNothing(part)) return nothing;
    if (part.kind === 'set') {
      of.push(part);
      continue;
    }
    const last = of.at(-1);
    if (last && isAnyText(last) && nullable(part)) continue;
    if (isAnyText(part)) while (of.length > 0 && nullable(of.at(-1)!)) of.pop();
    of.push(part);
  }
  return of.length === 1 ? of[0]! : { kind: 'concat', of };
}

function joined(parts: readonly Regexp[]): readonly Regexp[] {
  if (!parts.some(({ kind }) => kind === 'concat')) return parts;
  return parts.flatMap((each) => (each.kind === 'concat' ? each.of : [each]));
}

/** A choice of parts; those that fit no value are left out. */
export function either(parts: readonly Regexp[]): Regexp {
  const of = parts.flatMap((each) => (each.kind === 'either' ? each.of : [each]));
  return of.length === 1 ? of[0]! : { kind: 'either', of };
}

export function optional(of: Regexp): Regexp {
  return nullable(of) ? of : { kind: 'repeat', of, min: 0, max: 1 };
}

export function isAnyText(node: Regexp): boolean {
  return node.kind === 'repeat' && node.min === 0 && node.max === null && isAnyCharacter(node.of);
}

export function isAnyCharacter(node: Regexp): boolean {
  return (
    node.kind === 'set' && node.ranges.length === 1 && node.ranges[0]![0] === 0 && node.ranges[0]![1] === LAST_CODE
  );
}

export function isNothing(node: Regexp): boolean {
  return (node.kind === 'either' && node.of.length === 0) || (node.kind === 'set' && node.ranges.length === 0);
}

/** Tells whether the empty value fits. */
export function nullable(node: Regexp): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'concat':
    case 'both':
      return node.of.every(nullable);
    case 'either':
      return node.of.some(nullable);
    case 'repeat':
      return node.min === 0 || nullable(node.of);
    case 'except':
      return !nullable(node.of);
  }
}

/** The code points in both. */
export function common(left: readonly CodeRange[], right: readonly CodeRange[]): CodeRange[] {
  return left
    .flatMap(([from, to]) => right.map(([a, b]): CodeRange => [Math.max(from, a), Math.min(to, b)]))
    .filter(([from, to]) => from <= to);
}

/**
 * Writes the expression, without the slashes around it.
 *
 * `/` is escaped for the query parser. A backslash at the very end is written `[\\]`, since the parser takes the
 * longest `/.../` there is and would read `\\/` as an escaped slash.
 *
 *     writeRegexp(concat([anyText, letter('c'), letter('o')]))   // .*[cC][oO]
 */
export function writeRegexp(node: Regexp): string {
  const text = write(node, 0);
  return text.endsWith('\\\\') ? `${text.slice(0, -2)}[\\\\]` : text;
}

const binding = { either: 0, both: 1, concat: 2, repeat: 3, except: 4 } as const;

function write(node: Regexp, outer: number): string {
  if (node.kind === 'set') return textOfSet(node.ranges);
  const text = writeBare(node);
  const lone = (node.kind === 'either' || node.kind === 'concat') && node.of.length === 0;
  return binding[node.kind] < outer && !lone ? `(${text})` : text;
}

function writeBare(node: Exclude<Regexp, { kind: 'set' }>): string {
  switch (node.kind) {
    case 'concat':
      return node.of.length === 0 ? '()' : node.of.map((part) => write(part, 3)).join('');
    case 'either':
      return node.of.length === 0 ? '#' : node.of.map((part) => write(part, 1)).join('|');
    case 'both':
      return node.of.map((part) => write(part, 2)).join('&');
    case 'repeat':
      return write(node.of, 4) + quantifier(node.min, node.max);
    case 'except':
      return `~(${write(node.of, 0)})`;
  }
}

function quantifier(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const writtenSets = new WeakMap<CodeSet, string>();

/** A letter's set is one value throughout, so its text is written once. */
function textOfSet(ranges: CodeSet): string {
  let text = writtenSets.get(ranges);
  if (text === undefined) writtenSets.set(ranges, (text = writeSet(ranges)));
  return text;
}

function writeSet(ranges: readonly CodeRange[]): string {
  if (ranges.length === 0) return '#';
  if (ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] === LAST_CODE) return '.';
  const only = ranges.length === 1 && ranges[0]![0] === ranges[0]![1] ? ranges[0]![0] : undefined;
  if (only !== undefined) return escaped(only, RESERVED);
  const negative = ranges.at(-1)![1] === LAST_CODE;
  const inner = inReadingOrder(negative ? complement(ranges) : ranges).map(([from, to]) => {
    const [first, last] = [escaped(from, RESERVED_IN_CLASS), escaped(to, RESERVED_IN_CLASS)];
    return from === to ? first : to === from + 1 ? first + last : `${first}-${last}`;
  });
  return `[${negative ? '^' : ''}${inner.join('')}]`;
}

/** A letter's own class is written small letter first, `[cC]`, as people do; all else by code point. */
function inReadingOrder(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const first = ranges[0]![0];
  const cases = foldClass(first);
  const fits = cases.length === ranges.length && ranges.every(([from, to]) => from === to && cases.includes(from));
  return fits ? cases.map((code): CodeRange => [code, code]) : ranges;
}

const RESERVED = /[.?+*|{}[\]()"\\#@&<>~/^$-]/;
const RESERVED_IN_CLASS = /[[\]"\\&~/^-]/;

function escaped(code: number, reserved: RegExp): string {
  const character = String.fromCodePoint(code);
  return reserved.test(character) ? `\\${character}` : character;
}
