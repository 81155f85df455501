import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { RuleSet } from '../src/formats/sigma/read.ts';
import { writeSigma } from '../src/formats/sigma/write.ts';
import type { Detection } from '../src/ir/detection.ts';
import { not } from '../src/ir/predicate.ts';
import type { Predicate } from '../src/ir/predicate.ts';
import { keyOf } from '../src/passes/distinct.ts';
import { simplify } from '../src/passes/simplify.ts';
import type { Source } from '../src/text/source.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

/** SigmaHQ's rules, with paths as names, and the rules that published pages of the years 2019 and 2022 show. */
function corpora(): Record<string, Source[]> {
  const files = corpusFiles('corpus/sigma', '.yml').filter((name) => !name.includes('regression_data'));
  const pages = (year: number) =>
    readFileSync(corpusPath('corpus', 'golden', `atc_${year}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; sigma: string })
      .map(({ file, sigma }) => ({ name: `${year}/${file}`, text: sigma }));
  return {
    SigmaHQ: files.map((name) => ({ name, text: readFileSync(name, 'utf8') })),
    'pages of 2019': pages(2019),
    'pages of 2022': pages(2022),
  };
}

function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

describeCorpus('Sigma', () => {
  const sets = Object.entries(corpora()).map(([name, sources]): [string, Source[], RuleSet, number] => {
    const begun = performance.now();
    const read = readSigma(sources);
    return [name, sources, read, performance.now() - begun];
  });

  it('reads every rule, or says why not', () => {
    table('reading', [
      ['from', 'files', 'detections', 'queries', 'errors', 'warnings', 'need values', 'ms'],
      ...sets.map(([name, sources, { detections, diagnostics }, ms]) => [
        name,
        sources.length,
        detections.length,
        detections.reduce((sum, { queries }) => sum + queries.length, 0),
        diagnostics.filter(({ severity }) => severity === 'error').length,
        diagnostics.filter(({ severity }) => severity === 'warning').length,
        detections.filter(({ placeholders }) => placeholders.length > 0).length,
        Math.round(ms),
      ]),
    ]);
    table('said', [
      ['code', 'times'],
      ...countBy(
        sets.flatMap(([name, , { diagnostics }]) =>
          diagnostics.map((each) => `${name}: ${each.severity} ${each.code}`),
        ),
        (said) => said,
      ),
    ]);
    for (const [name, sources, { detections, diagnostics }] of sets) {
      const answered = new Set([
        ...detections.map(({ file }) => file),
        ...diagnostics.filter(({ severity }) => severity === 'error').map(({ source }) => source.name),
      ]);
      expect(
        sources.filter((source) => !answered.has(source.name)),
        name,
      ).toEqual([]);
      expect(answered.size, name).toBe(sources.length);
    }
  });

  it('leads every test of every rule back to its text', () => {
    for (const [, sources, { detections }] of sets) {
      const texts = new Map(sources.map(({ name, text }) => [name, text]));
      for (const { origins, file } of detections)
        for (const { span, part } of origins) {
          const text = texts.get(file)!.slice(span.start, span.end);
          expect(text.trim() === '' && span.end > span.start, `${file} ${part}`).toBe(false);
        }
    }
  });

  describe('what it reads', () => {
    it('is written and read back the same', () => {
      const refused: string[] = [];
      let same = 0;
      for (const [, , { detections }] of sets)
        for (const detection of detections) {
          const written = writeSigma(detection);
          if ('refused' in written) {
            refused.push(written.refused.message);
            continue;
          }
          const { detections: back, diagnostics } = readSigma([{ name: detection.file, text: written.text }]);
          const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
          expect(errors, `${detection.file}\n${written.text}`).toEqual([]);
          expect(meaning(back[0]!), `${detection.file}\n${written.text}`).toEqual(meaning(detection));
          expect(metadata(back[0]!), detection.file).toEqual(metadata(detection));
          same += 1;
        }
      table('written', [
        ['answer', 'detections'],
        ['read back the same', same],
        ...countBy(refused, (why) => `refused: ${why}`),
      ]);
    });
  });
});

/** The queries with their predicates as sets, `not` pushed down: the writer joins and orders parts as they read best. */
function meaning({ queries }: Detection): string[] {
  const unions = new Map<string, Predicate[]>();
  for (const { logsource, where, then } of queries) {
    const { product, category, service, definition } = logsource;
    const stages = JSON.stringify(then, (key, value: unknown) =>
      key === 'where' ? unordered(value as Predicate) : value,
    );
    const key = `${JSON.stringify([product, category, service, definition])} ${stages}`;
    unions.set(key, [...(unions.get(key) ?? []), where]);
  }
  return [...unions].map(([key, of]) => `${key} ${unordered({ kind: 'any', of })}`).sort();
}

function unordered(where: Predicate): string {
  return keyOf(inOrder(simplify(pushed(where, false))));
}

function pushed(node: Predicate, negated: boolean): Predicate {
  if (node.kind === 'not') return pushed(node.of, !negated);
  if (node.kind !== 'all' && node.kind !== 'any') return negated ? not(node) : node;
  const of = node.of.map((part) => pushed(part, negated));
  return { kind: (node.kind === 'all') === negated ? 'any' : 'all', of };
}

function inOrder(node: Predicate): Predicate {
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  return { ...node, of: node.of.map(inOrder).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

function metadata(detection: Detection): unknown {
  const elsewhere = new Set(['queries', 'origins', 'file', 'name', 'extra']);
  const extra = Object.entries(detection.extra).filter(([name]) => name !== 'ids');
  return {
    ...Object.fromEntries(Object.entries(detection).filter(([name]) => !elsewhere.has(name))),
    extra: Object.fromEntries(extra),
  };
}
