import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { duckdbEngine } from '../src/app/engines/duckdb.ts';
import { grepEngine } from '../src/app/engines/grep.ts';
import { luceneEngine } from '../src/app/engines/lucene.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { findTarget } from '../src/formats/targets.ts';
import type { Detection } from '../src/ir/detection.ts';
import { prove } from '../src/prove/prove.ts';
import type { Tally } from '../src/prove/run-engine.ts';
import type { Engine } from '../src/prove/engine.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder'];

function allRules(): readonly Detection[] {
  const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
  return readSigma(files.map((name) => ({ name, text: readFileSync(name, 'utf8') }))).detections;
}

/** At most so many rules, spread evenly over all. */
function spread(rules: readonly Detection[], most: number): Detection[] {
  const count = Math.min(most, rules.length);
  return Array.from({ length: count }, (_, index) => rules[Math.floor((index * rules.length) / count)]!);
}

const lucene = luceneEngine();
const graylog = luceneEngine('graylog');

/** Target, the engine that runs its texts, and on how many rules at most. */
const trials: readonly (readonly [string, Engine, number])[] = [
  ['duckdb', duckdbEngine(), Number.POSITIVE_INFINITY],
  ['es-qs', lucene, 300],
  ['kibana-lucene', lucene, 60],
  ['xpack-watcher', lucene, 60],
  ['graylog', graylog, 120],
  ['grep', grepEngine(), 250],
];

type Row = readonly (string | number)[];

describeCorpus('what is printed, run by a real engine', async () => {
  const rows: Row[] = [];
  const classes = new Map<string, Tally>();
  const idle = new Map<string, number>();
  afterAll(async () => {
    await Promise.all([lucene.close(), graylog.close()]);
    table('what engines say', [
      ['target', 'engine', 'rules', 'executed', 'events', 'agree', 'told', 'contradictions', 'ms'],
      ...rows,
    ]);
    table('by class of value', [
      ['class', 'events', 'agree', 'told'],
      ...[...classes].map(([of, { events, agree, told }]) => [of, events, agree, told]),
    ]);
    table('not run', [['target and reason', 'rules'], ...idle]);
  });

  for (const [name, engine, most] of trials) {
    const availability = await engine.available();
    it.skipIf(!availability.ok)(
      `${name}: ${engine.name} never contradicts a verdict${availability.ok ? '' : ` (skipped: ${availability.install})`}`,
      async () => {
        const rules = spread(allRules(), most);
        const begun = performance.now();
        const sum = { executed: 0, events: 0, agree: 0, told: 0 };
        const failures: string[] = [];
        for await (const proof of prove(rules, findTarget(name)!, { engines: [engine] })) {
          failures.push(...proof.failures.map((failure) => `${proof.detection.file.split('/').at(-1)}: ${failure}`));
          const executed = proof.engines[engine.name]!;
          const why = executed.kind === 'nothing' ? `${name}: ${executed.why}` : undefined;
          if (why !== undefined) idle.set(why, (idle.get(why) ?? 0) + 1);
          if (executed.kind !== 'run') continue;
          sum.executed += 1;
          sum.events += executed.events;
          sum.agree += executed.agree;
          sum.told += executed.told;
          for (const [of, tally] of executed.classes) classes.set(of, added(classes.get(of), tally));
        }
        const ms = Math.round(performance.now() - begun);
        const { executed, events, agree, told } = sum;
        rows.push([name, engine.name, rules.length, executed, events, agree, told, failures.length, ms]);
        const shown = failures.slice(0, 30).map((line) => [line.slice(0, 600)]);
        if (shown.length > 0) table(`${name}: contradictions`, shown);
        expect(failures).toEqual([]);
        expect(agree + told).toBe(events);
        expect(executed).toBeGreaterThan(rules.length * 0.9);
      },
    );
  }
});

function added(before: Tally | undefined, { events, agree, told }: Tally): Tally {
  return {
    events: (before?.events ?? 0) + events,
    agree: (before?.agree ?? 0) + agree,
    told: (before?.told ?? 0) + told,
  };
}
