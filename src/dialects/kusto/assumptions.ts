/** What Kusto's documentation leaves open and a text may hang on, as sentences that a verdict shows. */
export const assumptions = {
  folding: 'Kusto compares letters outside of ASCII without regard to case as Unicode simple folding does',
  term: '`has` seeks a text that holds blanks or signs as it stands, with word borders at its ends',
  number: '`todouble` reads a text as a number if it is a decimal number, and as null otherwise',
  clock: '`todatetime` reads dates written `2024-05-01 10:11:12`, with a `T` or a blank, and no other zone than UTC',
  network: 'a column that is asked for a network holds addresses, not networks, without leading zeros',
  network6: 'a column that is asked for an IPv6 network holds no IPv4 addresses',
  wholeRow: '`*` looks at each column of a row as a text',
  partsAsText:
    '`*` looks at a column of type dynamic as JSON, names of its parts included, in which backslashes and quotes are escaped',
  lowered: '`tolower` and `toupper` are taken for Unicode simple folding',
  timeRange:
    'a condition on `TimeGenerated` or `Timestamp` against the clock says when to look, not what for: it is left out',
  classes: '`\\b` in a regular expression is taken for the border of ASCII words',
} as const;

export type Assumption = keyof typeof assumptions;

/** What a reader or printer has come across so far. */
export type Noted = Set<Assumption>;

/** The sentences of `noted`, in the order of the list above. */
export function sentences(noted: ReadonlySet<Assumption>): string[] {
  return (Object.keys(assumptions) as Assumption[]).filter((name) => noted.has(name)).map((name) => assumptions[name]);
}
