import { knownProperties } from './classes.ts';
import type { CodeSet } from './code-set.ts';
import { codeSet, complement, sizeOf } from './code-set.ts';
import type { Flavour } from './flavours.ts';
import type { CodeRange } from './tree.ts';

/** Writes a set of code points: a character, an escape such as `\d`, `.`, or brackets, whichever is shortest. */
export function printSet(set: CodeSet, flavour: Flavour): string {
  if (set.length === 0) return flavour.never;
  const only = singleOf(set);
  if (only !== undefined) return printCode(only, flavour);
  if (same(set, flavour.dot)) return '.';
  if (set.length === 1 && sizeOf(set) === 0x110000) return '[\\s\\S]';
  for (const [text, meaning] of flavour.shorthands) if (same(set, meaning)) return text;
  const property = flavour.properties && set.length > 20 ? propertyOf(set) : undefined;
  if (property !== undefined) return property;
  const rest = flavour.astral ? complement(set) : without(complement(set), beyond);
  return shortest([
    `[${inBrackets(flavour.astral ? set : without(set, beyond), flavour)}]`,
    `[^${inBrackets(rest, flavour)}]`,
  ]);
}

/** The characters that are two units in UTF-16. */
const beyond: CodeSet = [[0x10000, 0x10ffff]];

/** Writes one character of an expression, so that it stands for itself. */
export function printCode(code: number, flavour: Flavour): string {
  const letter = String.fromCodePoint(code);
  if (/[\\^$.*+?()[\]{}|]/.test(letter)) return `\\${letter}`;
  return plain(code, letter, flavour);
}

/** The one member, if there is one only. */
export function singleOf(set: CodeSet): number | undefined {
  return set.length === 1 && set[0]![0] === set[0]![1] ? set[0]![0] : undefined;
}

const controls: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };

/** Letters, digits, signs and the blank as they are, all else by number. */
function plain(code: number, letter: string, flavour: Flavour): string {
  const control = controls[code];
  if (control !== undefined) return control;
  return /^[ \p{L}\p{N}\p{P}\p{S}]$/u.test(letter) ? letter : flavour.code(code);
}

function printMember(code: number, flavour: Flavour): string {
  const letter = String.fromCodePoint(code);
  return /[\\\]^[-]/.test(letter) || flavour.signs.includes(letter) ? `\\${letter}` : plain(code, letter, flavour);
}

/** What stands between brackets, with the escapes that make it shortest. */
function inBrackets(set: CodeSet, flavour: Flavour): string {
  const usable = flavour.shorthands.filter(([, meaning]) => without(meaning, set).length === 0);
  const ways = [members(set, flavour)];
  for (const [text, meaning] of usable) {
    ways.push(text + members(without(set, meaning), flavour));
    for (const [more, also] of usable)
      if (more !== text) ways.push(text + more + members(without(without(set, meaning), also), flavour));
  }
  return shortest(ways);
}

function members(set: CodeSet, flavour: Flavour): string {
  return set
    .map(([from, to]: CodeRange) => {
      const [low, high] = [printMember(from, flavour), printMember(to, flavour)];
      if (from === to) return low;
      return to === from + 1 ? low + high : `${low}-${high}`;
    })
    .join('');
}

function shortest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}

function propertyOf(set: CodeSet): string | undefined {
  for (const [name, meaning] of knownProperties()) {
    if (same(set, meaning)) return `\\p{${name}}`;
    if (same(set, complement(meaning))) return `\\P{${name}}`;
  }
  return undefined;
}

function without(set: CodeSet, taken: CodeSet): CodeSet {
  return complement(codeSet([...complement(set), ...taken]));
}

function same(a: CodeSet, b: CodeSet): boolean {
  return a.length === b.length && a.every(([from, to], at) => from === b[at]![0] && to === b[at]![1]);
}
