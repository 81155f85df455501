import type { Mode, Reader } from './reader.ts';
import { RegexFault, takeMatch, takeText } from './reader.ts';
import { MOST_REPEATS } from './size.ts';
import type { Greed, RegexNode } from './tree.ts';

/** Reads a quantifier after `atom`, if there is one; `{` that begins none is a character (`a{,2}`, `{x}`). */
export function readRepeat(reader: Reader, mode: Mode, atom: RegexNode): RegexNode {
  const start = reader.at;
  const counts = readCounts(reader);
  if (!counts) return atom;
  const [min, max] = counts;
  if (min > MOST_REPEATS || (max !== null && max > MOST_REPEATS)) {
    throw new RegexFault(
      `a count goes to ${MOST_REPEATS} at most`,
      start,
      'write + or * where a bound does not matter',
    );
  }
  if (max !== null && max < min) throw new RegexFault('the counts are out of order', start, `write {${max},${min}}`);
  const greed = readGreed(reader, mode);
  const again = takeMatch(reader, /[*+?]|\{\d+(?:,\d*)?\}/y);
  if (again) {
    throw new RegexFault('a repeat can not be repeated', start, `put the part in a group: (?:..)${again[0]}`);
  }
  return { kind: 'repeat', of: atom, min, max, greed };
}

function readCounts(reader: Reader): readonly [min: number, max: number | null] | undefined {
  if (takeText(reader, '*')) return [0, null];
  if (takeText(reader, '+')) return [1, null];
  if (takeText(reader, '?')) return [0, 1];
  const found = takeMatch(reader, /\{(\d+)(?:(,)(\d*))?\}/y);
  if (!found) return undefined;
  const min = Number(found[1]);
  if (!found[2]) return [min, min];
  return [min, found[3] ? Number(found[3]) : null];
}

function readGreed(reader: Reader, mode: Mode): Greed {
  if (takeText(reader, '+')) return 'possessive';
  const lazy = takeText(reader, '?');
  return lazy !== mode.ungreedy ? 'lazy' : 'greedy';
}
