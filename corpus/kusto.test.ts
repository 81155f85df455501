import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kustoChecker } from '../src/app/engines/kusto-checker.ts';
import { kusto } from '../src/dialects/kusto/index.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import type { Profile } from '../src/schema/profile.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { corpusFiles, corpusPath, describeCorpus, table } from './corpus.ts';

const checker = kustoChecker();
const available = await checker.available();

/** Our faults that are about the language, not about what we do not model of it. */
const syntax = /^(?:syntax|kusto\/(?:escape|open-quote|table|not|condition|regex))$/;

/** Names that are in none of our tables, and chains too long for it to look at (KS245). */
const aboutNames = /^KS(?:142|204|208|109|245)$/;

interface Tally {
  readonly both: number;
  readonly refusedByBoth: number;
  /** Read by Kusto; refused here by name, since it groups, joins or counts rows. */
  readonly notModelled: number;
  /** Columns are compared with values of other types, which Kusto refuses and we read. */
  readonly ofTypes: number;
  readonly disagreements: readonly string[];
}

/** Holds our reader against Microsoft's on some texts. */
function compare(texts: readonly string[], profile: Profile): Tally {
  const tally = { both: 0, refusedByBoth: 0, notModelled: 0, ofTypes: 0, disagreements: [] as string[] };
  const complaints = checker.check(texts, profile);
  for (const [index, text] of texts.entries()) {
    const theirs = complaints[index]!.filter(({ code }) => !aboutNames.test(code));
    const { queries, diagnostics } = kusto.parse({ name: 'corpus', text }, profile);
    const [fault] = diagnostics;
    if (queries.length > 0 && theirs.length === 0) tally.both += 1;
    else if (queries.length > 0 && theirs.every(({ code }) => /^KS10[67]$/.test(code))) tally.ofTypes += 1;
    else if (queries.length === 0 && theirs.length > 0) tally.refusedByBoth += 1;
    else if (queries.length === 0 && !syntax.test(fault!.code)) tally.notModelled += 1;
    else tally.disagreements.push(`${fault?.message ?? theirs[0]!.message}\n${text.slice(0, 300)}`);
  }
  return tally;
}

function row(name: string, { both, refusedByBoth, notModelled, ofTypes, disagreements }: Tally) {
  return [name, both, refusedByBoth, notModelled, ofTypes, disagreements.length] as const;
}

const heading = ['texts', 'both read', 'both refuse', 'not modelled', 'types', 'disagree'] as const;

describeCorpus('Kusto', () => {
  const label = available.ok ? '' : ` (skipped: ${available.ok === false ? available.install : ''})`;

  it.skipIf(!available.ok)(`Microsoft's parser takes every text that is printed for a public rule${label}`, () => {
    const files = corpusFiles('corpus/sigma/rules', '.yml');
    const { detections } = readSigma(files.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
    const queries = detections.flatMap((detection) => detection.queries);
    for (const profile of [profiles.sentinel, profiles['sentinel-sysmon'], profiles.defender]) {
      const texts = queries.flatMap((query) => {
        const applied = applyLogSource(query, profile);
        const printed = applied.problems.length > 0 ? null : kusto.print(applied.query, profile);
        return printed?.kind === 'text' ? [printed.text] : [];
      });
      const wrong = checker
        .check(texts, profile)
        .flatMap((complaints, index) =>
          complaints.map(({ code, message }) => `${code} ${message}\n${texts[index]!.slice(0, 300)}`),
        );
      table(`printed for ${profile.title}`, [
        ['queries', 'printed', 'refused by Kusto'],
        [queries.length, texts.length, wrong.length],
      ]);
      expect(wrong).toEqual([]);
      expect(texts.filter((text) => kusto.parse({ name: 'printed', text }, profile).queries.length === 0)).toEqual([]);
    }
  });

  it.skipIf(!available.ok)(`our reader and Microsoft's take and refuse the same of what others wrote${label}`, () => {
    const golden = JSON.parse(readFileSync(corpusPath('corpus/golden/pysigma.json'), 'utf8')) as Record<
      string,
      Record<string, unknown>
    >;
    const printed = (key: string) =>
      Object.values(golden).flatMap((each) => (Array.isArray(each[key]) ? (each[key] as string[]) : []));
    const pages = corpusFiles('corpus/wasoc/docs', '.md').map((name) => readFileSync(name, 'utf8'));
    const hunts = pages.flatMap((page) =>
      [...page.matchAll(/RULE QUERY[^]*?```\w*\n([^]*?)```/g)].map(([, query]) => query!),
    );
    const tallies = [
      ['pySigma, Defender', compare(printed('kusto_xdr'), profiles.defender)],
      [
        'pySigma, conditions',
        compare(
          printed('kusto_raw').map((condition) => `SecurityEvent | where ${condition}`),
          profiles.sentinel,
        ),
      ],
      ['WA SOC', compare(hunts, profiles.sentinel)],
    ] as const;
    table('read by Kusto and by us', [heading, ...tallies.map(([name, tally]) => row(name, tally))]);
    expect(tallies.flatMap(([, { disagreements }]) => disagreements)).toEqual([]);
    expect(hunts.length).toBeGreaterThan(30);
  });
});
