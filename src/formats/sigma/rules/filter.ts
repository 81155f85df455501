import { all, not } from '../../../ir/predicate.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import type { LogSource, Query } from '../../../ir/query.ts';
import type { Span } from '../../../text/source.ts';
import type { Unit } from './collection.ts';
import type { Condition } from '../detection/condition.ts';
import type { Placeholders } from '../detection/context.ts';
import { conditionsOf, readSelections, warnOfUnused } from '../detection/detection.ts';
import { firstKey, isWithin, readLogSource } from '../detection/log-source.ts';
import { meaningOf } from '../detection/meaning.ts';
import type { Report } from '../report.ts';
import { contextOf, detectionOf, namesOf, seenFrom, shifted } from './rule.ts';
import type { Rule } from './rule.ts';
import { readMetadata } from './metadata.ts';
import { elementsOf, valueAt } from '../yaml/map.ts';
import type { MapNode, Node } from '../yaml/tree.ts';

/** A filter rule: what must also hold of the events of other rules. */
export interface Filter extends Pick<Rule, 'unit' | 'calledBy' | 'detection'> {
  readonly logsource: LogSource;
  /** The rules by id or name, each with its place; null: all rules of the log source. */
  readonly rules: readonly { readonly name: string; readonly span: Span }[] | null;
}

const reserved = new Set(['rules', 'condition']);

/**
 * Reads a filter rule (Sigma Filters Specification 2.1). Its `detection` has one query whose `where` is what must hold.
 *
 * The specification's example excludes what `condition: selection` selects; pySigma joins the condition to the rule
 * with `and`, and its example reads `condition: not selection`. Both are read as they are meant: a condition with a
 * `not` at its top says what must hold, one without says what is to be left out, and that is noted.
 */
export function readFilter(unit: Unit, placeholders: Placeholders, report: Report): Filter {
  const [root] = unit.roots as [MapNode];
  const metadata = readMetadata(root, unit.name, report);
  const context = contextOf(unit, metadata.title, placeholders, report);
  const { logsource } = readLogSource(valueAt(root, 'logsource'), root, report);
  const section = valueAt(root, 'filter');
  if (section?.kind !== 'map')
    return report.refuse(
      'sigma/filter',
      "'filter' is a map of rules, selections and a condition",
      section?.span ?? firstKey(root),
    );
  const scope = { selections: readSelections(section, context, reserved), used: new Set<string>(), report };
  const [condition, ...more] = conditionsOf(section, root, context);
  if (!condition || more.length > 0 || condition.aggregation)
    return report.refuse(
      'sigma/filter',
      'a filter has one condition, without an aggregation',
      valueAt(section, 'condition')!.span,
    );
  const meaning = meaningOf(condition.search, scope);
  warnOfUnused(scope);
  const negative = isNegative(condition.search);
  if (!negative)
    report.note(
      'sigma/filter-polarity',
      'the events of this condition are left out, as in the example of the specification',
      condition.search.span,
      `write 'not' before it: pySigma keeps only the events of the condition, and reads both as the same then`,
    );
  const queries = [{ logsource, where: negative ? meaning : not(meaning), then: [] }];
  return {
    unit,
    logsource,
    calledBy: namesOf(unit, report),
    rules: readRules(valueAt(section, 'rules'), section, report),
    detection: detectionOf(unit, metadata, queries, context),
  };
}

function isNegative(condition: Condition): boolean {
  return condition.kind === 'not' || (condition.kind === 'and' && condition.of.some(isNegative));
}

function readRules(node: Node | undefined, section: MapNode, report: Report): Filter['rules'] {
  const hint = "list ids or names of rules, or write 'rules: any'";
  if (node === undefined) return report.refuse('sigma/filter', 'the filter names no rules', firstKey(section), hint);
  const rules = elementsOf(node).map((each) => {
    if (each.kind === 'scalar' && each.text.trim() !== '') return { name: each.text.trim(), span: each.span };
    return report.refuse('sigma/filter', 'a rule is named by its id or name', each.span, hint);
  });
  const every = rules.length === 0 || (node.kind === 'scalar' && /^(?:any|all)$/i.test(rules[0]!.name));
  return every ? null : rules;
}

/** Puts all filters on all rules that they are for, and warns of names that none of the rules has. */
export function applyFilters(
  rules: readonly Rule[],
  filters: readonly Filter[],
  reportOf: (unit: Unit) => Report,
): Rule[] {
  let filtered = [...rules];
  for (const filter of filters) {
    const met = new Set<string>();
    filtered = filtered.map((rule) => {
      const named = filter.rules === null ? [] : rule.calledBy;
      for (const name of named) met.add(name);
      if (filter.rules !== null && !filter.rules.some(({ name }) => named.includes(name))) return rule;
      return applyFilter(filter, rule, reportOf);
    });
    const report = reportOf(filter.unit);
    for (const { name, span } of filter.rules ?? [])
      if (!met.has(name)) report.warn('sigma/unknown-rule', `no rule read with this filter is called '${name}'`, span);
  }
  return filtered;
}

function applyFilter(filter: Filter, rule: Rule, reportOf: (unit: Unit) => Report): Rule {
  const { detection } = rule;
  const [{ where }] = filter.detection.queries.map((query) => shifted(query, detection.origins.length)) as [Query];
  const filtered = detection.queries.map((query) => filteredQuery(query, filter.logsource, where));
  if (filter.rules !== null && filtered.includes(undefined))
    reportOf(filter.unit).warn(
      'sigma/filter-logsource',
      `the filter is not for the log source of '${detection.title}'`,
      filter.rules.find(({ name }) => rule.calledBy.includes(name))!.span,
      'use the same logsource, or a wider one',
    );
  if (filtered.every((query) => query === undefined)) return rule;
  return {
    ...rule,
    detection: {
      ...detection,
      queries: filtered.map((query, index) => query ?? detection.queries[index]!),
      origins: [...detection.origins, ...seenFrom(detection.file, filter)],
      placeholders: [...new Set([...detection.placeholders, ...filter.detection.placeholders])],
    },
  };
}

/**
 * A query with `where` joined to it, or undefined where the filter is for another log source. A filter is about events,
 * so it goes before any stage: into the branches, where events are gathered.
 */
function filteredQuery(query: Query, logsource: LogSource, where: Predicate): Query | undefined {
  const [first, ...rest] = query.then;
  if (first?.kind !== 'gather')
    return isWithin(query.logsource, logsource) ? { ...query, where: all([query.where, where]) } : undefined;
  const inner = first.of.map((branch) => filteredQuery(branch.query, logsource, where));
  if (inner.every((each) => each === undefined)) return undefined;
  const of = first.of.map((branch, index) => ({ ...branch, query: inner[index] ?? branch.query }));
  return { ...query, then: [{ ...first, of }, ...rest] };
}
