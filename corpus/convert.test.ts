import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSigma } from '../src/formats/sigma/read.ts';
import { targets } from '../src/formats/targets.ts';
import type { Target } from '../src/formats/targets.ts';
import type { Detection } from '../src/ir/detection.ts';
import { convert } from '../src/prove/convert.ts';
import type { Conversed } from '../src/prove/convert.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder'];
const verdicts = ['exact', 'with exceptions', 'wider', 'narrower', 'differs', 'unknown', 'refused'] as const;

/** One printed query of a rule, or why there is none, and what making and judging the rule's queries took. */
interface Outcome {
  readonly detection: Detection;
  readonly windows: boolean;
  readonly query: Conversed;
}

interface Run {
  readonly target: Target;
  readonly outcomes: readonly Outcome[];
  /** Milliseconds of CPU for each rule. */
  readonly times: readonly { readonly ms: number; readonly file: string }[];
  readonly crashes: readonly string[];
}

/** Milliseconds of CPU that this program has used, so figures hold where no other test runs beside this one. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function runTarget(detections: readonly Detection[], target: Target): Run {
  const outcomes: Outcome[] = [];
  const times: { ms: number; file: string }[] = [];
  const crashes: string[] = [];
  for (const detection of detections) {
    const before = used();
    try {
      for (const [index, query] of convert(detection, target).queries.entries())
        outcomes.push({ detection, windows: detection.queries[index]!.logsource.product === 'windows', query });
    } catch (fault) {
      crashes.push(`${target.name} ${detection.file}: ${String(fault)}`);
    }
    times.push({ ms: used() - before, file: detection.file });
  }
  return { target, outcomes, times, crashes };
}

/** An earlier target that prints the same texts in the same schema, and adds no envelope: its figures are this one's. */
function twinOf(target: Target): Target | undefined {
  const earlier = targets.slice(0, targets.indexOf(target));
  return earlier.find(
    ({ dialect, profile, envelope }) =>
      dialect === target.dialect && profile === target.profile && !envelope && !target.envelope,
  );
}

function kindOf({ verdict, except }: Conversed): (typeof verdicts)[number] {
  return verdict === 'exact' && except.length > 0 ? 'with exceptions' : verdict;
}

/** Whether the language can't say the rule; else the schema has no such events or no such field. */
function isRefusedByLanguage({ verdict, reason, losses }: Conversed): boolean {
  return (
    verdict === 'refused' &&
    losses.some(({ effect, feature, why }) => effect === 'refused' && feature !== 'mapping' && why === reason)
  );
}

/** Why a query is not exact, without the names of events and fields, of which there are many. */
function whyNot(query: Conversed): string {
  const why = query.reason ?? [...new Set(query.losses.map((loss) => loss.why))].join('; ');
  const general = why
    .replace(/(holds no events of) .*/, '$1 ..')
    .replace(/^(Nothing can match: )?[^:]+: (.* has no field for it)/, '$1..: $2')
    .replace(/ '[^']*'/g, " '..'");
  return `${[kindOf(query), ...query.except].join(', ')}: ${general}`;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
}

/** The time that so large a share of rules stays within, in milliseconds. */
function within(times: Run['times'], part: number): string {
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!.toFixed(1);
}

describeCorpus('converting', () => {
  it('prints, reads back and decides every rule in every target', () => {
    const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
    const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const begun = used();
    const { detections } = readSigma(sources);
    const reading = used() - begun;
    const runs = targets.filter((target) => !twinOf(target)).map((target) => runTarget(detections, target));
    const runOf = (target: Target) => runs.find((run) => run.target === (twinOf(target) ?? target))!;

    table(`verdicts of ${detections.length} rules (${Math.round(reading)} ms of CPU to read)`, [
      ['target', ...verdicts, 'of windows refused by the language'],
      ...targets.map((target) => {
        const { outcomes } = runOf(target);
        const counts = verdicts.map((kind) => outcomes.filter(({ query }) => kindOf(query) === kind).length);
        const windows = outcomes.filter((outcome) => outcome.windows);
        const refused = windows.filter(({ query }) => isRefusedByLanguage(query)).length;
        return [target.name, ...counts, `${refused} (${share(refused, windows.length)})`];
      }),
    ]);
    for (const { target, outcomes } of runs) {
      const reasons = new Map<string, number>();
      for (const { query } of outcomes)
        if (kindOf(query) !== 'exact') reasons.set(whyNot(query), (reasons.get(whyNot(query)) ?? 0) + 1);
      const first = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 6);
      table(target.name, [['queries', 'why not exact'], ...first.map(([why, count]) => [count, why] as const)]);
    }
    table('CPU in ms', [
      ['target', 'p50', 'p99', 'max', 'total', 'slowest'],
      ...runs.map(({ target, times }) => {
        const total = times.reduce((sum, { ms }) => sum + ms, 0);
        const slowest = times.reduce((a, b) => (b.ms > a.ms ? b : a)).file;
        const [p50, p99, max] = [within(times, 0.5), within(times, 0.99), within(times, 1)];
        return [target.name, p50, p99, max, Math.round(total), slowest.split('/').at(-1)!];
      }),
    ]);
    if (process.env['ASSAY_DUMP']) writeFileSync(process.env['ASSAY_DUMP'], runs.flatMap(dumped).join('\n'));

    expect(runs.flatMap(({ crashes }) => crashes)).toEqual([]);
    const all = runs.flatMap(({ outcomes }) => outcomes);
    expect(all.filter(({ query }) => query.diagnostics.length > 0).map(({ detection }) => detection.file)).toEqual([]);
    expect(all.filter(({ query }) => query.verdict === 'unknown').length).toBeLessThanOrEqual(all.length / 1000);
    for (const { target, outcomes } of runs) {
      const windows = outcomes.filter((outcome) => outcome.windows);
      const refused = windows.filter(({ query }) => isRefusedByLanguage(query));
      expect(refused.length, target.name).toBeLessThanOrEqual(windows.length * 0.05);
    }
  });
});

function dumped({ target, outcomes }: Run): string[] {
  return outcomes.map(({ detection, query }) =>
    JSON.stringify({
      target: target.name,
      id: detection.id,
      file: detection.file,
      ...query,
      losses: query.losses.length,
    }),
  );
}
