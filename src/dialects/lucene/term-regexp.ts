import { codeSet, complement } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { Term, Tokenizer } from '../../ir/predicate.ts';
import { isWordCharacter } from '../../ir/term.ts';
import { caseless, inCase } from './letters.ts';
import { anyText, concat, optional } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/**
 * A whole word inside a value as an expression. Of the characters beside it only ASCII ones count as parts of words:
 * the letters of all scripts would not go into an expression.
 */
export function termRegexp({ term, edge, tokenizer, cased }: Term, folded: boolean): Regexp {
  const inner = folded ? inCase([term.toLowerCase()]) : cased ? inCase([term]) : caseless([term]);
  const other: Regexp = { kind: 'set', ranges: complement(asciiWord(tokenizer)) };
  const letters = [...term];
  const opens = edge !== 'suffix' && isWordCharacter(letters[0], tokenizer);
  const closes = edge !== 'prefix' && isWordCharacter(letters.at(-1), tokenizer);
  const before = opens ? optional(concat([anyText, other])) : anyText;
  const after = closes ? optional(concat([other, anyText])) : anyText;
  return concat([before, inner, after]);
}

function asciiWord(tokenizer: Tokenizer): CodeSet {
  const codes = Array.from({ length: 0x80 }, (_, code) => code);
  return codeSet(
    codes.filter((code) => isWordCharacter(String.fromCharCode(code), tokenizer)).map((code) => [code, code]),
  );
}
