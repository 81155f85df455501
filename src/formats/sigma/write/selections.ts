import type { Predicate } from '../../../ir/predicate.ts';
import { canBeAll, itemOf } from './item.ts';
import type { Item, ItemValue } from './item.ts';

/** What stands under the name of a selection. */
export type SelectionBody =
  | { readonly kind: 'keywords'; readonly values: readonly ItemValue[] }
  /** One map, or a list of maps of which one must match. */
  | { readonly kind: 'maps'; readonly maps: readonly (readonly Item[])[] };

/** A condition whose selections have no names yet. */
export type ConditionTree =
  | { readonly kind: 'selection'; readonly body: SelectionBody; readonly negative: boolean }
  | { readonly kind: 'not'; readonly of: ConditionTree }
  | { readonly kind: 'and' | 'or'; readonly of: readonly ConditionTree[] };

/**
 * Divides a predicate into selections as a person would: entries that must all match share a map, alternatives of one
 * shape share a list, what is left out gets selections of its own, and the condition joins them. The predicate must be
 * simplified, without constants.
 */
export function conditionTree(node: Predicate, placeholders: readonly string[], negative = false): ConditionTree {
  const body = bodyOf(node, placeholders);
  if (body) return { kind: 'selection', body, negative };
  if (node.kind === 'not') return { kind: 'not', of: conditionTree(node.of, placeholders, !negative) };
  if (node.kind === 'any')
    return { kind: 'or', of: node.of.map((part) => conditionTree(part, placeholders, negative)) };
  return conjunction(node.kind === 'all' ? node.of : [node], placeholders, negative);
}

function bodyOf(node: Predicate, placeholders: readonly string[]): SelectionBody | undefined {
  const item = itemOf(node, placeholders);
  if (item?.key === '' && !item.all) return { kind: 'keywords', values: item.values };
  if (item) return { kind: 'maps', maps: [[item]] };
  const map = mapOf(node, placeholders);
  if (map) return { kind: 'maps', maps: [map] };
  if (node.kind !== 'any') return undefined;
  const maps = node.of.map((part) => mapOf(part, placeholders));
  return maps.every((each) => each !== undefined) ? { kind: 'maps', maps: gathered(maps) } : undefined;
}

/** Maps of one value under one key become one map with a list, where the first of them stood. */
function gathered(maps: readonly Item[][]): Item[][] {
  const single = (map: readonly Item[]) => map.length === 1 && !map[0]!.all && !map[0]!.values.includes(null);
  const joined: Item[][] = [];
  for (const map of maps) {
    const [item] = map;
    const at = single(map) ? joined.findIndex((other) => single(other) && other[0]!.key === item!.key) : -1;
    const before = joined[at]?.[0];
    if (before) joined[at] = [{ ...before, values: [...before.values, ...item!.values] }];
    else joined.push(map);
  }
  return joined;
}

/** The entries of one map that says what `node` says, or undefined where one map can't. */
function mapOf(node: Predicate, placeholders: readonly string[]): Item[] | undefined {
  const items = (node.kind === 'all' ? node.of : [node]).map((part) => itemOf(part, placeholders));
  const known = items.filter((item) => item !== undefined && !isKeyword(item));
  if (known.length < items.length) {
    const [only] = items;
    // A keyword without modifiers has no key to stand under, save in a map of its own.
    return items.length === 1 && only && only.key !== '' ? [only] : undefined;
  }
  const [map, ...more] = packed(known as Item[]);
  return more.length === 0 ? map : undefined;
}

function isKeyword({ key }: Item): boolean {
  return key === '' || key.startsWith('|');
}

/** Gathers single values under one key to an `all` list, then deals the entries out to as few maps as their keys allow. */
function packed(items: readonly Item[]): Item[][] {
  const entries: Item[] = [];
  for (const item of items) {
    const at = isSingle(item)
      ? entries.findIndex((entry) => entry.key === item.key && (entry.all || isSingle(entry)))
      : -1;
    const before = entries[at];
    if (before) entries[at] = { key: item.key, values: [...before.values, ...item.values], all: true };
    else entries.push(item);
  }
  const maps: Item[][] = [];
  for (const entry of entries) {
    const free = maps.find((map) => map.every((other) => keyOf(other) !== keyOf(entry)));
    if (free) free.push(entry);
    else maps.push([entry]);
  }
  return maps;
}

function isSingle({ key, values }: Item): boolean {
  return values.length === 1 && values[0] !== null && canBeAll(key);
}

/** The key as it is written, with `all`. */
export function keyOf({ key, all }: Item): string {
  return all ? `${key}|all` : key;
}

function conjunction(parts: readonly Predicate[], placeholders: readonly string[], negative: boolean): ConditionTree {
  const items: Item[] = [];
  const others: ConditionTree[] = [];
  for (const part of parts) {
    const item = itemOf(part, placeholders);
    if (item && !isKeyword(item)) items.push(item);
    else others.push(conditionTree(part, placeholders, negative));
  }
  const maps = packed(items).map((map): ConditionTree => ({
    kind: 'selection',
    body: { kind: 'maps', maps: [map] },
    negative,
  }));
  return { kind: 'and', of: [...maps, ...others] };
}
