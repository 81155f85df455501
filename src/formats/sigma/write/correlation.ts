import type { YAMLMap } from 'yaml';
import type { Detection } from '../../../ir/detection.ts';
import { any } from '../../../ir/predicate.ts';
import type { Order, Predicate } from '../../../ir/predicate.ts';
import type { Aggregate, Branch, BranchCondition, Query, Stage } from '../../../ir/query.ts';
import { timespanOf } from '../detection/timespan.ts';
import type { Sections } from '../write.ts';
import { detectionMetadata } from './metadata.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { map, plain, quoted, text, texts } from './yaml.ts';
import type { Out } from './yaml.ts';

type Written = { readonly documents: readonly YAMLMap[] } | { readonly refused: Refusal };
type WriteSections = (query: Query) => Sections;

/** Writes a query with stages as a correlation rule, followed by the rules that it is made of. */
export function writeCorrelation(detection: Detection, query: Query, sections: WriteSections): Written {
  const writing: Writing = { detection, sections, names: new Set(), documents: [] };
  const section = correlationSection(query, writing);
  if ('refused' in section) return section;
  const { head, tail } = detectionMetadata(detection);
  const correlation = map([...head, ['correlation', section.map], ...tail]);
  return { documents: [correlation, ...writing.documents] };
}

interface Writing {
  readonly detection: Detection;
  readonly sections: WriteSections;
  readonly names: Set<string>;
  readonly documents: YAMLMap[];
}

type Section = { readonly map: YAMLMap } | { readonly refused: Refusal };

const types: Partial<Record<Aggregate['function'], string>> = {
  count: 'event_count',
  distinct: 'value_count',
  sum: 'value_sum',
  average: 'value_avg',
  percentile: 'value_percentile',
  median: 'value_median',
};

/** The stages that a correlation can say: perhaps a `gather`, then a summary with its condition, or a sequence. */
function correlationSection(query: Query, writing: Writing): Section {
  const [first, ...rest] = query.then;
  const branches = first?.kind === 'gather' ? first.of : [{ name: 'base', query: { ...query, then: [] }, rename: {} }];
  const stages = first?.kind === 'gather' ? rest : query.then;
  const refuse = (message: string, hint?: string): { refused: Refusal } => ({
    refused: refusal(message, query.where, writing.detection, hint),
  });
  const members = writeMembers(branches, writing);
  if ('refused' in members) return members;
  const [stage, having, ...more] = stages;
  if (stage?.kind === 'sequence' && having === undefined) {
    if (stage.within === null) return refuse('a Sigma correlation needs a time span');
    if (isHollow(stage.of)) return refuse('Sigma has no sequence that is always or never met');
    const condition = sequenceCondition(stage.of, members.names);
    return {
      map: map([
        ['type', text(stage.ordered ? 'temporal_ordered' : 'temporal')],
        ['rules', texts([...members.names.values()])],
        ['group-by', texts(stage.by)],
        ['timespan', text(timespanOf(stage.within))],
        ['condition', condition],
        ['aliases', aliasMap(branches, members.names)],
      ]),
    };
  }
  if (stage?.kind !== 'summarize' || having?.kind !== 'having' || more.length > 0)
    return refuse(`Sigma has no '${stages.map(({ kind }) => kind).join(', ')}' of events`);
  if (stage.within === null) return refuse('a Sigma correlation needs a time span');
  const condition = figureCondition(stage, having.where);
  if (condition === undefined) return refuse('Sigma correlations compare one figure with numbers');
  return {
    map: map([
      ['type', text(condition.type)],
      ['rules', texts([...members.names.values()])],
      ['group-by', texts(stage.by)],
      ['timespan', text(timespanOf(stage.within))],
      ['condition', condition.map],
      ['aliases', aliasMap(branches, members.names)],
    ]),
  };
}

/** Writes the rule or correlation of each branch and gives it a name; branches of one name are one rule. */
function writeMembers(
  branches: readonly Branch[],
  writing: Writing,
): { readonly names: ReadonlyMap<string, string> } | { readonly refused: Refusal } {
  const names = new Map<string, string>();
  for (const { name: wanted } of branches) {
    if (names.has(wanted)) continue;
    const [query, ...more] = branches.flatMap((each) => (each.name === wanted ? [each.query] : [])) as [Query];
    const name = freeName(wanted, writing.names);
    names.set(wanted, name);
    const united = unite([query, ...more]);
    if (!united) {
      const message = `Sigma can't say that '${wanted}' is a union of several log sources`;
      return { refused: refusal(message, query.where, writing.detection) };
    }
    const head = [
      ['title', text(`${writing.detection.title}: ${wanted}`)],
      ['name', text(name)],
    ] as const;
    if (united.then.length > 0) {
      const section = correlationSection(united, writing);
      if ('refused' in section) return section;
      writing.documents.push(map([...head, ['correlation', section.map]]));
      continue;
    }
    const sections = writing.sections(united);
    if ('refused' in sections) return sections;
    writing.documents.push(map([...head, ...sections.entries]));
  }
  return { names };
}

