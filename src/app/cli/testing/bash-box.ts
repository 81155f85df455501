import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program that a script started, as the program saw it. */
export interface Call {
  readonly words: readonly string[];
  readonly input: string;
}

/** What a script did: the calls of `curl` and `grep`, in no order, what it said, and the files that it left behind. */
export interface Boxed {
  readonly status: number | null;
  readonly said: string;
  readonly calls: readonly Call[];
  readonly files: readonly string[];
}

/** `grep` reads what is written behind a `|` as well, but nobody closes it: it is left alone. */
const STUB = `#!/bin/sh
record="$RECORDS/$$"
printf '%s\\0' "\${0##*/}" "$@" > "$record.words"
case "\${0##*/}" in curl) cat > "$record.input" ;; esac
`;

/** Runs a script with bash in an empty folder, where `curl` and `grep` only note how they were called. */
export function runBoxed(script: string): Boxed {
  const home = mkdtempSync(join(tmpdir(), 'assay-box-'));
  const [programs, records, empty] = ['programs', 'records', 'empty'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  try {
    for (const folder of [programs, records, empty]) mkdirSync(folder);
    for (const name of ['curl', 'grep']) {
      writeFileSync(join(programs, name), STUB);
      chmodSync(join(programs, name), 0o755);
    }
    writeFileSync(join(home, 'script'), script);
    const path = [programs, '/usr/bin', '/bin'].join(delimiter);
    const env = { PATH: path, RECORDS: records, HOME: empty, LC_ALL: 'C.UTF-8' };
    const { status, stdout, stderr } = spawnSync('bash', [join(home, 'script')], { cwd: empty, env, input: '' });
    const read = (name: string) => readFileSync(join(records, name), 'utf8');
    const names = readdirSync(records);
    const calls = names
      .filter((name) => name.endsWith('.words'))
      .map((name): Call => {
        const input = name.replace(/words$/, 'input');
        return { words: read(name).split('\0').slice(0, -1), input: names.includes(input) ? read(input) : '' };
      });
    return { status, said: `${stdout.toString()}${stderr.toString()}`, calls, files: readdirSync(empty) };
  } finally {
    rmSync(home, { recursive: true });
  }
}
