import { Cursor } from '../../text/cursor.ts';
import type { Source } from '../../text/source.ts';

/** Opens a text of KQL for reading. Blanks and `//` comments count for nothing. */
export function open(source: Source): Cursor {
  return new Cursor(source, '(?:[\\s\\u00a0]|//[^\\n]*(?:\\n|$))*');
}

/** Takes a keyword; Kusto's are in small letters. */
export function word(cursor: Cursor, keyword: string): boolean {
  let pattern = words.get(keyword);
  if (!pattern) words.set(keyword, (pattern = new RegExp(`${keyword}(?![\\w-])`)));
  return cursor.take(pattern) !== undefined;
}

const words = new Map<string, RegExp>();

/** The next character that is no blank, without moving; empty at the end. */
export function peek(cursor: Cursor): string {
  return cursor.source.text.charAt(cursor.here().start);
}

/**
 * Takes a text: `"..."` and `'...'` with escapes, `@"..."` verbatim with its quote doubled, three backticks or tildes
 * around lines, any with `h` in front. Literals that stand side by side are one (string data type).
 */
export function text(cursor: Cursor): string | undefined {
  let whole: string | undefined;
  for (let next = literal(cursor); next !== undefined; next = literal(cursor)) whole = (whole ?? '') + next;
  return whole;
}

function literal(cursor: Cursor): string | undefined {
  if (!/["'@`~hH]/.test(peek(cursor))) return undefined;
  const verbatim = cursor.take(/[hH]?@(?:"((?:[^"\r\n]|"")*)"|'((?:[^'\r\n]|'')*)')/);
  if (verbatim) return verbatim[1]?.replaceAll('""', '"') ?? verbatim[2]!.replaceAll("''", "'");
  const lines = cursor.take(/[hH]?(?:```((?:(?!```)[^])*)```|~~~((?:(?!~~~)[^])*)~~~)/);
  if (lines) return lines[1] ?? lines[2];
  const plain = cursor.take(/[hH]?(?:"((?:[^"\\\r\n]|\\[^\r\n])*)"|'((?:[^'\\\r\n]|\\[^\r\n])*)')/);
  if (plain) return unescaped(plain[1] ?? plain[2]!, cursor);
  if (!cursor.sees(/[hH]?@?["']|```|~~~/)) return undefined;
  return cursor.fail('kusto/open-quote', 'this text does not end on its line');
}

const SHORT: Readonly<Record<string, string>> = {
  '\\': '\\',
  '"': '"',
  "'": "'",
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(inner: string, cursor: Cursor): string {
  const start = cursor.at - 1 - inner.length;
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([^]))/g,
    (part, short?: string, long?: string, byte?: string, octal?: string, letter?: string, at?: number) => {
      const digits = short ?? long ?? byte;
      const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16);
      if (letter === undefined && code <= 0x10ffff)
        return short === undefined ? String.fromCodePoint(code) : String.fromCharCode(code);
      if (letter !== undefined && Object.hasOwn(SHORT, letter)) return SHORT[letter]!;
      const span = { start: start + Number(at), end: start + Number(at) + part.length };
      const hint = 'write \\\\ for a backslash, or the text verbatim: @"C:\\Windows"';
      return cursor.fail('kusto/escape', `\`${part}\` is no escape, and ends the query for Kusto`, span, hint);
    },
  );
}

/** Takes the name of a column or table: a word, or a text in brackets: `['a-b']`. */
export function name(cursor: Cursor): string | undefined {
  const before = cursor.at;
  if (cursor.take(/\[(?=\s*@?["'])/)) {
    const quoted = text(cursor);
    if (quoted !== undefined && cursor.take(/\]/)) return quoted;
    cursor.at = before;
    return undefined;
  }
  return cursor.take(/([A-Za-z_$][\w$]*)/)?.[1];
}

/** Takes a number; one with a unit of time behind it is none. */
export function number(cursor: Cursor): number | undefined {
  const hexadecimal = cursor.take(/0[xX]([0-9a-fA-F]{1,13})(?!\w)/);
  if (hexadecimal) return Number.parseInt(hexadecimal[1]!, 16);
  const found = cursor.take(/-?\d+(?:\.(?!\.)\d*)?(?:[eE][+-]?\d{1,3})?(?![\w])/);
  return found && Number(found[0]);
}
