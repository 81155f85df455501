import type { Chunks } from './reading.ts';

/** Collects at least `length` bytes from the front of a stream, where it has as many, and gives the whole stream back. */
export async function withHead(chunks: Chunks, length: number): Promise<{ head: Uint8Array; rest: Chunks }> {
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const taken: Uint8Array[] = [];
  let held = 0;
  while (held < length) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    held += next.value.length;
  }
  const head = joined(taken, held);
  return { head: head.subarray(0, length), rest: continued(head, iterator) };
}

async function* continued(
  head: Uint8Array,
  iterator: Iterator<Uint8Array> | AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A reader that stops early closes the file.
    await iterator.return?.();
  }
}

/** Bytes that a reader is given at a time, so that what it yields for them stays small. */
const PIECE = 256 * 1024;

/** Divides chunks that are large, such as a whole file in one. */
export async function* pieces(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
}

/** Drops the byte order mark of UTF-8, and turns UTF-16 (as PowerShell writes it) into UTF-8. */
export async function* inUtf8(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const { head, rest } = await withHead(chunks, 3);
  const encoding = encodingOf(head);
  if (encoding === 'utf-8') {
    let mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    for await (const chunk of rest) {
      yield mark > 0 ? chunk.subarray(mark) : chunk;
      mark = 0;
    }
    return;
  }
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of rest) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** The encoding that a file's first bytes announce; UTF-8 where they announce none. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Joins pieces of known total length. */
export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
