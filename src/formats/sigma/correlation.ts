import { all, always } from '../../ir/predicate.ts';
import type { Aggregate, Branch, BranchCondition, Expression, Query, Stage } from '../../ir/query.ts';
import type { Span } from '../../text/source.ts';
import type { Unit } from './collection.ts';
import { countedBranches, namesIn, readExtendedCondition, readFigureCondition } from './correlation-condition.ts';
import type { FigureCondition } from './correlation-condition.ts';
import { comparison, warnOfRarity } from './detection.ts';
import { firstKey } from './log-source.ts';
import { readMetadata } from './metadata.ts';
import { didYouMean } from './nearest.ts';
import type { Report } from './report.ts';
import { detectionOf, namesOf, seenFrom, shifted } from './rule.ts';
import type { Rule } from './rule.ts';
import { readScalar } from './scalar.ts';
import { secondsOf } from './timespan.ts';
import { entryAt, valueAt } from './yaml-map.ts';
import type { MapNode, Node } from './yaml-tree.ts';

/** Finds the rule that a reference means, or refuses; `from` is where the reference stands. */
export type Resolve = (name: string, span: Span) => Rule;

/** A correlation read, the rules that it is made of, and whether those are also to be reported by themselves. */
export interface Correlation extends Rule {
  readonly refersTo: readonly Rule[];
  readonly generate: boolean;
}

const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

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

/**
 * Reads a correlation and lowers it to stages. A count over one simple rule becomes `summarize` and `having` behind
 * that rule's own predicate; everything else gathers the rules as branches first.
 */
export function readCorrelation(unit: Unit, resolve: Resolve, report: Report): Correlation {
  const [root] = unit.roots as [MapNode];
  const section = valueAt(root, 'correlation');
  if (section?.kind !== 'map')
    return report.refuse(
      'sigma/correlation',
      "'correlation' is a map of type, rules, timespan and more",
      section?.span ?? firstKey(root),
    );
  for (const { key } of section.entries)
    if (!keys.includes(key.text))
      report.warn(
        'sigma/unknown-key',
        `'${key.text}' means nothing in a correlation`,
        key.span,
        didYouMean(key.text, keys),
      );
  const type = readType(section, report);
  const within = readTimespan(section, report);
  const by = valueAt(section, 'group-by') ? namesIn(valueAt(section, 'group-by')!, 'group-by', report) : [];
  const build = sequences.includes(type)
    ? readSequence(type, section, by, within, report)
    : readFigure(type, section, by, within, report);
  const members = build.members.map(({ name, span }): Member => ({ name, span, rule: resolve(name, span) }));
  const aliases = readAliases(section, members, report);
  const { queries, origins, unresolved } = gathered(
    unit,
    members,
    aliases,
    [...by, ...build.fields],
    build.stages,
    report,
  );
  const metadata = readMetadata(root, unit.name, report);
  return {
    unit,
    calledBy: namesOf(unit, report),
    refersTo: members.map(({ rule }) => rule),
    generate: readGenerate(section, report),
    detection: detectionOf(unit, metadata, queries, { origins, unresolved }),
  };
}

