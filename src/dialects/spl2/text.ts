/**
 * How SPL2 writes values and names. The only place where a character is escaped, or read as escaped.
 *
 * Sources: SPL2 Search Manual, "Quotation marks" (texts between double marks, names that are no plain words between
 * single ones), "When to escape characters" (backslash; raw texts `@"..."`), "SPL2 and regular expressions".
 */

/** Words that are no names of fields unless they stand between apostrophes. */
const TAKEN =
  /^(?:and|or|not|xor|in|like|is|between|null|true|false|as|by|where|from|eval|into|select|fields|group|having|order|limit|import|export|function|return|type)$/i;

/** Writes a name: between apostrophes unless it is a plain word and no operator. */
export function nameText(name: string): string {
  return TAKEN.test(name) ? `'${name}'` : stepText(name);
}

/** Writes the name of a step into an object, which no operator can be mistaken for. */
export function stepText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `'${name.replace(/['\\]/g, '\\$&')}'`;
}

/** Whether the word is an operator or a part of a command, not a name. */
export function isTaken(word: string): boolean {
  return TAKEN.test(word);
}

/** Reads what stands between apostrophes. */
export function unescapedName(inner: string): string {
  return inner.replace(/\\(['\\])/g, '$1');
}

/** Writes a regular expression between slashes: `a/b` becomes `/a\/b/`. Nothing else is escaped there. */
export function regexLiteral(source: string): string {
  const slashed = source.replace(/\\[^]|\//g, (each) => (each === '/' ? '\\/' : each));
  // Two slashes would begin a comment.
  return `/${slashed === '' ? '(?:)' : slashed}/`;
}

/**
 * Blanks, comments to the end of the line, and comments over several lines, as many as there are: the look-ahead keeps
 * what follows from being sought inside a comment.
 */
export const BLANKS = String.raw`(?=(?<blanks>(?:\s|//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*))\k<blanks>`;
