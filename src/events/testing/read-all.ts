import { readJson } from '../ndjson.ts';
import type { Chunks, Limits, Reading } from '../reading.ts';

/** Encodes text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Cuts bytes into chunks of the given sizes, over and over; a size of 0 gives an empty chunk. */
export function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** All readings of a file of JSON. */
export async function readAll(chunks: Chunks | string, limits?: Limits): Promise<Reading[]> {
  const all: Reading[] = [];
  const source = typeof chunks === 'string' ? [utf8(chunks)] : chunks;
  for await (const batch of limits ? readJson(source, limits) : readJson(source)) all.push(...batch.readings);
  return all;
}

/** Collects a stream. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of stream) all.push(each);
  return all;
}
