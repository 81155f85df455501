import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assay, folderWith, linesOf } from '../src/app/cli/testing/assay.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

/** Prints the peak of this program's memory when it ends, on Linux. */
const tellMemory =
  'data:text/javascript,import{readFileSync as r}from"node:fs";process.on("exit",()=>{try{console.error(r("/proc/self/status","utf8"))}catch{}})';

interface Expected {
  readonly events: number;
  readonly hits: Readonly<Record<string, { readonly lines_sha256: string }>>;
}

describeCorpus('the command line on recorded campaigns', () => {
  it.each(['LSASS_campaign_02', 'LSASS_campaign_03'])('hunts %s with all rules for Windows', (name) => {
    const [zip] = corpusFiles('corpus/otrf/compound', '.zip').filter((file) => file.includes(name));
    const rules = corpusPath('corpus/sigma/rules/windows');
    const cwd = folderWith({});
    const words = ['hunt', zip!, '--rules', rules, '--format', 'ndjson', '--summary', 'summary.json'];
    const { status, out, err } = assay(words, { cwd, node: ['--import', tellMemory] });
    expect(status).toBe(0);

    const summary = JSON.parse(readFileSync(join(cwd, 'summary.json'), 'utf8')) as Record<string, number> & {
      rules: { loaded: number };
    };
    const expected = JSON.parse(readFileSync(corpusPath('corpus/expected', `${name}.json`), 'utf8')) as Expected;
    expect(summary['events']).toBe(expected.events);
    const found = new Map<string, number[]>();
    for (const { rule, from } of linesOf(out)) {
      const { id } = rule as { id: string };
      found.set(id, [...(found.get(id) ?? []), (from as { record: number }).record]);
    }
    const digest = (records: readonly number[]) => createHash('sha256').update(records.join(',')).digest('hex');
    for (const [id, records] of found)
      if (id in expected.hits) expect([id, digest(records)]).toEqual([id, expected.hits[id]!.lines_sha256]);

    const peak = Number(/VmHWM:\s*(\d+)/.exec(err)?.[1] ?? 0) / 1024;
    table(`${name}, ${summary.rules.loaded} rules`, [
      ['events', summary['events']!],
      ['seconds', summary['seconds']!],
      ['hits', linesOf(out).length],
      ['peak memory, MB', Math.round(peak)],
    ]);
    expect(peak).toBeLessThan(600);
  });
});
