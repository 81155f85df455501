import { describe } from '../ir/describe.ts';
import type { Detection } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { scalarsOf, textOf } from '../ir/event.ts';
import type { Event } from '../ir/event.ts';
import { atomsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { admits, mapToKind } from '../passes/apply-log-source.ts';
import { eventKinds } from '../schema/log-sources.ts';
import type { RecordedEvent } from '../schema/shapes.ts';

/** Why a detection selects an event or does not: an answer for each of its queries. */
export interface Explanation {
  readonly selected: boolean;
  readonly queries: readonly QueryExplanation[];
}

/** `outside`: the event is of no kind that the log source names, so the predicate was not asked. */
export type QueryExplanation =
  | { readonly kind: 'outside'; readonly wanted: readonly string[]; readonly found: string }
  | { readonly kind: 'asked'; readonly eventKind: string; readonly finding: Finding; readonly stages: number };

/** A part of the rule and whether it holds; a test carries the values that it looked at. */
export interface Finding {
  readonly holds: boolean;
  readonly text: string;
  /** The selection that the part belongs to, where it belongs to one. */
  readonly selection: string | null;
  readonly of: readonly Finding[];
  /** Null for a part that is no test; empty where the event has no value. */
  readonly values: readonly string[] | null;
}

/** Explains, selection by selection, what a detection makes of an event. Stages are not run: they need more events. */
export function explainMatch(detection: Detection, recorded: RecordedEvent): Explanation {
  const queries = detection.queries.flatMap((query): QueryExplanation[] => {
    const { kinds } = eventKinds(query.logsource);
    const admitted = kinds.filter((kind) => admits(kind, recorded));
    if (admitted.length === 0)
      return [{ kind: 'outside', wanted: kinds.map(({ name }) => name), found: nameOf(recorded) }];
    return admitted.map((kind) => {
      const where = mapToKind(query.where, kind, recorded.profile);
      return {
        kind: 'asked',
        eventKind: kind.name,
        finding: find(where, recorded.event, detection),
        stages: query.then.length,
      };
    });
  });
  return { selected: queries.some((query) => query.kind === 'asked' && query.finding.holds), queries };
}

function nameOf({ channel, eventId, profile }: RecordedEvent): string {
  if (channel === null && eventId === null) return `an event without channel, read as ${profile.title}`;
  return `${channel ?? 'no channel'}${eventId === null ? '' : `, event id ${eventId}`}`;
}

function find(node: Predicate, event: Event, detection: Detection): Finding {
  const holds = evaluate(node, event);
  const selection = selectionOf(node, detection);
  switch (node.kind) {
    case 'all':
    case 'any': {
      const text = node.kind === 'all' ? 'all of' : 'at least one of';
      return { holds, text, selection, values: null, of: node.of.map((part) => find(part, event, detection)) };
    }
    case 'not':
      return { holds, text: 'not', selection, values: null, of: [find(node.of, event, detection)] };
    case 'keyword':
      return { holds, text: describe(node), selection, of: [], values: [] };
    default: {
      const values = typeof node.field === 'string' ? scalarsOf(event.get(node.field)).map(textOf) : [];
      return { holds, text: describe(node), selection, of: [], values };
    }
  }
}

/** The one selection that all tests of a node come from, or null where they come from several. */
function selectionOf(node: Predicate, detection: Detection): string | null {
  const parts = new Set<string>();
  for (const { origin } of atomsOf(node))
    parts.add(origin === undefined ? 'logsource' : (detection.origins[origin]?.part ?? 'logsource'));
  return parts.size === 1 ? [...parts][0]! : null;
}
