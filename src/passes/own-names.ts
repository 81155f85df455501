import type { EventKind } from '../schema/event-kind.ts';
import { tableOf } from '../schema/profile.ts';
import type { Mapping, Profile } from '../schema/profile.ts';
import type { LookUp } from './map-fields.ts';

/** Sigma's older names for fields that the taxonomy calls otherwise. */
const formerNames: Readonly<Record<string, string>> = { ProcessCommandLine: 'CommandLine' };

/**
 * Sigma's names -> those that events of the kind have, in the vocabulary of the profile.
 *
 * Where events were given Sigma's names (`sigma`), the kind's own names don't occur; only former names and entries of
 * lists (`Imphash`) are not fields of their own.
 */
export function ownNames(kind: EventKind, profile: Profile): LookUp {
  if (profile.vocabulary !== 'sigma') return (field) => found(kind.fields, field) ?? field;
  return (field) => {
    const mapping = found(kind.fields, field);
    if (typeof mapping === 'object' && mapping.kind === 'inside') return mapping;
    return found(formerNames, field) ?? field;
  };
}

/**
 * An event kind's own names -> the profile's. A name with a dot in it is taken for one of the product's, and names of
 * events that are no Windows events stay, since a profile's names are those of Windows events.
 */
export function profileNames(kind: EventKind, profile: Profile): LookUp {
  const table = tableOf(profile, kind.name, kind.channel);
  if (table) return (field) => found(table.fields, field) ?? beside(field, table.prefix, profile);
  if (kind.stream !== 'windows') return (field) => field;
  const prefix = (kind.userData ? profile.userPrefix : undefined) ?? profile.prefix;
  const unlisted = (field: string): Mapping =>
    profile.closed === true
      ? { kind: 'absent', why: `${profile.title} has no field for it` }
      : `${prefix}${profile.spelling === 'snake' ? snake(field) : field}`;
  return (field) => found(profile.fields, field) ?? (field.includes('.') ? field : unlisted(field));
}

function beside(field: string, prefix: string | null, { title }: Profile): Mapping {
  return prefix === null ? { kind: 'absent', why: `${title} has no column for it` } : `${prefix}${field}`;
}

/** Puts `_` between the words of a name: `ServiceType` is `service_type`, `TargetProcessGUID` `target_process_guid`. */
function snake(name: string): string {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+|[A-Z]|\d+/g);
  return words === null ? name : words.join('_').toLowerCase();
}

/** What a profile says of a field of this kind in place of both steps, or undefined. */
export function directName(kind: EventKind, profile: Profile, field: string): Mapping | undefined {
  const table = profile.byKind && found(profile.byKind, kind.name);
  return table && found(table, field);
}

function found<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
