import { all, any } from '../ir/predicate.ts';
import type { Detection } from '../ir/detection.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query, Stage } from '../ir/query.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import type { Applied } from '../passes/apply-log-source.ts';
import { simplify } from '../passes/simplify.ts';
import { toTaxonomy } from '../passes/to-taxonomy.ts';
import type { Profile } from '../schema/profile.ts';
import { profiles } from '../schema/profiles/index.ts';
import { asRecorded, recording } from './recorded.ts';
import { queriesOf } from './side.ts';
import type { RuleSide, Side } from './side.ts';
import { sourceFields } from './within.ts';

/**
 * The vocabulary in which two detections are compared. Its profile says how fields are called there, and which of them
 * tell events apart.
 *
 * `recorded`: two rules meet in what events are called by whoever records them, since one may write `Image` and the
 * other `NewProcessName` for one and the same value. `schema`: with a query of one schema, another of the same and a
 * rule meet in that schema, since a rule can be carried into any; so do two rules, if one is asked for. `taxonomy`: queries of two schemas are carried back
 * to the names that events have of themselves, values as recorded.
 *
 * `bare` is where log sources are to be ignored: Sigma's names, so that rules for two logs have one name for one thing.
 */
export interface Meeting {
  readonly kind: 'recorded' | 'schema' | 'taxonomy' | 'bare';
  readonly profile: Profile;
}

/** Chooses the vocabulary for two sides; `profile` is the one in which rules are to meet, if not in the recorders'. */
export function meetingOf(
  a: Side,
  b: Side,
  { ignoreLogSource = false, profile }: { readonly ignoreLogSource?: boolean; readonly profile?: Profile | undefined },
): Meeting {
  // What a pipeline asks of the log can't be told from what the rule asks, nor led back to Sigma's names.
  if (ignoreLogSource && !profile?.pipeline) return { kind: 'bare', profile: profiles.raw };
  const schemas = [a, b].flatMap((side) => (side.kind === 'query' ? [side.profile] : []));
  const [first = profile, second = first] = schemas;
  if (!first) return { kind: 'recorded', profile: recording };
  return first === second ? { kind: 'schema', profile: first } : { kind: 'taxonomy', profile: recording };
}

/** What a side selects, in the vocabulary of a meeting. */
export interface Meaning {
  readonly where: Predicate;
  /** What comes after the filter and may change which events count, by query. */
  readonly then: readonly (readonly Stage[])[];
  readonly assumptions: readonly string[];
  /** Why the side can't be judged, or null. */
  readonly obstacle: string | null;
}

/** Says what a side selects. */
export function meaningOf(side: Side, meeting: Meeting): Meaning {
  if (side.kind === 'rule') return meaningOfRule(side, meeting);
  const { profile, queries, assumptions } = side;
  const met = meeting.kind === 'schema' ? queries : queries.map((query) => toTaxonomy(query, profile));
  const where = unionOf(met);
  return {
    where: meeting.kind === 'bare' ? withoutSource(where, [profile, meeting.profile]) : where,
    then: met.map(({ then }) => decisive(then)),
    assumptions,
    obstacle: null,
  };
}

function meaningOfRule({ label, detection }: RuleSide, meeting: Meeting): Meaning {
  const applied = detection.queries.map((query) => carried(query, detection, meeting));
  const placeholders = detection.placeholders.map(
    (name) => `${label}: %${name}% has no values; it was compared as if it stood for itself`,
  );
  const losses = applied.flatMap((each) => each.losses);
  const where = unionOf(applied.map(({ query }) => query));
  const unknown = applied.find(({ problems }) => problems.length > 0 && losses.length === 0)?.problems[0];
  return {
    where: meeting.kind === 'bare' ? withoutSource(where, [meeting.profile]) : where,
    then: applied.map(({ query }) => decisive(query.then)),
    assumptions: [
      ...placeholders,
      ...applied.flatMap((each) => each.assumptions),
      ...losses.map(({ field, effect, why }) => `${label}: ${field}: ${why} (${effect} than the rule)`),
    ],
    obstacle: unknown === undefined ? null : `${label}: ${unknown}`,
  };
}

function carried(query: Query, detection: Detection, { kind, profile }: Meeting): Applied {
  switch (kind) {
    case 'recorded':
      return asRecorded(query);
    case 'bare':
      return withoutProblems(applyLogSource({ ...query, logsource: sourceless }, profile));
    default:
      return applyLogSource(query, profile, detection);
  }
}

/** A log source of any Windows event: it renames nothing and says nothing. */
const sourceless = { product: 'windows' };

function withoutProblems(applied: Applied): Applied {
  return { ...applied, problems: [], assumptions: [] };
}

/** The events that any of the queries selects, those of queries that gather others included. */
function unionOf(queries: readonly Query[]): Predicate {
  return simplify(any(queries.map(filterOf)));
}

function filterOf({ where, then }: Query): Predicate {
  const [first] = then;
  return first?.kind === 'gather' ? all([where, any(first.of.map((branch) => filterOf(branch.query)))]) : where;
}

/** Stages but for those that only compute or leave out fields: without others they change no result. */
function decisive(then: readonly Stage[]): readonly Stage[] {
  const kept = then.filter(({ kind }) => kind !== 'keep');
  return kept.some(({ kind }) => kind !== 'derive') ? kept : [];
}

/**
 * Takes every test of channel, event id and provider to come out as the detection would have it: what is left is asked
 * of events of whichever log.
 */
function withoutSource(where: Predicate, profiles: readonly Profile[]): Predicate {
  const names = new Set(profiles.flatMap(sourceFields));
  const drop = (node: Predicate, wanted: boolean): Predicate => {
    switch (node.kind) {
      case 'all':
      case 'any':
        return { ...node, of: node.of.map((part) => drop(part, wanted)) };
      case 'not':
        return { ...node, of: drop(node.of, !wanted) };
      default:
        return 'field' in node && typeof node.field === 'string' && names.has(node.field) ? constant(wanted) : node;
    }
  };
  return simplify(drop(where, true));
}

function constant(holds: boolean): Predicate {
  return { kind: holds ? 'all' : 'any', of: [] };
}

/** Whether what follows the filters is the same on both sides. */
export function stagesAlike(a: Meaning, b: Meaning): boolean {
  const written = ({ then }: Meaning) =>
    JSON.stringify([...new Set(then.map((each) => JSON.stringify(each, withoutOrigin)))].sort());
  return written(a) === written(b);
}

function withoutOrigin(name: string, value: unknown): unknown {
  return name === 'origin' ? undefined : value;
}

/** Names the stages of a side, for a sentence. */
export function stagesOf(side: Side): string {
  return [...new Set(queriesOf(side).flatMap(({ then }) => decisive(then).map(({ kind }) => kind)))].join(', ');
}
