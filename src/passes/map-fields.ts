import { any, never } from '../ir/predicate.ts';
import type { Atom, Field, Keyword, Predicate, SameAs } from '../ir/predicate.ts';
import type { Mapping } from '../schema/profile.ts';
import { mapElement } from './mappings/map-element.ts';
import { mapInside } from './mappings/map-inside.ts';
import { mapJoined } from './mappings/map-joined.ts';
import { mapLast } from './mappings/map-last.ts';
import { mapRegistry } from './mappings/map-registry.ts';
import { mapList } from './mappings/map-list.ts';
import { mapAbsent, mapCoded, mapHex, mapTold } from './mappings/map-written.ts';
import { rewrite } from './rewrite.ts';
import type { Note, Rewritten } from './rewrite.ts';

/** A test of the values of one field. */
export type ValueAtom = Exclude<Atom, SameAs | Keyword>;

/** Where the values of a field are to be found. */
export type LookUp = (field: string) => Mapping;

/**
 * Carries a predicate over into another vocabulary of fields, value forms included. Tests of the whole event (keywords
 * and rendered text) stay as they are. What can't be carried over exactly is a loss; everything else is exact.
 *
 *     mapFields(imphash, () => ({ kind: 'inside', field: 'Hashes', key: 'IMPHASH' }))
 */
export function mapFields(where: Predicate, lookUp: LookUp): Rewritten {
  return rewrite(where, (atom, note) => mapAtom(atom, lookUp, note));
}

/** Carries one test over. */
export function mapAtom(atom: Atom, lookUp: LookUp, note: Note): Predicate {
  if (atom.kind === 'keyword') return atom;
  if (atom.kind === 'sameAs') return mapSameAs(atom, lookUp, note);
  return typeof atom.field === 'string' ? mapValue(atom, lookUp(atom.field), note) : atom;
}

function mapValue(atom: ValueAtom, mapping: Mapping, note: Note): Predicate {
  if (typeof mapping === 'string') return { ...atom, field: mapping };
  switch (mapping.kind) {
    case 'either':
      return any(mapping.of.map((one) => mapValue(atom, one, note)));
    case 'inside':
      return mapInside(atom, mapping.field, mapping.key, note);
    case 'list':
      return mapList(atom, mapping.fields, note);
    case 'joined':
      return mapJoined(atom, mapping, note);
    case 'last':
      return mapLast(atom, mapping.field, mapping.by, note);
    case 'element':
      return mapElement(atom, mapping.field, mapping.name, note);
    case 'hex':
      return mapHex(atom, mapping.field, note);
    case 'coded':
      return mapCoded(atom, mapping.field, mapping.codes);
    case 'told':
      return mapTold(atom, mapping.field, mapping.codes);
    case 'registry':
      return mapRegistry(atom, mapping, note);
    case 'absent':
      return mapAbsent(String(atom.field), mapping.why, note);
  }
}

/** Two fields can be compared where both hold their values as they are, or both in the same other form. */
function mapSameAs(atom: SameAs, lookUp: LookUp, note: Note): Predicate {
  const fields = placesOf(atom.field, lookUp);
  const others = placesOf(atom.other, lookUp);
  const pairs = fields.flatMap((field) => others.map((other) => ({ field, other })));
  const comparable = pairs.filter(({ field, other }) => field.form === other.form && field.form !== null);
  const numbers = comparable.filter(({ field }) => field.form === 'hex' && atom.relation !== 'whole');
  if (comparable.length < pairs.length || numbers.length > 0)
    note(
      String(atom.field),
      'narrower',
      `the value is not stored in a form in which it can be compared with that of ${String(atom.other)}`,
    );
  if (comparable.length === 0) return never;
  return any(comparable.map(({ field, other }): Predicate => ({ ...atom, field: field.name, other: other.name })));
}

interface Place {
  readonly name: Field;
  /** Null: the value can't be had whole. */
  readonly form: 'plain' | 'hex' | null;
}

function placesOf(field: Field, lookUp: LookUp): Place[] {
  return typeof field === 'string' ? placesIn(lookUp(field)) : [{ name: field, form: 'plain' }];
}

function placesIn(mapping: Mapping): Place[] {
  if (typeof mapping === 'string') return [{ name: mapping, form: 'plain' }];
  if (mapping.kind === 'either') return mapping.of.flatMap(placesIn);
  if (mapping.kind === 'hex') return [{ name: mapping.field, form: 'hex' }];
  if (mapping.kind === 'coded') return [{ name: mapping.field, form: 'plain' }];
  return [{ name: '', form: null }];
}
