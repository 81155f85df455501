import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { always, mapAtoms, never } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { sameName } from '../schema/event-kind.ts';
import type { EventKind } from '../schema/event-kind.ts';
import { synonyms } from '../schema/log-sources/windows-fields.ts';

/**
 * Decides the tests of `EventID` and `Channel` that come out alike for every event of the kind, in the event's own
 * names: within Sysmon's event 1, `EventID: 1` says nothing and `EventID: 3` can't be.
 */
export function settleSource(where: Predicate, kind: EventKind): Predicate {
  if (kind.stream !== 'windows') return where;
  return mapAtoms(where, (atom) => {
    const outcomes = new Set(possible(atom, kind).map((values) => evaluate(atom, eventOf(values))));
    if (outcomes.size !== 1) return atom;
    const constant = outcomes.has(true) ? always : never;
    return atom.origin === undefined ? constant : { ...constant, origin: atom.origin };
  });
}

/** The values that the atom's field can have in events of the kind; none where that is not known. */
function possible(atom: Atom, { channel, eventIds }: EventKind): { readonly [field: string]: number | string }[] {
  if (atom.kind === 'keyword' || atom.kind === 'sameAs') return [];
  if (atom.field === 'EventID') return eventIds.map((EventID) => ({ EventID }));
  // Collectors write a channel in more than one case, so a test in which case counts is left to the event.
  if (atom.field !== 'Channel' || channel === null || (atom.kind === 'like' && atom.cased) || atom.kind === 'regex')
    return [];
  return [{ Channel: channel }];
}

/**
 * A kind of a whole channel, narrowed by what the rule itself says of the event id: a rule of service `security` that
 * wants event 4688 may use Sigma's names for its fields. Other kinds stay as they are.
 */
export function narrowKind(kind: EventKind, where: Predicate): EventKind {
  if (kind.stream !== 'windows' || kind.channel === null || kind.eventIds.length > 0) return kind;
  const wanted = eventIdsOf(where);
  if (wanted?.size !== 1) return kind;
  const [id] = wanted;
  const names = Object.entries(synonyms).find(([event]) => sameName(event, `${kind.channel}/${id}`))?.[1];
  return names ? { ...kind, name: `${kind.channel} ${id}`, fields: { ...kind.fields, ...names } } : kind;
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
