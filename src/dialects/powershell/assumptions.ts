/** What PowerShell's documentation leaves open and a text's meaning may hang on, as sentences that a verdict shows. */
export const assumptions = {
  ownLog: 'events are searched in the log that recorded them: under ForwardedEvents their Channel is another',
  folding: 'PowerShell compares letters outside of ASCII without regard to case as Unicode simple folding does',
  classes: "in .NET's expressions `\\d`, `\\w`, `\\s` and `\\b` are taken for their ASCII meanings",
  message: 'the message of an event (in English) has a line `NAME: value` for each field, under the name in its XML',
  caseOfNames: 'names of fields that differ in case alone are one field',
  unset: 'variables that the text does not set are empty',
} as const;

export type Assumption = keyof typeof assumptions;

/** What a reader or printer has come across so far. */
export type Noted = Set<Assumption>;

/** The sentences of `noted`, in the order of the list above. */
export function sentences(noted: ReadonlySet<Assumption>): string[] {
  return (Object.keys(assumptions) as Assumption[]).filter((name) => noted.has(name)).map((name) => assumptions[name]);
}
