import { all } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import type { EventKind } from '../schema/event-kind.ts';
import type { Mapping, Profile } from '../schema/profile.ts';
import { compose } from './compose.ts';
import { mapAtom } from './map-fields.ts';
import type { LookUp } from './map-fields.ts';
import { directName, ownNames, profileNames } from './own-names.ts';
import { rewrite } from './rewrite.ts';
import type { Note, Rewritten } from './rewrite.ts';
import { narrowKind, settleSource } from './settle-source.ts';
import { simplify } from './simplify.ts';

/**
 * A rule's predicate as a test of events that are of this kind and shaped by this profile, in the profile's names. The
 * kind's own restriction is part of it; channel, event id and provider are not: ask `admits` for them.
 */
export function mapToKind(where: Predicate, kind: EventKind, profile: Profile): Predicate {
  return translate(where, kind, profile).where;
}

/** Like `mapToKind`, with what could not be carried over exactly. */
export function translate(where: Predicate, kind: EventKind, profile: Profile): Rewritten {
  const narrowed = narrowKind(kind, where);
  const wanted = narrowed.where ? all([narrowed.where, where]) : where;
  const place = placesIn(narrowed, profile);
  const translated = rewrite(wanted, (atom, note) => translateAtom(atom, narrowed, profile, place, note));
  return { where: simplify(translated.where), losses: translated.losses };
}

/** Where a field of a rule is found in events of the kind, in the profile's names. */
export function placeOf(field: string, kind: EventKind, profile: Profile): Mapping {
  return directName(kind, profile, field) ?? compose(ownNames(kind, profile)(field), profileNames(kind, profile));
}

/** Looks each field up once: a rule asks for few, many times. */
function placesIn(kind: EventKind, profile: Profile): LookUp {
  const known = new Map<string, Mapping>();
  return (field) => {
    let place = known.get(field);
    if (place === undefined) known.set(field, (place = placeOf(field, kind, profile)));
    return place;
  };
}

function translateAtom(atom: Atom, kind: EventKind, profile: Profile, place: LookUp, note: Note): Predicate {
  return settleSource(atom, kind, ownNames(kind, profile)) ?? mapAtom(atom, place, note);
}
