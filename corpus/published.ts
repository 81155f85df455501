import { readFileSync } from 'node:fs';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Detection } from '../src/ir/detection.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath } from './corpus.ts';

/** A query that somebody published for a rule. `texts` are the queries of one panel; their union is its meaning. */
export interface Panel {
  readonly from: string;
  readonly texts: readonly string[];
  readonly rule: readonly Detection[];
}

/** All that one converter published in one language, and how it is read. */
export interface Series {
  readonly by: By;
  /** What the publisher calls the language. */
  readonly key: string;
  readonly target: string;
  /** The schema that the queries are written for. */
  readonly profile: keyof typeof profiles;
}

export type By = 'ATC 2019' | 'ATC 2022' | 'pySigma';

const of = (by: By, key: string, target: string, profile: Series['profile']): Series => ({ by, key, target, profile });

/** Every series of published queries that we have a reader for. */
export const series: readonly Series[] = [
  of('ATC 2022', 'splunk', 'splunk', 'windows-ta'),
  of('ATC 2019', 'splunk', 'splunk', 'raw'),
  of('pySigma', 'splunk', 'splunk', 'windows-ta'),
  of('ATC 2022', 'es-qs', 'es-qs', 'winlogbeat'),
  of('ATC 2019', 'es-qs', 'es-qs', 'raw'),
  of('pySigma', 'lucene', 'es-qs', 'ecs'),
  of('ATC 2022', 'xpack-watcher', 'xpack-watcher', 'winlogbeat'),
  of('ATC 2019', 'xpack-watcher', 'xpack-watcher', 'raw'),
  of('ATC 2022', 'graylog', 'graylog', 'graylog'),
  of('ATC 2019', 'graylog', 'graylog', 'raw'),
  of('ATC 2022', 'logpoint', 'logpoint', 'logpoint'),
  of('ATC 2019', 'logpoint', 'logpoint', 'raw'),
  of('ATC 2022', 'powershell', 'powershell', 'windows-event'),
  of('ATC 2022', 'grep', 'grep', 'flat'),
  of('ATC 2019', 'grep', 'grep', 'flat'),
  of('pySigma', 'kusto_xdr', 'kusto', 'defender'),
];

/** The panels of a series; those whose own rule can't be read are left out, and counted in `withoutRule`. */
export function panelsOf({ by, key }: Series): { readonly panels: readonly Panel[]; readonly withoutRule: number } {
  const all = by === 'pySigma' ? pySigma(key) : atc(by.slice('ATC '.length), key);
  const panels = all.filter(({ rule }) => rule.length > 0);
  return { panels, withoutRule: all.length - panels.length };
}

function atc(year: string, key: string): Panel[] {
  return readFileSync(corpusPath('corpus/golden', `atc_${year}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { file: string; sigma: string; queries: Record<string, string> })
    .flatMap(({ file, sigma, queries }) => {
      const text = queries[key];
      const rule = readSigma([{ name: file, text: sigma }]).detections;
      return text === undefined ? [] : [{ from: file, texts: [text], rule }];
    });
}

/** Conversions that pySigma refused, with an error in their place, are no panels. */
function pySigma(key: string): Panel[] {
  const published = JSON.parse(readFileSync(corpusPath('corpus/golden/pysigma.json'), 'utf8')) as Record<
    string,
    Record<string, string[] | object>
  >;
  const files = corpusFiles('corpus/sigma/rules', '.yml');
  const byPath = new Map(files.map((file) => [file.slice(file.indexOf('/rules/') + '/rules/'.length), file]));
  return Object.entries(published).flatMap(([path, texts]) => {
    const [file, queries] = [byPath.get(path), texts[key]];
    if (!file || !Array.isArray(queries)) return [];
    const rule = readSigma([{ name: path, text: readFileSync(file, 'utf8') }]).detections;
    return [{ from: path, texts: queries as string[], rule }];
  });
}
