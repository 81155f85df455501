import { fold } from './fold.ts';
import type { Edge, Tokenizer } from './predicate.ts';

/**
 * What stands inside a word, as a character class for expressions with the `u` flag; any other character divides.
 *
 * - `kusto`: letters and digits, so that `_` and `.` divide ("sequences of alphanumeric characters", Microsoft,
 *   "String operators: What is a term?").
 * - `standard`: Lucene's standard analyser keeps `_` inside a word (UAX#29, ExtendNumLet). It also keeps a `.` between
 *   letters; a needle with a dot in it is sought as it stands, so only a needle that ends before such a dot differs.
 * - `splunk`: `_` is a minor breaker as `.`, `-` and `/` are (segmenters.conf), and what a minor breaker divides can be
 *   searched for; `~`, `^` and the backtick, which Splunk does not divide at, are taken to divide.
 */
export const wordCharacters: Readonly<Record<Tokenizer, string>> = {
  kusto: '\\p{L}\\p{N}',
  standard: '\\p{L}\\p{N}_',
  splunk: '\\p{L}\\p{N}',
};

const inWord: Readonly<Record<Tokenizer, RegExp>> = {
  kusto: new RegExp(`[${wordCharacters.kusto}]`, 'u'),
  standard: new RegExp(`[${wordCharacters.standard}]`, 'u'),
  splunk: new RegExp(`[${wordCharacters.splunk}]`, 'u'),
};

/** Whether a character stands inside a word; false for none. */
export function isWordCharacter(character: string | undefined, tokenizer: Tokenizer): boolean {
  return character !== undefined && inWord[tokenizer].test(character);
}

/**
 * Tells whether `text` has `term` as a whole word (or at the beginning or end of one).
 *
 * An edge is checked only where the term's own outermost character is a word character: `' full'` asks for the blank
 * and then for a word's end. Kusto's documentation says nothing of needles that hold separators; that they are sought as
 * they stand, with borders at their ends, is how its own examples with dots and blanks behave.
 *
 *     hasTerm('a_full dump', 'full', 'whole', 'kusto', false)      // true
 *     hasTerm('a_full dump', 'full', 'whole', 'standard', false)   // false
 */
export function hasTerm(text: string, term: string, edge: Edge, tokenizer: Tokenizer, cased: boolean): boolean {
  const [whole, needle] = cased ? [text, term] : [fold(text), fold(term)];
  const letters = [...needle];
  const opens = edge !== 'suffix' && isWordCharacter(letters[0], tokenizer);
  const closes = edge !== 'prefix' && isWordCharacter(letters.at(-1), tokenizer);
  for (let at = whole.indexOf(needle); at !== -1; at = whole.indexOf(needle, at + 1)) {
    const before = opens && isWordCharacter(characterBefore(whole, at), tokenizer);
    const after = closes && isWordCharacter(characterAt(whole, at + needle.length), tokenizer);
    if (!before && !after) return true;
  }
  return false;
}

function characterAt(text: string, at: number): string | undefined {
  const code = text.codePointAt(at);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string | undefined {
  const pair = at >= 2 ? text.codePointAt(at - 2) : undefined;
  return pair !== undefined && pair > 0xffff ? String.fromCodePoint(pair) : characterAt(text, at - 1);
}
