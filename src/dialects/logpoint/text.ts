/**
 * How LogPoint writes values and names. The only place where a value gets its quotation marks.
 *
 * Sources: "Search Query Language" (quotation marks, wildcards); LogPoint's Sigma converter (which names need quotation
 * marks, apostrophes around a value with a quotation mark). Nothing in a value is ever escaped: SigmaHQ/sigma#3200 and
 * mitre-attack/car#105 tell that a backslash stands for itself.
 */
import { many, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';

/** A value in its quotation marks; `widened` says why a `?` stands in for a character of it that can't be written. */
export interface Quoted {
  readonly text: string;
  readonly mark: '"' | "'";
  readonly widened: string | null;
}

const UNWRITABLE = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/g;

/** Puts a pattern between quotation marks, or between apostrophes if it holds a quotation mark: `"*\cmd.exe"`. */
export function quotedPattern(pattern: Pattern): Quoted {
  const written = pattern
    .map((piece) => (typeof piece === 'string' ? piece.replace(/[*?]/g, '?') : piece.wild === 'many' ? '*' : '?'))
    .join('');
  const plain = written.replace(UNWRITABLE, '?');
  const controls = plain === written ? null : 'a line break or another control character in a value can not be written';
  if (!plain.includes('"')) return { text: `"${plain}"`, mark: '"', widened: controls };
  if (!plain.includes("'")) return { text: `'${plain}'`, mark: "'", widened: controls };
  const both = 'a value can not hold both kinds of quotation marks';
  return { text: `'${plain.replaceAll("'", '?')}'`, mark: "'", widened: controls ?? both };
}

/** Reads what stands between quotation marks, or bare: `*` and `?` are holes, all else stands for itself. */
export function patternOf(inner: string): Pattern {
  return [...inner.matchAll(/[*?]|[^*?]+/g)].map(([part]): Piece => (part === '*' ? many : part === '?' ? one : part));
}

/** Words of the language that a field may be called by, and then needs quotation marks. */
const TAKEN =
  /^(?:and|or|not|in|as|by|having|within|process|filter|search|chart|timechart|fields|rename|norm|latest|order|limit|join|followed)$/i;

/** Whether a field of this name can be written at all. */
export function isNameable(name: string): boolean {
  return name !== '' && !/["*?\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(name);
}

/** Writes a field's name: bare where it is a plain word, else between quotation marks: `"process"`. */
export function fieldName(name: string): string {
  return /^[A-Za-z0-9_.]+$/.test(name) && !TAKEN.test(name) ? name : `"${name}"`;
}

/** Whether a number is written as plain digits, so that it needs no quotation marks. */
export function isDecimal(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text;
}
