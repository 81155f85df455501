import { utf16 } from './bytes.ts';
import { nameAt, nameSize } from './chunk.ts';
import type { Chunk } from './chunk.ts';
import { charge, damaged } from './damage.ts';
import type { Budget } from './damage.ts';
import type { ElementNode, Instance, Node, Place } from './tree.ts';
import { within } from './values.ts';

/**
 * The grammar of BinXML ([MS-EVEN6] 2.2.12), in the form in which Windows writes it to files:
 *
 *     fragment  = [0f 01 01 00] (element | instance) [00]
 *     element   = 01 [dependency] size name (03 | 02 content 04)         41: attributes follow the name
 *     attribute = 06 name (value | hole | character | entity)*
 *     content   = (element | value | hole | character | entity | cdata | instruction | instance)*
 *     value     = 05 type units UTF-16          hole = (0d | 0e) index type
 *     instance  = 0c 01 id offset [definition] count (size type 00)* bytes*
 *
 * Bit 40 of a token says that more of the kind follow, which only an element's attributes need. A name is an offset in
 * the chunk; where that is the very next byte, the name itself stands there first.
 */
interface Reader {
  readonly chunk: Chunk;
  readonly budget: Budget;
  /** In the definition of a template, elements carry the index of a value that they depend on. */
  readonly isDefinition: boolean;
  at: number;
  readonly end: number;
}

const DEEPEST = 64;

/** Reads the pieces of a fragment between two offsets. `isDefinition`: it is the body of a template. */
export function parseFragment(chunk: Chunk, start: number, end: number, budget: Budget, isDefinition: boolean): Node[] {
  const reader: Reader = { chunk, budget, isDefinition, at: start, end };
  const nodes: Node[] = [];
  while (reader.at < reader.end) {
    charge(budget);
    const token = byte(reader);
    if (token === 0x00) break;
    if (token === 0x0f) skip(reader, 3);
    else if (token === 0x0c) nodes.push({ kind: 'instance', of: instance(reader) });
    else if ((token & 0xbf) === 0x01) nodes.push(element(reader, (token & 0x40) !== 0, 0));
    else damaged(`it has a token ${token.toString(16)} where an element should begin`);
  }
  return nodes;
}

function element(reader: Reader, hasAttributes: boolean, depth: number): ElementNode {
  if (depth > DEEPEST) damaged('its elements are nested deeper than those of Windows');
  const dependency = reader.isDefinition ? u16(reader) : NONE;
  skip(reader, 4);
  const name = readName(reader);
  const attributes = hasAttributes ? readAttributes(reader) : [];
  const content: Node[] = [];
  const close = byte(reader);
  if (close === 0x02) readContent(reader, content, depth);
  else if (close !== 0x03) damaged('the tag of an element does not end');
  return { kind: 'element', name, dependency: dependency === NONE ? null : dependency, attributes, content };
}

const NONE = 0xffff;

function readContent(reader: Reader, content: Node[], depth: number): void {
  for (;;) {
    charge(reader.budget);
    const token = byte(reader);
    const kind = token & 0xbf;
    if (kind === 0x04) return;
    if (kind === 0x01) content.push(element(reader, (token & 0x40) !== 0, depth + 1));
    else if (kind === 0x0c) content.push({ kind: 'instance', of: instance(reader) });
    else if (kind === 0x07) content.push({ kind: 'text', text: counted(reader) });
    else if (kind === 0x0a) readName(reader);
    else if (kind === 0x0b) counted(reader);
    else content.push(text(reader, kind));
  }
}

function readAttributes(reader: Reader): ElementNode['attributes'] {
  const attributes: { name: string; content: Node[] }[] = [];
  const end = u32(reader) + reader.at;
  within(reader.at, end - reader.at, reader.end);
  while (reader.at < end) {
    charge(reader.budget);
    const kind = byte(reader) & 0xbf;
    if (kind === 0x06) attributes.push({ name: readName(reader), content: [] });
    else (attributes.at(-1) ?? damaged('a list of attributes begins without a name')).content.push(text(reader, kind));
  }
  return attributes;
}

