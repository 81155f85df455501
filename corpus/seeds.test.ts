import { expect, it } from 'vitest';
import { findTarget } from '../src/formats/targets.ts';
import type { Target } from '../src/formats/targets.ts';
import type { Raw } from '../src/ir/event.ts';
import { compare } from '../src/prove/compare.ts';
import { convert } from '../src/prove/convert.ts';
import { readQuerySide, readRuleSide } from '../src/prove/read-side.ts';
import type { QuerySide, RuleSide } from '../src/prove/side.ts';
import { describeCorpus, document, fenced, table } from './corpus.ts';
import { remarks } from './seed-remarks.ts';
import { seedPages } from './seed-pages.ts';
import type { SeedPage, SeedPanel } from './seed-pages.ts';

/** What became of one published query. */
interface Difference {
  readonly name: string;
  readonly relation: string;
  readonly lines: readonly string[];
}

describeCorpus('the queries printed on the five documents', () => {
  it('are read, set beside ours, and differ for the reasons of docs/seed-differences.md', () => {
    const pages = seedPages().map((page) => ({
      page,
      differences: page.panels.map((panel) => differenceOf(page, panel)),
    }));
    const all = pages.flatMap(({ differences }) => differences);
    table('Queries printed on the seeds, against the rule of their page', [
      ['query', 'rule to query'],
      ...all.map(({ name, relation }) => [name, relation] as const),
    ]);
    const text = `${INTRODUCTION}\n${pages.map(({ page, differences }) => section(page, differences)).join('\n')}`;
    expect(text).toBe(document('docs/seed-differences.md', text));
    expect(Object.keys(remarks).sort()).toEqual(all.map(({ name }) => name).sort());
  });
});

const INTRODUCTION = `# The queries of the five documents, and ours

Five public documents on dumping the memory of \`lsass.exe\` print queries for their detections: three pages of Atomic
Threat Coverage (000 to 002, made by sigmac), a Splunk analytic (003) and a Sentinel hunting page (004). Below stands each
of these queries with the one that Assay prints for the same rule, how the two select, and an event that shows it.

The queries are quoted from those pages: Atomic Threat Coverage (Apache-2.0) with rules by Florian Roth (SigmaHQ, DRL
1.1), Splunk Security Content (Apache-2.0, by Jose Hernandez and Michael Haag), and WA SOC (Apache-2.0). Field names are those of each
target's usual schema (\`assay targets\`). This page is made by \`npm run corpus\`, which fails when it is out of date.
`;

function section({ number, title, sigma }: SeedPage, differences: readonly Difference[]): string {
  const kind =
    sigma === undefined ? 'It has no Sigma rule: ours is what we print for what we read.' : 'Its rule is Sigma.';
  return `## ${number}: ${title}\n\n${kind}\n\n${differences.flatMap(({ lines }) => lines).join('\n')}\n`;
}

function differenceOf(page: SeedPage, panel: SeedPanel): Difference {
  const name = `${page.number}/${panel.target}`;
  const target = findTarget(panel.target);
  const remark = remarks[name] ?? 'No remark was written.';
  const title = `### ${panel.target}\n\n${remark}\n\nPublished:\n\n${fenced(panel.texts.join('\n'))}\n`;
  if (!target) return { name, relation: 'no such target', lines: [title] };
  const published = readQuerySide({ name, text: panel.texts.join('\n') }, 'the published query', target);
  if ('fault' in published) {
    const broken = `It can not be read: ${published.fault.message}.\n`;
    return { name, relation: 'not readable', lines: [title, broken, ...oursOf(page, target, undefined)] };
  }
  const rule = ruleOf(page);
  if (!rule) return { name, relation: 'read', lines: [title, ...oursOf(page, target, published.side)] };
  const { relation, assumptions } = compare(rule, published.side);
  const { onlyA, onlyB, both, reason } = relation;
  return {
    name,
    relation: relation.relation,
    lines: [
      title,
      ...oursOf(page, target, published.side),
      `**${sentences[relation.relation]}**${reason === null ? '' : ` ${reason}.`}\n`,
      ...shown('The rule means this event, and the published query misses it:', onlyA),
      ...shown('The published query selects this event, and the rule does not mean it:', onlyB),
      ...(onlyA || onlyB ? shown('Both select:', both) : []),
      ...(assumptions.length === 0
        ? []
        : [`Assumed: ${assumptions.map((each) => each.replace(/\.?$/, '.')).join(' ')}\n`]),
    ],
  };
}

const sentences = {
  equivalent: 'They select the same events.',
  subset: 'The published query selects all that the rule means, and more.',
  superset: 'The published query misses some of what the rule means.',
  overlap: 'The published query misses some of what the rule means, and selects other events.',
  disjoint: 'The published query selects nothing of what the rule means.',
  unknown: 'It was not decided how they stand to each other.',
} as const;

function ruleOf({ number, sigma }: SeedPage): RuleSide | undefined {
  if (sigma === undefined) return undefined;
  const read = readRuleSide({ name: `the rule of ${number}`, text: sigma }, 'the rule');
  if ('fault' in read) throw new Error(read.fault.message);
  return read.side;
}

/** What we print for the rule of a page, or, where it has none, for what we read in its query. */
function oursOf(page: SeedPage, target: Target, published: QuerySide | undefined): string[] {
  const rule = ruleOf(page);
  const made = rule
    ? convert(rule.detection, target).queries.map(({ text, verdict, except, reason }) => ({
        text: text ?? `refused: ${reason}`,
        verdict: except.length > 0 ? `${verdict} but for ${except.join(', ')}` : verdict,
      }))
    : (published?.queries ?? []).map((query) => {
        const printed = target.dialect.print(query, target.profile);
        return printed.kind === 'text'
          ? { text: printed.text, verdict: 'printed from what was read' }
          : { text: `refused: ${printed.losses[0]?.why}`, verdict: 'refused' };
      });
  return [
    `Ours (${[...new Set(made.map(({ verdict }) => verdict))].join(', ')}):\n\n${fenced(made.map(({ text }) => text).join('\n'))}\n`,
  ];
}

function shown(title: string, event: Raw | null): string[] {
  return event ? [`${title}\n\n${fenced(JSON.stringify(event), 'json')}\n`] : [];
}
