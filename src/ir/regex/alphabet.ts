import type { CodeSet } from './code-set.ts';
import { Irregular } from './regular.ts';

/**
 * The code points divided into cells, such that no set of an expression tells two members of a cell apart.
 * Automata read cells, of which there are few, in place of code points.
 */
export interface Alphabet {
  readonly size: number;
  /** `inside[set][cell]` is 1 where the set holds the cell. */
  readonly inside: readonly Uint8Array[];
  /** The cells of the first 128 code points. */
  readonly ascii: Int32Array;
  cellOf(code: number): number;
}

/** Sets times stretches beyond which an expression is refused: far more than a person writes. */
const MOST_WORK = 20_000_000;

/** Divides the code points by `sets`. */
export function alphabetOf(sets: readonly CodeSet[]): Alphabet {
  const edges = new Set([0]);
  for (const set of sets) for (const [from, to] of set) edges.add(from).add(to + 1);
  edges.delete(0x110000);
  const starts = Int32Array.from(edges).sort();
  if (starts.length * sets.length > MOST_WORK) throw new Irregular('the expression names too many different classes');
  const stretchOf = (code: number) => place(starts, code);
  const cells = new Int32Array(starts.length);
  let size = 1;
  for (const set of sets) {
    const split = new Map<number, number>();
    const left = countIn(cells, size);
    for (const [from, to] of set) for (let at = stretchOf(from); starts[at]! <= to; at += 1) left[cells[at]!]! -= 1;
    for (const [from, to] of set) {
      for (let at = stretchOf(from); starts[at]! <= to; at += 1) {
        const cell = cells[at]!;
        if (left[cell] === 0) continue;
        let apart = split.get(cell);
        if (apart === undefined) split.set(cell, (apart = size++));
        cells[at] = apart;
      }
    }
  }
  const inside = sets.map((set) => {
    const held = new Uint8Array(size);
    for (const [from, to] of set) for (let at = stretchOf(from); starts[at]! <= to; at += 1) held[cells[at]!] = 1;
    return held;
  });
  const ascii = Int32Array.from({ length: 128 }, (_, code) => cells[stretchOf(code)]!);
  return { size, inside, ascii, cellOf: (code) => (code < 128 ? ascii[code]! : cells[stretchOf(code)]!) };
}

/** How many stretches each cell has. */
function countIn(cells: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const cell of cells) counts[cell]! += 1;
  return counts;
}

/** The index of the last of the sorted `starts` that is not above `code`. */
export function place(starts: Int32Array, code: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}
