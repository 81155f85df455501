import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { eventOf, textOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import type { Availability, Engine, Ran } from '../../prove/engine.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';

/** Where Debian's package liblucene8-java puts its jars. */
const JARS = '/usr/share/java';
const NEEDED = ['core', 'queryparser', 'analyzers-common', 'queries', 'sandbox', 'misc'];
const INSTALL = 'apt-get install -y liblucene8-java default-jdk-headless';

/** Runs on `java` in single-file mode; the same place seen from `src/` and from `dist/`. */
const program = fileURLToPath(new URL('../../../tools/lucene/QueryString.java', import.meta.url));

/**
 * Apache Lucene 8 with its parser set up as Elasticsearch does, an engine for `es-qs`, or as Graylog has it done, without
 * leading wildcards and parameters.
 *
 * One Java process is started at the first run and fed a JSON line a run; see `tools/lucene/QueryString.java`.
 */
export function luceneEngine(dialect: 'es-qs' | 'graylog' = 'es-qs'): Engine {
  let running: Running | undefined;
  return {
    name: 'lucene',
    dialect,
    available: () => Promise.resolve(availability()),
    run: async (queries, events, profile) => {
      running ??= start(() => (running = undefined));
      const leadingWildcard = dialect === 'es-qs';
      const answer = await running.ask(JSON.stringify({ leadingWildcard, ...request(queries, events, profile) }));
      const ran = readAnswer(answer, events.length);
      return dialect === 'graylog' ? ran.map((each, index) => asGraylog(each, queries[index]!)) : ran;
    },
    close: async () => {
      const ending = running?.end();
      running = undefined;
      await ending;
    },
  };
}

/** Graylog looks for the value of a parameter before anything is searched. */
function asGraylog(ran: Ran, query: string): Ran {
  const [parameter] = /\$[a-zA-Z_]\w*\$/.exec(query) ?? [];
  return parameter === undefined ? ran : { kind: 'failed', message: `Unbound required parameter used: ${parameter}` };
}

function availability(): Availability {
  const path = (process.env['PATH'] ?? '').split(':');
  const java = path.some((folder) => existsSync(`${folder}/java`));
  return java && jars() !== undefined && existsSync(program) ? { ok: true } : { ok: false, install: INSTALL };
}

function jars(): readonly string[] | undefined {
  if (!existsSync(JARS)) return undefined;
  const files = readdirSync(JARS);
  const found = NEEDED.map((part) => files.find((file) => new RegExp(`^lucene-${part}-8[.\\d]*\\.jar$`).test(file)));
  return found.every((file) => file !== undefined) ? found.map((file) => `${JARS}/${file}`) : undefined;
}

interface Running {
  ask(line: string): Promise<string>;
  end(): Promise<void>;
}

/** Starts the program; `ended` is called when it is gone, for whatever reason. */
function start(ended: () => void): Running {
  const child = spawn('java', ['-cp', (jars() ?? []).join(':'), program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { resolve(line: string): void; reject(fault: Error): void }[] = [];
  const stop = (fault: Error) => {
    ended();
    for (const { reject } of waiting.splice(0)) reject(fault);
  };
  child.once('error', stop);
  child.once('exit', (code) => stop(new Error(`java ended with status ${code}`)));
  child.stdin.on('error', stop);
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  return { ask: (line) => ask(child, line, waiting), end: () => end(child) };
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

function ask(
  child: Child,
  line: string,
  waiting: { resolve(line: string): void; reject(fault: Error): void }[],
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) return reject(new Error(`java ended with status ${child.exitCode}`));
    waiting.push({ resolve, reject });
    child.stdin.write(`${line}\n`);
  });
}

function end(child: Child): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.stdin.end();
  });
}

function request(queries: readonly string[], events: readonly Raw[], profile: Profile): object {
  const types = Object.fromEntries(Object.entries(profile.types).map(([field, type]) => [field, typeName(type)]));
  const documents = events.map((event) => documentOf(event, profile));
  return { types, defaultType: typeName(profile.defaultType), documents, queries };
}

function typeName(type: FieldType): string {
  switch (type.kind) {
    case 'keyword':
      return type.folded ? 'folded' : 'keyword';
    case 'text':
      return type.analyzer;
    case 'wildcard':
    case 'boolean':
      return 'keyword';
    case 'number':
    case 'ip':
    case 'date':
      return type.kind;
  }
}

/** The fields of an event as Elasticsearch flattens them. */
function documentOf(raw: Raw, profile: Profile): Record<string, string[]> {
  const document = new Map<string, string[]>();
  for (const [name, value] of eventOf(raw).values()) {
    const bare = name.replaceAll(' ', '');
    const field = Object.hasOwn(profile.types, bare) ? bare : name;
    document.set(field, [...(document.get(field) ?? []), textOf(value)]);
  }
  return Object.fromEntries(document);
}

interface Answer {
  readonly results: readonly ({ readonly hits: readonly number[] } | { readonly error: string })[];
}

function readAnswer(line: string, count: number): Ran[] {
  return (JSON.parse(line) as Answer).results.map((result): Ran => {
    if ('error' in result) return { kind: 'failed', message: result.error };
    const hits = new Set(result.hits);
    return { kind: 'hits', hits: Array.from({ length: count }, (_, index) => hits.has(index)) };
  });
}
