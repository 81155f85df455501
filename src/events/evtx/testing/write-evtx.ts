import { crc32 } from '../checksums.ts';
import { CHUNK, CHUNK_HEADER } from '../chunk.ts';

/**
 * Writes Windows event logs for tests: templates, nested fragments, values of every type, checksums. What it writes is
 * whole; tests damage the bytes afterwards.
 */

/** A piece of an event's XML, as BinXML can say it. */
export type Part =
  | {
      readonly name: string;
      readonly attributes?: readonly (readonly [string, readonly Part[]])[];
      readonly content?: readonly Part[];
      /** The index of the value that the element depends on; in templates only. */
      readonly dependency?: number;
    }
  | string
  | { readonly hole: number; readonly type: number }
  | { readonly cdata: string }
  | { readonly entity: string }
  | { readonly character: number }
  | { readonly instruction: readonly [target: string, text: string] };

/** A template by its id, and the values for its holes. */
export interface Filled {
  readonly id: number;
  readonly template: Part;
  readonly values: readonly Typed[];
}

/** A value: its type byte and its bytes, or a fragment of its own. */
export type Typed = { readonly type: number; readonly bytes: Uint8Array } | { readonly fragment: Filled | Part };

/** A record: its number and what it says. A part stands by itself, as in logs that were forwarded or exported. */
export interface RecordWritten {
  readonly number: number;
  readonly event: Filled | Part;
}

/** UTF-16 without an end. */
export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 * index, text.charCodeAt(index), true);
  return bytes;
}

/** Little-endian bytes of an integer. */
export function integer(value: bigint | number, size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
  return bytes.subarray(0, size);
}

/** A file of these records, with as many chunks as they need. */
export function writeEvtx(records: readonly RecordWritten[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  let writer = openWriter();
  for (const record of records) {
    const before = writer.at;
    try {
      writeRecord(writer, record);
    } catch (error) {
      if (!(error instanceof RangeError) || before === CHUNK_HEADER) throw error;
      chunks.push(closed(writer, before));
      writer = openWriter();
      writeRecord(writer, record);
    }
  }
  chunks.push(closed(writer, writer.at));
  const file = new Uint8Array(4096 + CHUNK * chunks.length);
  file.set(fileHeader(chunks.length, records));
  for (const [index, chunk] of chunks.entries()) file.set(chunk, 4096 + CHUNK * index);
  return file;
}

interface Writer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly names: Map<string, number>;
  readonly templates: Map<number, number>;
  at: number;
  last: number;
  numbers: number[];
}

function openWriter(): Writer {
  const bytes = new Uint8Array(CHUNK);
  const view = new DataView(bytes.buffer);
  return { bytes, view, names: new Map(), templates: new Map(), at: CHUNK_HEADER, last: CHUNK_HEADER, numbers: [] };
}

function writeRecord(writer: Writer, { number, event }: RecordWritten): void {
  const start = writer.at;
  put(writer, integer(0x2a2a, 4));
  put(writer, integer(0, 4));
  put(writer, integer(number, 8));
  put(writer, integer(133_500_000_000_000_000n + BigInt(number), 8));
  writeFragment(writer, event);
  while ((writer.at + 4) % 8 !== 0) byte(writer, 0);
  const size = writer.at + 4 - start;
  put(writer, integer(size, 4));
  writer.view.setUint32(start + 4, size, true);
  writer.last = start;
  writer.numbers.push(number);
}

function writeFragment(writer: Writer, event: Filled | Part): void {
  put(writer, Uint8Array.of(0x0f, 1, 1, 0));
  if (isFilled(event)) writeInstance(writer, event);
  else writePart(writer, event, false);
  byte(writer, 0);
}

function isFilled(event: Filled | Part): event is Filled {
  return typeof event === 'object' && 'template' in event;
}

function writeInstance(writer: Writer, { id, template, values }: Filled): void {
  put(writer, Uint8Array.of(0x0c, 1));
  put(writer, integer(id, 4));
  const known = writer.templates.get(id);
  put(writer, integer(known ?? writer.at + 4, 4));
  if (known === undefined) writeDefinition(writer, id, template);
  put(writer, integer(values.length, 4));
  const descriptors = writer.at;
  writer.at += 4 * values.length;
  for (const [index, value] of values.entries()) {
    const start = writer.at;
    if ('fragment' in value) writeFragment(writer, value.fragment);
    else put(writer, value.bytes);
    writer.view.setUint16(descriptors + 4 * index, writer.at - start, true);
    writer.view.setUint8(descriptors + 4 * index + 2, 'fragment' in value ? 0x21 : value.type);
  }
}

