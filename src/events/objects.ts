import { joined } from './chunks.ts';
import { marked, parseRecord } from './parse-record.ts';
import type { Limits, Reader, Reading } from './reading.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Reads the elements of a JSON array, or JSON objects one after the other, written on any number of lines.
 *
 * Only brackets and strings are followed here; `JSON.parse` judges each element. Where brackets don't fit, the element
 * is given up, and reading goes on at the next line that begins with `{` no deeper indented than the broken one.
 */
export function objectReader(limits: Limits): Reader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let readings: Reading[] = [];
  let chunk: Uint8Array = new Uint8Array(0);
  /** Where in the chunk the part of the element begins that is not kept yet. */
  let from = 0;
  let pieces: Uint8Array[] = [];
  let held = 0;

  /** Position of the next element, from 0. */
  let index = 0;
  let inArray = false;
  /** What is being read: nothing, an element in brackets or quotes, a bare word, or the remains of a broken element. */
  let state: 'between' | 'element' | 'word' | 'broken' = 'between';
  let open: number[] = [];
  /** Brackets open beyond the depth limit: counted, not kept, so that a file of nothing but `[` costs no memory. */
  let deeper = 0;
  let inString = false;
  let escaped = false;
  /** The last byte that was no blank, outside of strings. */
  let previous = 0;
  let line = 1;
  /** Blanks before the first other byte of this line; negative once there was one. */
  let indent = 0;
  let begun = { line: 1, indent: 0 };

  const keep = (bytes: Uint8Array): void => {
    held += bytes.length;
    if (held > limits.record) pieces = [];
    else if (bytes.length > 0) pieces.push(bytes.slice());
  };

  const leave = (next: 'between' | 'broken'): void => {
    pieces = [];
    held = 0;
    open = [];
    deeper = 0;
    inString = false;
    escaped = false;
    state = next;
  };

  const skip = (reason: string): void => {
    readings.push({ record: index, skipped: `${reason} (it begins on line ${begun.line})` });
    index += 1;
  };

  const abandon = (reason: string): void => {
    skip(reason);
    leave('broken');
  };

  const begin = (at: number, next: 'element' | 'word'): void => {
    begun = { line, indent: Math.max(indent, 0) };
    state = next;
    from = at;
  };

  const finish = (): void => {
    if (held > limits.record) skip(`an element of ${held} bytes; at most ${limits.record} are read`);
    else {
      const text = decoder.decode(joined(pieces, held));
      const reading = isHeading(text) ? undefined : parseRecord(text, index, limits);
      if (reading && 'skipped' in reading) skip(reading.skipped);
      else if (reading) {
        readings.push(text.includes('\ufffd') ? marked(reading) : reading);
        index += 1;
      }
    }
    leave('between');
  };

  /** `evtx_dump` writes such a line above each record. */
  const isHeading = (text: string) => state === 'word' && !inArray && /^Record \d+$/.test(text.trim());

  const end = (at: number): void => {
    keep(chunk.subarray(from, at));
    finish();
  };

  const readInString = (byte: number, at: number): void => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) {
      inString = false;
      if (open.length === 0) end(at + 1);
    }
  };

  const readBlank = (byte: number, at: number): void => {
    if (state === 'word' && (inArray || byte === NEWLINE)) end(at);
    if (byte === NEWLINE) {
      if (inString) abandon('a line break inside a string');
      line += 1;
      indent = 0;
    } else if (indent >= 0) indent += 1;
  };

  const readInElement = (byte: number, at: number): void => {
    if (byte === QUOTE) inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (open.length > limits.depth) deeper += 1;
      else open.push(byte);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (deeper > 0) deeper -= 1;
      // Each closing bracket comes two after its opening one in ASCII.
      else if (open.pop() !== byte - 2) abandon('its brackets do not fit');
      else if (open.length === 0) end(at + 1);
    }
  };

  const readBetween = (byte: number, at: number): void => {
    if (byte === OPEN_OBJECT || (byte === OPEN_ARRAY && inArray)) {
      begin(at, 'element');
      open.push(byte);
    } else if (byte === OPEN_ARRAY) inArray = true;
    else if (byte === CLOSE_ARRAY && inArray) inArray = false;
    else if (byte === QUOTE && inArray) {
      begin(at, 'element');
      inString = true;
    } else if (byte !== COMMA) begin(at, 'word');
  };

  /** Whether an element may begin again after a broken one. */
  const isFresh = (byte: number) => byte === OPEN_OBJECT && indent >= 0 && indent <= begun.indent;

  const readOther = (byte: number, at: number): void => {
    if (state === 'element' && byte === OPEN_OBJECT && !mayOpen(previous, open.at(-1)))
      abandon('the object is not closed before the next begins');
    if (state === 'broken' && isFresh(byte)) state = 'between';
    if (state === 'word' && (byte === OPEN_OBJECT || (inArray && (byte === COMMA || byte === CLOSE_ARRAY)))) end(at);
    if (state === 'element') readInElement(byte, at);
    else if (state === 'between') readBetween(byte, at);
    indent = -1;
    previous = byte;
  };

  return {
    push(next) {
      readings = [];
      chunk = next;
      from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at]!;
        if (inString && byte !== NEWLINE) readInString(byte, at);
        else if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE) readBlank(byte, at);
        else readOther(byte, at);
      }
      if (state === 'element' || state === 'word') keep(chunk.subarray(from));
      return readings;
    },
    end() {
      readings = [];
      if (state === 'word') finish();
      else if (state === 'element') skip('the file ends inside it');
      return readings;
    },
  };
}

/** In JSON `{` comes first in an array, after a comma in an array, or after a colon. */
function mayOpen(previous: number, container: number | undefined): boolean {
  return previous === COLON || previous === OPEN_ARRAY || (previous === COMMA && container === OPEN_ARRAY);
}
