import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { logpoint } from '../src/dialects/logpoint/index.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

function published(): { readonly from: string; readonly text: string }[] {
  return ['2019', '2022'].flatMap((year) =>
    readFileSync(corpusPath('corpus/golden', `atc_${year}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; queries: { logpoint?: string } })
      .flatMap(({ file, queries }) => (queries.logpoint ? [{ from: `${year}/${file}`, text: queries.logpoint }] : [])),
  );
}

describeCorpus('LogPoint searches that people published', () => {
  it('reads what sigmac printed, but for the texts that are no LogPoint', () => {
    const texts = published();
    const reasons = new Map<string, string[]>();
    const doubled: string[] = [];
    for (const { from, text } of texts) {
      const { queries, diagnostics } = logpoint.parse({ name: from, text }, profiles.logpoint);
      const fault = diagnostics.find(({ severity }) => severity === 'error');
      if (fault) reasons.set(fault.message, [...(reasons.get(fault.message) ?? []), from]);
      expect(queries.length > 0, from).toBe(fault === undefined);
      if (fault === undefined && text.includes('\\\\')) doubled.push(from);
    }
    const unread = [...reasons.values()].flat().length;
    table(
      `sigmac: ${texts.length - unread} of ${texts.length} read, ${doubled.length} of them ask for two backslashes`,
      [['reason', 'texts', 'first'], ...[...reasons].map(([reason, from]) => [reason, from.length, from[0]!])],
    );
    // Fourteen end a text in `\"`, which LogPoint does not escape; one counts the values of a field.
    expect(unread).toBeLessThanOrEqual(15);
  });

  it.each([
    ['000', 2],
    ['002', 1],
  ])('reads the panel of seed %s as %i queries, and prints them as they are', (seed, count) => {
    const [file] = corpusFiles('seeds', '.txt').filter((path) => basename(path).startsWith(seed));
    const [, text = ''] = /### logpoint\s+```\n([^]*?)\n```/.exec(readFileSync(file!, 'utf8')) ?? [];
    const { queries } = logpoint.parse({ name: seed, text }, profiles.logpoint);
    expect(queries).toHaveLength(count);
    const printed = queries.map((query) => logpoint.print(query, profiles.logpoint));
    expect(printed.map((each) => 'text' in each && each.text)).toEqual(text.split('\n'));
  });
});
