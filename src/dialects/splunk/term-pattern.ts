import type { Term } from '../../ir/predicate.ts';
import { isWordCharacter, wordCharacters } from '../../ir/term.ts';
import { textRegex } from './regex-text.ts';

/** A regular expression that finds a term as whole words, as `src/ir/term.ts` divides them; it looks behind nothing. */
export function termPattern({ term, edge, tokenizer, cased }: Term): string {
  const other = `[^${wordCharacters[tokenizer]}]`;
  const letters = [...term];
  const before = edge !== 'suffix' && isWordCharacter(letters[0], tokenizer) ? `(?:^|${other})` : '';
  const after = edge !== 'prefix' && isWordCharacter(letters.at(-1), tokenizer) ? `(?:${other}|\\z)` : '';
  return `${cased ? '' : '(?i)'}${before}${textRegex(term)}${after}`;
}
