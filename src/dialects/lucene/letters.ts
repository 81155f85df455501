import { foldClass } from '../../ir/fold.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { codeSet } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import { anyCharacter, anyText, concat } from './regexp.ts';
import type { Regexp, SetNode } from './regexp.ts';

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
  return spelled(pattern, anyCase);
}

/** Writes a pattern as an expression that fits the whole value in this case alone. */
export function inCase(pattern: Pattern): Regexp {
  return spelled(pattern, letter);
}

function spelled(pattern: Pattern, written: (code: number) => Regexp): Regexp {
  const parts: Regexp[] = [];
  for (const piece of pattern) {
    if (typeof piece !== 'string') parts.push(piece.wild === 'many' ? anyText : anyCharacter);
    else for (const character of piece) parts.push(written(character.codePointAt(0)!));
  }
  return concat(parts);
}

/** One code point as it is. */
export const letter = remembered((code) => ({ kind: 'set', ranges: [[code, code]] }));

const anyCase = remembered((code) => ({
  kind: 'set',
  ranges: codeSet(foldClass(code).map((alike): CodeRange => [alike, alike])),
}));

const LATIN = 0x250;

/** Rules are made of few characters: those of the Latin alphabets are made once, so what is known of them stays so too. */
function remembered(make: (code: number) => SetNode): (code: number) => SetNode {
  const made: SetNode[] = [];
  return (code) => (code < LATIN ? (made[code] ??= make(code)) : make(code));
}
