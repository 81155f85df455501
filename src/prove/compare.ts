import type { Dialect } from '../dialects/dialect.ts';
import type { Detection, Origin } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { always, any, mapAtoms } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { relate } from '../logic/relate.ts';
import type { Relation } from '../logic/relate.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import { simplify } from '../passes/simplify.ts';
import { toTaxonomy } from '../passes/to-taxonomy.ts';
import type { Profile } from '../schema/profile.ts';
import { profiles } from '../schema/profiles/index.ts';
import { blame, marks } from './blame.ts';
import type { Mark } from './blame.ts';
import { describe } from '../ir/describe.ts';

/**
 * One of the detections to compare, with a name to call it by.
 *
 * A `rule` speaks Sigma's names and knows log sources; a `query` was read from a query language, and speaks the names of
 * its profile.
 */
export type Side =
  | { readonly kind: 'rule'; readonly label: string; readonly detection: Detection }
  | {
      readonly kind: 'query';
      readonly label: string;
      readonly dialect: Dialect;
      readonly profile: Profile;
      readonly queries: readonly Query[];
      readonly assumptions: readonly string[];
    };

/** How two detections stand to each other, and why. */
export interface Comparison {
  readonly relation: Relation;
  readonly a: Predicate;
  readonly b: Predicate;
  readonly assumptions: readonly string[];
  /** For each witness that only one side takes: what the other side asks for and does not find. */
  readonly why: readonly Why[];
}

/** Why `side` does not take the event: the tests that fail, in words, and the part of the rule that each comes from. */
export interface Why {
  readonly side: 'a' | 'b';
  readonly event: Raw;
  /** What the other side found in the event. */
  readonly found: readonly Mark[];
  readonly failed: readonly { readonly text: string; readonly wanted: boolean; readonly origin: Origin | null }[];
}

/** Compares what two detections select, filters only: of stages after them an assumption tells that they were not judged. */
export function compare(a: Side, b: Side, options: { readonly ignoreLogSource: boolean }): Comparison {
  const meeting = meetingProfile(a, b);
  const [left, right] = [a, b].map((side) => predicateOf(side, meeting, options.ignoreLogSource)) as [Meant, Meant];
  const relation = relate(left.where, right.where);
  const assumptions = [...new Set([...left.assumptions, ...right.assumptions, ...[a, b].flatMap(stageNote)])];
  const why = [
    ...(relation.onlyA ? [reasons('b', relation.onlyA, right.where, left.where, b)] : []),
    ...(relation.onlyB ? [reasons('a', relation.onlyB, left.where, right.where, a)] : []),
  ];
  return { relation, a: left.where, b: right.where, assumptions, why };
}

/**
 * The schema in which two detections meet: where one is a query, its own, since a rule can be carried into any
 * schema exactly; between two rules, the names that the events themselves use. Null: Sigma's names, which two queries
 * of different schemas are carried back to.
 */
function meetingProfile(a: Side, b: Side): Profile | null {
  if (a.kind === 'rule') return b.kind === 'rule' ? profiles.raw : b.profile;
  return b.kind === 'rule' || a.profile.name === b.profile.name ? a.profile : null;
}

interface Meant {
  readonly where: Predicate;
  readonly assumptions: readonly string[];
}

function predicateOf(side: Side, meeting: Profile | null, ignoreLogSource: boolean): Meant {
  if (side.kind === 'rule') {
    const profile = meeting ?? profiles.raw;
    const applied = side.detection.queries.map((query) => applyLogSource(query, profile));
    const where = simplify(any(applied.map(({ query }) => query.where)));
    return {
      where: ignoreLogSource ? withoutSource(where, profile) : where,
      assumptions: applied.flatMap((each) => each.assumptions),
    };
  }
  const queries = meeting ? side.queries : side.queries.map((query) => toTaxonomy(query, side.profile));
  const where = simplify(any(queries.map((query) => query.where)));
  return {
    where: ignoreLogSource ? withoutSource(where, meeting ?? profiles.raw) : where,
    assumptions: side.assumptions,
  };
}

/** Takes the tests of channel, event id and provider to be met, so that detections of different logs can be compared. */
function withoutSource(where: Predicate, { source }: Profile): Predicate {
  const names = new Set([source.channel, source.eventId, source.provider]);
  return simplify(
    mapAtoms(where, (atom) =>
      'field' in atom && typeof atom.field === 'string' && names.has(atom.field) ? always : atom,
    ),
  );
}

function stageNote(side: Side): string[] {
  const queries = side.kind === 'rule' ? side.detection.queries : side.queries;
  const kinds = new Set(queries.flatMap(({ then }) => then.map(({ kind }) => kind)));
  return kinds.size === 0
    ? []
    : [`${side.label}: only the filter was compared, not what follows it (${[...kinds].join(', ')})`];
}

function reasons(side: 'a' | 'b', event: Raw, refusing: Predicate, taking: Predicate, { kind, ...rest }: Side): Why {
  const opened = eventOf(event);
  const origins = kind === 'rule' && 'detection' in rest ? rest.detection.origins : [];
  const failed = blame(refusing, opened).map(({ atom, wanted }) => ({
    text: describe(atom),
    wanted,
    origin: atom.origin === undefined ? null : (origins[atom.origin] ?? null),
  }));
  return { side, event, found: evaluate(taking, opened) ? marks(taking, opened) : [], failed };
}
