import { foldClass } from '../../ir/fold.ts';
import type { Pattern } from '../../ir/pattern.ts';

/**
 * What LogPoint's documentation leaves open and a query's meaning may hang on, as sentences that a verdict shows.
 * A printed or read query lists those that it touches, and no others.
 */
export const assumptions = {
  letters: 'LogPoint compares values without regard to case, as Unicode simple folding does',
  backslash: 'a backslash in a value stands for itself, before a wildcard and a quotation mark too',
  apostrophes: "a value between ' and ' may hold quotation marks",
  emptyValue: 'LogPoint has kept a field whose value is the empty text',
  number: '`f=1` holds where the value is written `1`',
  negation: '`-` keeps the logs that have no such field',
  unequal: '`f!=x` means `-f=x`: it holds where there is no field f',
  precedence: 'OR binds tighter than AND, which is the order in which LogPoint itself converts Sigma rules',
  order: '`<` and `>` are false of a value that is no number',
  everything: '`*` alone finds every log',
  raw: 'the log message is taken to be the event as JSON, in one text',
  words: 'a word or phrase without wildcards is sought as whole words of letters, digits and `_`',
  regex:
    '`process regex` with filter=true keeps the logs in whose field a Perl-compatible expression is found, anywhere and with regard to case',
} as const;

export type Assumption = keyof typeof assumptions;

/** What a reader or printer has come across so far. */
export type Noted = Set<Assumption>;

/** The sentences of `noted`, in the order of the list above. */
export function sentences(noted: ReadonlySet<Assumption>): string[] {
  return (Object.keys(assumptions) as Assumption[]).filter((name) => noted.has(name)).map((name) => assumptions[name]);
}

/** Notes what a value to be compared with, printed or read, rests on. */
export function notePattern(pattern: Pattern, noted: Noted): void {
  if (pattern.length === 0) noted.add('emptyValue');
  for (const piece of pattern) {
    if (typeof piece !== 'string') continue;
    if (piece.includes('\\')) noted.add('backslash');
    if (hasLetters(piece)) noted.add('letters');
  }
}

function hasLetters(text: string): boolean {
  for (const letter of text) if (foldClass(letter.codePointAt(0)!).length > 1) return true;
  return false;
}
