import type { Term, Tokenizer } from '../../ir/predicate.ts';
import type { Regex } from '../../ir/regex/tree.ts';

/**
 * Writes a regular expression as `match` takes it: Splunk's are PCRE ("SPL and regular expressions"), which is the
 * flavour that rules are written in, so the text stays as it is and flags given beside it go in front.
 */
export function pcre({ source, flags }: Regex): string {
  const letters = `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotAll ? 's' : ''}`;
  return `${letters === '' ? '' : `(?${letters})`}${oneLine(source)}`;
}

/** Control characters by their codes, since a query is one line; one that is escaped already loses its backslash. */
function oneLine(source: string): string {
  return source.replace(/\\?[\u0000-\u001f\u007f]|\\[^]/g, (found) => {
    const code = found.charCodeAt(found.length - 1);
    return code < 0x20 || code === 0x7f ? coded(code) : found;
  });
}

/** Writes a text so that a regular expression means just it. */
export function regexText(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, (control) => coded(control.charCodeAt(0)));
}

function coded(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`;
}

const wordClass: Readonly<Record<Tokenizer, string>> = {
  kusto: '\\p{L}\\p{N}',
  standard: '\\p{L}\\p{N}_',
  splunk: '\\p{L}\\p{N}_',
};

/** A regular expression that finds a term as whole words, as `src/ir/term.ts` divides them; it looks behind nothing. */
export function termPattern({ term, edge, tokenizer, cased }: Term): string {
  const word = wordClass[tokenizer];
  const isWord = (letter: string | undefined) => letter !== undefined && new RegExp(`[${word}]`, 'u').test(letter);
  const letters = [...term];
  const before = edge !== 'suffix' && isWord(letters[0]) ? `(?:^|[^${word}])` : '';
  const after = edge !== 'prefix' && isWord(letters.at(-1)) ? `(?:[^${word}]|\\z)` : '';
  return `${cased ? '' : '(?i)'}${before}${regexText(term)}${after}`;
}
