import { lineReader } from './lines.ts';
import { objectReader } from './objects.ts';
import { pieces, withHead } from './chunks.ts';
import { limits as usual } from './reading.ts';
import type { Batch, Chunks, Limits } from './reading.ts';

/** Bytes of a file looked at to learn how its records are laid out. */
const HEAD = 64 * 1024;

/**
 * Reads the JSON objects of a file: one a line, one after the other on any number of lines, or in an array.
 *
 * Memory stays within a few times the limit for one record, whatever the file. A record that can't be read is yielded
 * with its reason, and reading goes on behind it.
 *
 *     for await (const { readings } of readJson([new TextEncoder().encode('{"a":1}\n')])) ...   // [{ record: 1, raw: { a: 1 } }]
 */
export async function* readJson(chunks: Chunks, limits: Limits = usual): AsyncGenerator<Batch> {
  const { head, rest } = await withHead(chunks, HEAD);
  const reader = layoutOf(head) === 'lines' ? lineReader(limits) : objectReader(limits);
  for await (const chunk of pieces(rest)) yield { readings: reader.push(chunk), bytes: chunk.length };
  yield { readings: reader.end(), bytes: 0 };
}

/**
 * Tells by its beginning how a file is laid out. It is read line by line if its first line with anything on it is a
 * whole JSON value, or is so broken that no later line could complete it.
 */
export function layoutOf(head: Uint8Array): 'lines' | 'objects' {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(head).trimStart();
  const line = /^[^\n]*/.exec(text)![0].trimEnd();
  // `evtx_dump -o json` writes such a line above each object.
  if (line.startsWith('[') || /^Record \d+$/.test(line)) return 'objects';
  return line.startsWith('{') && isBegun(line, text.length > line.length) ? 'objects' : 'lines';
}

/** Whether a line that begins with `{` holds the beginning of an object that goes on below, or several objects. */
function isBegun(line: string, isWhole: boolean): boolean {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (character === '"') {
      at = stringEnd(line, at);
      if (at >= line.length) return false;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at < line.length - 1;
    }
  }
  return isWhole;
}

function stringEnd(line: string, open: number): number {
  let at = open + 1;
  while (at < line.length && line[at] !== '"') at += line[at] === '\\' ? 2 : 1;
  return at;
}
