import { isAnything } from '../../ir/pattern.ts';
import { all, any, atomsOf } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';

/**
 * A predicate as a tree over items. An item is what pipelines speak of: one field, or keywords, with its values and how
 * they are joined. `applied` are the ids of the steps that have changed it.
 */
export type Part =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Part[]; readonly origin?: number }
  | { readonly kind: 'not'; readonly of: Part; readonly origin?: number }
  | Item;

export interface Item {
  readonly kind: 'item';
  readonly where: Predicate;
  readonly applied: ReadonlySet<string>;
}

/** One value of an item under its test: an atom, or the denial of any value, which is what `null` means. */
export type ValueTest = Predicate;

/**
 * Finds the items of a predicate. What a rule's reader made of one item shows by the places that its nodes come from: the
 * item's own stands right before that of its first value. Where places are not known, every test is an item.
 */
export function partsOf(where: Predicate): Part {
  if (!isComposite(where) || isItem(where)) return { kind: 'item', where, applied: new Set() };
  const { origin } = where;
  const place = origin === undefined ? {} : { origin };
  if (where.kind === 'not') return { kind: 'not', of: partsOf(where.of), ...place };
  return { kind: where.kind, of: where.of.map(partsOf), ...place };
}

type Composite = Extract<Predicate, { kind: 'all' | 'any' | 'not' }>;

function isItem(node: Composite): boolean {
  if (isNull(node)) return true;
  if (node.kind === 'not')
    return node.origin !== undefined && node.of.kind === 'exists' && node.of.origin === undefined;
  const first = firstOrigin(node);
  if (node.origin === undefined || first === undefined) return false;
  const fields = new Set([...atomsOf(node)].map(fieldOfAtom));
  return (node.origin + 1 === first || sharesOrigin(node)) && fields.size === 1;
}

/** All that a single value became: several texts, each from the same place. */
function sharesOrigin(node: Composite): boolean {
  return [...atomsOf(node)].every(({ origin }) => origin === node.origin);
}

function firstOrigin(node: Predicate): number | undefined {
  if (isComposite(node) && !isNull(node)) {
    for (const part of node.kind === 'not' ? [node.of] : node.of) {
      const found = firstOrigin(part);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return node.origin;
}

/** The predicate that a tree of items says. */
export function predicateOf(part: Part): Predicate {
  switch (part.kind) {
    case 'item':
      return part.where;
    case 'not':
      return { ...part, of: predicateOf(part.of) };
    default: {
      const { origin, kind } = part;
      const joined = { kind, of: part.of.map(predicateOf) };
      return origin === undefined ? joined : { ...joined, origin };
    }
  }
}

/** Every item of a tree, left to right. */
export function itemsOf(part: Part): readonly Item[] {
  if (part.kind === 'item') return [part];
  return part.kind === 'not' ? itemsOf(part.of) : part.of.flatMap(itemsOf);
}

/** The items that stand under an odd number of `not`s: to widen one of them makes the whole narrower. */
export function negatedItems(part: Part): ReadonlySet<Item> {
  const found = new Set<Item>();
  const walk = (node: Part, negated: boolean): void => {
    if (node.kind === 'not') walk(node.of, !negated);
    else if (node.kind !== 'item') for (const each of node.of) walk(each, negated);
    else if (negated) found.add(node);
  };
  walk(part, false);
  return found;
}

/** The field of an item; null for keywords and tests of the event as text. */
export function fieldOf({ where }: Item): string | null {
  for (const atom of atomsOf(where)) return fieldOfAtom(atom);
  return null;
}

function fieldOfAtom(atom: Atom): string | null {
  return atom.kind === 'keyword' || typeof atom.field !== 'string' ? null : atom.field;
}

/** The values of an item. */
export function valuesOf({ where }: Item): readonly ValueTest[] {
  const values: ValueTest[] = [];
  mapValues(where, (value) => {
    values.push(value);
    return [value];
  });
  return values;
}

/**
 * Rebuilds an item with each value replaced by others, which are joined as the item joins its values; none at all leaves
 * the value out. Undefined where no value is left.
 */
export function mapValues(
  where: Predicate,
  change: (value: ValueTest) => readonly ValueTest[],
  link: 'all' | 'any' = 'any',
): Predicate | undefined {
  if (isNull(where) || !isComposite(where)) {
    if (isPresence(where)) return where;
    const values = change(where);
    if (values.length === 0) return undefined;
    const traced = values.map((value) => (where.origin === undefined ? value : { ...value, origin: where.origin }));
    return (link === 'all' ? all : any)(traced);
  }
  if (where.kind === 'not') {
    const of = mapValues(where.of, change);
    return of && { ...where, of };
  }
  const of = where.of.flatMap((part) => mapValues(part, change, where.kind) ?? []);
  return of.length === 0 ? undefined : { ...where, of };
}

/** Tells whether a test is that of `null`: no value, or none but null. */
export function isNull(node: Predicate): boolean {
  return node.kind === 'not' && isPresence(node.of);
}

/** A test for any value that no value of the rule asked for. */
function isPresence(node: Predicate): boolean {
  return node.kind === 'like' && isAnything(node.pattern) && node.origin === undefined;
}

function isComposite(node: Predicate): node is Composite {
  return node.kind === 'all' || node.kind === 'any' || node.kind === 'not';
}
