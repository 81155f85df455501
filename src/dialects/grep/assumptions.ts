/** What a line takes for granted beyond what GNU grep and PCRE document, as sentences that a verdict shows. */
export const assumptions = {
  dotted: 'keys of nested objects are joined by dots in each line, as in "winlog.event_data.Image"',
  lines: 'the lines that are searched are events as compact JSON, keys of nested objects joined by dots',
  locale: 'grep runs in a UTF-8 locale',
  ascii: 'without UTF-8 a character is a byte: the lines are taken to hold ASCII alone',
} as const;

export type Assumption = keyof typeof assumptions;

/** What a reader or printer has come across so far. */
export type Noted = Set<Assumption>;

/** The sentences of `noted`, in the order of the list above. */
export function sentences(noted: ReadonlySet<Assumption>): string[] {
  return (Object.keys(assumptions) as Assumption[]).filter((name) => noted.has(name)).map((name) => assumptions[name]);
}
