import { foldClass } from '../../ir/fold.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { codeSet } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import { anyCharacter, anyText, concat } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/** Tells whether some character of the text has a partner that folds alike: then its case matters. */
export function hasLetters(text: string): boolean {
  for (const character of text) if (foldClass(character.codePointAt(0)!).length > 1) return true;
  return false;
}

/**
 * Writes a pattern as an expression that fits the whole value whatever its case: every letter becomes the class of all
 * that fold alike, the Kelvin sign with `k` and the long s with `s`.
 */
export function caseless(pattern: Pattern): Regexp {
  return spelled(pattern, (code) => codeSet(foldClass(code).map(point)));
}

/** Writes a pattern as an expression that fits the whole value in this case alone. */
export function inCase(pattern: Pattern): Regexp {
  return spelled(pattern, (code) => [point(code)]);
}

function spelled(pattern: Pattern, ranges: (code: number) => CodeSet): Regexp {
  return concat(
    pattern.flatMap((piece): Regexp[] => {
      if (typeof piece !== 'string') return [piece.wild === 'many' ? anyText : anyCharacter];
      return [...piece].map((character) => ({ kind: 'set', ranges: ranges(character.codePointAt(0)!) }));
    }),
  );
}

function point(code: number): CodeRange {
  return [code, code];
}
