import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';

/** A place in the file, and what is being read there. */
export interface Place {
  readonly source: Source;
  readonly node: Node;
}

export interface Entry {
  readonly name: string;
  readonly key: Place;
  readonly value: Place;
}

/** Ends the reading with an error at a place. */
export function fail({ source, node }: Place, code: string, message: string, hint?: string): never {
  const diagnostic: Diagnostic = {
    code: `profile/${code}`,
    severity: 'error',
    message,
    source,
    span: spanOf(node),
    ...(hint !== undefined && { hint }),
  };
  throw new SyntaxFault(diagnostic);
}

/** The entries of a map, in their order. `known`: the only keys that it may have. */
export function entriesOf(place: Place, known?: readonly string[]): Entry[] {
  if (!isMap(place.node)) fail(place, 'shape', 'expected a map');
  return (place.node.items as Pair<Node, Node | null>[]).map(({ key, value }) => {
    const at = { source: place.source, node: key };
    const name = textOf(at);
    if (known && !known.includes(name))
      fail(at, 'unknown-key', `unknown key '${name}'`, `known are ${known.join(', ')}`);
    if (value === null) fail(at, 'shape', `'${name}' has no value`);
    return { name, key: at, value: { source: place.source, node: value } };
  });
}

/** The entries of a map of known keys, by key. */
export function recordOf<K extends string>(place: Place, known: readonly K[]): Partial<Record<K, Place>> {
  return Object.fromEntries(entriesOf(place, known).map(({ name, value }) => [name, value])) as Partial<
    Record<K, Place>
  >;
}

export function itemsOf(place: Place): Place[] {
  if (!isSeq(place.node)) fail(place, 'shape', 'expected a list');
  return (place.node.items as Node[]).map((node) => ({ source: place.source, node }));
}

export function isText({ node }: Place): boolean {
  return isScalar(node);
}

export function isList({ node }: Place): boolean {
  return isSeq(node);
}

/** A scalar as it is written: `4688` is a text too. */
export function textOf(place: Place): string {
  const { node } = place;
  if (!isScalar(node) || node.value === null) fail(place, 'shape', 'expected a text');
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

/** The number that stands there without quotes, or undefined. */
export function numberOf({ node }: Place): number | undefined {
  return isScalar(node) && typeof node.value === 'number' ? node.value : undefined;
}

export function booleanOf(place: Place): boolean {
  const value = isScalar(place.node) ? place.node.value : undefined;
  return typeof value === 'boolean' ? value : fail(place, 'shape', 'expected true or false');
}

/** A text, or null where the file says so. */
export function textOrNull(place: Place): string | null {
  return isScalar(place.node) && place.node.value === null ? null : textOf(place);
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end: Math.max(end, start + 1) };
}
