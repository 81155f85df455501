import { complement } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import type { Term, Tokenizer } from '../../ir/predicate.ts';
import { isWordCharacter } from '../../ir/term.ts';
import { caseless, inCase } from './letters.ts';
import { anyText, concat, optional } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/** A whole word inside a value as an expression; only ASCII letters and digits (and `_`) count as parts of words. */
export function termRegexp({ term, edge, tokenizer, cased }: Term, folded: boolean): Regexp {
  const inner = folded ? inCase([term.toLowerCase()]) : cased ? inCase([term]) : caseless([term]);
  const other: Regexp = { kind: 'set', ranges: complement(asciiWord(tokenizer)) };
  const first = isWordCharacter(String.fromCodePoint(term.codePointAt(0) ?? 0x20), tokenizer);
  const last = isWordCharacter([...term].at(-1) ?? ' ', tokenizer);
  const before = edge !== 'suffix' && first ? optional(concat([anyText, other])) : anyText;
  const after = edge !== 'prefix' && last ? optional(concat([other, anyText])) : anyText;
  return concat([before, inner, after]);
}

function asciiWord(tokenizer: Tokenizer): CodeRange[] {
  const underscore: CodeRange[] = isWordCharacter('_', tokenizer) ? [[0x5f, 0x5f]] : [];
  return [[0x30, 0x39], [0x41, 0x5a], ...underscore, [0x61, 0x7a]]; // prettier-ignore
}
