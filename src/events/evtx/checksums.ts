import type { Chunk } from './chunk.ts';
import { CHUNK_HEADER } from './chunk.ts';
import { isChunk } from './records.ts';

/**
 * Says which checksums of a chunk do not fit, or nothing. A diagnosis only: logs that were not closed have old ones, and
 * their records are as good as others.
 */
export function faultsOf(chunk: Chunk): string | undefined {
  const { bytes, view } = chunk;
  if (!isChunk(view)) return 'it has lost its header; its records were found by their signatures';
  const free = view.getUint32(48, true);
  const isWhole = free >= CHUNK_HEADER && free <= bytes.length;
  const records = isWhole && view.getUint32(52, true) === crc32([bytes.subarray(CHUNK_HEADER, free)]);
  const header = view.getUint32(124, true) === crc32([bytes.subarray(0, 120), bytes.subarray(128, CHUNK_HEADER)]);
  if (records && header) return undefined;
  return `the checksum of its ${records ? 'header' : header ? 'records' : 'header and records'} is wrong`;
}

/** CRC-32 as in ISO 3309, of several pieces as if they were one. */
export function crc32(pieces: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const piece of pieces) for (const byte of piece) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
