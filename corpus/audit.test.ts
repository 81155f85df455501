import { appendFileSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Dialect } from '../src/dialects/dialect.ts';
import { dialects } from '../src/dialects/index.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Detection } from '../src/ir/detection.ts';
import { any } from '../src/ir/predicate.ts';
import { relate } from '../src/logic/relate.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import type { Profile } from '../src/schema/profile.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';
import { defectsOf } from './defects.ts';

/** A query that somebody published for a rule. `texts` are the queries of one panel; their union is its meaning. */
interface Panel {
  readonly from: string;
  readonly texts: readonly string[];
  readonly rule: readonly Detection[];
}

/** Who published, what they call the language, the language that we read, and the schema that the queries are in. */
type Series = readonly [from: From, key: string, dialect: string, profile: keyof typeof profiles];
type From = 'atc 2019' | 'atc 2022' | 'pySigma';

/** A series whose language is not among ours is left out. */
const series: readonly Series[] = [
  ['atc 2022', 'splunk', 'splunk', 'windows-ta'],
  ['atc 2019', 'splunk', 'splunk', 'raw'],
  ['atc 2022', 'es-qs', 'es-qs', 'winlogbeat'],
  ['atc 2019', 'es-qs', 'es-qs', 'raw'],
  ['atc 2022', 'graylog', 'graylog', 'graylog'],
  ['atc 2022', 'logpoint', 'logpoint', 'logpoint'],
  ['pySigma', 'splunk', 'splunk', 'windows-ta'],
  ['pySigma', 'lucene', 'es-qs', 'ecs'],
];

/** How often something was found, and where first. */
class Tally {
  readonly #found = new Map<string, { count: number; first: string }>();

  add(name: string, first: string): void {
    const known = this.#found.get(name);
    this.#found.set(name, { count: (known?.count ?? 0) + 1, first: known?.first ?? first });
  }

  total(): number {
    return [...this.#found.values()].reduce((sum, { count }) => sum + count, 0);
  }

  rows(): (readonly [name: string, count: number, first: string])[] {
    return [...this.#found]
      .map(([name, { count, first }]) => [name, count, first] as const)
      .sort((a, b) => b[1] - a[1]);
  }
}

function audit(title: string, panels: readonly Panel[], dialect: Dialect, profile: Profile) {
  const [relations, classes, broken, undecided] = [new Tally(), new Tally(), new Tally(), new Tally()];
  for (const { from, texts, rule } of panels) {
    const parsed = texts.map((text) => dialect.parse({ name: from, text }, profile));
    const fault = parsed.flatMap(({ diagnostics }) => diagnostics).find(({ severity }) => severity === 'error');
    if (fault || parsed.some(({ queries }) => queries.length === 0)) {
      broken.add(`${fault?.code}: ${fault?.message.slice(0, 90)}`, `${from}@${fault?.span.start}`);
      continue;
    }
    const queries = rule.flatMap((detection) => detection.queries);
    const meant = any(queries.map((query) => applyLogSource(query, profile).query.where));
    const query = any(parsed.flatMap((each) => each.queries.map(({ where }) => where)));
    const relation = relate(meant, query);
    relations.add(relation.relation, from);
    if (relation.relation === 'unknown') undecided.add(relation.reason ?? 'no reason', from);
    if (relation.relation === 'equivalent') continue;
    const staged = [...parsed.flatMap((each) => each.queries), ...queries].some(({ then }) => then.length > 0);
    const found = defectsOf(rule, query, profile) ?? `another difference${staged ? ' (stages not judged)' : ''}`;
    const witness = relation.onlyA
      ? `missed ${JSON.stringify(relation.onlyA)}`
      : `extra ${JSON.stringify(relation.onlyB)}`;
    classes.add(`${relation.relation}: ${found}`, `${from} ${witness.slice(0, 200)}`);
    if (process.env['ASSAY_AUDIT'] && found.startsWith('another'))
      appendFileSync(process.env['ASSAY_AUDIT'], `${JSON.stringify({ title, from, relation, texts, rule: meant })}\n`);
  }
  table(`${title}: ${panels.length} panels (rule to query)`, [
    ['relation', 'panels', 'first'],
    ...relations.rows(),
    ['not readable in its own language', broken.total(), ''],
  ]);
  for (const [name, tally] of Object.entries({
    'classes of difference': classes,
    'not readable': broken,
    'not decided': undecided,
  }))
    if (tally.total() > 0) table(`${title}: ${name}`, [['class', 'panels', 'first'], ...tally.rows()]);
  expect(undecided.total() / Math.max(1, panels.length)).toBeLessThanOrEqual(0.01);
}

function atc(year: string, key: string): Panel[] {
  return readFileSync(corpusPath('corpus/golden', `atc_${year}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { file: string; sigma: string; queries: Record<string, string> })
    .flatMap(({ file, sigma, queries }) => {
      const text = queries[key];
      const rule = readSigma([{ name: file, text: sigma }]).detections;
      return text === undefined || rule.length === 0 ? [] : [{ from: file, texts: [text], rule }];
    });
}

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
    return rule.length === 0 ? [] : [{ from: path, texts: queries as string[], rule }];
  });
}

/** The panels of a series. */
function panelsOf(from: From, key: string): Panel[] {
  return from === 'pySigma' ? pySigma(key) : atc(from.slice('atc '.length), key);
}

describeCorpus('golden audit', () => {
  for (const [from, key, language, profile] of series) {
    const dialect = dialects.find(({ name }) => name === language);
    if (dialect) it(`${from}, ${key}`, () => audit(`${from}, ${key}`, panelsOf(from, key), dialect, profiles[profile]));
  }
});
