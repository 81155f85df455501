import { scalarsOf, textOf } from './event.ts';
import type { Event, Scalar } from './event.ts';
import type { Aggregate } from './query.ts';

/**
 * Computes one figure over the rows of a group; undefined where there is nothing to compute it from, and then the row
 * has no such field.
 *
 * `count` without a field counts rows, with one the rows that have a value in it. `distinct` compares texts as they
 * are. Sums and the like leave out values that are no numbers. `percentile` is the nearest rank.
 */
export function aggregate(
  { function: name, field, percent }: Aggregate,
  rows: readonly Event[],
): Scalar | readonly Scalar[] | undefined {
  if (field === null) return rows.length;
  const perRow = rows.map((row) => scalarsOf(row.get(field)));
  const values = perRow.flat();
  switch (name) {
    case 'count':
      return perRow.filter((each) => each.length > 0).length;
    case 'distinct':
      return new Set(values.map(textOf)).size;
    case 'values':
      return [...new Set(values)];
    case 'first':
      return values[0];
    case 'last':
      return values.at(-1);
    default:
      return figureOf(
        name,
        values.map(numberOf).filter((each) => each !== undefined),
        percent,
      );
  }
}

type Figure = Exclude<Aggregate['function'], 'count' | 'distinct' | 'values' | 'first' | 'last'>;

function figureOf(name: Figure, numbers: readonly number[], percent = 50): number | undefined {
  if (numbers.length === 0) return undefined;
  const sum = () => numbers.reduce((total, each) => total + each, 0);
  const sorted = () => numbers.toSorted((a, b) => a - b);
  switch (name) {
    case 'sum':
      return sum();
    case 'average':
      return sum() / numbers.length;
    case 'min':
      return sorted()[0];
    case 'max':
      return sorted().at(-1);
    case 'percentile':
      return sorted()[Math.max(0, Math.ceil((percent / 100) * numbers.length) - 1)];
    case 'median': {
      const ranked = sorted();
      const middle = ranked.length / 2;
      return (ranked[Math.ceil(middle) - 1]! + ranked[Math.floor(middle)]!) / 2;
    }
  }
}

function numberOf(value: Scalar): number | undefined {
  const text = textOf(value).trim();
  return typeof value !== 'boolean' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/.test(text)
    ? Number(text)
    : undefined;
}
