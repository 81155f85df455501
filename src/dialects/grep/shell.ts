/** Puts a text into one word of a POSIX shell: between apostrophes, where nothing but an apostrophe means anything. */
export function quoteWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
