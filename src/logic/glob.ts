import { foldClass, foldCode } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import { normal } from '../ir/pattern.ts';
import { codeSet } from '../ir/regex/code-set.ts';
import { codesOf } from './codes.ts';
import type { Machine } from './machine.ts';
import { DEAD } from './machine.ts';

/** Elements of a glob that are no code point: one code point, or any run of them. */
export const ONE = -1;
export const MANY = -2;

/**
 * A wildcard pattern as a list of elements, each a code point (folded unless `cased`), `ONE` or `MANY`.
 * A pattern whose letters have no case is never `cased`.
 */
export interface Glob {
  readonly elements: readonly number[];
  readonly cased: boolean;
  /** The pattern as written, for building values that look like it. */
  readonly display: Pattern;
  /** Whether it has no wildcard. */
  readonly fixed: boolean;
}

export function globOf(pattern: Pattern, cased: boolean): Glob {
  const display = normal(pattern);
  const elements: number[] = [];
  let fixed = true;
  for (const piece of display)
    if (typeof piece === 'string') for (const character of piece) elements.push(character.codePointAt(0)!);
    else {
      elements.push(piece.wild === 'one' ? ONE : MANY);
      fixed = false;
    }
  const matters = cased && elements.some((code) => code >= 0 && foldClass(code).length > 1);
  if (!matters) for (const [at, code] of elements.entries()) elements[at] = code < 0 ? code : foldCode(code);
  return { elements, cased: matters, display, fixed };
}

/**
 * Whether every text that fits `inner` fits `outer`. A `true` is certain; a `false` only if `outer` is decisive.
 */
export function includedIn(inner: Glob, outer: Glob): boolean {
  return fits(inner.elements, outer.elements, (wanted, given) => {
    if (wanted === ONE) return given !== MANY;
    if (given < 0) return false;
    if (!outer.cased) return wanted === (inner.cased ? foldCode(given) : given);
    return wanted === given && (inner.cased || foldClass(given).length === 1);
  });
}

/**
 * Whether a pattern takes another's texts only if it takes the other's elements one by one: so it is without `ONE`,
 * since a letter that the pattern does not name may stand for each wildcard of the other.
 */
export function isDecisive({ elements }: Glob): boolean {
  return !elements.includes(ONE);
}

/** Whether a text, as code points (folded, for a glob without case), fits. */
export function fitsCodes({ elements, fixed }: Glob, codes: readonly number[]): boolean {
  if (!fixed) return fits(codes, elements, isOneOrSame);
  if (codes.length !== elements.length) return false;
  for (let at = 0; at < codes.length; at += 1) if (codes[at] !== elements[at]) return false;
  return true;
}

function isOneOrSame(wanted: number, given: number): boolean {
  return wanted === given || wanted === ONE;
}

/** Matches from the left; after a `MANY` the next segment is taken where it first occurs, and never reconsidered. */
function fits(
  given: readonly number[],
  wanted: readonly number[],
  takes: (wanted: number, given: number) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let retryAt = -1;
  let retryNext = -1;
  while (at < given.length) {
    if (next < wanted.length && wanted[next] === MANY) {
      next += 1;
      if (next === wanted.length) return true;
      retryAt = at;
      retryNext = next;
    } else if (next < wanted.length && takes(wanted[next]!, given[at]!)) {
      at += 1;
      next += 1;
    } else if (retryAt >= 0) {
      retryAt += 1;
      at = retryAt;
      next = retryNext;
    } else return false;
  }
  while (next < wanted.length && wanted[next] === MANY) next += 1;
  return next === wanted.length;
}

