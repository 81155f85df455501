import { bytesOf, utf16 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { damaged } from './damage.ts';
import type { Node } from './tree.ts';

/** Bytes of a chunk. Offsets inside of BinXML count from its beginning, and it refers to nothing outside of it. */
export const CHUNK = 65_536;

/** Bytes of a chunk's header, its tables of strings and templates included: records and names lie behind it. */
export const CHUNK_HEADER = 512;

/** A chunk with the names and templates that were read in it so far. */
export interface Chunk extends Bytes {
  readonly names: Map<number, string>;
  /** By offset; a text says why there is none. */
  readonly templates: Map<number, readonly Node[] | string>;
  /** By id, of all chunks of the file: a chunk whose own copy is damaged takes it from there. */
  readonly known: Map<number, readonly Node[]>;
  /** Offsets of the templates that are being read: one that contains itself would never end. */
  readonly reading: Set<number>;
}

/** A chunk over these bytes, of a file whose templates so far are `known`. */
export function openChunk(bytes: Uint8Array, known: Map<number, readonly Node[]>): Chunk {
  return { ...bytesOf(bytes), names: new Map(), templates: new Map(), known, reading: new Set() };
}

/** Longer names do not occur, and would be repeated by every element that bears one. */
const LONGEST_NAME = 1024;

/** Reads the name at an offset: a link, a hash, the number of characters, and UTF-16. */
export function nameAt(chunk: Chunk, offset: number): string {
  const known = chunk.names.get(offset);
  if (known !== undefined) return known;
  if (offset < CHUNK_HEADER || offset + 8 > chunk.bytes.length) damaged('a name lies outside of its chunk');
  const length = nameLength(chunk, offset);
  if (offset + 8 + 2 * length > chunk.bytes.length) damaged('a name lies outside of its chunk');
  const name = utf16(chunk, offset + 8, length);
  if (length === 0 || /[\0-\x20<>&"']/.test(name)) damaged('a name has characters that no name of XML has');
  chunk.names.set(offset, name);
  return name;
}

/** Bytes of a name where it is written in place. */
export function nameSize(chunk: Chunk, offset: number): number {
  return 10 + 2 * nameLength(chunk, offset);
}

function nameLength({ view }: Chunk, offset: number): number {
  const length = view.getUint16(offset + 6, true);
  if (length > LONGEST_NAME) damaged('a name is longer than names are');
  return length;
}
