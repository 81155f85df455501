import { codeSet, complement } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import { assume } from './assumptions.ts';
import type { Assumption } from './assumptions.ts';
import { letter } from './letters.ts';
import { anyCharacter, anyText, concat, either, isAnyText, nothing } from './regexp.ts';
import type { Regexp, SetNode } from './regexp.ts';

/** Something wrong or surprising at offset `at` of the expression. */
export interface RegexpFault {
  readonly at: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

export type RegexpWarning = Omit<RegexpFault, 'hint'>;

/**
 * Reads the text between two slashes, after Lucene's `RegExp` with all its optional operators. The grammar:
 *
 *     union   =  inter ("|" union)?
 *     inter   =  row ("&" inter)?
 *     row     =  repeat+
 *     repeat  =  atom ("?" | "*" | "+" | "{" n ("," m?)? "}")*
 *     atom    =  "~" atom  |  "[" "^"? class+ "]"  |  "."  |  "#"  |  "@"  |  '"' text '"'  |  "(" union? ")"
 *             |  "\" any  |  any
 *
 * So `^`, `$` and what other languages write as `(?i)` are plain characters, which is warned about.
 */
export function parseRegexp(text: string):
  | {
      readonly regexp: Regexp;
      readonly warnings: readonly RegexpWarning[];
      readonly assumptions: readonly Assumption[];
    }
  | { readonly fault: RegexpFault } {
  if (text.length > LONGEST)
    return {
      fault: {
        at: 0,
        code: 'lucene/long-regexp',
        message: `Elasticsearch allows ${LONGEST} characters in an expression, and this has ${text.length}`,
        hint: undefined,
      },
    };
  const reading: Reading = { text, at: 0, warnings: [], assumptions: new Set() };
  try {
    const regexp = text === '' ? concat([]) : union(reading);
    if (reading.at < text.length) stop(reading, `\`${text[reading.at]}\` closes nothing`);
    return { regexp, warnings: reading.warnings, assumptions: [...reading.assumptions] };
  } catch (fault) {
    if (fault instanceof Stop) return { fault: fault.fault };
    throw fault;
  }
}

const LONGEST = 1000;

interface Reading {
  readonly text: string;
  at: number;
  readonly warnings: RegexpWarning[];
  readonly assumptions: Set<Assumption>;
}

class Stop extends Error {
  readonly fault: RegexpFault;
  constructor(fault: RegexpFault) {
    super(fault.message);
    this.fault = fault;
  }
}

function stop(reading: Reading, message: string, hint?: string): never {
  throw new Stop({ at: Math.min(reading.at, reading.text.length), code: 'lucene/regexp', message, hint });
}

function sees(reading: Reading, characters: string): boolean {
  return reading.at < reading.text.length && characters.includes(reading.text[reading.at]!);
}

function take(reading: Reading, character: string): boolean {
  if (reading.text[reading.at] !== character) return false;
  reading.at += 1;
  return true;
}

function next(reading: Reading): number {
  const code = reading.text.codePointAt(reading.at);
  if (code === undefined) stop(reading, 'the expression ends too early');
  reading.at += code > 0xffff ? 2 : 1;
  return code;
}

function union(reading: Reading): Regexp {
  const of = [inter(reading)];
  while (take(reading, '|')) of.push(inter(reading));
  return either(of);
}

function inter(reading: Reading): Regexp {
  const of = [row(reading)];
  while (take(reading, '&')) of.push(row(reading));
  const parts = of.filter((part) => !isAnyText(part));
  return parts.length === 0 ? of[0]! : parts.length === 1 ? parts[0]! : { kind: 'both', of: parts };
}

function row(reading: Reading): Regexp {
  const of = [repeat(reading)];
  while (reading.at < reading.text.length && !sees(reading, ')|&')) of.push(repeat(reading));
  return concat(of);
}

function repeat(reading: Reading): Regexp {
  let node = atom(reading);
  for (;;) {
    switch (reading.text[reading.at]) {
      case '?':
        reading.at += 1;
        node = { kind: 'repeat', of: node, min: 0, max: 1 };
        break;
      case '*':
        reading.at += 1;
        node = node === anyCharacter ? anyText : { kind: 'repeat', of: node, min: 0, max: null };
        break;
      case '+':
        reading.at += 1;
        node = { kind: 'repeat', of: node, min: 1, max: null };
        break;
      case '{':
        reading.at += 1;
        node = counted(reading, node);
        break;
      default:
        return node;
    }
  }
}

const MOST_ROUNDS = 1000;

function counted(reading: Reading, of: Regexp): Regexp {
  const found = /^(\d{1,6})(,(\d{1,6})?)?\}/.exec(reading.text.slice(reading.at, reading.at + 16));
  if (!found) return stop(reading, 'expected `{n}`, `{n,}` or `{n,m}`', 'escape the brace to mean itself');
  const min = Number(found[1]);
  const max = found[2] === undefined ? min : found[3] === undefined ? null : Number(found[3]);
  if (Math.max(min, max ?? 0) > MOST_ROUNDS || (max !== null && max < min))
    stop(reading, `a count runs from 0 to ${MOST_ROUNDS}, upwards`);
  reading.at += found[0].length;
  return { kind: 'repeat', of, min, max };
}

function atom(reading: Reading): Regexp {
  const first = reading.text[reading.at];
  switch (first) {
    case '~':
      reading.at += 1;
      return { kind: 'except', of: atom(reading) };
    case '[':
      reading.at += 1;
      return shortClass(reading) ?? characterClass(reading);
    case '.':
      reading.at += 1;
      return anyCharacter;
    case '#':
      reading.at += 1;
      return nothing;
    case '@':
      reading.at += 1;
      return anyText;
    case '"':
      reading.at += 1;
      return literalText(reading);
    case '(':
      reading.at += 1;
      return group(reading);
    case '\\':
      reading.at += 1;
      return escape(reading);
    case '<':
      return stop(
        reading,
        '`<` begins a range of numbers or a named automaton, which is not read',
        'escape it to mean itself',
      );
    case '^':
    case '$':
      warn(
        reading,
        reading.at,
        `\`${first}\` is a plain character to Lucene: an expression always fits the whole value`,
      );
  }
  return letter(next(reading));
}

function group(reading: Reading): Regexp {
  if (take(reading, ')')) return concat([]);
  if (sees(reading, '?'))
    warn(reading, reading.at, '`(?` is no special group to Lucene: the question mark means itself');
  const inner = union(reading);
  if (!take(reading, ')')) stop(reading, 'a parenthesis is never closed');
  return inner;
}

function literalText(reading: Reading): Regexp {
  const close = reading.text.indexOf('"', reading.at);
  if (close === -1) return stop(reading, 'a quote is never closed', 'escape it to mean itself');
  const inner = reading.text.slice(reading.at, close);
  reading.at = close + 1;
  return concat([...inner].map((character) => letter(character.codePointAt(0)!)));
}

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

function characterClass(reading: Reading): Regexp {
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
function escape(reading: Reading): SetNode {
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

function warn(reading: Reading, at: number, message: string): void {
  reading.warnings.push({ at, code: 'lucene/plain-character', message });
}
