import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { planHunt } from '../src/engine/plan.ts';
import type { Plan } from '../src/engine/plan.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Raw } from '../src/ir/event.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

/** The hits of an independent, naive evaluator on a recording; its README lists the interpretations it took. */
interface Expected {
  readonly rules_skipped: readonly { readonly id: string; readonly reason: string }[];
  readonly hits: Readonly<
    Record<string, { readonly title: string; readonly count: number; readonly lines_sha256: string }>
  >;
}

/** Differences from that evaluator that were looked into, and why ours stands. */
const explained: Readonly<Record<string, string>> = {};

function rulesUnder(...folders: string[]) {
  const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
  return readSigma(files.map((file) => ({ name: file, text: readFileSync(file, 'utf8') }))).detections;
}

/** Lines on which each rule hits. */
function huntLines(plan: Plan, text: string): Map<string, number[]> {
  const hits = new Map<string, number[]>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    for (const { detection } of plan.match(openEvent(JSON.parse(line) as Raw))) {
      const id = detection.id ?? detection.name;
      const lines = hits.get(id);
      if (lines) lines.push(index + 1);
      else hits.set(id, [index + 1]);
    }
  }
  return hits;
}

describeCorpus('hunting recorded campaigns', () => {
  const windows = () => planHunt(rulesUnder('rules', 'rules-emerging-threats', 'rules-threat-hunting'));
  const recordings: readonly [string, string][] = [
    ['LSASS_campaign_02', 'compound/LSASS_campaign_02'],
    ['LSASS_campaign_03', 'compound/LSASS_campaign_03'],
    ['psh_lsass_memory_dump_comsvcs', 'atomic/windows/credential_access/host/psh_lsass_memory_dump_comsvcs'],
  ];
  for (const [name, folder] of recordings) {
    it(`${name}: hits equal the independent evaluator's, or the difference is explained`, () => {
      const expected = JSON.parse(readFileSync(corpusPath('corpus/expected', `${name}.json`), 'utf8')) as Expected;
      const [zip] = corpusFiles('corpus/otrf', '.zip').filter((file) => file.includes(folder));
      const text = Object.values(unzipSync(readFileSync(zip!)))
        .map((member) => strFromU8(member))
        .join('\n');
      const started = performance.now();
      const hits = huntLines(windows(), text);
      const seconds = (performance.now() - started) / 1000;
      const differences: string[] = [];
      for (const id of new Set([...Object.keys(expected.hits), ...hits.keys()])) {
        const ours = hits.get(id) ?? [];
        const theirs = expected.hits[id];
        const hash = createHash('sha256').update(ours.join(',')).digest('hex');
        if (hash !== theirs?.lines_sha256 && !(ours.length === 0 && !theirs))
          differences.push(
            `${id} ours ${ours.length} (${ours.slice(0, 3).join()}), theirs ${theirs?.count ?? 0} ${theirs?.title ?? ''}`,
          );
      }
      table(`${name}: ${basename(zip!)}`, [
        ['rules that hit', hits.size],
        ['hits', [...hits.values()].reduce((sum, lines) => sum + lines.length, 0)],
        ['differences', differences.length],
        ['seconds, rules read included', Number(seconds.toFixed(1))],
        ...differences.map((difference) => [
          `  ${difference}`,
          explained[difference.split(' ')[0]!] ?? 'NOT EXPLAINED',
        ]),
      ]);
      expect(differences.filter((difference) => !Object.hasOwn(explained, difference.split(' ')[0]!))).toEqual([]);
    });
  }

  it('events made from the rules: each is hit by the rules that the independent evaluator names', () => {
    const expected = JSON.parse(readFileSync(corpusPath('corpus/expected/synthetic-hits.json'), 'utf8')) as {
      hits: Record<string, string[]>;
    };
    const text = readFileSync(corpusPath('corpus/expected/synthetic.ndjson'), 'utf8');
    const hits = huntLines(windows(), text);
    const ours = new Map<string, string[]>();
    for (const [id, lines] of hits)
      for (const line of lines) ours.set(String(line), [...(ours.get(String(line)) ?? []), id].sort());
    const lines = text.trimEnd().split('\n');
    const differences = lines.flatMap((line, index) => {
      const key = String(index + 1);
      const [a, b] = [ours.get(key) ?? [], expected.hits[key] ?? []];
      return [
        ...a.filter((id) => !b.includes(id)).map((id) => `${id} + ${key} ${line.slice(0, 200)}`),
        ...b.filter((id) => !a.includes(id)).map((id) => `${id} - ${key} ${line.slice(0, 200)}`),
      ];
    });
    const open = differences.filter((difference) => !Object.hasOwn(explained, difference.split(' ')[0]!));
    table('synthetic events', [
      ['events', lines.length],
      ['rules reached', hits.size],
      ['differences', differences.length],
      ['not explained', open.length],
      ...open.slice(0, 40).map((difference) => [`  ${difference}`, '']),
    ]);
    expect(open).toEqual([]);
  });
});

describeCorpus('regression cases', () => {
  it('every rule with a recorded event fires on it', () => {
    const files = corpusFiles('corpus/sigma/regression_data', '.json');
    const plan = planHunt(rulesUnder('rules', 'rules-emerging-threats', 'rules-threat-hunting'));
    const silent: string[] = [];
    let cases = 0;
    for (const file of files) {
      const id = basename(file, '.json');
      if (!plan.runnable.some((detection) => detection.id === id)) continue;
      cases += 1;
      const events = concatenated(readFileSync(file, 'utf8'));
      if (!events.some((raw) => plan.match(openEvent(raw)).some(({ detection }) => detection.id === id)))
        silent.push(file);
    }
    table('regression cases', [
      ['fire', `${cases - silent.length} of ${cases}`],
      ['files without a rule in the corpus', files.length - cases],
      ...silent.map((file) => [`  silent: ${basename(file)}`, '']),
    ]);
    expect(silent).toEqual([]);
  });
});

/** Some files hold several pretty-printed objects one after the other. */
function concatenated(text: string): Raw[] {
  return text
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as Raw);
}
