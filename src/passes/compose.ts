import { fold } from '../ir/fold.ts';
import type { Mapping } from '../schema/profile.ts';
import type { LookUp } from './map-fields.ts';

/**
 * Two steps as one: where a mapping finds a value, when the fields that it names are themselves to be looked up.
 *
 *     compose({ kind: 'inside', field: 'Hashes', key: 'MD5' }, (field) => `winlog.event_data.${field}`)
 */
export function compose(mapping: Mapping, lookUp: LookUp): Mapping {
  if (typeof mapping === 'string') return lookUp(mapping);
  switch (mapping.kind) {
    case 'either':
      return { kind: 'either', of: mapping.of.map((one) => compose(one, lookUp)) };
    case 'inside':
    case 'last':
    case 'element':
    case 'hex':
    case 'coded':
    case 'told':
      return within(mapping, lookUp(mapping.field));
    case 'joined':
      return join(mapping, lookUp(mapping.left), lookUp(mapping.right));
    case 'list':
    case 'registry':
    case 'absent':
      return mapping;
  }
}

type OfOneField = Extract<Mapping, { kind: 'inside' | 'last' | 'element' | 'hex' | 'coded' | 'told' }>;

function within(mapping: OfOneField, place: Mapping): Mapping {
  if (typeof place === 'string') return { ...mapping, field: place };
  if (place.kind === 'either') return { kind: 'either', of: place.of.map((one) => within(mapping, one)) };
  // An entry of a list that is kept apart is a field of its own.
  if (place.kind === 'list' && mapping.kind === 'inside')
    return (
      Object.entries(place.fields).find(([key]) => fold(key) === fold(mapping.key))?.[1] ?? {
        kind: 'absent',
        why: `there is no field for ${mapping.key}`,
      }
    );
  return place.kind === 'absent' ? place : { kind: 'absent', why: `${mapping.field} is not kept as recorded` };
}

function join(mapping: Extract<Mapping, { kind: 'joined' }>, left: Mapping, right: Mapping): Mapping {
  if (typeof left === 'string' && typeof right === 'string') return { ...mapping, left, right };
  if (typeof left === 'object' && left.kind === 'either')
    return { kind: 'either', of: left.of.map((one) => join(mapping, one, right)) };
  if (typeof right === 'object' && right.kind === 'either')
    return { kind: 'either', of: right.of.map((one) => join(mapping, left, one)) };
  return { kind: 'absent', why: `${mapping.left} and ${mapping.right} are not kept as recorded` };
}
