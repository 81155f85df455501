import type { Term, Tokenizer } from '../../ir/predicate.ts';
import { pcreText } from '../pcre.ts';

const wordClass: Readonly<Record<Tokenizer, string>> = {
  kusto: '\\p{L}\\p{N}',
  standard: '\\p{L}\\p{N}_',
  splunk: '\\p{L}\\p{N}_',
};

/** A regular expression that finds a term as whole words, as `src/ir/term.ts` divides them; it looks behind nothing. */
export function termPattern({ term, edge, tokenizer, cased }: Term): string {
  const word = wordClass[tokenizer];
  const isWord = (letter: string | undefined) => letter !== undefined && new RegExp(`[${word}]`, 'u').test(letter);
  const letters = [...term];
  const before = edge !== 'suffix' && isWord(letters[0]) ? `(?:^|[^${word}])` : '';
  const after = edge !== 'prefix' && isWord(letters.at(-1)) ? `(?:[^${word}]|\\z)` : '';
  return `${cased ? '' : '(?i)'}${before}${pcreText(term)}${after}`;
}
