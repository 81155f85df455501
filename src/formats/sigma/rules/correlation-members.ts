import { always } from '../../../ir/predicate.ts';
import type { Origin } from '../../../ir/detection.ts';
import type { Aggregate, Branch, Query, Stage } from '../../../ir/query.ts';
import type { Span } from '../../../text/source.ts';
import type { Report } from '../report.ts';
import { seenFrom, shifted } from './rule.ts';
import type { Rule } from './rule.ts';

/** A rule that a correlation names, by the name and the place at which it does. */
export interface Member {
  readonly name: string;
  readonly span: Span;
  readonly rule: Rule;
}

/** The field that an alias means in each member, by the member's name. */
export type Aliases = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The queries of a correlation, with what their predicates came from and what they still need. */
export interface Gathered {
  readonly queries: Query[];
  readonly origins: Origin[];
  readonly unresolved: Set<string>;
}

/** Gathers the queries of the members and puts `stages` behind them, which look at `fields`. */
export function gathered(
  members: readonly Member[],
  aliases: Aliases,
  stages: readonly Stage[],
  fields: readonly string[],
  report: Report,
): Gathered {
  const origins: Origin[] = [];
  const branches = members.flatMap(({ name, rule, span }): Branch[] => {
    const rename = Object.fromEntries(
      [...aliases].flatMap(([alias, of]) => (of.has(name) ? [[alias, of.get(name)!]] : [])),
    );
    const wanted = fields.map((field) => (Object.hasOwn(rename, field) ? rename[field]! : field));
    const from = origins.length;
    origins.push(...seenFrom(report.source.name, rule));
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
