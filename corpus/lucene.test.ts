import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dialect } from '../src/dialects/dialect.ts';
import { esQs } from '../src/dialects/lucene/es-qs.ts';
import { duckdb } from '../src/dialects/sql/duckdb.ts';
import { faultsOf } from '../src/dialects/testing/agreement.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { eventsFor } from '../src/ir/testing/random-events.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import type { Profile } from '../src/schema/profile.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

interface Page {
  readonly queries: Readonly<Record<string, string>>;
}

/** The texts of the panels, each of which may hold a query a line: sigmac prints one for every document of a rule. */
function sigmac(file: string): string[] {
  return readFileSync(corpusPath('corpus', 'golden', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as Page).queries['es-qs'] ?? [])
    .flatMap((panel) => panel.split('\n').filter((line) => line.trim() !== ''));
}

function pysigma(): string[] {
  const text = readFileSync(corpusPath('corpus', 'golden', 'pysigma.json'), 'utf8');
  const rules = JSON.parse(text) as Readonly<Record<string, { readonly lucene?: unknown }>>;
  return Object.values(rules).flatMap(({ lucene }) => (Array.isArray(lucene) ? (lucene as string[]) : []));
}

const published = {
  'sigmac 2019': () => sigmac('atc_2019.jsonl'),
  'sigmac 2022': () => sigmac('atc_2022.jsonl'),
  pySigma: pysigma,
};

describeCorpus('query_string texts that people published', () => {
  // What is not read are expressions that Elasticsearch refuses too: an open quote, an open `<`, `\n`, `\b`.
  it.each([
    ['sigmac 2019', 0],
    ['sigmac 2022', 0],
    ['pySigma', 10],
  ] as const)('%s: reads all but %i', (name, unread) => {
    const reasons = new Map<string, number>();
    const warnings = new Map<string, number>();
    const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1);
    const texts = published[name]();
    let read = 0;
    for (const text of texts) {
      const { queries, diagnostics } = esQs.parse({ name, text }, profiles.raw);
      if (queries.length > 0) read += 1;
      for (const { severity, code, message } of diagnostics)
        count(severity === 'error' ? reasons : warnings, severity === 'error' ? `${code}: ${message}` : code);
    }
    table(`${name}: ${read} of ${texts.length} texts read`, [
      ['reason', 'texts'],
      ...[...reasons].map(([reason, of]) => [`not read: ${reason}`, of]),
      ...[...warnings].map(([code, of]) => [`warned: ${code}`, of]),
    ]);
    expect(texts.length - read).toBe(unread);
  });

  it('what it prints again selects the same events', () => {
    for (const text of Object.values(published).flatMap((texts) => texts())) {
      for (const { where } of esQs.parse({ name: 'published', text }, profiles.raw).queries) {
        const events = fc.sample(eventsFor(where), { numRuns: 3, seed: 1 });
        expect(faultsOf(esQs, profiles.raw, { where, events }), text).toEqual([]);
      }
    }
  });

  it('reads the panels of the seeds', () => {
    const panels = corpusFiles('seeds', '.txt').flatMap((path) => {
      const [, panel] = /### (?:es-qs|Kibana query)\s+```\n([^]*?)\n```/.exec(readFileSync(path, 'utf8')) ?? [];
      return panel === undefined ? [] : [{ name: basename(path).slice(0, 3), text: panel }];
    });
    expect(panels.map(({ name }) => name)).toEqual(['000', '001', '002']);
    for (const panel of panels) {
      const { queries, diagnostics } = esQs.parse(panel, profiles.raw);
      expect(queries.length, diagnostics[0]?.message).toBe(1);
    }
  });
});

interface Target {
  readonly dialect: Dialect;
  readonly profile: Profile;
}

const targets: Readonly<Record<string, Target>> = {
  'es-qs': { dialect: esQs, profile: profiles.winlogbeat },
  duckdb: { dialect: duckdb, profile: profiles.raw },
};

describeCorpus('every published rule', () => {
  const files = corpusFiles('corpus/sigma', '.yml').filter((path) => /\/rules[^/]*\//.test(path));
  const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  const detections = sources.flatMap((source) => readSigma([source]).detections);

  it.each(Object.entries(targets))('%s: prints it or says why not, and reads it back', (name, { dialect, profile }) => {
    const reasons = new Map<string, string[]>();
    let printed = 0;
    let queries = 0;
    let longest = 0;
    for (const detection of detections) {
      for (const query of detection.queries) {
        queries += 1;
        const { query: where } = applyLogSource(query, profile);
        const text = dialect.print(where, profile);
        if (text.kind === 'refused') {
          const [first] = text.losses;
          const reason = `${first!.feature}: ${first!.why.replace(/\d+/g, 'N')}`;
          reasons.set(reason, [...(reasons.get(reason) ?? []), basename(detection.file)]);
          continue;
        }
        printed += 1;
        longest = Math.max(longest, text.text.length);
        const { diagnostics } = dialect.parse({ name: detection.file, text: text.text }, profile);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(
          errors.map(({ message }) => message),
          text.text,
        ).toEqual([]);
      }
    }
    table(
      `${name}: ${printed} of ${queries} queries of ${detections.length} rules printed, the longest ${longest} characters`,
      [
        ['refused', 'queries', 'first'],
        ...[...reasons]
          .toSorted(([, a], [, b]) => b.length - a.length)
          .map(([reason, of]) => [reason, of.length, of[0]!]),
      ],
    );
    expect(printed / queries).toBeGreaterThan(0.97);
  });
});
