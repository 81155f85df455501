import { Cursor } from '../../text/cursor.ts';
import type { Source } from '../../text/source.ts';

/** Blanks and both kinds of comment. */
const BLANKS = '(?:\\s|--[^\\n]*|/\\*[^]*?\\*/)*';

/** Opens a text of SQL for reading. */
export function open(source: Source): Cursor {
  return new Cursor(source, BLANKS);
}

/** Takes a keyword in any case. */
export function word(cursor: Cursor, keyword: string): boolean {
  return cursor.take(new RegExp(`${keyword}(?![\\w$])`, 'i')) !== undefined;
}

/** Takes a text between single quotes, a doubled quote inside for one; `E'..'` has backslash escapes. */
export function text(cursor: Cursor): string | undefined {
  const plain = cursor.take(/'((?:[^']|'')*)'/);
  if (plain) return plain[1]!.replaceAll("''", "'");
  const escaped = cursor.take(/[eE]'((?:[^'\\]|''|\\[^])*)'/);
  return escaped?.[1]!.replace(/''|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{1,2}|[^])/g, unescape);
}

const SHORT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescape(part: string): string {
  if (part === "''") return "'";
  if (/^\\[ux]./.test(part)) return String.fromCharCode(Number.parseInt(part.slice(2), 16));
  return SHORT[part[1]!] ?? part.slice(1);
}

const RESERVED =
  /^(?:AND|OR|NOT|IN|IS|LIKE|ILIKE|BETWEEN|NULL|TRUE|FALSE|SELECT|FROM|WHERE|CASE|LAMBDA|ESCAPE|COLLATE)$/i;

/** Takes a name, between double quotes or bare; reserved words are no names. */
export function name(cursor: Cursor): string | undefined {
  const quoted = cursor.take(/"((?:[^"]|"")*)"/);
  if (quoted) return quoted[1]!.replaceAll('""', '"');
  const before = cursor.at;
  const bare = cursor.take(/([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/)?.[1];
  if (bare === undefined || !RESERVED.test(bare)) return bare;
  cursor.at = before;
  return undefined;
}

export function number(cursor: Cursor): number | undefined {
  const found = cursor.take(/[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w.])/);
  return found && Number(found[0]);
}
