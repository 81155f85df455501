import { joined } from './chunks.ts';
import { guarded } from './inflate.ts';
import type { Inflate } from './inflate.ts';
import type { Chunks } from './reading.ts';
import { readDirectory, startOf } from './zip.ts';
import type { Member, RandomAccess } from './zip.ts';

/** A file inside an archive: its bytes, or why there are none. */
export type Opened =
  | { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly name: string | null; readonly refused: string };

/**
 * Opens the members of a ZIP archive one after the other, in the order of their place in the file.
 * Iterating over `chunks` throws an `Error` where the member is damaged, cut off or a bomb.
 */
export async function* unzip(file: RandomAccess, inflate: Inflate): AsyncGenerator<Opened> {
  const directory = await readDirectory(file);
  if (typeof directory === 'string') return yield { name: null, refused: directory };
  for (const { name, reason } of directory.refused) yield { name, refused: reason };
  for (const member of directory.members) yield { name: member.name, chunks: contentOf(file, member, inflate) };
}

/** Inflates a file in gzip's format; iterating throws where it is damaged, cut off or a bomb. */
export function gunzip(chunks: Chunks, inflate: Inflate): AsyncIterable<Uint8Array> {
  return guarded(inflate, 'gzip', chunks);
}

async function* contentOf(file: RandomAccess, member: Member, inflate: Inflate): AsyncGenerator<Uint8Array> {
  const start = await startOf(file, member);
  if (start === undefined) throw new Error('its header inside the archive is damaged');
  const stored = range(file, start, member.compressed);
  let size = 0;
  for await (const chunk of member.method === 'stored' ? stored : guarded(inflate, 'deflate', stored)) {
    size += chunk.length;
    yield chunk;
  }
  if (size !== member.size) throw new Error(`it has ${size} bytes, and should have ${member.size}`);
}

/** Bytes read from the archive at a time. */
const STEP = 256 * 1024;

async function* range(file: RandomAccess, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length;) {
    const chunk = await file.read(start + at, Math.min(STEP, length - at));
    if (chunk.length === 0) throw new Error('the archive is cut off inside it');
    at += chunk.length;
    yield chunk;
  }
}

/** Collects a stream that can't be read at any place, such as standard input; undefined if it has more than `most` bytes. */
export async function inMemory(chunks: Chunks, most: number): Promise<RandomAccess | undefined> {
  const taken: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) return undefined;
    taken.push(chunk);
  }
  const whole = joined(taken, size);
  return { size, read: (offset, length) => Promise.resolve(whole.subarray(offset, offset + length)) };
}
