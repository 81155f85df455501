import { textOf } from '../ir/event.ts';
import type { Raw, Scalar } from '../ir/event.ts';
import { admits } from '../schema/event-kind.ts';
import type { EventKind } from '../schema/event-kind.ts';
import { eventKinds, logSourcesOf } from '../schema/log-sources.ts';
import type { Mapping, Profile, Telling } from '../schema/profile.ts';
import type { RecordedEvent } from '../schema/shapes.ts';
import { escapedXml } from './mappings/map-element.ts';
import { dwordNumber, dwordType } from './mappings/map-registry.ts';
import { placeOf } from './map-to-kind.ts';
import { profileNames } from './own-names.ts';
import { eventName } from './to-taxonomy.ts';

/**
 * A recorded event as a product that follows `profile` would store it: each value in the field, and in the form, in
 * which a mapped rule looks for it. Null where the schema does not hold such events. Values that the schema has no
 * place for are left out.
 *
 * For showing recorded events to engines; hunts map rules to events, not events to rules.
 */
export function storeEvent(recorded: RecordedEvent, profile: Profile): Raw | null {
  // A pipeline says how rules change, not how events are stored.
  if (profile.pipeline) return null;
  const kind = kindOf(recorded);
  if (profile.holds && !Object.hasOwn(profile.holds, kind.name)) return null;
  const stored = new Map<string, Scalar[]>();
  const put: Put = (field, value) => stored.set(field, [...(stored.get(field) ?? []), value]);
  for (const [field, value] of recorded.event.values()) {
    const own = eventName(field, recorded.profile);
    if (kind.stream !== 'windows' || !sourceNames.has(own)) putOwn(own, value, kind, profile, put);
  }
  const values = [...stored].map(([field, found]) => [field, found.length === 1 ? found[0]! : found] as const);
  return { ...sourceOf(recorded, kind, profile), ...Object.fromEntries(values) };
}

type Put = (field: string, value: Scalar) => void;

/** What tells an event's log; it is written by the profile's own rule. */
const sourceNames: ReadonlySet<string> = new Set(['Channel', 'EventID', 'Provider_Name', 'SourceName']);

/** The kind that says most of the event: categories come before whole channels. */
function kindOf(recorded: RecordedEvent): EventKind {
  const { channel, eventId } = recorded;
  const sources = channel === null ? [] : logSourcesOf(channel, eventId);
  const kinds = sources.flatMap((source) => eventKinds(source).kinds);
  const plain = {
    name: '',
    stream: channel === null ? 'unmarked' : 'windows',
    channel,
    eventIds: [],
    fields: {},
  } as const;
  return kinds.find((kind) => admits(kind, recorded)) ?? plain;
}

function sourceOf({ channel, eventId, provider }: RecordedEvent, kind: EventKind, { source, holds }: Profile): Raw {
  if (holds)
    return Object.fromEntries(Object.entries(holds[kind.name]!).map(([field, told]) => [field, one(told, eventId)]));
  if (kind.stream !== 'windows') return {};
  const [prefix = ''] = [source.channelPrefix].flat();
  return {
    ...(source.channel !== null && channel !== null && { [source.channel]: `${prefix}${channel}` }),
    ...(source.eventId !== null && eventId !== null && { [source.eventId]: eventId }),
    ...(source.provider !== null && provider !== null && { [source.provider]: provider }),
  };
}

/** The event id itself, where several are told, else the first of what may be there. */
function one(told: Telling[string], eventId: number | null): Scalar {
  if (typeof told !== 'object') return told;
  return eventId !== null && told.includes(eventId) ? eventId : told[0]!;
}

/** Stores a value by the event's own name for it. */
function putOwn(own: string, value: Scalar, kind: EventKind, profile: Profile, put: Put): void {
  const renamed = Object.entries(kind.fields).find(([, mapping]) => isOf(mapping, own));
  if (!renamed) {
    // Sigma may use the event's name for another field: 4688's ProcessId is the creator's.
    const shadowed = Object.hasOwn(kind.fields, own);
    return putAt(shadowed ? profileNames(kind, profile)(own) : placeOf(own, kind, profile), value, put);
  }
  const [name, mapping] = renamed;
  const place = placeOf(name, kind, profile);
  if (typeof mapping === 'string') return putAt(place, value, put);
  const sameForm = typeof place === 'object' && place.kind === mapping.kind && 'field' in place;
  if (sameForm) put(place.field, value);
  else putAt(place, plainForm(mapping, value), put);
}

function isOf(mapping: Mapping, own: string): boolean {
  if (typeof mapping === 'string') return mapping === own;
  return (mapping.kind === 'hex' || mapping.kind === 'coded' || mapping.kind === 'told') && mapping.field === own;
}

/** A value in the form in which rules write it. */
function plainForm(mapping: Exclude<Mapping, string>, value: Scalar): Scalar {
  const text = textOf(value);
  if (mapping.kind === 'coded' || mapping.kind === 'told') return mapping.codes[text] ?? value;
  return mapping.kind === 'hex' && /^0x[\da-f]{1,12}$/i.test(text) ? String(Number(text)) : value;
}

/** Stores a value, which is in the form in which rules write it, where a mapping would look for it. */
function putAt(place: Mapping, value: Scalar, put: Put): void {
  if (typeof place === 'string') return put(place, value);
  switch (place.kind) {
    case 'either':
      return place.of[0] === undefined ? undefined : putAt(place.of[0], value, put);
    case 'hex':
      return put(place.field, value);
    case 'element':
      return put(place.field, `<${place.name}>${escapedXml(textOf(value))}</${place.name}>`);
    case 'coded':
    case 'told': {
      const code = Object.keys(place.codes).find(
        (each) => place.codes[each]!.toLowerCase() === textOf(value).toLowerCase(),
      );
      if (place.kind === 'told') return code === undefined ? undefined : put(place.field, code);
      return put(place.field, code ?? value);
    }
    case 'registry': {
      const number = dwordNumber(textOf(value));
      if (number !== undefined) put(place.type, dwordType);
      return put(place.field, number ?? value);
    }
    case 'list':
      return putEntries(place.fields, textOf(value), put);
    case 'joined': {
      const at = textOf(value).indexOf(place.by);
      if (at > 0) put(place.left, textOf(value).slice(0, at));
      return put(place.right, at > 0 ? textOf(value).slice(at + place.by.length) : value);
    }
    case 'inside':
    case 'last':
    case 'absent':
      return undefined;
  }
}

/** Takes a list such as `MD5=..,IMPHASH=..` apart. */
function putEntries(fields: Readonly<Record<string, string>>, list: string, put: Put): void {
  for (const entry of list.split(',')) {
    const at = entry.indexOf('=');
    const key = entry.slice(0, at).toLowerCase();
    const field = Object.keys(fields).find((each) => each.toLowerCase() === key);
    if (at > 0 && field !== undefined) put(fields[field]!, entry.slice(at + 1));
  }
}
