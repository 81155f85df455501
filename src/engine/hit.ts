import type { Detection } from '../ir/detection.ts';
import { textOf } from '../ir/event.ts';
import type { Event, Raw } from '../ir/event.ts';
import type { RecordedEvent } from '../schema/shapes.ts';
import { deciding } from './deciding.ts';
import type { Deciding } from './deciding.ts';
import type { Match } from './plan.ts';

/** Where a recorded event was read: `record` is a line from 1, a position in an array, or Windows' EventRecordID. */
export interface From {
  readonly file: string;
  readonly record: number;
}

/** One event that one rule selects, as `hunt --format ndjson` writes it. The rule's author and licence travel with it. */
export interface Hit {
  readonly rule: RuleLabel;
  /** ISO 8601 in UTC, or null where the event has no time. */
  readonly time: string | null;
  readonly from: From;
  readonly matched: readonly Deciding[];
  /** The event as recorded. */
  readonly event: Raw;
  /** For a rule over several events: where the others were read, in order of time. */
  readonly together?: readonly From[];
}

/** What a hit says of its rule. */
export interface RuleLabel {
  readonly id: string;
  readonly title: string;
  readonly level: string | null;
  readonly author: string | null;
  readonly license: string | null;
  readonly file: string;
}

/** An event with the place it was read at. */
export interface Placed {
  readonly recorded: RecordedEvent;
  readonly raw: Raw;
  readonly from: From;
}

/** Names a rule in results: a rule without id goes by its file. */
export function labelOf({ id, name, title, level, author, license, file }: Detection): RuleLabel {
  return { id: id ?? name, title, level, author, license, file };
}

/** Makes the hit of a rule that looks at one event. */
export function hitOf({ detection, where }: Match, { recorded, raw, from }: Placed): Hit {
  return {
    rule: labelOf(detection),
    time: recorded.time,
    from,
    matched: deciding(where, recorded.event, detection),
    event: raw,
  };
}

/** Makes the hit of a rule over several events: it is placed at the last of them and shows the figures it computed. */
export function alertHit(detection: Detection, row: Event, events: readonly Placed[]): Hit | undefined {
  const last = events.at(-1);
  if (!last) return undefined;
  const matched = [...row.values()].map(([field, value]) => ({ selection: 'condition', field, value: textOf(value) }));
  const hit = { rule: labelOf(detection), time: last.recorded.time, from: last.from, matched, event: last.raw };
  return events.length === 1 ? hit : { ...hit, together: events.slice(0, -1).map(({ from }) => from) };
}
