import type { Order } from '../../ir/predicate.ts';
import { member } from './json.ts';
import type { Json } from './json.ts';
import { refuse } from './reading.ts';
import type { Reading } from './reading.ts';

/** How many hits, of all or of one group, make a watch act. */
export interface Threshold {
  readonly by: readonly string[];
  readonly order: Order;
  readonly value: number;
}

/** Reads when a watch acts: null where one hit is enough. */
export function readCondition(reading: Reading, watch: Json, body: Json): Threshold | null {
  const condition = member(watch, 'condition');
  if (!condition || member(condition, 'always')) return null;
  const compare = member(condition, 'compare');
  const test = compare?.kind === 'object' && compare.entries.length === 1 ? compare.entries[0]! : undefined;
  const operation =
    test?.value.kind === 'object' && test.value.entries.length === 1 ? test.value.entries[0]! : undefined;
  if (!test || operation?.value.kind !== 'number')
    return refuse(
      reading,
      condition.span,
      'watcher/condition',
      'a condition is read that compares a count with a number',
    );
  const value = Number(operation.value.text);
  const grouped = /^ctx\.payload\.aggregations\.(\w+)\.buckets\.0\.doc_count$/.exec(test.key);
  const isTotal = /^ctx\.payload\.hits\.total(?:\.value)?$/.test(test.key);
  if (!grouped && !isTotal) {
    const message = 'a condition is read on the number of hits, or of those of the first group';
    return refuse(reading, test.at, 'watcher/condition', message);
  }
  if (isTotal && isAny(operation.key, value)) return null;
  const group = grouped ? groupOf(reading, body, grouped[1]!) : undefined;
  const order = orders.get(operation.key);
  // The first group decides for all if groups come in the order in which they are asked for.
  const fits = order !== undefined && (group === undefined || group.first === (order.startsWith('>') ? 'desc' : 'asc'));
  if (!fits || (isTotal && order.startsWith('<'))) {
    const message =
      'a condition is read that asks for many hits, of all or of the largest group, or for few of the smallest';
    return refuse(reading, operation.at, 'watcher/condition', message);
  }
  return { by: group ? [group.field] : [], order, value };
}

const orders: ReadonlyMap<string, Order> = new Map([
  ['gt', '>'],
  ['gte', '>='],
  ['lt', '<'],
  ['lte', '<='],
]);

function isAny(operation: string, value: number): boolean {
  return (
    (operation === 'not_eq' && value === 0) ||
    (operation === 'gt' && value === 0) ||
    (operation === 'gte' && value === 1)
  );
}

/** The field by whose values hits are put into groups, and which group is first. */
function groupOf(reading: Reading, body: Json, name: string): { readonly field: string; readonly first: string } {
  const found = member(body, 'aggs', name) ?? member(body, 'aggregations', name);
  const terms = member(found, 'terms');
  const field = member(terms, 'field');
  const nested = member(found, 'aggs') ?? member(found, 'aggregations');
  const order = member(terms, 'order');
  const counted = member(order, '_count');
  const first = order === undefined ? 'desc' : counted?.kind === 'string' ? counted.text : undefined;
  if (field?.kind === 'string' && !nested && first !== undefined) return { field: field.text, first };
  const message = 'groups are read that the values of one field make, sorted by size';
  return refuse(reading, (nested ?? found ?? body).span, 'watcher/aggregation', message);
}
