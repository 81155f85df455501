import { fold } from './fold.ts';
import type { Edge, Tokenizer } from './predicate.ts';

/** Provisional (the regex engineer replaces this file). */
export function hasTerm(text: string, term: string, edge: Edge, _tokenizer: Tokenizer, cased: boolean): boolean {
  const whole = cased ? text : fold(text);
  const needle = cased ? term : fold(term);
  const word = (at: number) => /[\p{L}\p{N}]/u.test(whole.charAt(at));
  for (let at = whole.indexOf(needle); at !== -1; at = whole.indexOf(needle, at + 1)) {
    const before = edge === 'suffix' || !word(at - 1) || !word(at);
    const after = edge === 'prefix' || !word(at + needle.length) || !word(at + needle.length - 1);
    if (before && after) return true;
  }
  return false;
}
