import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { grepEngine, lineOf } from '../src/app/engines/grep.ts';
import { grep } from '../src/dialects/grep/index.ts';
import { powershell } from '../src/dialects/powershell/index.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { findTarget } from '../src/formats/targets.ts';
import { evaluate } from '../src/ir/evaluate.ts';
import { eventOf } from '../src/ir/event.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import { synthesizeEvents } from '../src/prove/synth.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

const engine = grepEngine();
const env = { ...process.env, LC_ALL: 'C.UTF-8' };
const hasGrep = spawnSync('grep', ['-P', '(?=a)'], { input: 'a\n', env }).status === 0;

function panels(language: string): { readonly from: string; readonly text: string }[] {
  return ['2019', '2022'].flatMap((year) =>
    readFileSync(corpusPath('corpus/golden', `atc_${year}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; queries: Record<string, string> })
      .flatMap(({ file, queries }) =>
        queries[language] === undefined ? [] : [{ from: `${year}/${file}`, text: queries[language] }],
      ),
  );
}

describeCorpus('grep', () => {
  it.skipIf(!hasGrep)(
    'every line printed for a public rule runs, and tells its event from a near miss',
    () => {
      const files = corpusFiles('corpus/sigma/rules', '.yml');
      const { detections } = readSigma(files.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
      const target = findTarget('grep')!;
      const folder = mkdtempSync(join(tmpdir(), 'assay-corpus-grep-'));
      const counts = { lines: 0, 'with a hit': 0, hits: 0, misses: 0 };
      const faults: string[] = [];
      try {
        for (const detection of detections) {
          const made = synthesizeEvents(detection, { count: 3 });
          const events =
            'events' in made
              ? made.events.map(({ event }) => event).filter((each) => engine.holds!(each, target.profile))
              : [];
          writeFileSync(join(folder, 'events.ndjson'), events.map((event) => `${lineOf(event)}\n`).join(''));
          for (const query of detection.queries) {
            const { where } = applyLogSource(query, target.profile).query;
            const printed = grep.print({ ...query, where }, target.profile);
            if (printed.kind === 'refused') continue;
            counts.lines += 1;
            const ran = spawnSync('bash', ['-c', printed.text], { cwd: folder, env, encoding: 'utf8' });
            const found = new Set(ran.stdout.split('\n'));
            if ((ran.status ?? 2) > 1) faults.push(`${detection.id}: ${ran.stderr}`);
            const wanted = events.filter((event) => evaluate(where, eventOf(event)));
            counts.hits += wanted.length;
            counts.misses += events.length - wanted.length;
            if (wanted.length > 0) counts['with a hit'] += 1;
            for (const event of events)
              if (found.has(lineOf(event)) !== wanted.includes(event)) faults.push(`${detection.id}: ${lineOf(event)}`);
          }
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
      table('grep over synthesised events', [Object.keys(counts), Object.values(counts)]);
      expect(faults.slice(0, 5)).toEqual([]);
      expect(counts['with a hit']).toBeGreaterThan(counts.lines * 0.95);
    },
    600_000,
  );

  it.skipIf(!hasGrep)('refuses the published lines that GNU grep refuses, and reads nearly all others', () => {
    const counts = { both: 0, 'grep alone': 0, 'we alone': 0, neither: 0 };
    for (const { text } of panels('grep'))
      for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
        const runs = (spawnSync('bash', ['-c', line], { input: '{}\n', env }).status ?? 2) < 2;
        const reads = grep.parse({ name: 'panel', text: line }, profiles.flat).queries.length > 0;
        counts[runs ? (reads ? 'both' : 'grep alone') : reads ? 'we alone' : 'neither'] += 1;
      }
    table('published grep lines', [Object.keys(counts), Object.values(counts)]);
    expect(counts['we alone']).toBe(0);
    expect(counts['grep alone']).toBeLessThanOrEqual(6);
  });
});

describeCorpus('PowerShell', () => {
  it('reads what converters published, but for what is no PowerShell or counts groups', () => {
    const reasons = new Map<string, number>();
    const texts = panels('powershell');
    let read = 0;
    for (const { text } of texts) {
      const { queries, diagnostics } = powershell.parse({ name: 'panel', text }, profiles['windows-event']);
      if (queries.length > 0) read += 1;
      else {
        const [first] = diagnostics;
        const reason = `${first?.code}: ${first?.message}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    table(`published PowerShell: ${read} of ${texts.length} read`, [['reason', 'texts'], ...reasons]);
    expect(texts.length - read).toBeLessThanOrEqual(23);
  });
});
