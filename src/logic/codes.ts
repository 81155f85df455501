import { place } from '../ir/regex/alphabet.ts';
import { foldRuns } from '../ir/fold-table.generated.ts';
import { LAST_CODE, codeSet, contains } from '../ir/regex/code-set.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';

/** Halves of pairs: not characters, so no value that we speak of holds one. */
export const surrogates: CodeSet = [[0xd800, 0xdfff]];

/** The characters that end a line in any of the languages we read: what a dot may refuse to match. */
export const lineBreaks: CodeSet = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

/** Every code point that folds to another. */
export const foldingCodes: readonly number[] = foldRuns.flatMap(([first, last, step]) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => first + at * step),
);

/** The code points of a text, a half pair as itself. */
export function codesOf(text: string): number[] {
  const codes: number[] = [];
  for (const character of text) codes.push(character.codePointAt(0)!);
  return codes;
}

/**
 * The code points divided into cells such that no given set tells two members of a cell apart.
 *
 * `starts[i]` begins the stretch that belongs to cell `cells[i]` and ends before `starts[i + 1]`; `first[c]` is the
 * least member of cell `c`.
 */
export interface Partition {
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  readonly first: readonly number[];
}

/** Divides the code points by one set after another; each set costs as many steps as it has stretches. */
export function partition(sets: readonly CodeSet[]): Partition {
  const edges = new Set([0]);
  for (const set of sets) for (const [from, to] of set) edges.add(from).add(to + 1);
  edges.delete(LAST_CODE + 1);
  const starts = Int32Array.from(edges).sort();
  const cells = new Int32Array(starts.length);
  const sizes = [starts.length];
  for (const set of sets) {
    const moved = new Map<number, number[]>();
    for (const [from, to] of set)
      for (let at = place(starts, from); at < starts.length && starts[at]! <= to; at += 1) {
        const known = moved.get(cells[at]!);
        if (known) known.push(at);
        else moved.set(cells[at]!, [at]);
      }
    for (const [cell, stretches] of moved) {
      if (stretches.length === sizes[cell]) continue;
      sizes[cell]! -= stretches.length;
      for (const at of stretches) cells[at] = sizes.length;
      sizes.push(stretches.length);
    }
  }
  const first: number[] = [];
  for (const [at, cell] of cells.entries()) first[cell] ??= starts[at]!;
  return { starts, cells, first };
}

/** The cell that `code` belongs to. */
export function cellOf({ starts, cells }: Partition, code: number): number {
  return cells[place(starts, code)]!;
}

/**
 * Picks one code point of each cell that `sets` make of the code points outside of `without`: a letter that a reader
 * finds natural, one of `liked` before all others.
 */
export function letters(sets: readonly CodeSet[], without: CodeSet, liked: ReadonlySet<number>): number[] {
  const out = codeSet([...surrogates, ...without]);
  const { starts, cells, first: members } = partition([...sets, out]);
  const open = members.map((code) => !contains(out, code));
  const best: number[] = [];
  const rank: number[] = [];
  for (const [index, cell] of cells.entries()) {
    if (!open[cell]!) continue;
    const first = starts[index]!;
    const last = (starts[index + 1] ?? LAST_CODE + 1) - 1;
    const consider = (code: number) => {
      const order = liked.has(code) ? -1 : oddness(code);
      if (rank[cell] !== undefined && rank[cell] <= order) return;
      rank[cell] = order;
      best[cell] = code;
    };
    for (let code = Math.max(first, 0x20); code <= Math.min(last, 0x7e); code += 1) consider(code);
    for (const code of plainForeign) if (first <= code && code <= last) consider(code);
    consider(first);
    consider(last);
  }
  return best.filter((code) => code !== undefined);
}

/** Common letters beyond ASCII, for values that must have one. */
const plainForeign = [0xe9, 0xe4, 0x436, 0x4e2d, 0x1f600];

/** How little a reader expects a character in a value: letters first, then digits, signs, foreign letters, controls. */
function oddness(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code === 0x78 ? 0 : code - 0x60;
  if (code >= 0x30 && code <= 0x39) return code;
  if (code >= 0x41 && code <= 0x5a) return code;
  const sign = '_-. \\/:,=+@#&%()[]{};!$^~\'"`<>|*?'.indexOf(String.fromCodePoint(code));
  if (code < 0x7f && sign >= 0) return 100 + sign;
  const foreign = plainForeign.indexOf(code);
  if (foreign >= 0) return 200 + foreign;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || contains(lineBreaks, code)) return 2_000_000 + code;
  return 1000 + code;
}
