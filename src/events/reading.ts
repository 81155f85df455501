import type { Raw } from '../ir/event.ts';

/** Bytes of a file, piece by piece, of any size. A piece belongs to the reader: its owner does not write to it again. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What a file holds at one place: an event, or a reason why there is none to be had. */
export type Reading = EventRead | Skipped;

/** An event, and where in its file it stands: a line from 1, a position in an array from 0, or an EventRecordID. */
export interface EventRead {
  readonly record: number;
  readonly raw: Raw;
  /** The text holds U+FFFD: for a byte that is no UTF-8 or a character that XML can't hold, here or at whoever wrote it. */
  readonly replaced?: true;
  readonly flag?: Flag;
}

/** Why a record may not be whole: `torn`, `size` (a wrong one), or `recovered` from behind something broken. */
export type Flag = 'torn' | 'size' | 'recovered';

/** A place that could not be read. `record` is null where the reason concerns the rest of the file or all of it. */
export interface Skipped {
  readonly record: number | null;
  readonly skipped: string;
}

/** The readings of a piece of a file, and how many bytes were consumed for them. */
export interface Batch {
  readonly readings: readonly Reading[];
  readonly bytes: number;
}

/** A reader of one file: it is given the bytes in order, and then told that there are no more. */
export interface Reader {
  push(chunk: Uint8Array): readonly Reading[];
  end(): readonly Reading[];
}

/** How much of one record is held in memory at most, and how deep it may be nested. */
export interface Limits {
  /** Bytes of a line, or of one object of an array. */
  readonly record: number;
  /** Levels of objects and arrays. */
  readonly depth: number;
}

/** 16 MB a record: a Windows event is at most 64 KB, and the longest cloud audit records are below 1 MB. */
export const limits: Limits = { record: 16 * 1024 * 1024, depth: 200 };

/** Tells whether a reading is an event. */
export function isEvent(reading: Reading): reading is EventRead {
  return 'raw' in reading;
}
