import type { Raw, Scalar, Value } from '../ir/event.ts';
import { textOf } from '../ir/event.ts';
import type { Element } from './element.ts';

/**
 * Writes a Windows event as the JSON object that `openEvent` takes it from.
 *
 * An element with attributes is `{ "#attributes": {..}, "#text": value }`, a leaf its value, an empty one null; elements
 * of one name are a list. `Data` of `EventData` goes by its `Name`; without one it is `"Data": { "#text": value }`.
 *
 *     <Event><System><EventID>1</EventID></System><EventData><Data Name="Image">a.exe</Data></EventData></Event>
 *     { "Event": { "System": { "EventID": "1" }, "EventData": { "Image": "a.exe" } } }
 */
export function eventJson(event: Element): Raw {
  return objectOf([[event.name, valueOf(event)]]);
}

function valueOf(element: Element): Value {
  const { name, attributes, content } = element;
  const inner = content.filter((part) => typeof part === 'object');
  const text = textIn(content);
  if (inner.length === 0 && attributes.length === 0) return text ?? null;
  const members = inner.map((child) =>
    name === 'EventData' ? dataMember(child) : ([child.name, valueOf(child)] as const),
  );
  const own = attributes.length > 0 ? [['#attributes', objectOf(attributes)] as const] : [];
  // Line breaks and blanks between elements are how a person laid them out.
  const says = text !== undefined && (inner.length === 0 || textOf(text).trim() !== '');
  return objectOf([...own, ...members, ...(says ? [['#text', text] as const] : [])]);
}

function dataMember(child: Element): readonly [string, Value] {
  const named = child.attributes.find(([attribute]) => attribute === 'Name')?.[1];
  if (child.name !== 'Data' || child.content.some((part) => typeof part === 'object'))
    return [child.name, valueOf(child)];
  const text = textIn(child.content) ?? null;
  return named === undefined ? ['Data', { '#text': text }] : [textOf(named), text];
}

function textIn(content: Element['content']): Scalar | undefined {
  const scalars = content.filter((part) => typeof part !== 'object');
  return scalars.length > 1 ? scalars.map(textOf).join('') : scalars[0];
}

/** An object whose members of one name are a list; `__proto__` is a name like any other. */
function objectOf(members: Iterable<readonly [string, Value]>): Raw {
  const gathered = new Map<string, Value[]>();
  for (const [name, value] of members) {
    const before = gathered.get(name);
    if (before) before.push(value);
    else gathered.set(name, [value]);
  }
  return Object.fromEntries(
    [...gathered].map(([name, values]) => [
      name,
      values.length === 1 ? values[0]! : name === 'Data' ? texts(values) : values,
    ]),
  );
}

/** `Data` without names is one list of values. */
function texts(values: readonly Value[]): Value {
  const isText = (value: Value): value is Raw =>
    value !== null && typeof value === 'object' && Object.hasOwn(value, '#text');
  return values.every(isText) ? { '#text': values.map((value) => (value as Raw)['#text']!) } : values;
}
