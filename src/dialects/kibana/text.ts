/**
 * How KQL writes values and names, after the grammar of `@kbn/es-query` (`grammar.peggy`). The only place where a
 * character is escaped.
 */
import { many } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';

/** Puts a text between quotation marks, where every character stands for itself: `"C:\\x"`. */
export function quoted(text: string): string {
  return `"${escapedBlanks(text.replace(/["\\]/g, '\\$&'))}"`;
}

/**
 * Writes a pattern bare, holes as `*`: `*\\cmd.exe`. Only for patterns that `writable` gives.
 *
 * ` and `, ` or ` and `not ` would be operators, `not ` even inside of a word; at the end of a value the blank may be that
 * which follows it. `\not` is read as a line break and `ot`,
 * so its first letter is written by its number.
 */
export function bare(pattern: Pattern): string {
  const escaped = pattern
    .map((piece) => (typeof piece === 'string' ? escapedBlanks(piece.replace(/[\\():<>"*{}]/g, '\\$&')) : '*'))
    .join('');
  return escaped
    .replace(/([ \u00a0])(?=(?:and|or)(?:[ \u00a0]|$))/gi, '$1\\')
    .replace(/n(?=ot(?:[ \u00a0]|$))/gi, (letter) => `\\u00${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

function escapedBlanks(text: string): string {
  return text.replace(/[\t\r\n]/g, (blank) => ({ '\t': '\\t', '\r': '\\r' })[blank] ?? '\\n');
}

/** What Kibana puts for a `*` while it reads a value with wildcards; in such a value it can't stand for itself. */
const WILDCARD = '@kuery-wildcard@';

/**
 * The nearest wider pattern that can be written bare, and why it is wider. A hole of one character becomes one of many
 * (which the capability table tells); Kibana cuts blanks off both ends; and where the field is no keyword field,
 * Elasticsearch divides the value at its blanks.
 */
export function writable(
  pattern: Pattern,
  divides: boolean,
): { readonly pattern: Pattern; readonly widened: string | null } {
  let widened: string | null = null;
  const without = (text: string, sought: RegExp, why: string): Pattern => {
    const parts = text.split(sought);
    if (parts.length > 1) widened = why;
    return parts.flatMap((part, index): Piece[] => (index === 0 ? [part] : [many, part]));
  };
  const holes = pattern.flatMap((piece, index): Pattern => {
    if (typeof piece !== 'string') return [many];
    let pieces: Pattern = without(piece, new RegExp(WILDCARD), `\`${WILDCARD}\` is Kibana's own sign for a wildcard`);
    if (divides)
      pieces = eachText(pieces, (text) =>
        without(
          text,
          BLANKS,
          'Elasticsearch divides a value with wildcards at its blanks, unless the field is a keyword field, so `*` stands in for each',
        ),
      );
    if (index === 0) pieces = eachText(pieces, (text) => without(text, /^\s+/, TRIMMED));
    if (index === pattern.length - 1) pieces = eachText(pieces, (text) => without(text, /\s+$/, TRIMMED));
    return pieces;
  });
  return { pattern: holes, widened };
}

const TRIMMED = 'Kibana cuts blanks off both ends of a value with wildcards';

/** The blanks at which query_string divides. */
export const BLANKS = /[ \t\n\r\u3000]+/;

function eachText(pieces: Pattern, change: (text: string) => Pattern): Pattern {
  return pieces.flatMap((piece): Pattern => (typeof piece === 'string' ? change(piece) : [piece]));
}

/** Reads the pieces of a bare value as Kibana does: its own sign for a wildcard is one, and blanks at the ends are none. */
export function patternOf(pieces: Pattern): Pattern {
  const joined = pieces.map((piece) => (typeof piece === 'string' ? piece : WILDCARD)).join('');
  return joined
    .trim()
    .split(WILDCARD)
    .flatMap((text, index): Piece[] => (index === 0 ? [text] : [many, text]));
}

/** Writes a field's name: bare where nothing in it could be misread, else between quotation marks. */
export function fieldName(name: string): string {
  const plain = /^[^\s\\():<>"*{}]+$/.test(name) && !/^(?:null|true|false|and|or|not)$/i.test(name);
  return plain ? name : quoted(name);
}
