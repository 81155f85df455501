import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { splunk } from '../src/dialects/splunk/index.ts';
import { faultsOf } from '../src/dialects/testing/agreement.ts';
import { windowsTa } from '../src/dialects/testing/profiles.ts';
import { eventsFor } from '../src/ir/testing/random-events.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

interface Text {
  readonly from: string;
  readonly text: string;
}

/** Reads texts and tells how many were read, and for the others the code and message of what stopped it. */
function readAll(texts: readonly Text[]) {
  const reasons = new Map<string, string[]>();
  let read = 0;
  let queries = 0;
  for (const { from, text } of texts) {
    const parsed = splunk.parse({ name: from, text }, windowsTa);
    const error = parsed.diagnostics.find(({ severity }) => severity === 'error');
    if (parsed.queries.length > 0) read += 1;
    queries += parsed.queries.length;
    if (error)
      reasons.set(`${error.code}: ${error.message}`, [...(reasons.get(`${error.code}: ${error.message}`) ?? []), from]);
  }
  return { read, queries, reasons };
}

function report(title: string, texts: readonly Text[]) {
  const { read, queries, reasons } = readAll(texts);
  const rows = [...reasons].toSorted(([, a], [, b]) => b.length - a.length);
  table(`${title}: ${read} of ${texts.length} texts read, ${queries} queries`, [
    ['reason', 'texts', 'first'],
    ...rows.slice(0, 25).map(([reason, from]) => [reason.slice(0, 110), from.length, from[0]!]),
  ]);
  return { read, queries, reasons };
}

function atc(year: string): Text[] {
  return readFileSync(corpusPath('corpus/golden', `atc_${year}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { file: string; queries: { splunk?: string } })
    .flatMap(({ file, queries }) => (queries.splunk ? [{ from: `${year}/${file}`, text: queries.splunk }] : []));
}

function pySigma(): Text[] {
  const rules = JSON.parse(readFileSync(corpusPath('corpus/golden/pysigma.json'), 'utf8')) as Record<
    string,
    { splunk?: string[] | { error: string } }
  >;
  return Object.entries(rules).flatMap(([from, { splunk: texts }]) =>
    Array.isArray(texts) ? texts.map((text) => ({ from, text })) : [],
  );
}

describeCorpus('Splunk texts that people published', () => {
  it('reads every query that sigmac printed', () => {
    for (const year of ['2019', '2022']) {
      const texts = atc(year);
      const { read } = report(`sigmac ${year}`, texts);
      expect(read).toBe(texts.length);
    }
  });

  it('reads what pySigma prints, but for the texts that are no SPL', () => {
    const texts = pySigma();
    const { read, reasons } = report('pySigma', texts);
    expect(texts.length - read).toBeLessThanOrEqual(6);
    expect([...reasons.keys()].filter((reason) => !reason.startsWith('syntax'))).toEqual([]);
  });

  it.each([
    ['000', 2],
    ['002', 1],
  ])('reads the panel of seed %s as %i queries, and prints them as they are', (seed, count) => {
    const [file] = corpusFiles('seeds', '.txt').filter((path) => basename(path).startsWith(seed));
    const [, text = ''] = /### splunk\s+```\n([^]*?)\n```/.exec(readFileSync(file!, 'utf8')) ?? [];
    const { queries } = splunk.parse({ name: seed, text }, windowsTa);
    expect(queries).toHaveLength(count);
    expect(
      queries.map((query) => splunk.print(query, windowsTa)).map((printed) => 'text' in printed && printed.text),
    ).toEqual(text.split('\n'));
  });

  it('what it prints again selects the same events', () => {
    for (const { from, text } of [...atc('2022'), ...pySigma()]) {
      for (const { where } of splunk.parse({ name: from, text }, windowsTa).queries) {
        const events = fc.sample(eventsFor(where), { numRuns: 3, seed: 1 });
        expect(faultsOf(splunk, windowsTa, { where, events }), `${from}: ${text}`).toEqual([]);
      }
    }
  });

  it('prints again what it has read, and reads that to the same text', () => {
    let same = 0;
    let all = 0;
    for (const { from, text } of [...atc('2019'), ...atc('2022'), ...pySigma()]) {
      for (const query of splunk.parse({ name: from, text }, windowsTa).queries) {
        const printed = splunk.print(query, windowsTa);
        if (printed.kind === 'refused') throw new Error(`${from}: ${printed.losses[0]?.why}`);
        const again = splunk.parse({ name: from, text: printed.text }, windowsTa);
        expect(again.queries.length, `${from}: ${printed.text} ${again.diagnostics[0]?.message}`).toBe(1);
        const twice = splunk.print(again.queries[0]!, windowsTa);
        expect(twice.kind === 'text' && twice.text, from).toBe(printed.text);
        all += 1;
        if (printed.text === text) same += 1;
      }
    }
    table('printed again', [
      ['queries', 'letter for letter as published'],
      [all, same],
    ]);
  });
});
