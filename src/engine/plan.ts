import { evaluate } from '../ir/evaluate.ts';
import type { Detection } from '../ir/detection.ts';
import type { Event } from '../ir/event.ts';
import { any } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { runQuery } from '../ir/run-query.ts';
import type { Timed } from '../ir/run-query.ts';
import { admits, mapToKind } from '../passes/apply-log-source.ts';
import { viewEvent } from '../passes/view-event.ts';
import { eventKinds } from '../schema/log-sources.ts';
import type { EventKind } from '../schema/log-sources.ts';
import type { RecordedEvent } from '../schema/shapes.ts';

/** A set of detections made ready to be asked about one event after the other. */
export interface Plan {
  readonly runnable: readonly Detection[];
  readonly notRunnable: readonly NotRunnable[];
  /** The detections without stages that select the event, in the order of the rules, each once. */
  match(recorded: RecordedEvent): readonly Match[];
  /** The detections that need more than one event; each watches the stream and answers at its end. */
  readonly watchers: readonly Watcher[];
}

/** A detection that selects an event, and the predicate that did, in the event's own field names. */
export interface Match {
  readonly detection: Detection;
  readonly where: Predicate;
}

/** A loaded detection that can never be evaluated, with a reason that a person can act on. */
export interface NotRunnable {
  readonly detection: Detection;
  readonly reason: string;
}

/** A detection with stages: it is shown every event, keeps those that may count, and reports at the end. */
export interface Watcher {
  readonly detection: Detection;
  /** Shows the watcher an event; `ticket` comes back in the alerts. False: it will not, the watcher has no use for it. */
  watch(recorded: RecordedEvent, ticket: number): boolean;
  alerts(): Alert[];
}

/** What a watcher found: the computed row, and the tickets of the events that it rests on. */
export interface Alert {
  readonly row: Event;
  /** Milliseconds since 1970; 0 where no event had a time. */
  readonly time: number;
  readonly tickets: readonly number[];
}

/**
 * Prepares detections for a hunt: groups them by the kinds of events that their log sources name, and maps each rule
 * to the field names of an event's shape once, when the first such event is seen. Nothing cleverer: every rule of the
 * group is evaluated by the reference evaluator.
 */
export function planHunt(detections: readonly Detection[]): Plan {
  const notRunnable: NotRunnable[] = [];
  const runnable = detections.filter((detection) => {
    const reason = obstacle(detection);
    if (reason !== undefined) notRunnable.push({ detection, reason });
    return reason === undefined;
  });
  const staged = (query: Query) => query.then.length > 0;
  const single = runnable.filter(({ queries }) => !queries.some(staged)).map(prepared);
  return {
    runnable,
    notRunnable,
    match: matcher(single),
    watchers: runnable.filter(({ queries }) => queries.some(staged)).map(watcher),
  };
}

/** Why a detection can't be evaluated on any event, or undefined. */
function obstacle({ placeholders, queries }: Detection): string | undefined {
  if (placeholders.length > 0) return `no values are given for ${placeholders.map((name) => `%${name}%`).join(', ')}`;
  if (queries.length === 0) return 'it has no query';
  return queries
    .flatMap(leaves)
    .map(({ logsource }) => eventKinds(logsource))
    .find(({ known }) => !known)?.note;
}

/** The queries that look at events: the query itself, or those that it gathers from. */
function leaves(query: Query): Query[] {
  const [first] = query.then;
  return first?.kind === 'gather' ? first.of.flatMap((branch) => leaves(branch.query)) : [query];
}

interface Prepared {
  readonly detection: Detection;
  readonly queries: readonly { readonly where: Predicate; readonly kinds: readonly EventKind[] }[];
}

function prepared(detection: Detection): Prepared {
  const queries = detection.queries.map(({ where, logsource }) => ({ where, kinds: eventKinds(logsource).kinds }));
  return { detection, queries };
}

/** Groups of events that one list of mapped rules serves are few (a few hundred in a large estate); hostile ones are not kept. */
const GROUPS = 10_000;

function matcher(rules: readonly Prepared[]): Plan['match'] {
  const groups = new Map<string, Match[]>();
  return (recorded) => {
    const key = `${recorded.profile.name}\u0000${recorded.channel?.toLowerCase()}\u0000${recorded.eventId}\u0000${recorded.provider?.toLowerCase()}\u0000${recorded.format}`;
    let group = groups.get(key);
    if (!group) {
      group = rules.flatMap((rule) => candidate(rule, recorded));
      if (groups.size < GROUPS) groups.set(key, group);
    }
    return group.filter(({ where }) => evaluate(where, recorded.event));
  };
}

/** The rule in the field names of events like this one, or nothing where its log sources don't admit them. */
function candidate({ detection, queries }: Prepared, recorded: RecordedEvent): Match[] {
  const of = queries.flatMap(({ where, kinds }) =>
    kinds.filter((kind) => admits(kind, recorded)).map((kind) => mapToKind(where, kind, recorded.profile)),
  );
  return of.length === 0 ? [] : [{ detection, where: any(of) }];
}

function watcher(detection: Detection): Watcher {
  const seen: (Timed & { ticket: number })[] = [];
  const recordings = new WeakMap<Event, RecordedEvent>();
  const select = selector();
  const wanted = detection.queries.flatMap(leaves);
  return {
    detection,
    watch(recorded, ticket) {
      const kind = wanted.map((query) => select(query, recorded)).find((found) => found !== undefined);
      if (!kind) return false;
      // Stages compute with values under the names that rules use: `by: Image` is `NewProcessName` in Security 4688.
      const event = viewEvent(recorded.event, kind, recorded.profile);
      recordings.set(event, recorded);
      seen.push({ event, time: recorded.time === null ? null : Date.parse(recorded.time), ticket });
      return true;
    },
    alerts: () =>
      detection.queries
        .flatMap((query) => runQuery(query, seen, (part, event) => select(part, recordings.get(event)!) !== undefined))
        .map(({ event, time, sources }) => ({
          row: event,
          time,
          tickets: sources.map((index) => seen[index]!.ticket),
        })),
  };
}

/**
 * Finds for one query at a time the kind as which it selects an event before its stages, or undefined; mapped
 * predicates are kept.
 */
function selector(): (query: Query, recorded: RecordedEvent) => EventKind | undefined {
  const mapped = new Map<Query, Map<string, Predicate>>();
  return (query, recorded) => {
    const known = mapped.get(query) ?? new Map<string, Predicate>();
    mapped.set(query, known);
    return eventKinds(query.logsource).kinds.find((kind) => {
      if (!admits(kind, recorded)) return false;
      const key = `${recorded.profile.name} ${kind.name}`;
      const where = known.get(key) ?? mapToKind(query.where, kind, recorded.profile);
      known.set(key, where);
      return evaluate(where, recorded.event);
    });
  };
}
