import type { Raw } from '../ir/event.ts';

/**
 * Integers that a JavaScript number can't hold, such as Windows' 64-bit keywords: `JSON.parse` rounds them silently,
 * so before it sees them they are put in quotes, and become text of the same digits.
 */

/** Digits of the first integer that may be rounded: 2^53 = 9007199254740992 has sixteen. */
const LONG = 16;
const LARGEST_SAFE = '9007199254740991';

/** What may stand before and after an integer in JSON. */
const before = codesOf(':,[ \t\r\n');
const after = codesOf(',]} \t\r\n');

/** Where an integer begins (its sign included) and ends in a text. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what may be a long integer in JSON text, in order; some may turn out to lie in strings.
 * Looks at every sixteenth character only, since a run of sixteen digits can't lie between two of them.
 */
export function longIntegers(text: string): Run[] {
  const found: Run[] = [];
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
    at = end - 1;
    if (end - start < LONG) continue;
    const signed = text.charCodeAt(start - 1) === 0x2d ? start - 1 : start;
    if (before.has(text.charCodeAt(signed - 1)) && after.has(text.charCodeAt(end)) && isRounded(text, start, end))
      found.push({ start: signed, end });
  }
  return found;
}

function isRounded(text: string, start: number, end: number): boolean {
  // A leading zero is an error of the text, which quotes would hide.
  if (text[start] === '0') return false;
  return end - start > LONG || text.slice(start, end) > LARGEST_SAFE;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Puts quotes around those of `runs` (in order) that do not lie in a string of the JSON text. */
export function quoteIntegers(text: string, runs: readonly Run[]): string {
  const outside = runsOutsideStrings(text, runs);
  let quoted = '';
  let done = 0;
  for (const { start, end } of outside) {
    quoted += `${text.slice(done, start)}"${text.slice(start, end)}"`;
    done = end;
  }
  return quoted + text.slice(done);
}

/** Parses JSON text whose integers at `runs` stay exact; throws as `JSON.parse` does. */
export function parseExactly(text: string, runs: readonly Run[]): unknown {
  const outside = runsOutsideStrings(text, runs);
  if (outside.length === 0) return JSON.parse(text);
  const quoted = quoteIntegers(text, outside);
  const value: unknown = JSON.parse(quoted);
  if (typeof value === 'object' && value !== null) recorded.set(value, { quoted, runs: outside });
  return value;
}

function runsOutsideStrings(text: string, runs: readonly Run[]): Run[] {
  const outside: Run[] = [];
  let next = 0;
  let from = 0;
  while (next < runs.length) {
    const open = text.indexOf('"', from);
    const limit = open === -1 ? Infinity : open;
    while (next < runs.length && runs[next]!.start < limit) outside.push(runs[next++]!);
    const close = open === -1 ? text.length : closingQuote(text, open);
    while (next < runs.length && runs[next]!.start < close) next += 1;
    from = close + 1;
  }
  return outside;
}

/** The offset of the quote that ends the string begun at `open`, or the end of the text. */
function closingQuote(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return close;
  }
  return text.length;
}

/** The text of events with exact integers, so that they can be written as they were recorded. */
const recorded = new WeakMap<object, { readonly quoted: string; readonly runs: readonly Run[] }>();

/** Writes an event as one line of JSON; long integers come out as the numbers that they were. */
export function jsonOf(raw: Raw): string {
  const exact = recorded.get(raw);
  if (!exact) return JSON.stringify(raw);
  let text = '';
  let done = 0;
  // The n-th run lies 2n characters further on in the quoted text.
  for (const [index, { start, end }] of exact.runs.entries()) {
    const shift = 2 * index;
    text += exact.quoted.slice(done, start + shift) + exact.quoted.slice(start + shift + 1, end + shift + 1);
    done = end + shift + 2;
  }
  // Valid JSON has line breaks between its tokens only.
  return (text + exact.quoted.slice(done)).trim().replace(/\s*[\r\n]\s*/g, ' ');
}

function codesOf(characters: string): ReadonlySet<number> {
  return new Set([...characters].map((character) => character.charCodeAt(0)));
}
