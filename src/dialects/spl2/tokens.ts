/** Reads the words of SPL2: names, raw texts and regular expressions between slashes. */
import type { Cursor } from '../../text/cursor.ts';
import { between, since } from '../splunk/reader.ts';
import type { Reader } from '../splunk/reader.ts';
import { isTaken, unescapedName } from './text.ts';

/** Consumes `pattern` after any blanks and comments and gives its text without them, or undefined without moving. */
export function wordIn(cursor: Cursor, pattern: RegExp): string | undefined {
  const { start } = cursor.here();
  return cursor.take(pattern) && cursor.source.text.slice(start, cursor.at);
}

/** Whether one of these characters comes next, blanks and comments aside. */
export function comes(cursor: Cursor, characters: string): boolean {
  const next = cursor.source.text[cursor.here().start];
  return next !== undefined && characters.includes(next);
}

/** The name of a field, as a plain word or between apostrophes; an operator is none. */
export function fieldName(reader: Reader): string {
  const { cursor } = reader;
  const span = cursor.here();
  if (comes(cursor, "'")) return stepName(reader);
  const word = wordIn(cursor, /[A-Za-z_]\w*/);
  if (word === undefined) return cursor.fail('syntax', 'expected a field or a value', span);
  if (isTaken(word))
    cursor.fail(
      'syntax',
      `'${word}' is no field`,
      since(cursor, span.start),
      'names like operators stand between apostrophes',
    );
  return word;
}

/** The name of a step into an object, behind a dot: there, any word is one. */
export function stepName(reader: Reader): string {
  const quoted = between(reader.cursor, "'");
  if (quoted !== undefined) return unescapedName(quoted);
  return wordIn(reader.cursor, /[A-Za-z_]\w*/) ?? reader.cursor.fail('syntax', 'expected a name after the dot');
}

/** `@"C:\Windows"`: a text without escapes, but for two marks in place of one. */
export function rawText(reader: Reader): string | undefined {
  const { cursor } = reader;
  const { start } = cursor.here();
  const { text } = cursor.source;
  if (!text.startsWith('@"', start)) return undefined;
  let at = start + 2;
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1;
  if (at >= text.length)
    cursor.fail('splunk/quote', 'a text begins here and has no closing "', { start, end: start + 2 });
  cursor.at = at + 1;
  return text.slice(start + 2, at).replaceAll('""', '"');
}

/** What stands between two slashes, as written. */
export function regexLiteralIn(reader: Reader): string | undefined {
  const { cursor } = reader;
  const { start } = cursor.here();
  const { text } = cursor.source;
  if (text[start] !== '/') return undefined;
  let at = start + 1;
  while (at < text.length && text[at] !== '/') at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length)
    cursor.fail('splunk/quote', 'a regular expression begins here and has no closing /', { start, end: start + 1 });
  cursor.at = at + 1;
  if (/\w/.test(text[cursor.at] ?? ''))
    cursor.fail(
      'spl2/slash',
      'this slash ends the regular expression, and something else follows it',
      { start: at, end: at + 1 },
      'a slash within an expression is written \\/',
    );
  return text.slice(start + 1, at);
}
