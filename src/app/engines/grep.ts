import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cursor } from '../../text/cursor.ts';
import { readOptions } from '../../dialects/grep/options.ts';
import { parseShell } from '../../dialects/grep/parse-shell.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw, Value } from '../../ir/event.ts';
import type { Availability, Engine, Ran } from '../../prove/engine.ts';
import type { Profile } from '../../schema/profile.ts';

const INSTALL = 'apt-get install -y grep (GNU grep with -P)';

/**
 * GNU `grep -P` over a file of JSON lines: an engine for `grep`.
 *
 * A line holds an event with its names joined by dots, as the rendering `json-line` does, but for `null` and `[]`, which
 * files of events do hold. No shell takes part: the words of each command are those that bash would make of it.
 */
export function grepEngine(): Engine {
  return {
    name: 'grep',
    dialect: 'grep',
    available: async (): Promise<Availability> => {
      const { status } = await start(['-P', '(?=a)'], 'a\n').catch(() => ({ status: 2 }));
      return status === 0 ? { ok: true } : { ok: false, install: INSTALL };
    },
    run: async (queries, events) => {
      const folder = await mkdtemp(join(tmpdir(), 'assay-grep-'));
      try {
        const file = join(folder, 'events.ndjson');
        await writeFile(file, events.map((event) => `${lineOf(event)}\n`).join(''));
        const results: Ran[] = [];
        for (const query of queries) results.push(await runOne(query, file, events.length));
        return results;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    holds: (event, profile) => isFlat(event, profile),
    close: () => Promise.resolve(),
  };
}

/** An event on one line: names joined by dots, one member a field. */
export function lineOf(event: Raw): string {
  return JSON.stringify(Object.fromEntries(members(event, '')));
}

function* members(value: Value, path: string): Generator<readonly [string, Value]> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return yield [path, value];
  for (const [name, inner] of Object.entries(value as Raw))
    yield* members(inner, path === '' ? name : `${path}.${name}`);
}

/** A key of a line is one field; only those that the profile says may have several values are looked into as lists. */
function isFlat(event: Raw, { multiValued }: Profile): boolean {
  const found = [...members(event, '')];
  const names = new Set(found.map(([name]) => name));
  const isSimple = (value: Value) => value === null || typeof value !== 'object';
  return (
    names.size === found.length &&
    found.every(
      ([name, value]) =>
        isSimple(value) ||
        (Array.isArray(value) && (value as readonly Value[]).every(isSimple) && multiValued.includes(name)),
    ) &&
    [...names].every((name) => !name.includes(' ') && isReached(event, name))
  );
}

/** Names that stand for two things, such as `a.b` beside an `a` with `b`, are no line's. */
function isReached(event: Raw, name: string): boolean {
  return eventOf(event).get(name) !== undefined;
}

async function runOne(query: string, file: string, count: number): Promise<Ran> {
  const source = { name: 'query', text: query };
  const [pipeline = []] = parseShell(source);
  let hits: Set<number> | undefined;
  for (const command of pipeline) {
    const { pattern } = readOptions(command, new Cursor(source));
    const { status, output, message } = await start(['-nP', '-e', pattern.text, file], '');
    if (status > 1) return { kind: 'failed', message };
    const found = new Set(output.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseInt(line, 10) - 1])));
    const before: Set<number> = hits ?? found;
    hits = new Set([...before].filter((at) => found.has(at)));
  }
  const all = hits ?? new Set<number>();
  return { kind: 'hits', hits: Array.from({ length: count }, (_, index) => all.has(index)) };
}

interface Ended {
  readonly status: number;
  readonly output: string;
  readonly message: string;
}

function start(words: readonly string[], input: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('grep', words, { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    const [output, message]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => message.push(part));
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({
        status: status ?? 2,
        output: Buffer.concat(output).toString(),
        message: Buffer.concat(message).toString(),
      }),
    );
    child.stdin.end(input);
  });
}
