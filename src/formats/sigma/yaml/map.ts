import type { Span } from '../../../text/source.ts';
import type { Entry, MapNode, Node } from './tree.ts';

type Fail = (code: string, message: string, span: Span, hint?: string) => never;

/** Checks that the keys of a map are written once each, and puts in what a merge key (`<<`) refers to. */
export function entriesOf(written: readonly Entry[], fail: Fail): readonly Entry[] {
  const known = new Set<string>();
  let merged: Entry[] | undefined;
  for (const { key, value } of written) {
    if (key.plain && key.text === '<<') (merged ??= []).push(...mergedEntries(value, fail));
    else if (known.has(key.text))
      fail(
        'sigma/duplicate-key',
        `'${key.text}' is written twice in one map`,
        key.span,
        'YAML readers keep one of them; write its values as one list, or use a second selection',
      );
    else known.add(key.text);
  }
  if (merged === undefined) return written;
  const own = written.filter(({ key }) => !(key.plain && key.text === '<<'));
  return [...own, ...merged.filter(({ key }) => !known.has(key.text) && known.add(key.text))];
}

function mergedEntries(value: Node, fail: Fail): readonly Entry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'list') return value.items.flatMap((item) => mergedEntries(item, fail));
  return fail('sigma/yaml', "'<<' takes a map, or a list of maps", value.span);
}

/** The value of a key, or undefined where the map lacks it. */
export function valueAt(map: MapNode, name: string): Node | undefined {
  for (const { key, value } of map.entries) if (key.text === name) return value;
  return undefined;
}

/** The entry of a key, or undefined where the map lacks it. */
export function entryAt(map: MapNode, name: string): Entry | undefined {
  return map.entries.find(({ key }) => key.text === name);
}

/** The elements of a list; a single value counts as a list of one, as readers of Sigma have always taken it. */
export function elementsOf(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : [node];
}

/** Whether two trees say the same, wherever they stand. */
export function sameTree(a: Node, b: Node): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.text === b.text && a.plain === b.plain;
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, index) => sameTree(item, b.items[index]!));
  if (a.kind === 'map' && b.kind === 'map')
    return (
      a.entries.length === b.entries.length &&
      a.entries.every(({ key, value }) => {
        const other = valueAt(b, key.text);
        return other !== undefined && sameTree(value, other);
      })
    );
  return false;
}
