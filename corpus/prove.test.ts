import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { duckdbEngine } from '../src/app/engines/duckdb.ts';
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

/** So many rules, spread evenly over all. */
function spread(rules: readonly Detection[], count: number): Detection[] {
  return Array.from({ length: count }, (_, index) => rules[Math.floor((index * rules.length) / count)]!);
}

const lucene = luceneEngine();
afterAll(() => lucene.close());

const trials: readonly (readonly [string, Engine, (rules: readonly Detection[]) => readonly Detection[]])[] = [
  ['duckdb', duckdbEngine(), (rules) => rules],
  ['es-qs', lucene, (rules) => spread(rules, 300)],
];

describeCorpus('what is printed, run by a real engine', async () => {
  for (const [name, engine, pick] of trials) {
    const availability = await engine.available();
    it.skipIf(!availability.ok)(
      `${name}: ${engine.name} never contradicts a verdict${availability.ok ? '' : ` (skipped: ${availability.install})`}`,
      async () => {
        const rules = pick(allRules());
        const begun = performance.now();
        const verdicts = new Map<string, number>();
        const classes = new Map<string, Tally>();
        const sum = { rules: 0, executed: 0, events: 0, agree: 0, told: 0 };
        const failures: string[] = [];
        const idle = new Map<string, number>();
        const more = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
        for await (const proof of prove(rules, findTarget(name)!, { engines: [engine] })) {
          sum.rules += 1;
          more(
            verdicts,
            proof.verdict === 'exact' && proof.except.length > 0 ? `exact but ${proof.except.join()}` : proof.verdict,
          );
          failures.push(...proof.failures.map((failure) => `${proof.detection.file.split('/').at(-1)}: ${failure}`));
          const executed = proof.engines[engine.name]!;
          if (executed.kind === 'nothing') more(idle, executed.why);
          if (executed.kind !== 'run') continue;
          sum.executed += 1;
          sum.events += executed.events;
          sum.agree += executed.agree;
          sum.told += executed.told;
          for (const [of, { events, agree, told }] of executed.classes) {
            const tally = classes.get(of) ?? { events: 0, agree: 0, told: 0 };
            classes.set(of, { events: tally.events + events, agree: tally.agree + agree, told: tally.told + told });
          }
        }
        table(
          `${name}: ${sum.executed} of ${sum.rules} rules run by ${engine.name} in ${Math.round(performance.now() - begun)} ms`,
          [['verdict', 'rules'], ...verdicts, ...[...idle].map(([why, count]) => [`not run: ${why}`, count] as const)],
        );
        table('agreement by class of value', [
          ['class', 'events', 'agree', 'told'],
          ...[...classes].map(([of, { events, agree, told }]) => [of, events, agree, told] as const),
          ['all', sum.events, sum.agree, sum.told],
        ]);
        if (failures.length > 0)
          table(
            'contradictions',
            failures.slice(0, 30).map((line) => [line.slice(0, 600)]),
          );
        expect(failures).toEqual([]);
        expect(sum.agree + sum.told).toBe(sum.events);
      },
    );
  }
});