interface Reference {
  readonly name: string;
  readonly span: Span;
}
interface Member extends Reference {
  readonly rule: Rule;
}
/** What a type makes of its section: the rules it names, the stages after them, and the fields that these look at. */
interface Build {
  readonly members: readonly Reference[];
  readonly stages: readonly Stage[];
  readonly fields: readonly string[];
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

function readTimespan(section: MapNode, report: Report): number {
  const node = valueAt(section, 'timespan');
  const length = node?.kind === 'scalar' ? secondsOf(node.text) : undefined;
  if (length !== undefined) return length;
  const message = node ? 'a time span is a number and a unit: 30s, 15m, 12h, 7d' : "the correlation has no 'timespan'";
  return report.refuse('sigma/timespan', message, node?.span ?? firstKey(section));
}

function readGenerate(section: MapNode, report: Report): boolean {
  const node = valueAt(section, 'generate');
  if (node === undefined) return false;
  const read = node.kind === 'scalar' ? readScalar(node) : undefined;
  if (read?.kind === 'boolean') return read.value;
  return report.refuse('sigma/correlation', "'generate' is true or false", node.span);
}

function referencesIn(section: MapNode, report: Report): Reference[] {
  const node = valueAt(section, 'rules');
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  const names = namesIn(node, 'rules', report);
  return items.map(({ span }, index) => ({ name: names[index]!, span }));
}

function readFigure(type: string, section: MapNode, by: readonly string[], within: number, report: Report): Build {
  const members = referencesIn(section, report);
  if (members.length === 0) report.refuse('sigma/correlation', "the correlation names no 'rules'", firstKey(section));
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
    members,
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

function readSequence(type: string, section: MapNode, by: readonly string[], within: number, report: Report): Build {
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
    const members = listed.length > 0 ? listed : [...extended.names].map(([name, span]) => ({ name, span }));
    return { members, fields: [], stages: sequence(extended.of) };
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
  return { members: listed, fields: [], stages: sequence(countedBranches(limits, names, report)) };
}

type Aliases = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads `aliases: { alias: { rule: field } }`, by rule as it is named in the correlation. */
function readAliases(section: MapNode, members: readonly Member[], report: Report): Aliases {
  const node = valueAt(section, 'aliases');
  if (node === undefined) return new Map();
  const entries = entriesOf(node, "'aliases' is a map of maps", report);
  return new Map(
    entries.map(({ key, value }) => {
      const fields = entriesOf(value, `the alias '${key.text}' is a map of rules to fields`, report).map(
        ({ key: rule, value: field }): [string, string] => {
          const member = members.find(
            ({ name, rule: { calledBy } }) => name === rule.text || calledBy.includes(rule.text),
          );
          if (!member)
            report.refuse(
              'sigma/unknown-rule',
              `the correlation has no rule '${rule.text}'`,
              rule.span,
              didYouMean(
                rule.text,
                members.map(({ name }) => name),
              ),
            );
          return [member!.name, namesIn(field, key.text, report)[0] ?? ''];
        },
      );
      return [key.text, new Map(fields)];
    }),
  );
}

function entriesOf(node: Node, message: string, report: Report): MapNode['entries'] {
  return node.kind === 'map' ? node.entries : report.refuse('sigma/correlation', message, node.span);
}

/** Gathers the queries of the members and puts the stages behind them. */
function gathered(
  unit: Unit,
  members: readonly Member[],
  aliases: Aliases,
  fields: readonly string[],
  stages: readonly Stage[],
  report: Report,
): { queries: Query[]; origins: ReturnType<typeof seenFrom>; unresolved: Set<string> } {
  const origins: ReturnType<typeof seenFrom> = [];
  const branches = members.flatMap(({ name, rule, span }): Branch[] => {
    const rename = Object.fromEntries(
      [...aliases].flatMap(([alias, of]) => (of.has(name) ? [[alias, of.get(name)!]] : [])),
    );
    const wanted = fields.map((field) => rename[field] ?? field);
    const from = origins.length;
    origins.push(...seenFrom(unit.source.name, rule));
    return rule.detection.queries.map((query) => ({
      name,
      query: carrying(shifted(query, from), wanted, span, report),
      rename,
    }));
  });
  const unresolved = new Set(members.flatMap(({ rule }) => rule.detection.placeholders));
  const [only, ...others] = branches;
  const simple = only && others.length === 0 && only.query.then.length === 0 && Object.keys(only.rename).length === 0;
  if (simple && stages.every(({ kind }) => kind !== 'sequence'))
    return { queries: [{ ...only.query, then: stages }], origins, unresolved };
  return {
    queries: [{ logsource: {}, where: always, then: [{ kind: 'gather', of: branches }, ...stages] }],
    origins,
    unresolved,
  };
}

/**
 * Lets a correlation in a chain pass on the fields that the outer one groups by. A summary's row has only its own
 * group; the specification says that an outer `group-by: User` works over an inner `group-by: ComputerName`, so the
 * inner one collects the users of its window.
 */
function carrying(query: Query, fields: readonly string[], span: Span, report: Report): Query {
  const at = query.then.findLastIndex(({ kind }) => kind === 'summarize' || kind === 'sequence');
  const last = query.then[at];
  if (last?.kind === 'sequence') {
    for (const field of fields)
      if (!last.by.includes(field))
        report.warn(
          'sigma/correlation-field',
          `'${field}' is not grouped by in this correlation, so it has no value here`,
          span,
        );
    return query;
  }
  if (last?.kind !== 'summarize') return query;
  const missing = fields.filter((field) => !last.by.includes(field) && last.with.every(({ as }) => as !== field));
  if (missing.length === 0) return query;
  const more = missing.map((field): Aggregate => ({ as: field, function: 'values', field }));
  return { ...query, then: query.then.with(at, { ...last, with: [...last.with, ...more] }) };
}
