import { Cursor } from '../../text/cursor.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Noted } from './assumptions.ts';

/** What the functions that read one query share. */
export interface Reader {
  readonly cursor: Cursor;
  readonly noted: Noted;
  /** How many parentheses and negations are open. */
  depth: number;
}

export function readerOf(source: Source, noted: Noted): Reader {
  return { cursor: new Cursor(source), noted, depth: 0 };
}

const DEEPEST = 200;

/** Reads something inside something else; deeper than any person writes is a mistake. */
export function within<T>(reader: Reader, read: () => T): T {
  reader.depth += 1;
  if (reader.depth > DEEPEST) reader.cursor.fail('logpoint/depth', `more than ${DEEPEST} levels of nesting`);
  const result = read();
  reader.depth -= 1;
  return result;
}

/** The span from `start` to where the cursor stands. */
export function since(cursor: Cursor, start: number): Span {
  return { start, end: Math.max(cursor.at, start + 1) };
}

/**
 * Consumes a text between two quotation marks, or between two apostrophes, and gives what stands between them;
 * undefined, without moving, if none begins here. Nothing escapes a mark: the next one closes the text.
 */
export function quoted({ cursor, noted }: Reader): string | undefined {
  const { start } = cursor.here();
  const { text } = cursor.source;
  const mark = text[start];
  if (mark !== '"' && mark !== "'") return undefined;
  const close = text.indexOf(mark, start + 1);
  if (close === -1)
    return cursor.fail('logpoint/quote', `a text begins here and has no closing ${mark}`, { start, end: start + 1 });
  cursor.at = close + 1;
  if (/[^\s()[\],|=<>!]/.test(text[close + 1] ?? ' '))
    cursor.fail(
      'logpoint/after-quote',
      'the text ends here, and a blank is due after it',
      { start: close, end: close + 1 },
      hintAtEscape(cursor),
    );
  if (mark === "'") noted.add('apostrophes');
  return text.slice(start + 1, close);
}

/** What to say where a text has just ended in `\"`, which other languages take for a quotation mark in the text. */
export function hintAtEscape({ source, at }: Cursor): string | undefined {
  if (!/^\\["']$/.test(source.text.slice(at - 2, at))) return undefined;
  return 'a backslash does not escape a quotation mark in LogPoint: write the value between apostrophes';
}

/** Consumes `pattern` after any blanks and gives its text without them, or undefined without moving. */
export function taken({ cursor }: Reader, pattern: RegExp): string | undefined {
  return cursor.take(pattern)?.[0].trimStart();
}

/** A field's name, bare or between quotation marks. */
export function readName(reader: Reader): string {
  const { cursor } = reader;
  return quoted(reader) ?? taken(reader, /[^\s()[\],|"'=<>!]+/) ?? cursor.fail('syntax', 'expected a field');
}

/** Names with commas between them. */
export function readNames(reader: Reader): string[] {
  const names = [readName(reader)];
  while (reader.cursor.take(/,/)) names.push(readName(reader));
  return names;
}
