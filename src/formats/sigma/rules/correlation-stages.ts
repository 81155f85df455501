import { all } from '../../../ir/predicate.ts';
import type { Aggregate, BranchCondition, Expression, Stage } from '../../../ir/query.ts';
import type { Span } from '../../../text/source.ts';
import { countedBranches, namesIn, readExtendedCondition, readFigureCondition } from './correlation-condition.ts';
import type { FigureCondition } from './correlation-condition.ts';
import { comparison, warnOfRarity } from '../detection/detection.ts';
import { firstKey } from '../detection/log-source.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { entryAt, valueAt } from '../yaml/map.ts';
import type { MapNode } from '../yaml/tree.ts';

/** The figure of each counting type; see Sigma Correlation Rules Specification 2.1 and, for the median, pySigma. */
const figures: Readonly<Record<string, Aggregate['function']>> = {
  event_count: 'count',
  value_count: 'distinct',
  value_sum: 'sum',
  value_avg: 'average',
  value_percentile: 'percentile',
  value_median: 'median',
};
const sequences = ['temporal', 'temporal_ordered', 'temporal_extended', 'temporal_ordered_extended'];

/** A name by which a correlation refers to a rule. */
export interface Reference {
  readonly name: string;
  readonly span: Span;
}
/** What a type makes of its section: the rules it names, the stages after them, and the fields that these look at. */
export interface Stages {
  readonly references: readonly Reference[];
  readonly stages: readonly Stage[];
  readonly fields: readonly string[];
}

/** Reads what the type of a correlation makes of its section. */
export function readStages(section: MapNode, by: readonly string[], within: number, report: Report): Stages {
  const type = readType(section, report);
  return sequences.includes(type)
    ? readSequence(type, section, by, within, report)
    : readFigure(type, section, by, within, report);
}

function readType(section: MapNode, report: Report): string {
  const node = valueAt(section, 'type');
  const types = [...Object.keys(figures), ...sequences];
  const word = node?.kind === 'scalar' ? node.text.trim().toLowerCase() : '';
  if (types.includes(word)) return word;
  const hint = didYouMean(word, types) ?? `one of ${types.join(', ')}`;
  return report.refuse(
    'sigma/correlation',
    node ? `there is no correlation type '${word}'` : "the correlation has no 'type'",
    node?.span ?? firstKey(section),
    hint,
  );
}

function referencesIn(section: MapNode, report: Report): Reference[] {
  const node = valueAt(section, 'rules');
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  const names = namesIn(node, 'rules', report);
  return items.map(({ span }, index) => ({ name: names[index]!, span }));
}

function readFigure(type: string, section: MapNode, by: readonly string[], within: number, report: Report): Stages {
  const references = referencesIn(section, report);
  if (references.length === 0)
    report.refuse('sigma/correlation', "the correlation names no 'rules'", firstKey(section));
  const entry = entryAt(section, 'condition');
  if (entry?.value.kind !== 'map')
    return report.refuse(
      'sigma/correlation',
      `'${type}' needs a condition such as gte: 10`,
      entry?.value.span ?? firstKey(section),
    );
  const condition = readFigureCondition(entry.value, report);
  const { fields, percent } = condition;
  if (type !== 'event_count' && fields.length === 0)
    report.refuse(
      'sigma/correlation',
      `'${type}' needs a field`,
      condition.node.span,
      "write 'field: Name' into the condition",
    );
  if (type === 'value_percentile' && percent === null)
    report.refuse(
      'sigma/correlation',
      "'value_percentile' does not say which percentile",
      condition.node.span,
      "write 'percentile: 95' into the condition; the specification's example without one has no agreed meaning",
    );
  for (const { order, span } of condition.limits)
    if (order === '<' || order === '<=') warnOfRarity(within, span, { report });
  const { field, derive } = countedField(type, condition, report);
  const aggregate: Aggregate = {
    as: type,
    function: figures[type]!,
    field,
    ...(type === 'value_percentile' && { percent: percent! }),
  };
  const having = all(condition.limits.map(({ order, value }) => comparison(type, order, value)));
  return {
    references,
    fields,
    stages: [...derive, { kind: 'summarize', by, with: [aggregate], within }, { kind: 'having', where: having }],
  };
}

/** The field that a figure is taken of. `value_count` over several fields counts their combinations (pySigma). */
function countedField(
  type: string,
  { fields, node }: FigureCondition,
  report: Report,
): { field: string | null; derive: Stage[] } {
  if (type === 'event_count') return { field: null, derive: [] };
  if (fields.length === 1) return { field: fields[0]!, derive: [] };
  if (type !== 'value_count') report.refuse('sigma/correlation', `'${type}' takes one field`, node.span);
  const parts = fields.flatMap((field, index): Expression[] => [
    ...(index > 0 ? [{ kind: 'literal', value: '\u0000' } as const] : []),
    { kind: 'field', field },
  ]);
  const name = fields.join('+');
  return {
    field: name,
    derive: [{ kind: 'derive', field: name, from: { kind: 'call', function: 'concat', with: parts } }],
  };
}

function readSequence(type: string, section: MapNode, by: readonly string[], within: number, report: Report): Stages {
  const listed = referencesIn(section, report);
  const names = listed.map(({ name }) => name);
  const condition = valueAt(section, 'condition');
  const sequence = (of: BranchCondition): Stage[] => [
    { kind: 'sequence', of, ordered: type.includes('ordered'), by, within },
  ];
  if (condition?.kind === 'scalar') {
    const extended = readExtendedCondition(condition, names, report);
    for (const { name, span } of listed)
      if (!extended.names.has(name)) report.warn('sigma/unused-rule', `the condition does not name '${name}'`, span);
    const references = listed.length > 0 ? listed : [...extended.names].map(([name, span]) => ({ name, span }));
    return { references, fields: [], stages: sequence(extended.of) };
  }
  if (type.endsWith('_extended'))
    report.refuse(
      'sigma/correlation',
      `'${type}' needs a condition over names of rules`,
      condition?.span ?? firstKey(section),
      'write rule_a and not rule_b',
    );
  if (listed.length === 0) report.refuse('sigma/correlation', "the correlation names no 'rules'", firstKey(section));
  const limits =
    condition?.kind === 'map'
      ? readFigureCondition(condition, report).limits
      : [{ order: '>=' as const, value: names.length, span: section.span }];
  return { references: listed, fields: [], stages: sequence(countedBranches(limits, names, report)) };
}
