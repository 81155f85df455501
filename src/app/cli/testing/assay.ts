import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const bin = join(root, 'dist', 'app', 'cli', 'bin.js');

/** What a run of the program left behind. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program in a folder, as a person would. It is built first if the sources are newer. */
export function assay(
  words: readonly string[],
  { cwd = root, input = '' as string | Uint8Array, node = [] as string[], env = {} as Record<string, string> } = {},
): Ran {
  const ran = spawnSync(process.execPath, [...node, bin, ...words], {
    cwd,
    input,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  return { status: ran.status, out: ran.stdout.toString(), err: ran.stderr.toString() };
}

/** The path of the built program. */
export const program = bin;

/** The path of a file of `fixtures/cli`. */
export function fixture(...parts: readonly string[]): string {
  return join('fixtures', 'cli', ...parts);
}

/** A new folder with these files in it; it goes when the test file is done. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The objects of a text with one a line. */
export function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

// When this file is loaded, since a build may take longer than a test is given.
build();

function build(): void {
  const lock = join(root, 'node_modules', '.assay-build');
  // Test files run side by side: one of them builds, the others wait.
  while (!locked(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    if (isStale()) compile();
  } finally {
    rmdirSync(lock);
  }
}

function locked(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // A lock that a stopped run left behind.
    const stat = statSync(lock, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 120_000) rmdirSync(lock);
    return false;
  }
}

function isStale(): boolean {
  if (!existsSync(bin)) return true;
  const done = statSync(bin).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return sources.some(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && statSync(join(root, 'src', name)).mtimeMs > done,
  );
}

function compile(): void {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root });
  } catch (error) {
    // Types are checked elsewhere; what matters here is that there is something to run.
    if (!existsSync(bin)) throw error;
  }
}
