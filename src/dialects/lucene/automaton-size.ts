import type { CodeRange } from '../../ir/regex/tree.ts';
import { Irregular } from '../../ir/regex/regular.ts';
import { TooComplex } from './automaton.ts';
import { automatonOf } from './places.ts';
import { isAnyText } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/**
 * Tells whether Lucene builds the automaton of an expression, and soon.
 *
 * Lucene stops at 10,000 states (`Operations.DEFAULT_MAX_DETERMINIZED_STATES`, TooComplexToDeterminizeException), and
 * measured on Lucene 8.7 it needs a second at two thousand and minutes at four. The states are counted here much as Lucene
 * makes them, part by part; its own differ by a few. Texts with `.*` between them, which is nearly all there is, need about a state a character and
 * are not counted.
 */
export function fitsAutomaton(regexp: Regexp): boolean {
  return opened(regexp) <= MOST_OPEN && (isPlain(regexp) || statesOf(regexp) <= MOST_STATES);
}

/** Of a choice, how many go on with `.*`: Lucene keeps account of which of them it has seen, so each doubles the states. */
function opened(regexp: Regexp): number {
  if (regexp.kind !== 'either') return 0;
  return regexp.of.filter((row) => row.kind === 'concat' && row.of.length > 1 && isAnyText(row.of.at(-1)!)).length;
}

const MOST_OPEN = 11;

const MOST_STATES = 2500;

/** The number of states, or infinity where there are too many to tell. */
export function statesOf(regexp: Regexp): number {
  try {
    return automatonOf(regexp, MOST_STATES).accepting.length;
  } catch (fault) {
    if (fault instanceof TooComplex || fault instanceof Irregular) return Infinity;
    throw fault;
  }
}

/**
 * A row of sets and `.*` in which two sets are the same or have nothing in common is a text search. So is a choice of
 * several that have `.*` at their ends only; inside, each would multiply the states of the others.
 */
function isPlain(regexp: Regexp): boolean {
  const rows = (regexp.kind === 'either' ? regexp.of : [regexp]).map((row) => (row.kind === 'concat' ? row.of : [row]));
  const searches =
    rows.length > 1
      ? rows.map((row) => row.filter((part, at) => (at > 0 && at < row.length - 1) || !isAnyText(part)))
      : rows;
  const parts = searches.flat().filter((part) => rows.length > 1 || !isAnyText(part));
  return parts.every((part) => part.kind === 'set') && areApart(parts.flatMap((part) => part.ranges));
}

function areApart(ranges: readonly CodeRange[]): boolean {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return sorted.every(([from, to], at) => {
    const before = sorted[at - 1];
    return !before || from > before[1] || (from === before[0] && to === before[1]);
  });
}
