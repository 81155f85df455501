import type { Order } from '../../../ir/predicate.ts';
import type { Aggregate } from '../../../ir/query.ts';
import type { Cursor } from '../../../text/cursor.ts';
import type { Span } from '../../../text/source.ts';
import type { Place } from '../yaml/place.ts';
import { secondsOf } from './timespan.ts';

/**
 * What Sigma 1 wrote behind a pipe (specification 1.0, "Aggregation expression", "Near aggregation expression"), and
 * what correlation rules have replaced:
 *
 *     aggregation = figure '(' [ field ] ')' [ 'by' field { ',' field } ] comparison number
 *                 | 'near' name { 'and' [ 'not' ] name } [ 'within' timespan ]
 *     figure      = 'count' | 'min' | 'max' | 'avg' | 'sum'
 */
export type Aggregation =
  | {
      readonly kind: 'figure';
      readonly aggregate: Aggregate;
      readonly by: readonly string[];
      readonly order: Order | '!=';
      readonly value: number;
      readonly span: Span;
    }
  | {
      readonly kind: 'near';
      readonly names: readonly { readonly name: string; readonly absent: boolean; readonly span: Span }[];
      readonly within: number | null;
      readonly span: Span;
    };

const figures = { count: 'count', min: 'min', max: 'max', avg: 'average', sum: 'sum' } as const;
const orders: Readonly<Record<string, Order | '!='>> = {
  '==': '=',
  '=': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const EXAMPLE = 'write | count() by User > 5';
const FIELD = /([^\s()|,<>=!]+)/;

/** Reads what stands behind the pipe, up to the end of the condition. */
export function readAggregation(cursor: Cursor, place: Place): Aggregation {
  const { start } = cursor.here();
  if (cursor.take(/near(?![\w-])/i)) return { ...readNear(cursor, place), span: place({ start, end: cursor.at }) };
  const name = cursor.take(/(count|min|max|avg|sum)/i)?.[1]!.toLowerCase() as keyof typeof figures | undefined;
  if (name === undefined)
    return cursor.fail('sigma/aggregation', 'expected count, min, max, avg, sum or near', undefined, EXAMPLE);
  expect(cursor, /(\()/, "'('");
  const field = cursor.take(FIELD)?.[1] ?? null;
  expect(cursor, /(\))/, "')'");
  if (field === null && name !== 'count')
    cursor.fail('sigma/aggregation', `'${name}' needs a field`, { start, end: cursor.at });
  const by = readBy(cursor);
  const order = orders[expect(cursor, /([<>=!]=|[<>=])/, 'a comparison: >, >=, <, <=, ==')]!;
  const value = Number(expect(cursor, /(-?\d+(?:\.\d+)?)/, 'a number'));
  // `count(field)` counts the distinct values of the field, `count()` the events.
  const kind = name === 'count' && field !== null ? 'distinct' : figures[name];
  const as = name === 'count' ? (field === null ? 'event_count' : 'value_count') : `value_${name}`;
  return {
    kind: 'figure',
    aggregate: { as, function: kind, field },
    by,
    order,
    value,
    span: place({ start, end: cursor.at }),
  };
}

function readBy(cursor: Cursor): string[] {
  if (!cursor.take(/by(?![\w-])/i)) return [];
  const by = [expect(cursor, FIELD, 'a field to group by')];
  while (cursor.take(/,/)) by.push(expect(cursor, FIELD, 'a field to group by'));
  return by;
}

function readNear(cursor: Cursor, place: Place): Omit<Extract<Aggregation, { kind: 'near' }>, 'span'> {
  const names: { name: string; absent: boolean; span: Span }[] = [];
  do {
    const absent = cursor.take(/not(?![\w-])/i) !== undefined;
    const { start } = cursor.here();
    const name = expect(cursor, FIELD, 'the name of a selection');
    names.push({ name, absent, span: place({ start, end: cursor.at }) });
  } while (cursor.take(/and(?![\w-])/i));
  if (!cursor.take(/within(?![\w-])/i)) return { kind: 'near', names, within: null };
  const { start } = cursor.here();
  const within = secondsOf(expect(cursor, FIELD, 'a time span'));
  if (within === undefined)
    cursor.fail('sigma/timespan', 'a time span is a number and a unit: 30s, 15m, 12h, 7d', { start, end: cursor.at });
  return { kind: 'near', names, within: within ?? null };
}

/** Takes a token; `pattern` has it in its group, apart from the blanks before it. */
function expect(cursor: Cursor, pattern: RegExp, what: string): string {
  return cursor.take(pattern)?.[1] ?? cursor.fail('sigma/aggregation', `expected ${what}`, undefined, EXAMPLE);
}
