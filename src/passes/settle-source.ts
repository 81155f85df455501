import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { always, never } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { sameName } from '../schema/event-kind.ts';
import type { EventKind } from '../schema/event-kind.ts';
import { synonyms } from '../schema/log-sources/windows-fields.ts';
import type { LookUp, ValueAtom } from './map-fields.ts';

/**
 * Decides a test of `EventID` or `Channel` that comes out alike for every event of the kind, or gives nothing: within
 * Sysmon's event 1, `EventID: 1` says nothing and `EventID: 3` can't be. `ownName` leads to the event's own names.
 */
export function settleSource(atom: Atom, kind: EventKind, ownName: LookUp): Predicate | undefined {
  if (kind.stream !== 'windows' || atom.kind === 'keyword' || atom.kind === 'sameAs') return undefined;
  const own = typeof atom.field === 'string' ? ownName(atom.field) : undefined;
  if (own !== 'EventID' && own !== 'Channel') return undefined;
  const test = { ...atom, field: own };
  const outcomes = new Set(possible(test, kind).map((value) => evaluate(test, eventOf({ [own]: value }))));
  if (outcomes.size !== 1) return undefined;
  return outcomes.has(true) ? always : never;
}

/** The values that the field of a test can have in events of the kind; none where that is not known. */
function possible(atom: ValueAtom, { channel, eventIds }: EventKind): readonly (number | string)[] {
  if (atom.field === 'EventID') return eventIds;
  // Collectors write a channel in more than one case, so a test in which case counts is left to the event.
  return channel === null || (atom.kind === 'like' && atom.cased) || atom.kind === 'regex' ? [] : [channel];
}

/**
 * A kind of a whole channel, narrowed by what the rule itself says of the event id, and called `Security 4688`: a rule
 * of service `security` that wants that event may use Sigma's names for its fields, and a profile may have names for it
 * alone. Other kinds stay as they are.
 */
export function narrowKind(kind: EventKind, where: Predicate): EventKind {
  if (kind.stream !== 'windows' || kind.channel === null || kind.eventIds.length > 0) return kind;
  const wanted = eventIdsOf(where);
  if (wanted?.size !== 1) return kind;
  const [id] = wanted;
  const names = Object.entries(synonyms).find(([event]) => sameName(event, `${kind.channel}/${id}`))?.[1];
  return { ...kind, name: `${kind.channel} ${id}`, fields: { ...kind.fields, ...names } };
}

/** The event ids that the predicate can hold of, as far as its tests of `EventID` tell; null: any. */
export function eventIdsOf(where: Predicate): ReadonlySet<number> | null {
  switch (where.kind) {
    case 'all': {
      const parts = where.of.map(eventIdsOf).filter((ids) => ids !== null);
      return parts.length === 0 ? null : parts.reduce((a, b) => new Set([...a].filter((id) => b.has(id))));
    }
    case 'any': {
      const parts = where.of.map(eventIdsOf);
      return parts.some((ids) => ids === null) ? null : new Set(parts.flatMap((ids) => [...ids!]));
    }
    case 'equal':
      return where.field === 'EventID' && typeof where.value === 'number' ? new Set([where.value]) : null;
    case 'like': {
      const [piece, ...more] = where.pattern;
      return where.field === 'EventID' && more.length === 0 && typeof piece === 'string' && /^\d{1,9}$/.test(piece)
        ? new Set([Number(piece)])
        : null;
    }
    default:
      return null;
  }
}
