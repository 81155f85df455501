import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const root = fileURLToPath(new URL('../../shared/', import.meta.url));

/** Whether the public test data lies beside the repository; a user's clone has none. */
export const hasCorpus = existsSync(join(root, 'corpus'));

/** The path of a file or folder of the test data. */
export function corpusPath(...parts: string[]): string {
  return join(root, ...parts);
}

/** Lists the files under a folder of the test data whose names end in `ending`, sorted. */
export function corpusFiles(folder: string, ending: string): string[] {
  const start = corpusPath(folder);
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(start, name));
}

/** Like vitest's `describe`, but without the test data it is skipped, and says so in its name. */
export function describeCorpus(name: string, body: () => void): void {
  if (hasCorpus) describe(name, body);
  else describe.skip(`${name} (skipped: no corpus)`, body);
}

/** Prints rows as a table, figures to the right: what `npm run corpus` is read for. */
export function table(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ');
  console.log(`\n${title}\n${rows.map((row) => `  ${line(row).trimEnd()}`).join('\n')}\n`);
}

/**
 * The text of a generated document of this repository. With `GOLDEN=write` it is made to be `text` first, so that a test
 * which compares the two says when a document is out of date, and one command brings it up to date.
 */
export function document(path: string, text: string): string {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, text);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A code block whose fence can't occur in it. */
export function fenced(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
