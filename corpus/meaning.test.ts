import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findDuplicates } from '../src/checks/duplicates.ts';
import { checkMeaning } from '../src/checks/semantic.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

describeCorpus('what rules can not have meant', () => {
  const files = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'].flatMap((folder) =>
    corpusFiles(`corpus/sigma/${folder}`, '.yml'),
  );
  const sources = new Map(files.map((name) => [name, { name, text: readFileSync(name, 'utf8') }]));
  const read = () => readSigma(sources.values()).detections;

  it('finds rules that never match, dead values and literal wildcards, each with a proof', () => {
    const started = performance.now();
    const found = read().flatMap((detection) => checkMeaning(detection, sources.get(detection.file)!));
    const counts = new Map<string, Set<string>>();
    for (const { code, source } of found) counts.set(code, (counts.get(code) ?? new Set()).add(source.name));
    table('findings about meaning', [
      ['code', 'findings', 'rules'],
      ...[...counts].map(
        ([code, rules]) => [code, found.filter((each) => each.code === code).length, rules.size] as const,
      ),
      ['seconds', Number(((performance.now() - started) / 1000).toFixed(1)), ''],
    ]);
    for (const code of ['meaning/never', 'meaning/never-part', 'meaning/always', 'meaning/escaped-wildcard'])
      table(
        code,
        found
          .filter((each) => each.code === code)
          .slice(0, 12)
          .map(({ source, message, hint }) => [
            source.name.slice(source.name.lastIndexOf('/') + 1),
            message,
            hint ?? '',
          ])
          .concat([['-', '', '']]),
      );
    expect(counts.get('meaning/never')?.size ?? 0).toBeGreaterThan(0);
  });

  it('finds rules that are equivalent to or contained in others', () => {
    const detections = read();
    const started = performance.now();
    const found = findDuplicates(detections);
    table(`duplicates among ${detections.length} detections`, [
      ['equivalent', found.filter(({ relation }) => relation === 'equivalent').length],
      ['contained', found.filter(({ relation }) => relation === 'contained').length],
      ['seconds', Number(((performance.now() - started) / 1000).toFixed(1))],
      ...found
        .slice(0, 15)
        .map(
          ({ relation, inner, outer }) =>
            [
              `  ${inner.title} — ${relation === 'contained' ? 'contained in' : 'equivalent to'} — ${outer.title}`,
              '',
            ] as const,
        ),
    ]);
    expect(found.length).toBeGreaterThan(0);
  });
});
