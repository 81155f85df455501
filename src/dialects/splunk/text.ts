/**
 * How SPL writes values and names. The only place where a character is escaped, or read as escaped.
 *
 * Sources: Search Manual, "Backslashes" (a backslash is written twice; it can't escape `*`) and "Wildcards"; Search
 * Reference, "search" and "where" (which names need which quotation marks); Knowledge Manager Manual, "Use search macros
 * in searches" (macros inside of quoted values are not expanded).
 */
import { foldClass } from '../../ir/fold.ts';
import { many } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';

/** Puts a text between quotation marks: `a "b" \` becomes `"a \"b\" \\"`. */
export function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Puts a pattern between quotation marks, holes as `*`. Only for patterns that `search` can say. */
export function quotedPattern(pattern: Pattern): string {
  return `"${pattern.map((piece) => (typeof piece === 'string' ? escaped(piece) : '*')).join('')}"`;
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

/** Reads what stands between quotation marks: `\\` and `\"` stand for their second character, other backslashes for themselves. */
export function unescaped(inner: string): string {
  return inner.replace(/\\(["\\])/g, '$1');
}

/** Reads what stands between quotation marks of `search` as a pattern: each `*` is a hole, whatever stands before it. */
export function patternOf(inner: string): Pattern {
  const pieces: Piece[] = [];
  for (const [index, text] of inner.split('*').entries()) {
    if (index > 0) pieces.push(many);
    if (text !== '') pieces.push(unescaped(text));
  }
  return pieces;
}

/** Names that `search` takes for something else than a field of the event. */
const TAKEN =
  /^(?:earliest|latest|_?index_(?:earliest|latest)|eventtype|tag|savedsearch|savedsplunk|rawquery|timeformat|starttime\w*|endtime\w*|daysago|hoursago|minutesago)$/;

/** Whether `search` can test a field of this name at all. */
export function searchable(name: string): boolean {
  return name !== '' && !TAKEN.test(name) && !name.startsWith('tag::') && !/[*\u0000-\u001f]/.test(name);
}

/** Writes a field's name for `search`: bare where nothing in it could be misread, else between quotation marks. */
export function searchName(name: string): string {
  return /^(?!(?:AND|OR|NOT|IN|TERM|CASE|search)$)[\p{L}\p{N}_@][\p{L}\p{N}_.@{}:-]*$/u.test(name)
    ? name
    : quoted(name);
}

/** Writes a field's name for `where` and `eval`: between apostrophes unless it is a plain word and no operator. */
export function evalName(name: string): string {
  const plain = /^(?!(?:and|or|not|xor|in|like|true|false|null|as|by|where)$)[A-Za-z_][A-Za-z0-9_]*$/i.test(name);
  return plain ? name : `'${name.replace(/['\\]/g, '\\$&')}'`;
}

/** A field's name for `table`, `stats` and their like. */
export function listName(name: string): string {
  return /^(?!(?:as|by|over|AND|OR|NOT)$)[\p{L}\p{N}_@][\p{L}\p{N}_.@{}:-]*$/iu.test(name) ? name : quoted(name);
}

/** Whether `search` reads the text as a network, not as a text (Search Reference, "search": CIDR notation). */
export function isNetwork(text: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}|[\da-f:.]*:[\da-f:.]*\/\d{1,3})$/i.test(text);
}

/** Whether a number or text is written as plain digits, so that it needs no quotation marks. */
export function isDecimal(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text;
}

/** Whether the text has a letter outside of ASCII whose case could be read either way. */
export function foldsBeyondAscii(piece: string): boolean {
  return [...piece].some((letter) => letter > '\u007f' && foldClass(letter.codePointAt(0)!).length > 1);
}

/** A number without an exponent, which `eval` does not document. */
export function decimal(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(value).includes('e') ? value.toFixed(20) : String(value);
}
