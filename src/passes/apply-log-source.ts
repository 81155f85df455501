import { all, any } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Branch, Query, Stage } from '../ir/query.ts';
import { eventKinds } from '../schema/log-sources.ts';
import type { EventKind } from '../schema/log-sources.ts';
import type { Profile } from '../schema/profile.ts';
import { sameBuild } from './distinct.ts';
import { mapBranch, mapStages, recordedFields } from './map-stages.ts';
import { translate } from './map-to-kind.ts';
import { applyPipeline } from './pipeline/apply-pipeline.ts';
import { noFacts } from './pipeline/rule-facts.ts';
import type { RuleFacts } from './pipeline/rule-facts.ts';
import type { MappingLoss } from './rewrite.ts';
import { simplify } from './simplify.ts';
import { sourceAssumptions, sourceTerms } from './source-terms.ts';

export { admits } from '../schema/log-sources.ts';
export { mapToKind } from './map-to-kind.ts';
export type { MappingLoss } from './rewrite.ts';

/** A query ready to be printed: in the profile's names, its log source spelt out as tests. */
export interface Applied {
  readonly query: Query;
  /** What the query takes for granted and does not test, in sentences. */
  readonly assumptions: readonly string[];
  /** Why the query can't be had in this profile, in sentences that a person can act on; empty if it can. */
  readonly problems: readonly string[];
  /** Where the query in the profile's names is not what the rule means. */
  readonly losses: readonly MappingLoss[];
}

/**
 * Spells a query's log source out: any of its kinds of events, told apart by channel and event id, and the rule's
 * predicate in the names and value forms of each. Kinds that no event of which can fit are left out. The log source
 * itself is kept as it was, for whoever chooses an index by it. Pure, and total: an unknown log source is a problem.
 *
 * Of a profile with a pipeline, the pipeline does all of that instead; it may ask what the rule says `about` itself.
 */
export function applyLogSource(query: Query, profile: Profile, about: RuleFacts = noFacts): Applied {
  if (profile.pipeline) return applyPipeline(query, profile.pipeline, about);
  const [first, ...others] = query.then;
  if (first?.kind === 'gather') return applyToBranches(query, first.of, others, profile);
  const { kinds: meant, known, note } = eventKinds(query.logsource);
  const kinds = meant.filter((kind) => isHeld(kind, profile));
  const { where, fitting, losses } = spellOut(query.where, kinds, profile);
  const stages = mapStages(query.then, fitting, profile);
  const assumptions = [
    ...(known && note !== undefined ? [note] : []),
    ...sourceAssumptions(fitting, profile),
    ...notHeld(meant, kinds, profile),
  ];
  const problems = [
    ...(known ? [] : [note ?? 'The log source is not known.']),
    ...(meant.length > 0 && kinds.length === 0 ? notHeld(meant, kinds, profile) : []),
    ...(known && fitting.length === 0
      ? losses.slice(0, 1).map(({ why, field }) => `Nothing can match: ${field}: ${why}.`)
      : []),
    ...stages.problems,
  ];
  return { query: { ...query, where, then: stages.then }, assumptions, problems, losses };
}

function isHeld(kind: EventKind, { holds }: Profile): boolean {
  return holds === undefined || Object.hasOwn(holds, kind.name);
}

function notHeld(meant: readonly EventKind[], kinds: readonly EventKind[], { title }: Profile): string[] {
  const lacking = meant.filter((kind) => !kinds.includes(kind)).map(({ name }) => name);
  return lacking.length === 0 ? [] : [`${title} holds no events of ${lacking.join(' or ')}.`];
}

interface SpeltOut {
  readonly where: Predicate;
  /** The kinds of which an event can fit. */
  readonly fitting: readonly EventKind[];
  readonly losses: readonly MappingLoss[];
}

function spellOut(where: Predicate, kinds: readonly EventKind[], profile: Profile): SpeltOut {
  const translated = kinds.map((kind) => ({ kind, ...translate(where, kind, profile) }));
  const possible = translated.filter(({ where: wanted }) => !(wanted.kind === 'any' && wanted.of.length === 0));
  const parts = alike(possible).map((group) => {
    const sources = [...groupBy(group, ({ kind }) => likeness(kind)).values()];
    const told = sources.map((alike) => alike.map(({ kind }) => kind)).map((alike) => sourceTerms(alike, profile));
    return all([any(told), group[0]!.where]);
  });
  return {
    where: simplify(any(parts)),
    fitting: possible.map(({ kind }) => kind),
    losses: unique(translated.flatMap(({ losses }) => losses)),
  };
}

/** Those whose tests are the same together. */
function alike<T extends { readonly where: Predicate }>(translated: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const one of translated) {
    const group = groups.find(([first]) => sameBuild(first!.where, one.where));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** What kinds must have in common to be told apart by their channels alone. */
function likeness({ stream, channel, eventIds, provider }: EventKind): string {
  return JSON.stringify([stream, channel === null, eventIds, provider]);
}

function applyToBranches(query: Query, branches: readonly Branch[], then: readonly Stage[], profile: Profile): Applied {
  const read = recordedFields(then);
  const applied = branches.map((branch) => {
    const inner = applyLogSource(branch.query, profile);
    const mapped = mapBranch(branch, inner.query, read, kindsOf(branch.query), profile);
    return { ...inner, branch: mapped.branch, problems: [...inner.problems, ...mapped.problems] };
  });
  return {
    query: { ...query, then: [{ kind: 'gather', of: applied.map(({ branch }) => branch) }, ...then] },
    assumptions: [...new Set(applied.flatMap(({ assumptions }) => assumptions))],
    problems: [...new Set(applied.flatMap(({ problems }) => problems))],
    losses: unique(applied.flatMap(({ losses }) => losses)),
  };
}

/** The kinds of events that a query looks at, through all that it gathers. */
function kindsOf({ logsource, then }: Query): readonly EventKind[] {
  const [first] = then;
  return first?.kind === 'gather' ? first.of.flatMap(({ query }) => kindsOf(query)) : eventKinds(logsource).kinds;
}

function groupBy<T>(items: readonly T[], keyFor: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function unique(losses: readonly MappingLoss[]): MappingLoss[] {
  return [...new Map(losses.map((loss) => [JSON.stringify(loss), loss])).values()];
}
