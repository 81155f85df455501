import { literal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { foldsBeyondAscii, isDecimal } from './text.ts';

/**
 * What Splunk's documentation leaves open and a query's meaning may hang on, as sentences that a verdict shows.
 * A printed or read query lists those that it touches, and no others.
 */
export const assumptions = {
  folding: 'Splunk compares letters outside of ASCII without regard to case as Unicode simple folding does',
  loneBackslash: 'a backslash before a character other than `"` and `\\` stands for itself in SPL',
  escapedStar: 'SPL reads `\\*` as a backslash and then a wildcard',
  emptyValue: 'Splunk has kept a field whose value is the empty text',
  numberText: 'SPL `=` compares with a quoted number as text, so `01` is not `1`',
  order: 'SPL `<` and `>` are false of a value that is no number',
  fieldName: 'SPL reads a field name between quotation marks, `"` doubled by a backslash, as that name',
  multiValue: 'in `where`, a comparison or `match` of a multi-valued field holds if it holds of one of its values',
  unknown: 'in `where`, `isnull(f) OR x` is true of a missing field, although `x` is unknown',
  likeEscape: '`like` has no escape: a backslash in its pattern stands for itself',
  likeCase: '`like` heeds case, as `=` does',
  regexMissing: '`regex f!=...` keeps events that have no field `f`',
  raw: 'the recorded event (`_raw`) is taken to be the event as this program writes it, in one text',
  rexField: 'a field that `rex` extracts is not in the events before',
  eventstats:
    '`eventstats` and a condition on its figures select the groups; each is reported once here, not once an event',
  window: '`streamstats time_window` counts the events of the last seconds up to each event, its own included',
  nullCompared: 'in SPL2, `f!=null` asks for a value of `f` to be there, and `f=null` for none to be',
  ucast: '`ucast(x, "string", null)` is the value itself, as text',
  matchRegex: '`match_regex` finds its expression anywhere in the value, as `match` does',
  dataset: 'the dataset that the text reads from holds the events that are meant, and others if any',
  clock: 'dates in the field are written `2024-05-01 10:11:12`, with a `T` or a blank, and read in one time zone',
  percentile: '`exactperc` is the nearest rank',
} as const;

export type Assumption = keyof typeof assumptions;

/** What a reader or printer has come across so far. */
export type Noted = Set<Assumption>;

/** The sentences of `noted`, in the order of the list above. */
export function sentences(noted: ReadonlySet<Assumption>): string[] {
  return (Object.keys(assumptions) as Assumption[]).filter((name) => noted.has(name)).map((name) => assumptions[name]);
}

/** Notes what a text to be compared with, printed or read, rests on. */
export function notePattern(pattern: Pattern, noted: Noted): void {
  const whole = literal(pattern);
  if (whole === '') noted.add('emptyValue');
  if (whole !== undefined && whole.trim() !== '' && !isDecimal(whole) && !Number.isNaN(Number(whole)))
    noted.add('numberText');
  if (pattern.some((piece) => typeof piece === 'string' && foldsBeyondAscii(piece))) noted.add('folding');
}
