import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { esQs } from '../src/dialects/lucene/es-qs.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusPath, describeCorpus, table } from './corpus.ts';

interface Page {
  readonly file: string;
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

describeCorpus('query_string texts that other converters printed', () => {
  const sources = {
    'sigmac 2019': () => sigmac('atc_2019.jsonl'),
    'sigmac 2022': () => sigmac('atc_2022.jsonl'),
    pySigma: pysigma,
  };
  for (const [name, read] of Object.entries(sources)) {
    it(`${name}: reads them, or says what Lucene would not take`, () => {
      const texts = read();
      const reasons = new Map<string, string[]>();
      const warnings = new Map<string, number>();
      let parsed = 0;
      for (const text of texts) {
        const { queries, diagnostics } = esQs.parse({ name, text }, profiles.raw);
        if (queries.length > 0) parsed += 1;
        for (const { severity, code, message } of diagnostics) {
          if (severity === 'error')
            reasons.set(`${code}: ${message}`, [...(reasons.get(`${code}: ${message}`) ?? []), text]);
          else warnings.set(code, (warnings.get(code) ?? 0) + 1);
        }
      }
      table(name, [
        ['queries', texts.length],
        ['read', parsed],
        ...[...warnings].map(([code, count]) => [`warned: ${code}`, count]),
        ...[...reasons].map(([reason, of]) => [`not read: ${reason}`, of.length]),
      ]);
      if (process.env.SHOW)
        for (const [reason, of] of reasons) console.log(reason, '\n   ', of.slice(0, 4).join('\n    ').slice(0, 1500));
      expect(texts.length).toBeGreaterThan(100);
    });
  }
});
