import { always, any } from '../../../ir/predicate.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import { figure } from '../../../ir/query.ts';
import type { Branch, BranchCondition, LogSource, Query } from '../../../ir/query.ts';
import type { Span } from '../../../text/source.ts';
import type { Aggregation } from './aggregation.ts';
import { readCondition } from './condition.ts';
import type { ReadCondition } from './condition.ts';
import type { Context } from './context.ts';
import { firstKey } from './log-source.ts';
import { meaningOf, named } from './meaning.ts';
import type { Scope } from './meaning.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { readScalar } from '../yaml/scalar.ts';
import { readSelection } from './selection.ts';
import type { Selection } from './selection.ts';
import { secondsOf } from './timespan.ts';
import { elementsOf, entryAt, valueAt } from '../yaml/map.ts';
import type { MapNode, Node, ScalarNode } from '../yaml/tree.ts';

/**
 * Reads the section `detection` of a rule. Conditions in a list are alternatives: plain ones are joined to one query by
 * `any`, so that they are printed as one; one with an aggregation is a query of its own.
 */
export function readDetection(root: MapNode, logsource: LogSource, context: Context): Query[] {
  const { report } = context;
  const section = valueAt(root, 'detection');
  if (section?.kind !== 'map') {
    const hint = section ? 'write selections and a condition under it' : didYouMeanAmong('detection', root);
    return report.refuse(
      'sigma/no-detection',
      "the rule has no section 'detection'",
      section?.span ?? firstKey(root),
      hint,
    );
  }
  const conditions = conditionsOf(section, root, context);
  const scope = { selections: readSelections(section, context, reserved), used: new Set<string>(), report };
  const within = timeframeOf(section, conditions, context);
  const plain: Predicate[] = [];
  const queries: Query[] = [];
  for (const { search, aggregation } of conditions) {
    const where = meaningOf(search, scope);
    if (aggregation) queries.push(aggregated(where, aggregation, logsource, within, scope));
    else plain.push(where);
  }
  warnOfUnused(scope);
  return plain.length === 0 ? queries : [{ logsource, where: any(plain), then: [] }, ...queries];
}

const reserved = new Set(['condition', 'timeframe']);

/** The selections of a section by their names: everything but `except`. */
export function readSelections(
  section: MapNode,
  context: Context,
  except: ReadonlySet<string>,
): ReadonlyMap<string, Selection> {
  return new Map(
    section.entries.flatMap((entry) =>
      except.has(entry.key.text) ? [] : [[entry.key.text, readSelection(entry, context)]],
    ),
  );
}

/** Warns of selections that no condition uses: usually a name was changed in one place only. */
export function warnOfUnused({ selections, used, report }: Scope): void {
  for (const { name, node } of selections.values())
    if (!used.has(name)) report.warn('sigma/unused-selection', `no condition uses the selection '${name}'`, node.span);
}

/** The texts of a condition or a list of them. */
export function conditionsOf(section: MapNode, root: MapNode, { report }: Context): ReadCondition[] {
  const node = valueAt(section, 'condition');
  if (node === undefined) {
    const hint = entryAt(root, 'condition')
      ? "indent 'condition', so that it stands under 'detection'"
      : didYouMeanAmong('condition', section);
    return report.refuse('sigma/no-condition', "there is no 'condition'", firstKey(section), hint);
  }
  return elementsOf(node).map((each) => readCondition(textNode(each, report), report));
}

function textNode(node: Node, report: Report): ScalarNode {
  if (node.kind === 'scalar' && readScalar(node).kind !== 'null') return node;
  return report.refuse('sigma/condition', 'a condition is a text, or a list of texts', node.span);
}

function didYouMeanAmong(wanted: string, map: MapNode): string | undefined {
  const near = map.entries.find(({ key }) => didYouMean(key.text, [wanted]) !== undefined);
  return near && `'${near.key.text}' should be '${wanted}'`;
}

/** The seconds of `timeframe`, which only an aggregation looks at. */
function timeframeOf(section: MapNode, conditions: readonly ReadCondition[], { report }: Context): number | null {
  const entry = entryAt(section, 'timeframe');
  if (!entry) return null;
  const length = entry.value.kind === 'scalar' ? secondsOf(entry.value.text) : undefined;
  if (length === undefined)
    return report.refuse('sigma/timespan', "'timeframe' is a number and a unit: 30s, 15m, 12h, 7d", entry.value.span);
  if (conditions.every(({ aggregation }) => aggregation === null))
    report.warn(
      'sigma/unused-timeframe',
      "'timeframe' means nothing without an aggregation behind the condition",
      entry.key.span,
      'use a correlation rule',
    );
  return length;
}

function aggregated(
  where: Predicate,
  aggregation: Aggregation,
  logsource: LogSource,
  timeframe: number | null,
  scope: Scope,
): Query {
  if (aggregation.kind === 'near') return near(where, aggregation, logsource, timeframe, scope);
  const { aggregate, by, order, value, span } = aggregation;
  if (order === '<' || order === '<=') warnOfRarity(timeframe, span, scope);
  return {
    logsource,
    where,
    then: [
      { kind: 'summarize', by, with: [aggregate], within: timeframe },
      { kind: 'having', where: comparison(aggregate.as, order, value) },
    ],
  };
}

/** A figure of a summary compared with a number. */
export function comparison(field: string, order: '<' | '<=' | '>' | '>=' | '=' | '!=', value: number): Predicate {
  return order === '!=' ? any([figure(field, '<', value), figure(field, '>', value)]) : figure(field, order, value);
}

/** Says once what an upper limit means in a window that moves: the first event is already below it. */
export function warnOfRarity(within: number | null, span: Span, { report }: { readonly report: Report }): void {
  if (within !== null)
    report.warn(
      'sigma/rare',
      'a figure below a limit within a moving window holds from the first event on',
      span,
      'search a fixed period for what is rare',
    );
}

/** `a | near b and not c`: the event `a`, and in the same time frame `b` but no `c`, in any order. */
function near(
  where: Predicate,
  { names, within }: Extract<Aggregation, { kind: 'near' }>,
  logsource: LogSource,
  timeframe: number | null,
  scope: Scope,
): Query {
  const branch = (name: string, its: Predicate): Branch => ({
    name,
    query: { logsource, where: its, then: [] },
    rename: {},
  });
  const primary = 'search';
  const others = names.map(({ name, span }) => branch(name, named(name, span, scope).where));
  const of = names.map(({ name, absent }): BranchCondition => {
    const it: BranchCondition = { kind: 'branch', name };
    return absent ? { kind: 'absent', of: it } : it;
  });
  return {
    logsource: {},
    where: always,
    then: [
      { kind: 'gather', of: [branch(primary, where), ...others] },
      {
        kind: 'sequence',
        of: { kind: 'both', of: [{ kind: 'branch', name: primary }, ...of] },
        ordered: false,
        by: [],
        within: within ?? timeframe,
      },
    ],
  };
}
