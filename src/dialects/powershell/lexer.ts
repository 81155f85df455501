import type { Cursor } from '../../text/cursor.ts';
import type { Span } from '../../text/source.ts';
import type { Noted } from './assumptions.ts';

/** Blanks, comments, and a backtick before a line break; a line break by itself ends a command. */
export const BLANKS = '(?:[ \\t\\u00a0]|`\\r?\\n|<#(?:[^#]|#(?!>))*#>|#[^\\n]*)*';

/** A text as PowerShell makes it of what is written, and where it stands. */
export interface Text {
  readonly value: string;
  readonly span: Span;
}

const SINGLE = /['‘’‚‛]/;
const DOUBLE = /["“”„]/;

/** Reads a text in quotation marks, straight or typographic, or nothing (about_Quoting_Rules). */
export function readText(cursor: Cursor, noted: Noted): Text | undefined {
  if (cursor.take(SINGLE)) return readSingle(cursor);
  return cursor.take(DOUBLE) ? readDouble(cursor, noted) : undefined;
}

/** A doubled quotation mark is one. */
function readSingle(cursor: Cursor): Text {
  const { text } = cursor.source;
  const start = cursor.at - 1;
  let value = '';
  for (;;) {
    const sign = text[cursor.at];
    if (sign === undefined) return unclosed(cursor, start);
    cursor.at += 1;
    if (SINGLE.test(sign)) {
      if (!SINGLE.test(text[cursor.at] ?? '')) return { value, span: { start, end: cursor.at } };
      cursor.at += 1;
    }
    value += sign;
  }
}

function unclosed(cursor: Cursor, start: number): never {
  return cursor.fail('powershell/quote', 'the quotation mark is not closed', { start, end: start + 1 });
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n', r: '\r', t: '\t', 0: '\0', a: '\u0007', b: '\b', f: '\f', v: '\v', e: '\u001b',
}; // prettier-ignore

/** Backticks are escapes, and variables are put in their places. */
function readDouble(cursor: Cursor, noted: Noted): Text {
  const { text } = cursor.source;
  const start = cursor.at - 1;
  let value = '';
  for (;;) {
    const sign = text[cursor.at];
    if (sign === undefined) return unclosed(cursor, start);
    if (DOUBLE.test(sign)) {
      cursor.at += 1;
      if (!DOUBLE.test(text[cursor.at] ?? '')) return { value, span: { start, end: cursor.at } };
      cursor.at += 1;
      value += sign;
    } else if (sign === '`') {
      const next = text[cursor.at + 1];
      if (next === undefined) return unclosed(cursor, start);
      value += ESCAPES[next] ?? next;
      cursor.at += 2;
    } else if (sign === '$') value += readExpansion(cursor, noted);
    else {
      value += sign;
      cursor.at += 1;
    }
  }
}

/** `$([char]31)` is a character, a variable that nothing sets is empty, other expressions are not read. */
function readExpansion(cursor: Cursor, noted: Noted): string {
  const rest = cursor.source.text.slice(cursor.at, cursor.at + 80);
  const character = /^\$\(\[char\](\d{1,5})\)/i.exec(rest);
  if (character) {
    cursor.at += character[0].length;
    return String.fromCharCode(Number(character[1]));
  }
  const span = { start: cursor.at, end: cursor.at + 2 };
  const name = /^\$(?:\{[^}]*\}|[A-Za-z_]\w*(?::\w+)?|[$?^])/.exec(rest);
  if (
    name &&
    /^\$[A-Za-z]\w*$/.test(name[0]) &&
    !/^\$(?:args|input|home|host|pid|pwd|profile|error|true|false|null|psitem)$/i.test(name[0])
  ) {
    noted.add('unset');
    cursor.at += name[0].length;
    return '';
  }
  if (name || rest.startsWith('$('))
    cursor.fail(
      'powershell/variable',
      'a running shell puts something else in this place',
      span,
      "put the text between apostrophes: '..'",
    );
  cursor.at += 1;
  return '$';
}
