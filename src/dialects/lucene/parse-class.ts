import { codeSet, complement } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import { assume } from './assumptions.ts';
import { letter } from './letters.ts';
import type { Regexp, SetNode } from './regexp.ts';
import { next, sees, stop, take } from './regexp-reader.ts';
import type { Reading } from './regexp-reader.ts';

/** Classes of a few plain characters by their text, since `[eE]` is read again and again: one value for each. */
const shortClasses = new Map<string, Regexp>();
const MOST_SHORT = 2000;

/** Reads what follows `[` if it is a class of at most four plain characters. */
function shortClass(reading: Reading): Regexp | undefined {
  const { text, at } = reading;
  const close = text.indexOf(']', at + 1);
  if (close === -1 || close - at > 4) return undefined;
  const inner = text.slice(at, close);
  let known = shortClasses.get(inner);
  if (!known) {
    if (/[\\^-]/.test(inner)) return undefined;
    if (shortClasses.size >= MOST_SHORT) shortClasses.clear();
    known = { kind: 'set', ranges: codeSet([...inner].map((character) => point(character.codePointAt(0)!))) };
    shortClasses.set(inner, known);
  }
  reading.at = close + 1;
  return known;
}

/** Reads a class of characters, of which `[` is read already. */
export function characterClass(reading: Reading): Regexp {
  return shortClass(reading) ?? anyClass(reading);
}

function anyClass(reading: Reading): Regexp {
  const negative = take(reading, '^');
  const ranges: CodeRange[] = [];
  do {
    if (take(reading, '\\')) {
      const escaped = escape(reading).ranges;
      const only = escaped.length === 1 && escaped[0]![0] === escaped[0]![1] ? escaped[0]![0] : undefined;
      if (only !== undefined && take(reading, '-')) ranges.push(upTo(reading, only));
      else ranges.push(...escaped);
      continue;
    }
    const from = next(reading);
    ranges.push(take(reading, '-') ? upTo(reading, from) : [from, from]);
  } while (reading.at < reading.text.length && !sees(reading, ']'));
  if (!take(reading, ']')) stop(reading, 'a bracket is never closed');
  return { kind: 'set', ranges: negative ? complement(codeSet(ranges)) : codeSet(ranges) };
}

function upTo(reading: Reading, from: number): CodeRange {
  take(reading, '\\');
  const to = next(reading);
  if (to < from) stop(reading, 'this range of characters runs backwards');
  return [from, to];
}

/** What stands after a backslash: since Lucene 9 six letters are classes and all others an error. */
export function escape(reading: Reading): SetNode {
  const name = reading.text[reading.at] ?? '';
  if (!/[A-Za-z]/.test(name)) return letter(next(reading));
  const inside = classes[name.toLowerCase()];
  if (!inside)
    return stop(reading, `\`\\${name}\` means nothing to Lucene`, 'it knows \\d, \\w, \\s and their negations');
  reading.assumptions.add(assume.classes);
  reading.at += 1;
  return { kind: 'set', ranges: name === name.toLowerCase() ? inside : complement(inside) };
}

const classes: Readonly<Record<string, readonly CodeRange[]>> = {
  d: [[0x30, 0x39]],
  w: [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]],
  s: [[0x09, 0x0a], [0x0d, 0x0d], [0x20, 0x20]],
}; // prettier-ignore

function point(code: number): CodeRange {
  return [code, code];
}
