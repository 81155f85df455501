import { pieces } from '../chunks.ts';
import { eventJson } from '../event-json.ts';
import { recordId } from '../record-id.ts';
import type { Batch, Chunks, Reading } from '../reading.ts';
import { CHUNK, openChunk } from './chunk.ts';
import type { Chunk } from './chunk.ts';
import { Damage, newBudget } from './damage.ts';
import { expand } from './expand.ts';
import { parseFragment } from './parse.ts';
import { hasRecord, isChunk, recordsOf } from './records.ts';
import type { Found } from './records.ts';
import { faultsOf } from './checksums.ts';
import type { Node } from './tree.ts';

/** Bytes of the header of a file, before its chunks. */
const HEADER = 4096;

/**
 * Reads the events of a Windows event log file, chunk by chunk.
 *
 * The file's header is advice only: logs that were not closed, or grew after it was written, have more chunks than it
 * says. What is damaged is skipped by record, with the reason; where that is possible the rest of its chunk is read.
 */
export async function* readEvtx(chunks: Chunks): AsyncGenerator<Batch> {
  const known = new Map<number, readonly Node[]>();
  let number = 0;
  for await (const bytes of blocks(chunks)) {
    number += 1;
    yield { readings: readChunk(openChunk(bytes, known), number), bytes: bytes.length };
  }
  if (number === 0)
    yield { readings: [{ record: null, skipped: 'it holds no chunk: it is cut off, or was never used' }], bytes: 0 };
}

/** Divides a file into its chunks; the last may be cut off. */
async function* blocks(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let skip = HEADER;
  let block = new Uint8Array(CHUNK);
  let held = 0;
  for await (const piece of pieces(chunks)) {
    for (let at = 0; at < piece.length;) {
      if (skip > 0) {
        const step = Math.min(skip, piece.length - at);
        skip -= step;
        at += step;
        continue;
      }
      const step = Math.min(CHUNK - held, piece.length - at);
      block.set(piece.subarray(at, at + step), held);
      held += step;
      at += step;
      if (held < CHUNK) continue;
      yield block;
      // A chunk may still be looked at when the next is read.
      block = new Uint8Array(CHUNK);
      held = 0;
    }
  }
  if (held > 0) yield block.subarray(0, held);
}

function readChunk(chunk: Chunk, number: number): Reading[] {
  if (!isChunk(chunk.view) && !hasRecord(chunk)) return unused(chunk, number);
  const readings = [...recordsOf(chunk)].map((found) => readRecord(chunk, found));
  const faults = faultsOf(chunk);
  return faults === undefined ? readings : [...readings, { record: null, skipped: `chunk ${number}: ${faults}` }];
}

/** Windows fills unused chunks with zeros; anything else was a chunk once. */
function unused({ bytes }: Chunk, number: number): Reading[] {
  if (bytes.every((byte) => byte === 0)) return [];
  return [{ record: null, skipped: `chunk ${number} is damaged: no record can be found in it` }];
}

function readRecord(chunk: Chunk, found: Found): Reading {
  const number = Number(found.number);
  try {
    const budget = newBudget();
    const nodes = parseFragment(chunk, found.start, found.end, budget, false);
    const [event] = expand(nodes, chunk, budget);
    if (!event) return { record: number, skipped: 'the record is empty' };
    const raw = eventJson(event);
    const record = recordId(raw) ?? number;
    return found.flag === null ? { record, raw } : { record, raw, flag: found.flag };
  } catch (error) {
    // Whatever the bytes say, it is the record that is wrong, not this program: both kinds of error name a place in it.
    if (error instanceof Damage || error instanceof RangeError)
      return { record: number, skipped: `the record can not be decoded: ${reasonOf(error)}` };
    throw error;
  }
}

function reasonOf(error: Error): string {
  return error instanceof Damage ? error.message : 'it refers to bytes outside of its chunk';
}
