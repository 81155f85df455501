import type { Pattern } from '../../ir/pattern.ts';

/**
 * Everything that Elastic's page on reserved characters lists, and the blanks of Lucene's grammar: space, tab, line
 * breaks and the ideographic space. Other blanks of Unicode are letters to it.
 * See https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query.
 */
const RESERVED = /[+\-=&|!(){}[\]^"~*?:\\/ \t\n\r\u3000]/g;

/** Writes a text between quotes, where only the quote and the backslash need an escape: `"C:\\x"`. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Writes a pattern as a bare word, wildcards as `*` and `?`: `*\ \-ma\ *`. The only place where a hole gets a character. */
export function bare(pattern: Pattern): string {
  return pattern
    .map((piece) => (typeof piece === 'string' ? piece.replace(RESERVED, '\\$&') : piece.wild === 'many' ? '*' : '?'))
    .join('');
}

/** Writes a field's name. `AND`, `OR` and `NOT` would be operators, and a leading sign would be one too. */
export function fieldName(name: string): string {
  const escaped = name.replace(/[!():^[\]"{}~*?\\/ \t\n\r\u3000]/g, '\\$&').replace(/^[-+]/, '\\$&');
  return /^(?:AND|OR|NOT|&&|\|\|)$/.test(name) ? `\\${escaped}` : escaped;
}

/** Whether a field can be named: `*` in a name, escaped or not, makes it a pattern, and `_exists_` is no field. */
export function isNameable(name: string): boolean {
  return name !== '' && !name.includes('*') && name !== '_exists_';
}

/** Undoes escapes as Lucene's `discardEscapeChar`: `\x` is x, `\u0041` is A; undefined where the text ends in a lone `\`. */
export function unescaped(text: string): string | undefined {
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '\\') {
      out += text[at];
      continue;
    }
    at += 1;
    if (at === text.length) return undefined;
    if (text[at] !== 'u') {
      out += text[at];
      continue;
    }
    const digits = text.slice(at + 1, at + 5);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) return undefined;
    out += String.fromCharCode(Number.parseInt(digits, 16));
    at += 4;
  }
  return out;
}
