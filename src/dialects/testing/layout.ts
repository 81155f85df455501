import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../dialect.ts';

const rooms = fileURLToPath(new URL('..', import.meta.url));

/**
 * The folder that holds a dialect's fixtures: `src/dialects/NAME`, or `src/dialects/FAMILY/NAME` for the dialect
 * of `src/dialects/FAMILY/NAME.ts`.
 *
 *     golden/RULE.EXTENSION       what it prints for fixtures/rules/RULE.yml, a query a line
 *     golden/RULE.refused.txt     why it does not
 *     identity.EXTENSION          queries, one a line, that come back as they are when read and printed
 *     errors/CASE.EXTENSION       a text that can't be read, beside CASE.txt, the whole message about it
 */
export function homeOf({ name }: Dialect): string {
  const families = readdirSync(rooms, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const family = families.find((each) => existsSync(join(rooms, each.name, `${name}.ts`)));
  return family ? join(rooms, family.name, name) : join(rooms, name);
}

/** The lines of a file of queries, without empty ones and those that begin with `#`; none if there is no such file. */
export function linesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('# '));
}

/** Files of a folder with this extension, by name without it, sorted; none if there is no such folder. */
export function filesIn(folder: string, extension: string): { readonly name: string; readonly path: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(`.${extension}`))
    .sort()
    .map((file) => ({ name: basename(file, `.${extension}`), path: join(folder, file) }));
}

/** Whether golden files are to be written instead of compared (`npm run golden`). */
export const writing = process.env['GOLDEN'] === 'write';

/** The text of a golden file, or undefined if there is none; when writing, it is made to hold `text`, or to go, first. */
export function golden(path: string, text: string | undefined): string | undefined {
  if (writing && text === undefined) rmSync(path, { force: true });
  if (writing && text !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
