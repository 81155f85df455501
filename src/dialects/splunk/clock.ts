import type { TimePart } from '../../ir/predicate.ts';

/** Conversion specifications of `strftime`; `%V` is the ISO week. */
export const clockFormats: Readonly<Record<TimePart, string>> = {
  minute: '%M',
  hour: '%H',
  day: '%d',
  week: '%V',
  month: '%m',
  year: '%Y',
};
