import { Gunzip, Inflate as RawInflate } from 'fflate';
import type { Chunks } from './reading.ts';

/** Decompresses a stream; throws an `Error` where the bytes are damaged or end early. */
export type Inflate = (format: 'gzip' | 'deflate', compressed: Chunks) => AsyncIterable<Uint8Array>;

/** Decompresses without native code, at about half the speed: what a browser uses. */
export async function* inflateHere(format: 'gzip' | 'deflate', compressed: Chunks): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  /** Bytes that the current part of the stream has yielded. */
  let size = 0;
  const take = (bytes: Uint8Array) => {
    size += bytes.length;
    if (bytes.length > 0) ready.push(bytes);
  };
  const stream = format === 'gzip' ? new Gunzip(take) : new RawInflate(take);
  if (stream instanceof Gunzip) stream.onmember = () => (size = 0);

  // The last piece must be announced as such, or fflate takes a stream that is cut off for a whole one.
  let waiting = new Uint8Array(0);
  let tail: number[] = [];
  for await (const chunk of compressed)
    for (let at = 0; at < chunk.length; at += STEP) {
      stream.push(waiting);
      yield* ready.splice(0);
      waiting = chunk.slice(at, at + STEP);
      tail = [...tail, ...waiting.subarray(-4)].slice(-4);
    }
  if (waiting.length === 0) throw new Error(CUT);
  stream.push(waiting, true);
  yield* ready.splice(0);
  // Of gzip it takes even that; but the last four bytes must be the size of the last part.
  if (format === 'gzip' && tail.reduceRight((sum, byte) => sum * 256 + byte, 0) !== size % 2 ** 32)
    throw new Error(CUT);
}

const CUT = 'unexpected end of file';

/** Bytes fed at a time: those of a bomb yield a thousand times as many at once. */
const STEP = 4096;

/** When a stream is held for a bomb: once it has yielded more than `bytes`, and more than `ratio` times what was read. */
export interface Bomb {
  readonly bytes: number;
  readonly ratio: number;
}

/** Real logs stay below 100 times; DEFLATE can reach 1,032. */
const bombs: Bomb = { bytes: 256 * 1024 * 1024, ratio: 200 };

/** Decompresses and throws once the stream is a bomb. Memory is no question, since everything is streamed; time is. */
export async function* guarded(
  inflate: Inflate,
  format: 'gzip' | 'deflate',
  compressed: Chunks,
  bomb: Bomb = bombs,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  let written = 0;
  for await (const chunk of inflate(
    format,
    counted(compressed, (bytes) => (read += bytes)),
  )) {
    written += chunk.length;
    if (written > bomb.bytes && written > read * bomb.ratio)
      throw new Error(`it inflates to more than ${bomb.ratio} times its size (${written} bytes): a bomb`);
    yield chunk;
  }
}

async function* counted(chunks: Chunks, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
