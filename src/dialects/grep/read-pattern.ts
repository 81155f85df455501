import { foldClass } from '../../ir/fold.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { UNIT } from './json-literal.ts';
import { alternativesOf, closing } from './scan.ts';

/** A text with holes as it was read; `closed`: the quotation mark after it was read, too. */
export interface ReadPattern {
  readonly pattern: Pattern;
  readonly cased: boolean;
  readonly closed: boolean;
}

/** Alternatives written out that are too many to be the text of a person. */
const MOST = 20_000;

/**
 * The patterns that an expression of `likeWay` and its like finds behind an opening quotation mark, or undefined if it is
 * no such expression. It is read with good will: whoever asks writes what was read again, and compares.
 */
export function readPatterns(text: string): ReadPattern[] | undefined {
  const rows = expand(text, false);
  if (!rows) return undefined;
  const read = rows.map(patternOf);
  return read.every((each) => each !== undefined) ? read : undefined;
}

type Item = { readonly letter: string; readonly folded: boolean } | 'one' | 'many' | 'quote';

function patternOf(row: readonly Item[]): ReadPattern | undefined {
  const closed = row.at(-1) === 'quote';
  const inner = closed ? row.slice(0, -1) : row;
  const pieces: Piece[] = [];
  const cases = new Set<boolean>();
  for (const item of inner) {
    if (item === 'quote') return undefined;
    if (item === 'one' || item === 'many') pieces.push(item === 'one' ? one : many);
    else {
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = last + item.letter;
      else pieces.push(item.letter);
      if (hasCases(item.letter)) cases.add(item.folded);
    }
  }
  if (cases.size > 1) return undefined;
  return { pattern: closed ? pieces : [...pieces, many], cased: cases.has(false), closed };
}

function hasCases(letters: string): boolean {
  return /[a-z]/i.test(letters) || (/[^\0-\x7f]/.test(letters) && [...letters].some(foldsToOther));
}

function foldsToOther(letter: string): boolean {
  return foldClass(letter.codePointAt(0)!).length > 1;
}

/** Every row of items that the expression stands for, or undefined where it is none of ours. */
function expand(text: string, folded: boolean): Item[][] | undefined {
  let rows: Item[][] = [[]];
  const add = (item: Item) => {
    for (const row of rows) row.push(item);
  };
  for (let at = 0; at < text.length;) {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(text)?.[0] ?? '';
    if (plain !== '') {
      add({ letter: plain, folded });
      at += plain.length;
    } else if (text.startsWith(UNIT, at)) {
      const [, runs = ''] = /^(\*[?+]?)?/.exec(text.slice(at + UNIT.length, at + UNIT.length + 2))!;
      add(runs === '' ? 'one' : 'many');
      at += UNIT.length + runs.length;
    } else if (text[at] === '"') {
      add('quote');
      at += 1;
    } else if (text[at] === '(') {
      const end = closing(text, at);
      const [opening] = /^\(\?(?:i?:|>)/.exec(text.slice(at, at + 4)) ?? [];
      if (end === -1 || opening === undefined || /[*+?{]/.test(text[end + 1] ?? '')) return undefined;
      const inner = text.slice(at + opening.length, end);
      const letter = foreignLetter(inner);
      if (letter !== undefined) add({ letter, folded });
      else {
        const ways = alternativesOf(inner).map((way) => expand(way, folded || opening === '(?i:'));
        if (!ways.every((way) => way !== undefined)) return undefined;
        const tails = ways.flat();
        if (rows.length * tails.length > MOST) return undefined;
        rows = rows.flatMap((row) => tails.map((tail) => [...row, ...tail]));
      }
      at = end + 1;
    } else {
      const character = readCharacter(text, at);
      if (!character) return undefined;
      add({ letter: character.letter, folded });
      at = character.next;
    }
  }
  return rows;
}

/** Characters that stand for themselves. */
const PLAIN = /[-\w !#%&',/:;<=>@~`]*|/y;

/** `é|\\u00e9`: a letter, and its number. */
export function foreignLetter(inner: string): string | undefined {
  const [, letter] = /^([^\0-\x7f])(?:\|\\\\u[\da-fA-F()?:i[\]]+)+$/u.exec(inner) ?? [];
  return letter;
}

const SHORT: Readonly<Record<string, string>> = { '"': '"', b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** One character of a value, behind the escapes of JSON and of the expression. */
function readCharacter(text: string, at: number): { readonly letter: string; readonly next: number } | undefined {
  const sign = text[at]!;
  if (sign !== '\\') {
    if (/[.^$*+?()[\]{}|]/.test(sign)) return undefined;
    const letter = String.fromCodePoint(text.codePointAt(at)!);
    return { letter, next: at + letter.length };
  }
  ESCAPE.lastIndex = at;
  const [whole = '', short, digits, more = '', code, itself] = ESCAPE.exec(text) ?? [];
  const next = at + whole.length;
  if (whole === '') return undefined;
  if (short !== undefined) return { letter: short === '\\\\' ? '\\' : SHORT[short]!, next };
  if (digits !== undefined) {
    const number = digits + more;
    return number.length === 4 ? { letter: String.fromCharCode(Number.parseInt(number, 16)), next } : undefined;
  }
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? { letter: String.fromCodePoint(point), next } : undefined;
  }
  return itself === undefined ? undefined : { letter: itself, next };
}

const ESCAPE =
  /\\\\(\\\\|["btnfr])|\\\\u([\da-f]{0,4})(?:\(\?i:([\da-f]{1,4})\))?|\\x\{([\dA-F]{1,6})\}|\\([^\w\s\\"])/uy;
