const seconds: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  // A month and a year are the Gregorian calendar's averages, as in pySigma: a window has one length.
  M: 2_629_746,
  y: 31_556_952,
};

/**
 * The seconds of a time span such as `90m` (Sigma Correlation Rules Specification, "Time Selection"), or undefined.
 * The specification has s, m, h and d; w, M and y are pySigma's, and stand in older rules.
 */
export function secondsOf(text: string): number | undefined {
  const match = /^\s*(\d{1,9})\s*([smhdwMy])\s*$/.exec(text);
  if (!match) return undefined;
  const length = Number(match[1]) * seconds[match[2]!]!;
  return length > 0 ? length : undefined;
}

/** Writes seconds as a time span in the largest unit of the specification that divides them: 5400 is `90m`. */
export function timespanOf(length: number): string {
  for (const [unit, size] of Object.entries({ d: 86_400, h: 3600, m: 60 }))
    if (length % size === 0) return `${length / size}${unit}`;
  return `${length}s`;
}
