import { literal, many, normal, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';

/**
 * A pattern as pySigma shows values to regular expressions and look-ups: wildcards as `*` and `?`, stars and question
 * marks that mean themselves behind a backslash, and backslashes as they are. It can't be read back in every case.
 */
export function plainText(pattern: Pattern): string {
  return pattern.map(plainPiece).join('');
}

/** One piece of a pattern as text. */
export function plainPiece(piece: Piece): string {
  if (typeof piece !== 'string') return piece.wild === 'many' ? '*' : '?';
  return piece.replaceAll(/[*?]/g, '\\$&');
}

/**
 * Reads a value of a pipeline: `*` and `?` are wildcards, and a backslash takes their meaning, or that of another
 * backslash, away.
 */
export function patternOf(text: string): Pattern {
  const pieces: Piece[] = [];
  for (const [token] of text.matchAll(/\\[*?\\]|[*?]|[^*?\\]+|\\/g))
    if (token === '*') pieces.push(many);
    else if (token === '?') pieces.push(one);
    else pieces.push(/^\\[*?\\]$/.test(token) ? token.slice(1) : token);
  return normal(pieces);
}

/** The pattern that a keyword's value was: without the wildcards that let it lie anywhere. */
export function bareKeyword(pattern: Pattern): Pattern {
  const isOpen = (piece: Piece | undefined) => typeof piece === 'object' && piece.wild === 'many';
  return pattern.length > 2 && isOpen(pattern[0]) && isOpen(pattern.at(-1)) ? pattern.slice(1, -1) : pattern;
}

/** The number that a text without wildcards writes in decimal, or undefined. */
export function numberOf(pattern: Pattern): number | undefined {
  const text = literal(pattern)?.trim();
  if (text === undefined || !/^[+-]?(?:\d{1,15}|\d{1,15}\.\d{1,15})$/.test(text)) return undefined;
  return Number(text);
}
