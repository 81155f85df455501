import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { luceneEngine } from '../src/app/engines/lucene.ts';
import { hasBash, runInBash } from '../src/formats/watcher/testing/bash.ts';
import { readTarget } from '../src/formats/read-target.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { findTarget } from '../src/formats/targets.ts';
import { convert } from '../src/prove/convert.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

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

const engine = luceneEngine();
const { ok: hasLucene } = await engine.available();
afterAll(() => engine.close());

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
  it.skipIf(!hasBash).each(['2019', '2022'])('of %s: those that are not read are broken', async (year) => {
    const refused: boolean[] = [];
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
      if (code.startsWith('lucene/')) refused.push(...(await refusedBy(text)));
      else if (real === undefined && code !== 'watcher/expansion')
        wrong.push(`${file}: ${code}, though it can be stored`);
      const reason = `${code} (${real ?? 'bash and JSON take it'})`;
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${file}: ${message}`]);
    }
    table(`xpack-watcher ${year}: ${read} of ${texts.length} panels read`, [
      ['reason', 'panels', 'first'],
      ...[...reasons].map(([reason, of]) => [reason, of.length, of[0]!.slice(0, 160)] as const),
      ...[...warnings].map(([code, of]) => [`warned: ${code}`, of, ''] as const),
    ]);
    expect(wrong).toEqual([]);
    expect(refused.every(Boolean)).toBe(true);
  });
});

/** For each watch of a command, whether Lucene refuses its query; that of none where Lucene is missing. */
async function refusedBy(text: string): Promise<boolean[]> {
  if (!hasLucene) return [];
  const queries = runInBash(text).calls.map(({ input }) => /"query": ("(?:[^"\\]|\\.)*")/s.exec(input)![1]!);
  const ran = await engine.run(
    queries.map((query) => JSON.parse(query) as string),
    [],
    profiles.raw,
  );
  return ran.map(({ kind }) => kind === 'failed');
}

describeCorpus('watches of published rules', () => {
  const files = corpusFiles('corpus/sigma/rules', '.yml');
  const detections = readSigma(files.map((name) => ({ name, text: readFileSync(name, 'utf8') }))).detections;

  it.skipIf(!hasBash)('300 of them arrive as they were meant', () => {
    const every = Math.floor(detections.length / 300);
    let stored = 0;
    for (const detection of detections.filter((_, index) => index % every === 0)) {
      const texts = convert(detection, watches).queries.flatMap(({ text }) => text ?? []);
      if (texts.length === 0) continue;
      const { calls, errors, made } = runInBash(`${texts.join('\n')}\n`);
      expect({ errors, made, calls: calls.length }, detection.file).toEqual({
        errors: '',
        made: [],
        calls: texts.length,
      });
      for (const { input, words } of calls) {
        const watch = JSON.parse(input) as { readonly metadata: { readonly title: string } };
        expect(watch.metadata.title).toBe(detection.title);
        expect(words.at(-1)).toBe(`http://localhost:9200/_watcher/watch/${detection.id}`);
        stored += 1;
      }
    }
    expect(stored).toBeGreaterThan(290);
  });

  it.each(['xpack-watcher', 'graylog', 'kibana-lucene'])('%s: prints what the language can say', (name) => {
    const target = findTarget(name)!;
    const reasons = new Map<string, string[]>();
    const verdicts = new Map<string, number>();
    let queries = 0;
    for (const detection of detections)
      for (const { verdict, reason, except, text, diagnostics } of convert(detection, target).queries) {
        queries += 1;
        expect(diagnostics, detection.file).toEqual([]);
        const told = `${verdict}${except.length > 0 ? ` but for ${except.join(', ')}` : ''}`;
        verdicts.set(told, (verdicts.get(told) ?? 0) + 1);
        if (text !== null) continue;
        const why = (reason ?? '').replace(/'[^']*'/g, 'F').replace(/\d+/g, 'N');
        reasons.set(why, [...(reasons.get(why) ?? []), detection.file]);
      }
    table(`${name}: ${queries} queries of ${detections.length} rules`, [
      ['verdict', 'queries', ''],
      ...[...verdicts].sort((a, b) => b[1] - a[1]).map(([verdict, of]) => [verdict, of, ''] as const),
      ...[...reasons]
        .sort((a, b) => b[1].length - a[1].length)
        .map(([reason, of]) => [`refused: ${reason.slice(0, 100)}`, of.length, of[0]!.split('/').at(-1)!] as const),
    ]);
    const refused = [...reasons.values()].reduce((sum, { length }) => sum + length, 0);
    expect(refused / queries).toBeLessThan(0.05);
  });
});
