import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { parse as yaml } from 'yaml';
import { spl2 } from '../src/dialects/spl2/index.ts';
import { relate } from '../src/logic/relate.ts';
import { fieldsOf } from '../src/ir/predicate.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

const { ocsf } = profiles;

interface Text {
  readonly from: string;
  readonly text: string;
}

function searches(folder: string): Text[] {
  return corpusFiles(`corpus/splunk/${folder}`, '.yml')
    .filter((path) => basename(path).startsWith('ssa___'))
    .map((path) => {
      const { search } = yaml(readFileSync(path, 'utf8')) as { search: string };
      return { from: basename(path), text: search };
    });
}

function readAll(title: string, texts: readonly Text[]) {
  const refused = texts.flatMap(({ from, text }) => {
    const { queries, diagnostics } = spl2.parse({ name: from, text }, ocsf);
    if (queries.length > 0) return [];
    const [first] = diagnostics;
    expect(first?.span.start, from).toBeGreaterThan(0);
    return [[from, `${first?.code}: ${first?.message}`] as const];
  });
  table(`${title}: ${texts.length - refused.length} of ${texts.length} texts read`, [['text', 'reason'], ...refused]);
  return refused;
}

describeCorpus("Splunk's behavioural analytics in SPL2", () => {
  it('reads those that only filter, and refuses the others at a place', () => {
    const refused = readAll('as published', searches('ssa_detections'));
    // Commands that count or learn (6), a slash within a regular expression, and the first value of an array.
    expect(refused.length).toBeLessThanOrEqual(8);
    for (const [from, reason] of refused) expect(reason, from).toMatch(/^spl2\/(?:stage|slash|element)/);
  });

  it('reads them with the commands that a finding report comes to', () => {
    expect(readAll('as built', searches('dist'))).toEqual([]);
  });

  it('prints what it has read as a text that means the same', () => {
    for (const { from, text } of [...searches('ssa_detections'), ...searches('dist')])
      for (const { where } of spl2.parse({ name: from, text }, ocsf).queries) {
        const printed = spl2.print({ logsource: {}, where, then: [] }, ocsf);
        if (printed.kind === 'refused') throw new Error(`${from}: ${printed.losses[0]?.why}`);
        const [again] = spl2.parse({ name: from, text: printed.text }, ocsf).queries;
        expect(relate(where, again!.where).relation, `${from}: ${printed.text}`).toBe('equivalent');
      }
  });

  it('reads seed 003 as tests of its two fields', () => {
    const [file] = corpusFiles('seeds', '.txt').filter((path) => basename(path).startsWith('003'));
    const [text = ''] = /\$main = from[^]*?--finding_report--/.exec(readFileSync(file!, 'utf8')) ?? [];
    const { queries } = spl2.parse({ name: '003', text }, ocsf);
    expect(queries.map(({ where }) => fieldsOf(where))).toEqual([['process.cmd_line', 'process.file.name']]);
  });
});
