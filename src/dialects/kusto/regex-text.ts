import type { Pattern } from '../../ir/pattern.ts';
import type { Term } from '../../ir/predicate.ts';
import { kusto } from '../../ir/regex/flavours.ts';
import { printRegex } from '../../ir/regex/print.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import { isWordCharacter, wordCharacters } from '../../ir/term.ts';
import { hasLetters } from './text.ts';

/** Writes an expression as `matches regex` takes it ("regex syntax"), or says what Kusto lacks. */
export function regexText(regex: Regex): { readonly text: string } | { readonly refused: string } {
  return printRegex(regex, kusto);
}

/** A regular expression for a pattern: `[many, 'a.b', one]` is `(?is)a\.b.$`. Holes at the ends need no words. */
export function patternRegex(pattern: Pattern, cased: boolean): string {
  const [first, last] = [pattern[0], pattern.at(-1)];
  const inner = pattern.slice(isMany(first) ? 1 : 0, isMany(last) && pattern.length > 1 ? -1 : undefined);
  const texts = inner.filter((piece) => typeof piece === 'string').join('');
  const body = inner.map((piece) => (typeof piece === 'string' ? plain(piece) : piece.wild === 'one' ? '.' : '.*'));
  const holes = inner.some((piece) => typeof piece !== 'string');
  return `${flags(!cased && hasLetters(texts), holes)}${isMany(first) ? '' : '^'}${body.join('')}${isMany(last) ? '' : '$'}`;
}

/** A whole word, as `src/ir/term.ts` divides words, for the tokenizers that are not Kusto's own, and for `*`. */
export function termRegex({ term, edge, tokenizer, cased }: Omit<Term, 'kind' | 'field' | 'origin'>): string {
  const word = wordCharacters[tokenizer];
  const letters = [...term];
  const before = edge !== 'suffix' && isWordCharacter(letters[0], tokenizer) ? `(?:^|[^${word}])` : '';
  const after = edge !== 'prefix' && isWordCharacter(letters.at(-1), tokenizer) ? `(?:[^${word}]|$)` : '';
  return `${flags(!cased && hasLetters(term), false)}${before}${plain(term)}${after}`;
}

function isMany(piece: Pattern[number] | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'many';
}

function flags(folded: boolean, dotAll: boolean): string {
  const letters = `${folded ? 'i' : ''}${dotAll ? 's' : ''}`;
  return letters === '' ? '' : `(?${letters})`;
}

/** A text that means just itself, on one line. */
function plain(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (control) => `\\x{${control.charCodeAt(0).toString(16)}}`);
}
