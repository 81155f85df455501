import { many, one } from '../../../ir/pattern.ts';
import type { Pattern, Piece } from '../../../ir/pattern.ts';

/**
 * Reads a Sigma value: `*` is any run, `?` one character, and a backslash takes the meaning from a following `*`, `?`
 * or backslash. Before anything else a backslash is itself, also at the end: `C:\Windows\` has two and no more.
 * (Sigma Rules Specification 2.1, "Escape Character".)
 *
 *     parsePattern('\\\\*.dll')   // one backslash, any run, '.dll'
 */
export function parsePattern(text: string): Pattern {
  if (!/[*?\\]/.test(text)) return text === '' ? [] : [text];
  const pieces: Piece[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '\\' && /[*?\\]/.test(text[at + 1] ?? '')) literal += text[(at += 1)];
    else if (character === '*' || character === '?') {
      if (literal !== '') pieces.push(literal);
      literal = '';
      pieces.push(character === '*' ? many : one);
    } else literal += character;
  }
  if (literal !== '') pieces.push(literal);
  return pieces;
}

/**
 * Writes a pattern as a Sigma value that `parsePattern` reads back. A lone backslash stays single, as the specification
 * recommends; two and more, and those before a wildcard, are doubled.
 */
export function printPattern(pattern: Pattern): string {
  return pattern
    .map((piece, index) =>
      typeof piece === 'string' ? printLiteral(piece, index + 1 < pattern.length) : piece.wild === 'many' ? '*' : '?',
    )
    .join('');
}

function printLiteral(text: string, beforeWildcard: boolean): string {
  return text.replaceAll(/\\+|[*?]/g, (run, at: number) => {
    if (run === '*' || run === '?') return `\\${run}`;
    const next = text[at + run.length];
    const single = run.length === 1 && (next === undefined ? !beforeWildcard : next !== '*' && next !== '?');
    return single ? run : run + run;
  });
}