/** A piece of text: itself, a character or an entity by number or name, or a hole for a value. */
function text(reader: Reader, kind: number): Node {
  switch (kind) {
    case 0x05: {
      const type = byte(reader);
      if (type !== 0x01) damaged('a text is of another type than text');
      return { kind: 'text', text: counted(reader) };
    }
    case 0x08:
      return { kind: 'text', text: String.fromCharCode(u16(reader)) };
    case 0x09: {
      const name = readName(reader);
      return { kind: 'text', text: entities[name] ?? `&${name};` };
    }
    case 0x0d:
    case 0x0e: {
      const index = u16(reader);
      skip(reader, 1);
      return { kind: 'hole', index };
    }
    default:
      return damaged(`it has a token ${kind.toString(16)} that BinXML does not know`);
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Values of a template: more than these do not fit into a record. */
const MOST_VALUES = 4096;

function instance(reader: Reader): Instance {
  skip(reader, 1);
  const id = u32(reader);
  const offset = u32(reader);
  const nodes = template(reader, offset, id);
  const { view } = reader.chunk;
  if (offset === reader.at) skip(reader, 24 + view.getUint32(offset + 20, true));
  const count = u32(reader);
  if (count > MOST_VALUES) damaged('a template is given more values than a record has room for');
  within(reader.at, 4 * count, reader.end);
  const values: Place[] = [];
  let start = reader.at + 4 * count;
  for (let index = 0; index < count; index += 1) {
    const size = u16(reader);
    const type = byte(reader);
    skip(reader, 1);
    within(start, size, reader.end);
    values.push({ type, start, size });
    start += size;
  }
  reader.at = start;
  return { nodes, values };
}

/**
 * The body of the template at an offset: a link, a GUID that begins with the template's id, a size, and a fragment. If
 * what stands there bears another id it was overwritten; then a copy of that id from another chunk serves.
 */
function template({ chunk, budget }: Reader, offset: number, id: number): readonly Node[] {
  const { view, templates, known, reading } = chunk;
  const end = offset + 24 + (offset + 24 <= view.byteLength ? view.getUint32(offset + 20, true) : Infinity);
  const isThere = end <= view.byteLength && view.getUint32(offset + 4, true) === id;
  if (!isThere) return known.get(id) ?? damaged('its template is not in its chunk');
  const before = templates.get(offset);
  if (before !== undefined) return typeof before === 'string' ? (known.get(id) ?? damaged(before)) : before;
  if (reading.has(offset)) damaged('its template contains itself');
  reading.add(offset);
  try {
    const nodes = parseFragment(chunk, offset + 24, end, budget, true);
    templates.set(offset, nodes);
    // Values of an instance inside lie in this chunk, and are nothing to others.
    if (!known.has(id) && known.size < MOST_KNOWN && !nodes.some(hasInstance)) known.set(id, nodes);
    return nodes;
  } catch (error) {
    // Not what was left of one record's budget, but what is wrong with the template, holds for the next record too.
    if (error instanceof Error && budget.steps > 0) templates.set(offset, error.message);
    const copy = known.get(id);
    if (copy && budget.steps > 0) return copy;
    throw error;
  } finally {
    reading.delete(offset);
  }
}

/** Templates remembered for a file; real ones have some hundred. */
const MOST_KNOWN = 20_000;

function hasInstance(node: Node): boolean {
  return node.kind === 'instance' || (node.kind === 'element' && node.content.some(hasInstance));
}

function readName(reader: Reader): string {
  const offset = u32(reader);
  const name = nameAt(reader.chunk, offset);
  if (offset === reader.at) skip(reader, nameSize(reader.chunk, offset));
  charge(reader.budget, name.length);
  return name;
}

/** A number of UTF-16 units, and these. */
function counted(reader: Reader): string {
  const units = u16(reader);
  const start = reader.at;
  skip(reader, 2 * units);
  charge(reader.budget, units);
  return utf16(reader.chunk, start, units);
}

function skip(reader: Reader, count: number): void {
  within(reader.at, count, reader.end);
  reader.at += count;
}

function byte(reader: Reader): number {
  skip(reader, 1);
  return reader.chunk.bytes[reader.at - 1]!;
}

function u16(reader: Reader): number {
  skip(reader, 2);
  return reader.chunk.view.getUint16(reader.at - 2, true);
}

function u32(reader: Reader): number {
  skip(reader, 4);
  return reader.chunk.view.getUint32(reader.at - 4, true);
}
