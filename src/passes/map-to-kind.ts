import { all } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import type { EventKind } from '../schema/event-kind.ts';
import type { Profile } from '../schema/profile.ts';
import { mapAtom, mapFields } from './map-fields.ts';
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
  const translated = rewrite(wanted, (atom, note) => translateAtom(atom, narrowed, profile, note));
  return { where: simplify(translated.where), losses: translated.losses };
}

/** Where a field of a rule is found in events of the kind, for a stage that asks for the field and no test of it. */
export function placeOf(field: string, kind: EventKind, profile: Profile): ReturnType<LookUp> {
  const own = ownNames(kind, profile)(field);
  return directName(kind, profile, field) ?? (typeof own === 'string' ? profileNames(kind, profile)(own) : own);
}

function translateAtom(atom: Atom, kind: EventKind, profile: Profile, note: Note): Predicate {
  if (namesOf(atom).some((name) => directName(kind, profile, name) !== undefined))
    return mapAtom(atom, (field) => placeOf(field, kind, profile), note);
  const own = mapAtom(atom, ownNames(kind, profile), note);
  const named = mapFields(settleSource(own, kind), profileNames(kind, profile));
  for (const { field, effect, why } of named.losses) note(field, effect, why);
  return named.where;
}

function namesOf(atom: Atom): string[] {
  if (atom.kind === 'keyword') return [];
  const fields = atom.kind === 'sameAs' ? [atom.field, atom.other] : [atom.field];
  return fields.filter((field) => typeof field === 'string');
}
