import type { Pattern } from '../../ir/pattern.ts';

/** Writes a name of a column: `"a""b"`. */
export function column(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Writes a text. Control characters make it an `E'..'` text, in which the backslash is an escape, so that a query stays
 * on one line; in plain quotes a backslash is itself.
 */
export function string(text: string): string {
  const doubled = text.replaceAll("'", "''");
  if (!/[\u0000-\u001f\u007f]/.test(text)) return `'${doubled}'`;
  return `E'${doubled.replaceAll('\\', '\\\\').replace(/[\u0000-\u001f\u007f]/g, control)}'`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

function control(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The character that makes `%` and `_` themselves in a pattern; it has to be declared, since no dialect agrees on one. */
const ESCAPE = '$';

/** Writes the right side of LIKE, with an ESCAPE clause only where something needs it. */
export function likePattern(pattern: Pattern): string {
  const needs = pattern.some((piece) => typeof piece === 'string' && /[%_]/.test(piece));
  const text = pattern
    .map((piece) => {
      if (typeof piece !== 'string') return piece.wild === 'many' ? '%' : '_';
      return needs ? piece.replace(/[%_$]/g, (character) => ESCAPE + character) : piece;
    })
    .join('');
  return needs ? `${string(text)} ESCAPE '${ESCAPE}'` : string(text);
}
