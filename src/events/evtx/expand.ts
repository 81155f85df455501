import type { Scalar } from '../../ir/event.ts';
import { textOf } from '../../ir/event.ts';
import type { Chunk } from './chunk.ts';
import { charge, damaged } from './damage.ts';
import type { Budget } from './damage.ts';
import { parseFragment } from './parse.ts';
import type { Element } from '../element.ts';
import type { ElementNode, Node, Place } from './tree.ts';
import { BINXML, NULL, isArray, readArray, readValue } from './values.ts';

/** How deep templates and fragments may be put into one another; Windows uses two levels. */
const DEEPEST = 8;

/** Where values are read from, and what they may cost. */
interface Filling {
  readonly chunk: Chunk;
  readonly budget: Budget;
}

/** Puts values into the pieces of a record, and gives its elements. */
export function expand(nodes: readonly Node[], chunk: Chunk, budget: Budget): Element[] {
  return filled(nodes, [], { chunk, budget }, 0).filter((part) => typeof part === 'object');
}

function filled(
  nodes: readonly Node[],
  values: readonly Place[],
  filling: Filling,
  depth: number,
): (Element | Scalar)[] {
  if (depth > DEEPEST) damaged('its templates are nested deeper than those of Windows');
  return nodes.flatMap((node): (Element | Scalar)[] => {
    charge(filling.budget);
    switch (node.kind) {
      case 'text':
        charge(filling.budget, node.text.length);
        return [node.text];
      case 'hole':
        return valueOf(values[node.index], filling, depth);
      case 'instance':
        return filled(node.of.nodes, node.of.values, filling, depth + 1);
      case 'element':
        return elements(node, values, filling, depth);
    }
  });
}

/** An element, or none if the value that it depends on is not there; for an array, one for each of its items. */
function elements(node: ElementNode, values: readonly Place[], filling: Filling, depth: number): Element[] {
  const { name, dependency } = node;
  // The root depends on its payload, which a record that was cut off lacks.
  if (dependency !== null && name !== 'Event' && (values[dependency]?.type ?? NULL) === NULL) return [];
  charge(filling.budget, name.length);
  const attributes = node.attributes.flatMap(({ name: attribute, content }) => {
    const value = single(filled(content, values, filling, depth));
    charge(filling.budget, attribute.length);
    return value === undefined || value === '' ? [] : [[attribute, value] as const];
  });
  const array = node.content.find((part) => part.kind === 'hole' && isArray(values[part.index]?.type ?? NULL));
  if (array?.kind !== 'hole') return [{ name, attributes, content: filled(node.content, values, filling, depth) }];
  const { start, size, type } = values[array.index]!;
  const items = readArray(filling.chunk, start, size, type);
  return (items.length === 0 ? [null] : items).map((item) => {
    charge(filling.budget, name.length + (item === null ? 0 : textOf(item).length));
    return { name, attributes, content: item === null ? [] : [item] };
  });
}

/** The value of a hole: one scalar, the elements of nested BinXML, or nothing. */
function valueOf(place: Place | undefined, filling: Filling, depth: number): (Element | Scalar)[] {
  if (!place || place.type === NULL) return [];
  const { chunk, budget } = filling;
  const { start, size, type } = place;
  if (type === BINXML)
    return size === 0 ? [] : filled(parseFragment(chunk, start, start + size, budget, false), [], filling, depth + 1);
  const value = isArray(type) ? readArray(chunk, start, size, type).join(', ') : readValue(chunk, start, size, type);
  if (value === null) return [];
  charge(budget, typeof value === 'string' ? value.length : 0);
  return [value];
}

/** What an attribute says: a value of its own type, or several pieces as one text. */
function single(parts: readonly (Element | Scalar)[]): Scalar | undefined {
  const scalars = parts.filter((part) => typeof part !== 'object');
  return scalars.length > 1 ? scalars.map(textOf).join('') : scalars[0];
}
