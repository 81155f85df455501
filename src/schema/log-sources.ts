import type { LogSource } from '../ir/query.ts';
import { admits, sameName } from './event-kind.ts';
import type { EventKind } from './event-kind.ts';
import { anyProduct, otherProducts, unmarked } from './log-sources/other-products.ts';
import type { Product } from './log-sources/other-products.ts';
import { etwCategories, windowsCategories } from './log-sources/windows-categories.ts';
import { windowsServices } from './log-sources/windows-services.ts';

export { admits } from './event-kind.ts';
export type { EventKind, Mark } from './event-kind.ts';

/**
 * The kinds of events that a log source means; an event of any of them counts. Not `known`: nobody said what its
 * events look like, and `note` is a sentence that a person can act on. A note of a known log source is worth reading
 * with a result.
 */
export interface EventKinds {
  readonly kinds: readonly EventKind[];
  readonly known: boolean;
  readonly note?: string;
}

const anyChannel: EventKind = {
  name: 'any Windows event',
  stream: 'windows',
  channel: null,
  eventIds: [],
  fields: {},
};

const products: Readonly<Record<string, Product>> = {
  windows: { categories: windowsCategories, services: windowsServices, whole: [anyChannel] },
  ...otherProducts,
};

/**
 * Finds the kinds of events that a log source means. Category and service together: both must hold. Without a
 * product, every product that has the category or service counts. Case and blanks around a name do not.
 *
 *     eventKinds({ product: 'windows', category: 'process_creation' })   // sysmon/1, security/4688
 */
export function eventKinds(logsource: LogSource): EventKinds {
  const [product, category, service] = [logsource.product, logsource.category, logsource.service].map(tidy);
  if (product === undefined && category === undefined && service === undefined)
    return unknown('The log source is empty: name a product, a category or a service.');
  const sources =
    product === undefined ? Object.values(products) : Object.hasOwn(products, product) ? [products[product]!] : [];
  if (category === undefined && service === undefined)
    return sources.length > 0
      ? { kinds: sources.flatMap(({ whole }) => whole), known: true }
      : unknown(`No product '${product}' is known: name one of ${Object.keys(products).join(', ')}.`);
  const parts: (readonly EventKind[])[] = [];
  for (const [what, name] of [
    ['categories', category],
    ['services', service],
  ] as const) {
    if (name === undefined) continue;
    const found = lookUp(sources, what, name) ?? (what === 'categories' ? application(name, product) : undefined);
    if (found === undefined) return unknown(unknownPart(sources, what, name, product));
    parts.push(found);
  }
  const kinds = unique(parts.reduce(both));
  if (kinds.length === 0)
    return { kinds, known: true, note: `No event is of category '${category}' and service '${service}' at once.` };
  return category !== undefined && etwCategories.has(category)
    ? { kinds, known: true, note: `Events of category '${category}' are in no event log: record their ETW provider.` }
    : { kinds, known: true };
}

/**
 * Lists the Sigma log sources that cover an event by its channel and event id (null: not known), categories first.
 *
 *     logSourcesOf('Security', 4688)   // windows process_creation, windows service security
 */
export function logSourcesOf(channel: string, eventId: number | null): LogSource[] {
  const mark = { channel, eventId, provider: null, format: null };
  return Object.entries(products).flatMap(([product, { categories, services }]) => [
    ...covering(categories, mark).map((category) => ({ product, category })),
    ...covering(services, mark).map((service) => ({ product, service })),
  ]);
}

/**
 * Every name that a kind of events has: `sysmon/1`, `Security`, `aws.cloudtrail`. A kind of a whole channel is called
 * `Security 4688` where a rule asks for that event, and logs of category `application` are called as their product.
 */
export function kindNames(): readonly string[] {
  const tables = [...Object.values(products).flatMap(({ categories, services }) => [categories, services])];
  const listed = [...tables, anyProduct.categories, anyProduct.services].flatMap((table) =>
    Object.values(table).flat(),
  );
  const whole = Object.values(products).flatMap((product) => product.whole);
  return [...new Set([...listed, ...whole].map(({ name }) => name))];
}

function covering(table: Readonly<Record<string, readonly EventKind[]>>, mark: Parameters<typeof admits>[1]): string[] {
  return Object.keys(table).filter((name) => table[name]!.some((kind) => admits(kind, mark)));
}

function lookUp(
  sources: readonly Product[],
  what: 'categories' | 'services',
  name: string,
): readonly EventKind[] | undefined {
  const tables = [...sources.map((source) => source[what]), anyProduct[what]];
  const found = tables.filter((table) => Object.hasOwn(table, name)).flatMap((table) => table[name]!);
  return found.length === 0 ? undefined : found;
}

/** Sigma's category `application` is the log of whatever technology the product names. */
function application(category: string, product: string | undefined): readonly EventKind[] | undefined {
  return category === 'application' ? [unmarked(product ?? 'application')] : undefined;
}

/** The kinds that are of both: where one is the narrower, that one. */
function both(some: readonly EventKind[], others: readonly EventKind[]): readonly EventKind[] {
  return some.flatMap((kind) => (others.some((other) => overlap(kind, other)) ? [kind] : []));
}

/** A service names whole channels and formats, so a category's kind lies within it or apart from it. */
function overlap(kind: EventKind, service: EventKind): boolean {
  if (kind.stream !== service.stream) return false;
  if (kind.stream === 'windows') return kind.channel !== null && sameName(kind.channel, service.channel);
  if (kind.stream === 'unmarked') return true;
  return (kind.formats ?? []).some((name) => service.formats?.includes(name));
}

function unique(kinds: readonly EventKind[]): EventKind[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return [...byName.values()];
}

function unknown(note: string): EventKinds {
  return { kinds: [], known: false, note };
}

function unknownPart(
  sources: readonly Product[],
  what: 'categories' | 'services',
  name: string,
  product: string | undefined,
): string {
  const word = what === 'categories' ? 'category' : 'service';
  const of = product === undefined ? '' : ` of product '${product}'`;
  if (sources.length === 0)
    return `No product '${product}' is known, nor a ${word} '${name}' that any product has: name one of ${Object.keys(products).join(', ')}.`;
  const names = [...new Set([...sources.map((source) => source[what]), anyProduct[what]].flatMap(Object.keys))].sort();
  const near = names.filter((known) => known.includes(name) || name.includes(known));
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ` Known are ${names.join(', ')}.`;
  return `No ${word} '${name}'${of} is known.${names.length === 0 ? ` It has none.` : hint}`;
}

function tidy(name: string | undefined): string | undefined {
  const text = typeof name === 'string' ? name.trim().toLowerCase() : undefined;
  return text === '' ? undefined : text;
}
