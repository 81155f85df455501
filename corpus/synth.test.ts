import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { planHunt } from '../src/engine/plan.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { synthesizeEvents } from '../src/prove/synth.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];

describeCorpus('events made for every rule', () => {
  it('a hunt hits every match and no near miss', () => {
    const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
    const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const { detections } = readSigma(sources);
    const counts = { match: 0, 'near-miss': 0, awkward: 0 };
    const wrong = { match: 0, 'near-miss': 0, awkward: 0 };
    const [without, stuck]: [string[], string[]] = [[], []];
    const withMiss: boolean[] = [];
    let staged = 0;
    const begun = performance.now();
    for (const detection of detections) {
      const made = synthesizeEvents(detection, { count: 30 });
      if ('obstacle' in made) {
        stuck.push(`${detection.name}: ${made.obstacle}`);
        continue;
      }
      if (detection.queries.some(({ then }) => then.length > 0)) {
        staged += 1;
        continue;
      }
      if (!made.events.some(({ kind }) => kind === 'match')) without.push(detection.name);
      withMiss.push(made.events.some(({ kind }) => kind === 'near-miss'));
      const plan = planHunt([detection]);
      for (const { kind, why, event } of made.events) {
        counts[kind] += 1;
        const hit = plan.match(openEvent(event)).length > 0;
        if (hit !== (kind === 'match' || (kind === 'awkward' && why.endsWith('; it matches')))) wrong[kind] += 1;
      }
    }
    const asked = withMiss.length;
    table(`events made for ${detections.length} rules in ${Math.round(performance.now() - begun)} ms`, [
      ['rules with a match', `${asked - without.length} of ${asked}`],
      ['rules with a near miss', `${withMiss.filter(Boolean).length} of ${asked}`],
      ['matches that hit', `${counts.match - wrong.match} of ${counts.match}`],
      ['near misses that do not', `${counts['near-miss'] - wrong['near-miss']} of ${counts['near-miss']}`],
      ['awkward values as told', `${counts.awkward - wrong.awkward} of ${counts.awkward}`],
      ['rules that count or order events, left out', staged],
      ['rules that can not run', stuck.length],
      ...[...without.map((name) => `no match: ${name}`), ...stuck].slice(0, 20).map((line) => [`  ${line}`, '']),
    ]);
    expect(wrong).toEqual({ match: 0, 'near-miss': 0, awkward: 0 });
    expect(without).toEqual([]);
  });
});
