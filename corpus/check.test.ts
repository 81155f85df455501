import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkConventions } from '../src/checks/conventions.ts';
import { applyEdits } from '../src/checks/fixes.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

describeCorpus('conventions', () => {
  const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder'];
  const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
  const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  const { units } = readSigma(sources);
  const started = performance.now();
  const found = checkConventions(units);
  const seconds = (performance.now() - started) / 1000;

  it('speaks of few published rules in earnest', () => {
    const codes = [...new Set(found.map(({ code }) => code))].sort();
    table(`conventions, ${units.length} rules in ${seconds.toFixed(2)} s`, [
      ['code', 'severity', 'findings', 'for example'],
      ...codes.map((code) => {
        const of = found.filter((each) => each.code === code);
        const [{ severity, message, source }] = [of[0]!];
        const file = source.name.slice(source.name.lastIndexOf('/') + 1);
        return [code, severity, of.length, `${message} (${file})`] as const;
      }),
    ]);
    for (const severity of ['error', 'warning'] as const)
      table(
        `${severity}s`,
        found
          .filter((each) => each.severity === severity)
          .slice(0, 60)
          .map(({ source, message, hint }) => [source.name.slice(corpusPath().length), message, hint ?? ''])
          .concat([['-', '', '']]),
      );
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    const warned = new Set(found.filter(({ severity }) => severity === 'warning').map(({ source }) => source.name));
    expect(warned.size).toBeLessThan(units.length / 20);
  });

  it('fixes what it offers to fix', () => {
    const fixable = sources.filter((source) => found.some((each) => each.source === source && each.fix));
    const fixed = fixable.map((source) => ({
      name: source.name,
      text: applyEdits(
        source.text,
        found.flatMap((each) => (each.source === source && each.fix ? [each.fix] : [])),
      ),
    }));
    expect(checkConventions(readSigma(fixed).units).filter(({ fix }) => fix)).toEqual([]);
  });
});
