import { scalarsOf, textOf } from './event.ts';
import type { Event, Scalar } from './event.ts';
import type { Rendering } from './predicate.ts';

/**
 * Writes an event as one text, as `grep` and matches on a message see it.
 *
 * - `json-line`: one JSON object, dotted names as they are, no blanks outside of values, as `JSON.stringify` writes it;
 *   several values of one field as an array.
 * - `event-xml`: `<Data Name='FIELD'>value</Data>` for each value, in one line, as Windows writes event data in XML.
 * - `windows-message`: `FIELD: value` for each value, each on a line of its own, as Sysmon words its messages.
 *
 * All three are functions of the event's values alone, so a witness of one is an event like any other.
 */
export function render(event: Event, as: Rendering): string {
  const fields = [...grouped(event)];
  switch (as) {
    case 'json-line':
      return JSON.stringify(
        Object.fromEntries(fields.map(([field, values]) => [field, values.length === 1 ? values[0] : values])),
      );
    case 'event-xml': {
      const cells = fields.flatMap(([field, values]) =>
        values.map((value) => `<Data Name='${xml(field)}'>${xml(textOf(value))}</Data>`),
      );
      return `<Event><EventData>${cells.join('')}</EventData></Event>`;
    }
    case 'windows-message':
      return fields.flatMap(([field, values]) => values.map((value) => `${field}: ${textOf(value)}`)).join('\r\n');
  }
}

function grouped(event: Event): Map<string, Scalar[]> {
  const fields = new Map<string, Scalar[]>();
  for (const [field, value] of event.values()) {
    const values = fields.get(field);
    if (values) values.push(...scalarsOf(value));
    else fields.set(field, [...scalarsOf(value)]);
  }
  return fields;
}

function xml(text: string): string {
  const names: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' };
  return text.replace(/[<>&'"]/g, (character) => names[character]!);
}
