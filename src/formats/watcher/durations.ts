const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Reads a length of time as Elasticsearch writes it, `5m`, in seconds; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * SECONDS[unit!]!;
}

/** Writes seconds in the largest unit that they are a whole number of: 300 is `5m`. */
export function durationOf(seconds: number): string {
  const unit = ['d', 'h', 'm'].find((each) => seconds % (SECONDS[each] ?? 1) === 0) ?? 's';
  return `${seconds / SECONDS[unit]!}${unit}`;
}

/** How far a lower bound of a range looks back: `now-30m/m`, or a time before the watch was due; undefined otherwise. */
export function lookBack(bound: string): number | undefined {
  const [, length] =
    /^(?:now|\{\{\s*ctx\.\w+(?:\.\w+)*\s*\}\}\|\|)-(\d{1,9}[smhdw])(?:\/[smhdwMy])?$/.exec(bound) ?? [];
  return length === undefined ? undefined : secondsOf(length);
}
