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
 * `starts[i]` begins the stretch that belongs to cell `cells[i]` and ends before `starts[i + 1]`; `members[c]` lists
 * the indexes of the sets that hold cell `c`.
 */
export interface Partition {
  readonly starts: readonly number[];
  readonly cells: readonly number[];
  readonly members: readonly (readonly number[])[];
}

export function partition(sets: readonly CodeSet[]): Partition {
  const edges: [at: number, set: number, enters: boolean][] = [];
  for (const [index, set] of sets.entries())
    for (const [from, to] of set) edges.push([from, index, true], [to + 1, index, false]);
  edges.sort((a, b) => a[0] - b[0]);
  const starts: number[] = [];
  const cells: number[] = [];
  const members: number[][] = [];
  const known = new Map<string, number>();
  const inside = new Set<number>();
  let at = 0;
  for (let code = 0; code <= LAST_CODE; code = edges[at]?.[0] ?? LAST_CODE + 1) {
    for (; at < edges.length && edges[at]![0] <= code; at += 1) {
      const [, set, enters] = edges[at]!;
      if (enters) inside.add(set);
      else inside.delete(set);
    }
    const held = [...inside].sort((a, b) => a - b);
    const key = held.join();
    let cell = known.get(key);
    if (cell === undefined) {
      known.set(key, (cell = members.length));
      members.push(held);
    }
    starts.push(code);
    cells.push(cell);
  }
  return { starts, cells, members };
}

/** The cell that `code` belongs to. */
export function cellOf({ starts, cells }: Partition, code: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return cells[low]!;
}

/**
 * Picks one code point of each cell that `sets` make of the code points outside of `without`: a letter that a reader
 * finds natural, one of `liked` before all others.
 */
export function letters(sets: readonly CodeSet[], without: CodeSet, liked: ReadonlySet<number>): number[] {
  const { starts, cells, members } = partition([...sets, codeSet([...surrogates, ...without])]);
  const best: number[] = [];
  const rank: number[] = [];
  for (const [index, cell] of cells.entries()) {
    if (members[cell]!.at(-1) === sets.length) continue;
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
