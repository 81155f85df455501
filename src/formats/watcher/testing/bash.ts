import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a `curl` on the path was given: its arguments, and its standard input. */
export interface Call {
  readonly words: readonly string[];
  readonly input: string;
}

/** How a script went: what it called, what it complained of, and the files that it left behind. */
export interface Ran {
  readonly calls: readonly Call[];
  readonly errors: string;
  readonly status: number | null;
  readonly made: readonly string[];
}

const STUB = `#!/bin/bash
printf '%s\\001' "$@"
printf '\\002'
cat
printf '\\003'
`;

/** Whether there is a bash to run scripts with. */
export const hasBash = spawnSync('bash', ['-c', 'exit 0']).status === 0;

/** Runs a script in bash, in an empty folder, with a `curl` that sends nothing. */
export function runInBash(script: string): Ran {
  const [folder, tools] = [mkdtempSync(join(tmpdir(), 'watch-')), mkdtempSync(join(tmpdir(), 'tools-'))];
  try {
    const stub = join(tools, 'curl');
    writeFileSync(stub, STUB);
    chmodSync(stub, 0o755);
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-s'], {
      cwd: folder,
      env: { PATH: `${tools}:/usr/bin:/bin`, LC_ALL: 'C.UTF-8', HOME: folder },
      input: script,
      encoding: 'utf8',
    });
    const calls = stdout.split('\u0003').flatMap((call) => {
      const [words, input] = call.split('\u0002');
      return input === undefined ? [] : [{ words: words!.split('\u0001').slice(0, -1), input }];
    });
    return { calls, errors: stderr, status, made: readdirSync(folder) };
  } finally {
    for (const each of [folder, tools]) rmSync(each, { recursive: true, force: true });
  }
}