function writeDefinition(writer: Writer, id: number, template: Part): void {
  const start = writer.at;
  writer.templates.set(id, start);
  put(writer, integer(0, 4));
  put(writer, integer(id, 4));
  put(writer, integer(id * 7919, 8));
  put(writer, integer(id * 31, 4));
  put(writer, integer(0, 4));
  put(writer, Uint8Array.of(0x0f, 1, 1, 0));
  writePart(writer, template, true);
  byte(writer, 0);
  writer.view.setUint32(start + 20, writer.at - start - 24, true);
}

function writePart(writer: Writer, part: Part, isTemplate: boolean): void {
  if (typeof part === 'string') text(writer, 0x05, part);
  else if ('hole' in part) {
    byte(writer, 0x0e);
    put(writer, integer(part.hole, 2));
    byte(writer, part.type);
  } else if ('cdata' in part) text(writer, 0x07, part.cdata);
  else if ('entity' in part) {
    byte(writer, 0x09);
    writeName(writer, part.entity);
  } else if ('character' in part) {
    byte(writer, 0x08);
    put(writer, integer(part.character, 2));
  } else if ('instruction' in part) {
    byte(writer, 0x0a);
    writeName(writer, part.instruction[0]);
    text(writer, 0x0b, part.instruction[1]);
  } else writeElement(writer, part, isTemplate);
}

function writeElement(writer: Writer, part: Extract<Part, { name: string }>, isTemplate: boolean): void {
  const { name, attributes = [], content = [], dependency = 0xffff } = part;
  byte(writer, attributes.length > 0 ? 0x41 : 0x01);
  if (isTemplate) put(writer, integer(dependency, 2));
  const size = writer.at;
  writer.at += 4;
  writeName(writer, name);
  if (attributes.length > 0) {
    const list = writer.at;
    writer.at += 4;
    for (const [index, [attribute, value]] of attributes.entries()) {
      byte(writer, index < attributes.length - 1 ? 0x46 : 0x06);
      writeName(writer, attribute);
      for (const each of value) writePart(writer, each, isTemplate);
    }
    writer.view.setUint32(list, writer.at - list - 4, true);
  }
  if (content.length === 0) byte(writer, 0x03);
  else {
    byte(writer, 0x02);
    for (const each of content) writePart(writer, each, isTemplate);
    byte(writer, 0x04);
  }
  writer.view.setUint32(size, writer.at - size - 4, true);
}

/** A name goes by its offset; where it is new, it follows in place. */
function writeName(writer: Writer, name: string): void {
  const known = writer.names.get(name);
  put(writer, integer(known ?? writer.at + 4, 4));
  if (known !== undefined) return;
  writer.names.set(name, writer.at);
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = (Math.imul(hash, 65_599) + name.charCodeAt(index)) >>> 0;
  put(writer, integer(0, 4));
  put(writer, integer(hash & 0xffff, 2));
  put(writer, integer(name.length, 2));
  put(writer, utf16Bytes(name));
  put(writer, integer(0, 2));
}

function text(writer: Writer, token: number, value: string): void {
  byte(writer, token);
  if (token === 0x05) byte(writer, 0x01);
  put(writer, integer(value.length, 2));
  put(writer, utf16Bytes(value));
}

function byte(writer: Writer, value: number): void {
  put(writer, Uint8Array.of(value));
}

function put(writer: Writer, bytes: Uint8Array): void {
  writer.bytes.set(bytes, writer.at); // RangeError where the chunk is full
  writer.at += bytes.length;
}

function closed({ bytes, view, numbers, last }: Writer, free: number): Uint8Array {
  bytes.set(new TextEncoder().encode('ElfChnk\0'));
  bytes.fill(0, free);
  const [first = 0] = numbers;
  for (const [at, number] of [
    [8, first],
    [16, numbers.at(-1) ?? 0],
    [24, first],
    [32, numbers.at(-1) ?? 0],
  ] as const)
    view.setBigUint64(at, BigInt(number), true);
  view.setUint32(40, 128, true);
  view.setUint32(44, last, true);
  view.setUint32(48, free, true);
  view.setUint32(52, crc32([bytes.subarray(CHUNK_HEADER, free)]), true);
  view.setUint32(124, crc32([bytes.subarray(0, 120), bytes.subarray(128, CHUNK_HEADER)]), true);
  return bytes;
}

function fileHeader(chunks: number, records: readonly RecordWritten[]): Uint8Array {
  const header = new Uint8Array(4096);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode('ElfFile\0'));
  view.setBigUint64(16, BigInt(chunks - 1), true);
  view.setBigUint64(24, BigInt((records.at(-1)?.number ?? 0) + 1), true);
  view.setUint32(32, 128, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, 4096, true);
  view.setUint16(42, chunks, true);
  view.setUint32(124, crc32([header.subarray(0, 120)]), true);
  return header;
}
