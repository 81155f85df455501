import { eventOf, scalarsOf } from '../../ir/event.ts';
import type { Event, Raw, Scalar, Value } from '../../ir/event.ts';

/** The parts of a Windows event, wherever a converter to JSON puts them. */
export interface WindowsEvent {
  readonly System: Raw;
  readonly EventData?: Value;
  readonly UserData?: Value;
  readonly RenderingInfo?: Value;
}

/**
 * Opens a Windows event under flat names. A leaf of `System` has its own name, an attribute the name of its element
 * before it (`Provider_Name`, `TimeCreated_SystemTime`, `Security_UserID`). A leaf of `EventData` or `UserData` has its
 * own name and wins over `System`, but for `EventID`: the event that tells of a cleared log names it in `Channel`, and lies
 * itself in another; what log an event is from, `System` says. `Data` without a name is a list, `Data`.
 * Converters differ in how they write attributes (`#attributes`, `@Name`, or plain members); all are read.
 */
export function openWindowsEvent(parts: WindowsEvent): Event {
  let names: Map<string, Value> | undefined;
  let flattened: Event | undefined;
  const all = () => (names ??= collect(parts));
  return {
    get: (field) => {
      const direct = parts.EventData;
      if (isObject(direct) && field !== 'EventID' && Object.hasOwn(direct, field)) {
        const value = direct[field]!;
        if (value !== null && typeof value !== 'object') return value;
      }
      if (all().has(field)) return all().get(field);
      // Blanks in names, and dotted paths into what no flat name reaches.
      return (flattened ??= eventOf(Object.fromEntries(all()))).get(field);
    },
    values: function* (): Generator<readonly [string, Scalar]> {
      for (const [name, value] of all()) for (const scalar of scalarsOf(value)) yield [name, scalar];
    },
  };
}

/** The value of an element of `System`, by the ways in which converters write an element with attributes. */
export function elementText(element: Value | undefined): Value | undefined {
  if (!isObject(element)) return element;
  return element['#text'] ?? element['Value'] ?? element['$'] ?? element['_'];
}

/** The value of an attribute of an element of `System`. */
export function attribute(element: Value | undefined, name: string): Value | undefined {
  return isObject(element) ? attributesOf(element)[name] : undefined;
}

function collect({ System, EventData, UserData, RenderingInfo }: WindowsEvent): Map<string, Value> {
  const names = new Map<string, Value>();
  for (const [element, value] of Object.entries(System)) {
    const text = elementText(value);
    if (text !== undefined && !isObject(text)) names.set(element, text);
    if (!isObject(value)) continue;
    for (const [name, each] of Object.entries(attributesOf(value))) names.set(`${element}_${name}`, each);
  }
  const message = isObject(RenderingInfo) ? RenderingInfo['Message'] : undefined;
  if (message !== undefined) names.set('Message', message);
  const eventId = names.get('EventID');
  for (const [name, value] of [...leaves(UserData), ...leaves(EventData)]) names.set(name, value);
  if (eventId !== undefined) names.set('EventID', eventId);
  return names;
}

/** The leaves of `EventData` or `UserData` by their own names; values of one name become a list. */
function leaves(body: Value | undefined): Map<string, Value> {
  const found = new Map<string, Value[]>();
  const note = (name: string, value: Value) => {
    const before = found.get(name);
    if (before) before.push(value);
    else found.set(name, [value]);
  };
  const walk = (name: string, value: Value, depth: number): void => {
    if (Array.isArray(value)) for (const element of value as readonly Value[]) walk(name, element, depth);
    else if (!isObject(value)) note(name, value);
    else {
      const named = attributesOf(value)['Name'];
      const text = elementText(value);
      const own = typeof named === 'string' && (text !== undefined || name === 'Data') ? named : name;
      if (text !== undefined) walk(own, text, depth);
      else if (own !== name) note(own, null);
      else if (depth < 32)
        for (const [inner, each] of Object.entries(value)) if (!isAttribute(inner)) walk(inner, each, depth + 1);
    }
  };
  if (isObject(body)) {
    for (const [name, value] of Object.entries(body)) if (!isAttribute(name)) walk(name, value, 0);
  } else if (Array.isArray(body)) walk('Data', body, 0);
  return new Map([...found].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function attributesOf(element: Raw): Raw {
  const own = element['#attributes'];
  if (isObject(own)) return own;
  const entries = Object.entries(element).flatMap(([name, value]) =>
    name.startsWith('@')
      ? [[name.slice(1), value] as const]
      : isText(name) || isObject(value)
        ? []
        : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

function isAttribute(name: string): boolean {
  return name === '#attributes' || name.startsWith('@') || name.startsWith('xmlns');
}

function isText(name: string): boolean {
  return name === '#text' || name === 'Value' || name === '$' || name === '_';
}

export function isObject(value: Value | undefined): value is Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
