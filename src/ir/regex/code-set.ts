import { foldRuns } from '../fold-table.generated.ts';
import { foldClass, foldCode } from '../fold.ts';
import type { CodeRange, RegexNode } from './tree.ts';

/** A set of code points: ranges in rising order that neither overlap nor touch, both ends included. */
export type CodeSet = readonly CodeRange[];

export const LAST_CODE = 0x10ffff;

/** Sorts and joins ranges into a set. */
export function codeSet(ranges: Iterable<CodeRange>): CodeSet {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Every code point that is not in `set`. */
export function complement(set: CodeSet): CodeSet {
  const gaps: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST_CODE) gaps.push([next, LAST_CODE]);
  return gaps;
}

/** Tells whether `code` is in `set`. */
export function contains(set: CodeSet, code: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = set[middle]!;
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many code points are in `set`. */
export function sizeOf(set: CodeSet): number {
  return set.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Adds every code point that folds as some member does. */
export function foldClosure(set: CodeSet): CodeSet {
  const more: CodeRange[] = [...set];
  for (const code of foldable(set)) for (const alike of foldClass(code)) more.push([alike, alike]);
  return more.length === set.length ? set : codeSet(more);
}

/** Tells whether, with each of its members, `set` holds all that fold as that member does. */
export function isFoldClosed(set: CodeSet): boolean {
  // So is what it leaves out, which may be easier to walk.
  if (sizeOf(set) > 0x110000 - FEW) return isFoldClosed(complement(set));
  for (const code of foldable(set)) if (!foldClass(code).every((alike) => contains(set, alike))) return false;
  return true;
}

/**
 * The node for "one code point out of `set`": the same set always gives the same node, however it was written.
 *
 * It folds where that says the set in fewer ranges, so `(?i)a` and `[aA]` are one node, and `.` and `[^a]` do not fold.
 * `[kK]` does not either: the Kelvin sign folds to `k` and is not in it.
 */
export function setNode(set: CodeSet): SetNode {
  let node = made.get(set);
  if (!node) made.set(set, (node = makeSetNode(set)));
  return node;
}

type SetNode = Extract<RegexNode, { kind: 'set' }>;

const made = new WeakMap<CodeSet, SetNode>();

function makeSetNode(set: CodeSet): SetNode {
  // What is left out of nearly everything is said best by the gaps.
  if (sizeOf(set) > 0x110000 - FEW || !isFoldClosed(set)) return { kind: 'set', ranges: set, fold: false };
  const folded = foldImage(set);
  return folded.length < set.length
    ? { kind: 'set', ranges: folded, fold: true }
    : { kind: 'set', ranges: set, fold: false };
}

/** Sets up to this size are walked code point by code point. */
const FEW = 200;

/** What a `set` node matches, folding included. */
export function meaningOf({ ranges, fold }: SetNode): CodeSet {
  return fold ? foldClosure(ranges) : ranges;
}

/** What the members of `set` fold to. */
function foldImage(set: CodeSet): CodeSet {
  const moved = foldable(set).filter((code) => foldCode(code) !== code);
  if (moved.length === 0) return set;
  const left = complement(codeSet([...complement(set), ...moved.map((code): CodeRange => [code, code])]));
  return codeSet([
    ...left,
    ...moved.map((code): CodeRange => {
      const folded = foldCode(code);
      return [folded, folded];
    }),
  ]);
}

/** The members of `set` that do not fold alone. */
function foldable(set: CodeSet): number[] {
  if (sizeOf(set) > FEW) return allFoldable().filter((code) => contains(set, code));
  const found: number[] = [];
  for (const [from, to] of set)
    for (let code = from; code <= to; code += 1) if (foldClass(code).length > 1) found.push(code);
  return found;
}

let everyFoldable: readonly number[] | undefined;

function allFoldable(): readonly number[] {
  if (everyFoldable) return everyFoldable;
  const codes = new Set<number>();
  for (const [first, last, step, delta] of foldRuns)
    for (let code = first; code <= last; code += step) codes.add(code).add(code + delta);
  return (everyFoldable = [...codes]);
}
