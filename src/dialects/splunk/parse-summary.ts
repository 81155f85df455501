/** Reads what `stats`, `eventstats` and `streamstats` compute: figures, and the fields that they group by. */
import type { Aggregate } from '../../ir/query.ts';
import { fieldList, fieldName } from './parse-names.ts';
import { aggregates } from './print-stages.ts';
import { expected, since } from './reader.ts';
import type { Reader } from './reader.ts';

export interface Summary {
  readonly with: readonly Aggregate[];
  readonly by: readonly string[];
}

/** `count, dc(a) as b by c, d` */
export function readSummary(reader: Reader): Summary {
  const { cursor } = reader;
  const figures: Aggregate[] = [];
  while (!cursor.done && !cursor.sees(/\||by\b/i)) {
    figures.push(readAggregate(reader));
    cursor.take(/,/);
  }
  if (figures.length === 0) cursor.fail('syntax', 'expected a figure such as count or dc(field)');
  const by = cursor.take(/by(?=\s)/i) ? fieldList(reader) : [];
  return { with: figures, by };
}

const byName = new Map<string, Aggregate['function']>([
  ...Object.entries(aggregates).map(([name, spl]) => [spl, name as Aggregate['function']] as const),
  ['c', 'count'],
  ['distinct_count', 'distinct'],
  ['mean', 'average'],
]);

function readAggregate(reader: Reader): Aggregate {
  const { cursor } = reader;
  const { start } = cursor.here();
  const name = expected(reader, /[A-Za-z_]+\d*/, 'a figure such as count');
  const rank = /^(?:exact)?p(?:erc)?(\d{1,2})$/i.exec(name);
  const found = rank ? 'percentile' : byName.get(name.toLowerCase());
  if (found === undefined)
    return cursor.fail('splunk/stage', `the figure '${name}' is not modelled`, since(cursor, start));
  let field: string | null = null;
  if (cursor.take(/\(/)) {
    if (!cursor.sees(/\)/)) field = fieldName(reader);
    if (!cursor.take(/\)/))
      cursor.fail('splunk/stage', 'only a figure of a field as it is is modelled', since(cursor, start));
  }
  if (field === null && found !== 'count') cursor.fail('syntax', `'${name}' needs a field`, since(cursor, start));
  const as = cursor.take(/as(?=\s)/i) ? fieldName(reader) : field === null ? name : `${name}(${field})`;
  if (found === 'percentile') reader.noted.add('percentile');
  return { as, function: found, field, ...(rank && { percent: Number(rank[1]) }) };
}

/** The fields that a row has after the summary. */
export function fieldsAfter(summary: Summary): ReadonlySet<string> {
  return new Set([...summary.by, ...summary.with.map(({ as }) => as)]);
}
