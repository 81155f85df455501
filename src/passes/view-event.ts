import { scalarsOf, textOf } from '../ir/event.ts';
import type { Event, Scalar, Value } from '../ir/event.ts';
import { fold } from '../ir/fold.ts';
import type { EventKind } from '../schema/event-kind.ts';
import type { Mapping, Profile } from '../schema/profile.ts';
import { elementsIn } from './mappings/map-element.ts';
import { dwordText, dwordType } from './mappings/map-registry.ts';
import { placeOf } from './map-to-kind.ts';

/**
 * An event under the names that rules use: what a field's value is where it lies elsewhere, or in another form. For
 * stages, which compute with values; tests are better mapped to the event (`mapToKind`). It is also what mappings mean:
 * a mapped test holds of an event exactly if the test holds of this view of it.
 */
export function viewEvent(event: Event, kind: EventKind, profile: Profile): Event {
  const places = new Map<string, Mapping>();
  return {
    get: (field) => {
      let place = places.get(field);
      if (place === undefined) places.set(field, (place = placeOf(field, kind, profile)));
      return valueAt(place, event);
    },
    values: () => event.values(),
  };
}

/** The value that a mapping finds in an event; several are a list. */
export function valueAt(place: Mapping, event: Event): Value | undefined {
  if (typeof place === 'string') return event.get(place);
  switch (place.kind) {
    case 'either':
      return together(place.of.map((one) => valueAt(one, event)));
    case 'inside':
      return together(texts(event, place.field).flatMap((list) => entriesOf(list, place.key)));
    case 'list': {
      const entries = Object.entries(place.fields).flatMap(([key, field]) =>
        texts(event, field).map((value) => `${key}=${value}`),
      );
      return entries.length === 0 ? undefined : entries.join();
    }
    case 'joined':
      return together(
        texts(event, place.left).flatMap((left) => texts(event, place.right).map((right) => left + place.by + right)),
      );
    case 'last':
      return together(texts(event, place.field).map((text) => text.slice(text.lastIndexOf(place.by) + 1)));
    case 'element':
      return together(texts(event, place.field).flatMap((xml) => elementsIn(xml, place.name)));
    case 'hex': {
      const value = event.get(place.field);
      return together([value, ...scalarsOf(value).map(decimalOf)]);
    }
    case 'coded': {
      const value = event.get(place.field);
      return together([value, ...texts(event, place.field).map((code) => meaningOf(code, place.codes))]);
    }
    case 'told':
      return together(texts(event, place.field).map((code) => meaningOf(code, place.codes)));
    case 'registry': {
      const isNumber = texts(event, place.type).some((type) => fold(type) === fold(dwordType));
      const numbers = isNumber ? texts(event, place.field).map(dwordText) : [];
      return numbers.length > 0 ? together(numbers) : event.get(place.field);
    }
    case 'absent':
      return undefined;
  }
}

function texts(event: Event, field: string): string[] {
  return scalarsOf(event.get(field)).map(textOf);
}

function together(values: readonly (Value | undefined)[]): Value | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length < 2 ? found[0] : found;
}

/** The values of a key in a list such as `MD5=..,IMPHASH=..`. */
function entriesOf(list: string, key: string): string[] {
  return list.split(',').flatMap((entry) => {
    const at = entry.indexOf('=');
    return at !== -1 && fold(entry.slice(0, at)) === fold(key) ? [entry.slice(at + 1)] : [];
  });
}

function decimalOf(value: Scalar): string | undefined {
  const text = textOf(value);
  return /^0x(?:0|[1-9a-f][0-9a-f]{0,12})$/i.test(text) ? String(Number(text)) : undefined;
}

function meaningOf(code: string, codes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(codes).find(([known]) => fold(known) === fold(code))?.[1];
}
