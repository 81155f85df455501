import { joined } from './chunks.ts';
import { marked } from './parse-record.ts';
import { parseRecord } from './parse-record.ts';
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
  /** Position of the next element, from 0. */
  let index = 0;
  let inArray = false;

  /** What is being read: nothing, an element in brackets, a bare word, or the remains of a broken element. */
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

  let pieces: Uint8Array[] = [];
  let held = 0;

  const keep = (bytes: Uint8Array): void => {
    held += bytes.length;
    if (held > limits.record) pieces = [];
    else if (bytes.length > 0) pieces.push(bytes.slice());
  };

  const skip = (reason: string, readings: Reading[]): void => {
    readings.push({ record: index, skipped: `${reason} (it begins on line ${begun.line})` });
    index += 1;
  };

  const finish = (readings: Reading[]): void => {
    if (held > limits.record) skip(`an element of ${held} bytes; at most ${limits.record} are read`, readings);
    else {
      const text = decoder.decode(joined(pieces, held));
      if (state === 'word' && !inArray && /^Record \d+$/.test(text.trim())) return forget();
      const reading = parseRecord(text, index, limits);
      if ('skipped' in reading) skip(reading.skipped, readings);
      else {
        readings.push(text.includes('\ufffd') ? marked(reading) : reading);
        index += 1;
      }
    }
    forget();
  };

  const forget = (): void => {
    pieces = [];
    held = 0;
    open = [];
    deeper = 0;
    inString = false;
    escaped = false;
    state = 'between';
  };

  const abandon = (reason: string, readings: Reading[]): void => {
    skip(reason, readings);
    forget();
    state = 'broken';
  };

  return {
    push(chunk) {
      const readings: Reading[] = [];
      /** Where in this chunk the part of the element begins that is not kept yet. */
      let from = 0;
      const begin = (at: number, next: 'element' | 'word') => {
        begun = { line, indent: Math.max(indent, 0) };
        state = next;
        from = at;
      };
      const end = (at: number) => {
        keep(chunk.subarray(from, at));
        finish(readings);
      };

      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at]!;
        if (inString && byte !== NEWLINE) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (open.length === 0) end(at + 1);
          }
          continue;
        }
        if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE) {
          if (state === 'word' && (inArray || byte === NEWLINE)) end(at);
          if (byte === NEWLINE) {
            if (inString) abandon('a line break inside a string', readings);
            line += 1;
            indent = 0;
          } else if (indent >= 0) indent += 1;
          continue;
        }
        if (state === 'broken') {
          if (byte === OPEN_OBJECT && indent >= 0 && indent <= begun.indent) state = 'between';
          else {
            indent = -1;
            continue;
          }
        }
        if (state === 'element' && byte === OPEN_OBJECT && !mayOpen(previous, open.at(-1))) {
          abandon('the object is not closed before the next begins', readings);
          if (indent >= 0 && indent <= begun.indent) state = 'between';
        }
        if (state === 'element') {
          if (byte === QUOTE) inString = true;
          else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
            if (open.length > limits.depth) deeper += 1;
            else open.push(byte);
          } else if (deeper > 0 && (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY)) deeper -= 1;
          else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
            if (open.pop() !== byte - 2) abandon('its brackets do not fit', readings);
            else if (open.length === 0) end(at + 1);
          }
        } else if (state === 'word') {
          if (byte === OPEN_OBJECT || (inArray && (byte === COMMA || byte === CLOSE_ARRAY))) {
            end(at);
            at -= 1;
            continue;
          }
        } else if (byte === OPEN_OBJECT || (byte === OPEN_ARRAY && inArray)) {
          begin(at, 'element');
          open.push(byte);
        } else if (byte === OPEN_ARRAY) inArray = true;
        else if (byte === CLOSE_ARRAY && inArray) inArray = false;
        else if (byte === QUOTE && inArray) {
          begin(at, 'element');
          inString = true;
        } else if (byte !== COMMA) begin(at, 'word');
        indent = -1;
        previous = byte;
      }
      if (state === 'element' || state === 'word') keep(chunk.subarray(from));
      return readings;
    },
    end() {
      const readings: Reading[] = [];
      if (state === 'word') finish(readings);
      else if (state === 'element') skip('the file ends inside it', readings);
      return readings;
    },
  };
}

/** In JSON `{` comes first in an array, after a comma in an array, or after a colon. */
function mayOpen(previous: number, container: number | undefined): boolean {
  return previous === COLON || previous === OPEN_ARRAY || (previous === COMMA && container === OPEN_ARRAY);
}
