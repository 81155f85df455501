import type { TimePart } from './predicate.ts';

/** Dates as logs write them: `2024-05-01`, a `T` or blanks, then the time, a fraction, a zone (which is not applied). */
const MOMENT =
  /^\s*(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ]+(\d{2}):(\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?\s*$/;

/**
 * Reads one part of a point in time out of its text: minute 0-59, hour 0-23, day of the month 1-31, ISO week 1-53,
 * month 1-12, year. Undefined where the text is no date, or has no time of day to take an hour from.
 *
 * The figures are those written: the specification (sigma-appendix-modifiers, "Time modifiers") names no zone, and
 * a rule about office hours means the clock on the wall of the log.
 */
export function partOf(text: string, part: TimePart): number | undefined {
  const moment = MOMENT.exec(text);
  if (!moment) return undefined;
  const [year, month, day] = [Number(moment[1]), Number(moment[2]), Number(moment[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  switch (part) {
    case 'minute':
      return within(moment[5], 59);
    case 'hour':
      return within(moment[4], 23);
    case 'day':
      return day;
    case 'week':
      return isoWeek(date);
    case 'month':
      return month;
    case 'year':
      return year;
  }
}

function within(digits: string | undefined, most: number): number | undefined {
  return digits === undefined || Number(digits) > most ? undefined : Number(digits);
}

/** ISO 8601: the week of a date is the one that its Thursday lies in, counted from the year's first Thursday. */
function isoWeek(date: Date): number {
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - newYear) / 86_400_000 + 1) / 7);
}