/** Whether no text fits both. Exact. */
export function disjoint(a: Glob, b: Glob): boolean {
  const [left, right] = [a.elements, b.elements];
  const meets = (x: number, y: number) => {
    if (x === ONE || y === ONE || x === y) return true;
    if (a.cased === b.cased) return false;
    return a.cased ? foldCode(x) === y : x === foldCode(y);
  };
  let row = new Uint8Array(right.length + 1);
  let below = new Uint8Array(right.length + 1);
  row[0] = 1;
  for (let i = 0; i <= left.length; i += 1) {
    below.fill(0);
    const x = left[i];
    let alive = false;
    for (let j = 0; j <= right.length; j += 1) {
      if (row[j] !== 1) continue;
      alive = true;
      const y = right[j];
      if (x === MANY) below[j] = 1;
      if (y === MANY) row[j + 1] = 1;
      if (x === undefined || y === undefined) continue;
      if (x === MANY) row[j + 1] = 1;
      else if (y === MANY) below[j] = 1;
      else if (meets(x, y)) below[j + 1] = 1;
    }
    if (i === left.length) return row[right.length] !== 1;
    if (!alive) return true;
    [row, below] = [below, row];
  }
  return true;
}

/**
 * The automaton of a glob.
 *
 * A state is the number of `MANY`s passed and the lengths of the next segment's beginnings that the text ends in.
 * Committing to the last `MANY` passed loses nothing, for the reason that matching from the left loses nothing;
 * so a glob without `ONE` has about as many states as elements.
 */
export function globMachine({ elements, cased }: Glob): Machine {
  const segments: number[][] = [[]];
  for (const element of elements) {
    if (element === MANY) segments.push([]);
    else segments.at(-1)!.push(element);
  }
  const last = segments.length - 1;
  const after = segments.map((_, index) => segments.slice(index + 1).reduce((sum, { length }) => sum + length, 0));
  const symbols = new Map<number, number>();
  for (const element of elements) if (element >= 0 && !symbols.has(element)) symbols.set(element, symbols.size + 1);
  const width = symbols.size + 1;

  const segmentOf: number[] = [];
  const lengthsOf: (readonly number[])[] = [];
  const least: number[] = [];
  const known = new Map<string, number>();
  const next: (number | undefined)[] = [];
  const state = (segment: number, lengths: readonly number[]): number => {
    const key = `${segment}:${lengths.join()}`;
    let id = known.get(key);
    if (id === undefined) {
      known.set(key, (id = segmentOf.length));
      segmentOf.push(segment);
      lengthsOf.push(lengths);
      least.push(segments[segment]!.length - Math.max(...lengths) + after[segment]!);
      for (let symbol = 0; symbol < width; symbol += 1) next.push(undefined);
    }
    return id;
  };
  /** Moves past the segments that are complete; only the last one must end with the text. */
  const settle = (segment: number, lengths: readonly number[]): number => {
    while (segment < last && lengths.includes(segments[segment]!.length)) {
      segment += 1;
      lengths = [0];
    }
    return state(segment, lengths);
  };
  let cost = 0;
  const move = (from: number, symbol: number): number => {
    cost += 10 + lengthsOf[from]!.length;
    const segment = segmentOf[from]!;
    const wanted = segments[segment]!;
    const lengths: number[] = segment > 0 ? [0] : [];
    for (const length of lengthsOf[from]!) {
      const element = wanted[length];
      if (element !== undefined && (element === ONE || symbols.get(element) === symbol)) lengths.push(length + 1);
    }
    return lengths.length === 0 ? DEAD : settle(segment, lengths);
  };
  const start = settle(0, [0]);
  return {
    sets: [...symbols.keys()].map((code) => (cased ? [[code, code]] : codeSet(foldClass(code).map((c) => [c, c])))),
    start,
    symbol: (code) => symbols.get(cased ? code : foldCode(code)) ?? 0,
    step: (from, symbol) => (next[from * width + symbol] ??= move(from, symbol)),
    accepts: (at) => segmentOf[at] === last && lengthsOf[at]!.includes(segments[last]!.length),
    universal: (at) => last > 0 && segmentOf[at] === last && segments[last]!.length === 0,
    distance: (at) => least[at]!,
    cost: () => cost,
  };
}

/** The code points that the pattern is written with. */
export function lettersOf({ display }: Glob): number[] {
  return display.flatMap((piece) => (typeof piece === 'string' ? codesOf(piece) : []));
}
