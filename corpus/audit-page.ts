import type { Target } from '../src/formats/targets.ts';
import type { Raw } from '../src/ir/event.ts';
import { fenced } from './corpus.ts';
import type { Series } from './published.ts';

/** One kind of thing that was found in a series, how often, and a panel that shows it. */
export interface Found {
  readonly name: string;
  readonly count: number;
  readonly from: string;
  readonly text: string;
  /** Where in the text it is broken. */
  readonly at: number;
  /** An event that only one side takes. */
  readonly witness: { readonly side: 'rule' | 'query'; readonly event: Raw } | null;
}

/** What became of the panels of a series. */
export interface Audited {
  readonly series: Series;
  readonly target: Target;
  readonly panels: number;
  readonly withoutRule: number;
  readonly relations: ReadonlyMap<string, number>;
  readonly defects: readonly Found[];
  readonly broken: readonly Found[];
  readonly undecided: readonly Found[];
}

/** What a class of difference means, by the words that `defectsOf` uses. */
const glossary: readonly (readonly [name: string, meaning: string])[] = [
  ['log source', 'the query does not ask which log an event is from, or asks for another'],
  ['event id', 'the query does not ask which kind of event of its log or table it is'],
  ['case', 'the query heeds case where the rule does not'],
  ['field names', 'the query looks into fields that the schema does not have, or has under another name'],
  ['no field mapping', 'fields stand there as the rule calls them, not as the schema does'],
  ['sub-field .keyword', 'the query looks into a sub-field that the schema does not make'],
  ['one kind of event of several', 'the rule means events of several logs, the query covers one'],
  ['one document of several', 'the query covers one document of the rule'],
  ['only sources that begin ...', 'the query names one of the ways in which the log is collected'],
  ['backslashes', 'backslashes are doubled or halved on their way into the query'],
  ['a wildcard taken for a character', 'a star or question mark stands where it means itself'],
  ['how long a wildcard is', 'one character where the rule says any number, or the reverse'],
  [
    'wildcards at the edges',
    'the query wants the whole value, or the beginning of it, where the rule wants a part, or the reverse',
  ],
  ['edges of an expression', 'a regular expression is tied to the ends of the value, or is not'],
  ['values cut at blanks', 'a value without quotation marks ends at its first blank'],
  ['signs in values', 'characters of values are lost or replaced'],
  ['networks as texts', 'an address in a network is compared as text'],
  ['form of a number', 'a number is written as the event does not write it'],
  ['free text', 'words are sought in the event as a whole where the rule looks at fields, or the reverse'],
  ['how the tests are combined', 'AND, OR and NOT are not those of the rule'],
  ['rare events', 'the two differ on values with a line break, fields with several values, or letters beyond ASCII'],
  ['another difference', 'none of these alone or together'],
];

/** The audit as a page. */
export function auditPage(audited: readonly Audited[]): string {
  return `${[introduction(audited), summary(audited), ofDefects(audited), ...audited.map(section)].join('\n')}`;
}

function introduction(audited: readonly Audited[]): string {
  const panels = audited.reduce((sum, each) => sum + each.panels + each.withoutRule, 0);
  return `# What published queries select

${panels.toLocaleString('en-US')} queries that converters made of Sigma rules and that were published or are printed today, each read by Assay's own
reader of the language and compared with the rule that it was made of, in the schema that the query is written for:

- **ATC 2019** and **ATC 2022**: the pages of two Atomic Threat Coverage repositories, made by sigmac (rules of SigmaHQ,
  DRL 1.1; pages Apache-2.0);
- **pySigma**: the current rules of SigmaHQ, converted by today's pySigma with the pipelines that its documentation names.

*Broken* means that the text can not be run at all: it is refused by its own language. *Equivalent*, *wider* (the query
selects more than the rule), *narrower*, *overlap* (it misses some and selects others) and *disjoint* are proved, and for
each difference there is an event, evaluated on both sides. A *class* is the least that has to be forgiven for the two to
be equivalent: with a \`+\` between them, all of these together. This page is made by \`npm run corpus\`, which fails when
it is out of date. Short queries are quoted to show what is meant; their rules' authors are named in those rules.
`;
}

const COLUMNS = ['equivalent', 'subset', 'superset', 'overlap', 'disjoint', 'unknown'] as const;

function summary(audited: readonly Audited[]): string {
  const rows = audited.map(({ series: { by, key, profile }, panels, relations, broken }) => {
    const cells = COLUMNS.map((name) => String(relations.get(name) ?? 0));
    const unread = broken.reduce((sum, { count }) => sum + count, 0);
    return [by, key, profile, String(panels), `${unread} (${share(unread, panels)})`, ...cells];
  });
  const heads = [
    'published by',
    'language',
    'schema',
    'queries',
    'broken',
    'equivalent',
    'wider',
    'narrower',
    'overlap',
    'disjoint',
    'undecided',
  ];
  return `## In figures\n\n${markdownTable(heads, rows)}\n`;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`;
}

function ofDefects(audited: readonly Audited[]): string {
  const counts = glossary.map(([name, meaning]) => {
    const isPart = (found: Found) => partsOf(found.name).includes(name);
    const count = audited.flatMap(({ defects }) => defects.filter(isPart)).reduce((sum, each) => sum + each.count, 0);
    return [name, String(count), meaning] as const;
  });
  const rows = counts.filter(([, count]) => count !== '0').toSorted((a, b) => Number(b[1]) - Number(a[1]));
  return `## What is wrong with them\n\nA query counts for each class that it has.\n\n${markdownTable(['class', 'queries', 'meaning'], rows)}\n`;
}

function partsOf(name: string): string[] {
  return name
    .split(' + ')
    .map((part) =>
      part.startsWith('only sources')
        ? 'only sources that begin ...'
        : part.startsWith('another difference')
          ? 'another difference'
          : part,
    );
}

/** Classes that are shown with an example; the others are in the table alone. */
const SHOWN = 5;

function section({ series: { by, key }, panels, withoutRule, defects, broken, undecided }: Audited): string {
  const left = withoutRule === 0 ? '' : ` ${withoutRule} more stand beside a rule that is no rule.`;
  return [
    `## ${by}, ${key}\n\n${panels} queries.${left}\n`,
    ...(defects.length > 0 ? [`${markdownTable(['class', 'queries', 'one of them'], defects.map(row))}\n`] : []),
    ...defects.slice(0, SHOWN).map(example),
    ...(broken.length > 0
      ? [`### Broken\n\n${markdownTable(['why', 'queries', 'one of them'], broken.map(row))}\n`]
      : []),
    ...(undecided.length > 0
      ? [`### Undecided\n\n${markdownTable(['why', 'queries', 'one of them'], undecided.map(row))}\n`]
      : []),
  ].join('\n');
}

function row({ name, count, from }: Found): readonly string[] {
  return [name, String(count), `\`${from}\``];
}

/** Longer texts say no more than their beginning. */
const LONGEST = 400;

function example({ name, from, text, witness }: Found): string {
  if (!witness) return '';
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
  const who =
    witness.side === 'rule'
      ? 'The rule means this event, and the query misses it'
      : 'The query selects this event, and the rule does not mean it';
  return `**${name}**, as in \`${from}\`:\n\n${fenced(shown)}\n\n${who}:\n\n${fenced(JSON.stringify(witness.event), 'json')}\n`;
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
