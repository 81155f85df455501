import { joined } from './chunks.ts';
import { longIntegers } from './exact-integers.ts';
import type { Run } from './exact-integers.ts';
import { marked, parseRecord } from './parse-record.ts';
import type { Limits, Reader, Reading } from './reading.ts';

const NEWLINE = 10;

/** Bytes decoded at a time: what fits the processor's cache is read half as fast again as a megabyte. */
const PIECE = 64 * 1024;

/**
 * Reads one JSON object a line. Blank lines are no records but count as lines; a line over the limit is passed over
 * without being held. Bytes that are no UTF-8 become U+FFFD and the record is read: a rule must not be evaded by a
 * broken byte.
 */
export function lineReader(limits: Limits): Reader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const piece = Math.min(PIECE, limits.record);
  let line = 0;
  /** Pieces of a line whose end has not come yet, and their length; the pieces are dropped once it is over the limit. */
  let rest: Uint8Array[] = [];
  let held = 0;

  const keep = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    held += bytes.length;
    if (held > limits.record) rest = [];
    // A copy, since the line may outlive the chunk that it begins in.
    else rest.push(bytes.slice());
  };

  /** Ends the line that `rest` begins. */
  const finish = (readings: Reading[]): void => {
    if (held > limits.record) {
      line += 1;
      readings.push({ record: line, skipped: `a line of ${held} bytes; at most ${limits.record} are read` });
    } else readWhole(joined(rest, held), readings);
    rest = [];
    held = 0;
  };

  /** Reads whole lines; `bytes` ends with a line break, or with the file. */
  const readWhole = (bytes: Uint8Array, readings: Reading[]): void => {
    const text = decoder.decode(bytes);
    const integers = longIntegers(text);
    const mayBeReplaced = text.includes('\ufffd');
    let nextInteger = 0;
    for (let start = 0; start < text.length;) {
      const found = text.indexOf('\n', start);
      const end = found === -1 ? text.length : found;
      const runs: Run[] = [];
      for (; nextInteger < integers.length && integers[nextInteger]!.start < end; nextInteger += 1) {
        const run = integers[nextInteger]!;
        runs.push({ start: run.start - start, end: run.end - start });
      }
      line += 1;
      const one = text.slice(start, end);
      if (one.startsWith('{') || one.trim() !== '') {
        const reading = parseRecord(one, line, limits, runs);
        readings.push(mayBeReplaced && one.includes('\ufffd') ? marked(reading) : reading);
      }
      start = end + 1;
    }
  };

  return {
    push(chunk) {
      const readings: Reading[] = [];
      let at = 0;
      if (held > 0) {
        const newline = chunk.indexOf(NEWLINE);
        keep(chunk.subarray(0, newline === -1 ? chunk.length : newline));
        if (newline === -1) return readings;
        finish(readings);
        at = newline + 1;
      }
      while (at < chunk.length) {
        const last = chunk.subarray(at, at + piece).lastIndexOf(NEWLINE);
        // None in this piece: it begins one long line.
        const end = last === -1 ? chunk.indexOf(NEWLINE, at + piece) : at + last;
        if (end === -1) break;
        if (end - at <= limits.record) readWhole(chunk.subarray(at, end + 1), readings);
        else {
          keep(chunk.subarray(at, end));
          finish(readings);
        }
        at = end + 1;
      }
      keep(chunk.subarray(at));
      return readings;
    },
    end() {
      const readings: Reading[] = [];
      if (held > 0) finish(readings);
      return readings;
    },
  };
}