function unite([first, ...more]: readonly [Query, ...Query[]]): Query | undefined {
  const source = JSON.stringify(first.logsource);
  if (more.some(({ logsource, then }) => then.length > 0 || JSON.stringify(logsource) !== source)) return undefined;
  if (more.length === 0) return first;
  return first.then.length > 0 ? undefined : { ...first, where: any([first, ...more].map(({ where }) => where)) };
}

function freeName(wanted: string, taken: Set<string>): string {
  const letters = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  // A condition would take these for operators.
  const start = letters === '' || /^(?:and|or|not|any|all|of|them|\d.*)$/.test(letters) ? `rule_${letters}` : letters;
  let name = start;
  for (let number = 2; taken.has(name); number += 1) name = `${start}_${number}`;
  taken.add(name);
  return name;
}

function aliasMap(branches: readonly Branch[], names: ReadonlyMap<string, string>): Out | undefined {
  const aliases = new Map<string, Map<string, string>>();
  for (const { name, rename } of branches)
    for (const [alias, field] of Object.entries(rename)) {
      const fields = aliases.get(alias) ?? new Map<string, string>();
      aliases.set(alias, fields.set(names.get(name)!, field));
    }
  if (aliases.size === 0) return undefined;
  return map(
    [...aliases].map(([alias, fields]) => [alias, map([...fields].map(([rule, field]) => [rule, text(field)]))]),
  );
}

/** The condition of a sequence as text; undefined where it is what a list of rules means by itself. */
function sequenceCondition(of: BranchCondition, names: ReadonlyMap<string, string>): Out | undefined {
  const every = [...names.keys()];
  const parts = of.kind === 'both' ? of.of : [of];
  const usual =
    parts.length === every.length && parts.every((part, index) => part.kind === 'branch' && part.name === every[index]);
  return usual ? undefined : text(conditionText(of, names));
}

/** Whether some part of a condition is a choice out of nothing. */
function isHollow(node: BranchCondition): boolean {
  if (node.kind === 'branch') return false;
  return node.kind === 'absent' ? isHollow(node.of) : node.of.length === 0 || node.of.some(isHollow);
}

function conditionText(node: BranchCondition, names: ReadonlyMap<string, string>): string {
  switch (node.kind) {
    case 'branch':
      return names.get(node.name) ?? node.name;
    case 'absent':
      return `not ${wrapped(node.of, names)}`;
    default:
      return node.of.map((part) => wrapped(part, names)).join(node.kind === 'both' ? ' and ' : ' or ');
  }
}

function wrapped(node: BranchCondition, names: ReadonlyMap<string, string>): string {
  const inner = conditionText(node, names);
  return node.kind === 'branch' || node.kind === 'absent' ? inner : `(${inner})`;
}

type Summarize = Extract<Stage, { kind: 'summarize' }>;

/** The type and condition of a correlation over one figure; undefined where Sigma has none. */
function figureCondition(stage: Summarize, having: Predicate): { type: string; map: YAMLMap } | undefined {
  // Fields that an outer correlation groups by are collected again when it is read.
  const [figure, ...more] = stage.with.filter((each) => !(each.function === 'values' && each.as === each.field));
  const type = figure && types[figure.function];
  if (!figure || !type || more.length > 0) return undefined;
  if ((type === 'event_count') !== (figure.field === null)) return undefined;
  const limits = (having.kind === 'all' ? having.of : [having]).map((part) => limitOf(part, figure.as));
  const known = limits.filter((limit) => limit !== undefined);
  // Numbers that a reader of correlations takes: decimals.
  if (known.some(([, value]) => !/^-?\d{1,15}(?:\.\d+)?$/.test(String(value)))) return undefined;
  if (known.length !== limits.length || new Set(known.map(([name]) => name)).size !== known.length) return undefined;
  const entries: (readonly [string, Out | undefined])[] = [
    ...known.map(([name, value]) => [name, plain(value)] as const),
    ['field', figure.field === null ? undefined : quoted(figure.field)],
    ['percentile', figure.percent === undefined ? undefined : plain(figure.percent)],
  ];
  return { type, map: map(entries) };
}

const orderNames: Readonly<Record<Order, string>> = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte', '=': 'eq' };

function limitOf(node: Predicate, figure: string): readonly [name: string, value: number] | undefined {
  if (node.kind === 'compare' && node.field === figure && node.part === 'number')
    return [orderNames[node.order], node.value];
  if (node.kind !== 'any' || node.of.length !== 2) return undefined;
  const [below, above] = node.of.map((part) => limitOf(part, figure));
  return below?.[0] === 'lt' && above?.[0] === 'gt' && below[1] === above[1] ? ['neq', below[1]] : undefined;
}
