import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hasBash, runInBash } from '../src/formats/watcher/testing/bash.ts';
import { readTarget } from '../src/formats/read-target.ts';
import { findTarget } from '../src/formats/targets.ts';
import { corpusPath, describeCorpus, table } from './corpus.ts';

interface Page {
  readonly file: string;
  readonly queries: Readonly<Record<string, string>>;
}

function panels(year: string, key: string): (readonly [file: string, text: string])[] {
  return readFileSync(corpusPath('corpus', 'golden', `atc_${year}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Page)
    .flatMap(({ file, queries }) => (queries[key] === undefined ? [] : [[file, queries[key]] as const]));
}

const watches = findTarget('xpack-watcher')!;

/** What bash and a JSON parser say of a published command: nothing, or what is wrong. */
function fault(text: string): string | undefined {
  const { calls, errors, status } = runInBash(text);
  if (status !== 0 || errors !== '') return `bash: ${errors.trim().split('\n')[0]}`;
  if (calls.length === 0) return 'bash runs no curl';
  for (const { input } of calls)
    try {
      JSON.parse(input);
    } catch {
      return 'the server gets no JSON';
    }
  return undefined;
}

describeCorpus('published watches', () => {
  it.skipIf(!hasBash).each(['2019', '2022'])('of %s: those that are not read are broken', (year) => {
    const texts = panels(year, 'xpack-watcher');
    const reasons = new Map<string, string[]>();
    const warnings = new Map<string, number>();
    const wrong: string[] = [];
    let read = 0;
    for (const [file, text] of texts) {
      const { queries, diagnostics } = readTarget({ name: file, text }, watches, watches.profile);
      for (const { severity, code } of diagnostics)
        if (severity === 'warning') warnings.set(code, (warnings.get(code) ?? 0) + 1);
      const real = fault(text);
      if (queries.length > 0) {
        read += 1;
        if (real !== undefined) wrong.push(`${file}: read, but ${real}`);
        continue;
      }
      const { code, message } = diagnostics.find(({ severity }) => severity === 'error')!;
      const reason = `${code} (${real ?? 'bash and JSON take it'})`;
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${file}: ${message}`]);
    }
    table(`xpack-watcher ${year}: ${read} of ${texts.length} panels read`, [
      ['reason', 'panels', 'first'],
      ...[...reasons].map(([reason, of]) => [reason, of.length, of[0]!.slice(0, 160)] as const),
      ...[...warnings].map(([code, of]) => [`warned: ${code}`, of, ''] as const),
    ]);
    expect(wrong).toEqual([]);
  });
});
