import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { luceneEngine } from '../src/app/engines/lucene.ts';
import { graylog } from '../src/dialects/lucene/graylog.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

interface Page {
  readonly file: string;
  readonly queries: Readonly<Record<string, string>>;
}

/** A panel holds a query a line: sigmac prints one for every document of a rule. */
function panels(year: string): (readonly [file: string, lines: readonly string[]])[] {
  return readFileSync(corpusPath('corpus', 'golden', `atc_${year}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Page)
    .flatMap(({ file, queries }) =>
      queries['graylog'] === undefined
        ? []
        : [[file, queries['graylog'].split('\n').filter((line) => line.trim() !== '')] as const],
    );
}

const engine = luceneEngine();
const { ok: hasLucene } = await engine.available();
afterAll(() => engine.close());

describeCorpus('published Graylog searches', () => {
  it.each(['2019', '2022'])('of %s: Lucene refuses those that are not read', async (year) => {
    const texts = panels(year);
    const reasons = new Map<string, string[]>();
    const assumed = new Map<string, number>();
    const refused: string[] = [];
    let read = 0;
    for (const [file, lines] of texts) {
      const parsed = lines.map((text) => ({ text, ...graylog.parse({ name: file, text }, profiles.graylog) }));
      for (const each of new Set(parsed.flatMap(({ assumptions }) => assumptions)))
        assumed.set(each, (assumed.get(each) ?? 0) + 1);
      const broken = parsed.filter(({ queries }) => queries.length === 0);
      if (broken.length === 0) read += 1;
      refused.push(...broken.map(({ text }) => text));
      const [first] = broken.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error'));
      if (first) {
        const reason = `${first.code}: ${first.message}`;
        reasons.set(reason, [...(reasons.get(reason) ?? []), file]);
      }
    }
    table(`graylog ${year}: ${read} of ${texts.length} panels read`, [
      ['reason', 'panels', 'first'],
      ...[...reasons].map(([reason, of]) => [reason, of.length, of[0]!] as const),
      ...[...assumed].map(([sentence, of]) => [`assumed: ${sentence}`, of, ''] as const),
    ]);
    if (!hasLucene) return;
    const ran = await engine.run(refused, [], profiles.raw);
    expect(ran.filter(({ kind }) => kind === 'hits').length, refused.join('\n')).toBe(0);
  });

  it('reads the panels of the seeds', () => {
    const found = corpusFiles('seeds', '.txt').flatMap((path) => {
      const [, panel] = /### [Gg]raylog\s+```\n([^]*?)\n```/.exec(readFileSync(path, 'utf8')) ?? [];
      return panel === undefined ? [] : [{ name: basename(path).slice(0, 3), text: panel }];
    });
    expect(found.map(({ name }) => name)).toEqual(['000', '001', '002']);
    for (const panel of found) {
      const { queries, diagnostics } = graylog.parse(panel, profiles.graylog);
      expect(queries.length, diagnostics[0]?.message).toBe(1);
    }
  });
});
