import type { Diagnostic } from '../../text/diagnostic.ts';
import { valueOf } from './command.ts';
import type { Options } from './command.ts';
import { usageFault } from './usage.ts';

/** Tells whether an event's time (ISO 8601 in UTC, or null) lies in the window that a person asked for. */
export type Window = (time: string | null) => boolean;

/**
 * Reads `--since` and `--until`, both inclusive. An event without a time is in every window: it may be the one.
 */
export function timeWindow(options: Options): Window | Diagnostic {
  const since = valueOf(options, 'since');
  const until = valueOf(options, 'until');
  const from = since === undefined ? -Infinity : timeOf(since, 'start');
  const to = until === undefined ? Infinity : timeOf(until, 'end');
  if (from === undefined) return badTime('--since', since!);
  if (to === undefined) return badTime('--until', until!);
  if (from > to) return usageFault('--since lies after --until, so no event can be in between');
  if (from === -Infinity && to === Infinity) return () => true;
  return (time) => {
    if (time === null) return true;
    const at = Date.parse(time);
    return at >= from && at <= to;
  };
}

function badTime(option: string, text: string): Diagnostic {
  return usageFault(`${option} '${text}' is no time`, 'write 2026-11-21, 2026-11-21T09:00 or 2026-11-21T09:00:00.000Z');
}

const DAY = 24 * 60 * 60 * 1000;

/** Milliseconds since 1970. A date alone is its first or its last millisecond; a time without zone is UTC. */
function timeOf(text: string, edge: 'start' | 'end'): number | undefined {
  const [, date, time, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const at = Date.parse(`${date}T${time ?? '00:00'}${zone?.toUpperCase() ?? 'Z'}`);
  // `2026-02-30` is taken for the second of March by some engines and refused by others.
  if (Number.isNaN(at) || !new Date(Date.parse(`${date}T00:00Z`)).toISOString().startsWith(date)) return undefined;
  return time === undefined && edge === 'end' ? at + DAY - 1 : at;
}
