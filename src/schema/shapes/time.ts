import type { Value } from '../../ir/event.ts';

/** `2020-10-19 03:30:41.104`, `2020-10-19T03:30:41Z`, `2020-10-19T03:30:41.1+02:00`. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * A recorded time as ISO 8601 in UTC, or null where it is none. A time without a zone is taken for UTC: collectors
 * that write none mean it, or nobody knows. A number is seconds since 1970, or milliseconds where it is too large for
 * seconds. Digits after the second are kept where no zone has to be applied.
 *
 *     utcTime('2020-10-19 03:30:41.104')   // 2020-10-19T03:30:41.104Z
 */
export function utcTime(value: Value | undefined): string | null {
  if (typeof value === 'number') return isoOf(value > 100_000_000_000 ? value : value * 1000);
  if (typeof value !== 'string') return null;
  const written = WRITTEN.exec(value.trim());
  if (!written) return /^\d{9,10}(?:\.\d+)?$/.test(value) ? isoOf(Number(value) * 1000) : null;
  const [, day, clock, zone] = written;
  const text = `${day}T${clock!.replace(',', '.')}`;
  if (zone === undefined || zone === 'Z' || zone === 'UTC')
    return isoOf(Date.parse(`${text.slice(0, 19)}Z`)) && `${text}Z`;
  return isoOf(Date.parse(`${text}${zone}`));
}

function isoOf(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
