import { CHUNK_HEADER } from './chunk.ts';
import type { Chunk } from './chunk.ts';

/**
 * A record of a chunk: `start` and `end` hold its BinXML. `flag` says why it may not be whole: `torn`, its end was never
 * written; `size`, it lies about its size; `recovered`, it was found by its signature behind something broken.
 */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** The number in the record's header, which tells its place in the log; an exported log counts anew. */
  readonly number: bigint;
  readonly flag: 'torn' | 'size' | 'recovered' | null;
}

/** Signature, size, number and time before the BinXML; and the size again behind it. */
const HEAD = 24;
const TAIL = 4;
const SIGNATURE = 0x00002a2a;

/**
 * Finds the records of a chunk up to where its header says that free space begins. Sizes are believed only where both
 * copies agree, or where the next record stands where it should; else the next signature is sought.
 */
export function* recordsOf(chunk: Chunk): Generator<Found> {
  const { view } = chunk;
  const limit = endOfRecords(chunk);
  let at = CHUNK_HEADER;
  let isRecovered = false;
  while (at + HEAD + TAIL <= limit) {
    const found = isSignature(view, at) ? sized(view, at, limit) : undefined;
    if (found) {
      const number = view.getBigUint64(at + 8, true);
      yield {
        start: at + HEAD,
        end: at + found.size - TAIL,
        number,
        flag: found.flag ?? (isRecovered ? 'recovered' : null),
      };
      at += found.size;
      continue;
    }
    isRecovered = true;
    const next = nextWhole(view, at + 1, limit);
    if (next === undefined) return;
    at = next;
  }
}

/** Whether a chunk holds a signature of a record at all: one without a header of its own may still do. */
export function hasRecord({ view }: Chunk): boolean {
  return nextWhole(view, CHUNK_HEADER, view.byteLength) !== undefined;
}

/** Where the header says that free space begins, if it can be; a chunk without a header is searched to its end. */
function endOfRecords({ view }: Chunk): number {
  const free = isChunk(view) ? view.getUint32(48, true) : 0;
  return free >= CHUNK_HEADER && free <= view.byteLength ? free : view.byteLength;
}

/** Whether a chunk begins with its signature, `ElfChnk`. */
export function isChunk(view: DataView): boolean {
  return view.byteLength >= CHUNK_HEADER && view.getBigUint64(0, false) === 0x456c6643686e6b00n;
}

function isSignature(view: DataView, at: number): boolean {
  return at + HEAD + TAIL <= view.byteLength && view.getUint32(at, true) === SIGNATURE;
}

function sized(view: DataView, at: number, limit: number): { size: number; flag: Found['flag'] } | undefined {
  const size = view.getUint32(at + 4, true);
  if (size >= HEAD + TAIL && at + size <= limit) {
    if (view.getUint32(at + size - TAIL, true) === size) return { size, flag: null };
    const next = at + size;
    if (next === limit || next >= view.byteLength || isSignature(view, next) || view.getUint8(next) === 0)
      return { size, flag: 'torn' };
  }
  const next = nextWhole(view, at + 1, limit);
  if (next === undefined) return undefined;
  const copy = view.getUint32(next - TAIL, true);
  return copy === next - at || copy === 0 ? { size: next - at, flag: 'size' } : undefined;
}

/** The next record whose two sizes agree; records begin at multiples of eight. */
function nextWhole(view: DataView, from: number, limit: number): number | undefined {
  for (let at = (from + 7) & ~7; at + HEAD + TAIL <= limit; at += 8) {
    if (view.getUint32(at, true) !== SIGNATURE) continue;
    const size = view.getUint32(at + 4, true);
    if (size >= HEAD + TAIL && at + size <= limit && view.getUint32(at + size - TAIL, true) === size) return at;
  }
  return undefined;
}
