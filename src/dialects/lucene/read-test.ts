import { many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any } from '../../ir/predicate.ts';
import type { Compare, Predicate } from '../../ir/predicate.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import { assume } from './assumptions.ts';
import { readFoldedRegexp, readRegexp } from './read-regexp.ts';
import type { ReadRegexp } from './read-regexp.ts';
import { fail } from './tokens.ts';

/** What stands right of a field's colon, escapes undone. `text` is a bare word; a bound of null is open. */
export type Test =
  | { readonly kind: 'text' | 'quoted' | 'regexp'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'present' }
  | {
      readonly kind: 'range';
      readonly low: string | null;
      readonly high: string | null;
      readonly withLow: boolean;
      readonly withHigh: boolean;
    };

/** Where a test stands, and where its reader leaves what it has to say. */
export interface Place {
  readonly source: Source;
  readonly profile: Profile;
  readonly span: Span;
  readonly diagnostics: Diagnostic[];
  readonly assumptions: Set<string>;
}

/** Says what a test means on a field of its type. Throws a SyntaxFault for a test that has no meaning there. */
export function readTest(test: Test, field: string, place: Place): Predicate {
  if (field === '*') return readKeyword(test, place);
  if (field === '_exists_') {
    if (test.kind !== 'text' && test.kind !== 'quoted')
      return fail(place.source, place.span, 'lucene/exists', '`_exists_` takes the name of one field');
    return present(test.text);
  }
  if (test.kind === 'present') return present(field);
  const type = typeOf(place.profile, field);
  if (test.kind === 'range') return readRange(test, field, type, place);
  const ordered = test.kind === 'text' ? comparison(test.text) : undefined;
  if (ordered) return readRange(ordered, field, type, place);
  switch (type.kind) {
    case 'keyword':
    case 'wildcard':
      return readOnKeyword(test, field, type.kind === 'wildcard' || !type.folded, place);
    case 'text':
      return readOnText(test, field, type.analyzer, place);
    default:
      return readOnOther(test, field, type, place);
  }
}

type Whole = Exclude<Test, { kind: 'present' | 'range' }>;

function present(field: string): Predicate {
  return { kind: 'like', field, pattern: [many], cased: true };
}

function readOnKeyword(test: Whole, field: string, cased: boolean, place: Place): Predicate {
  if (!cased) place.assumptions.add(assume.folding);
  if (test.kind === 'regexp') return any(expression(test.text, cased, place).map((each) => ({ ...each, field })));
  const pattern = test.kind === 'pattern' ? normal(test.pattern) : test.text === '' ? [] : [test.text];
  return { kind: 'like', field, pattern, cased };
}

function expression(text: string, cased: boolean, place: Place): readonly ReadRegexp[] {
  const read = cased ? readRegexp(text) : readFoldedRegexp(text);
  if ('fault' in read) {
    const start = place.span.start + 1 + read.fault.at;
    return fail(place.source, { start, end: start + 1 }, read.fault.code, read.fault.message, read.fault.hint);
  }
  for (const assumption of read.assumptions) place.assumptions.add(assumption);
  for (const { at, ...warning } of read.warnings) {
    const span = { start: place.span.start + 1 + at, end: place.span.start + 2 + at };
    place.diagnostics.push({ ...warning, severity: 'warning', source: place.source, span });
  }
  return read.tests;
}

/** A test without a field looks at every field; what that is on fields of words or numbers is not said here. */
function readKeyword(test: Test, place: Place): Predicate {
  if (test.kind === 'present') return { kind: 'all', of: [] };
  if (test.kind === 'range') return fail(place.source, place.span, 'lucene/range', 'a range needs the name of a field');
  place.assumptions.add(assume.everyField);
  const type = place.profile.defaultType;
  if (type.kind !== 'keyword' && type.kind !== 'wildcard')
    return fail(
      place.source,
      place.span,
      'lucene/no-field',
      `a test without a field is not read where most fields are of type ${type.kind}`,
    );
  const cased = type.kind === 'wildcard' || !type.folded;
  if (test.kind === 'regexp') {
    return any(expression(test.text, cased, place).map((each): Predicate => ({ kind: 'keyword', test: each })));
  }
  const pattern = test.kind === 'pattern' ? normal(test.pattern) : test.text === '' ? [] : [test.text];
  return { kind: 'keyword', test: { kind: 'like', pattern, cased } };
}

/** `>=5` as a bare word; a lone sign, or a quoted one, is text. */
function comparison(text: string): Extract<Test, { kind: 'range' }> | undefined {
  const found = /^(<|>)(=?)([\s\S]+)$/.exec(text);
  if (!found) return undefined;
  const bound = found[3] === '*' ? null : found[3]!;
  const inclusive = found[2] === '=';
  return found[1] === '>'
    ? { kind: 'range', low: bound, high: null, withLow: inclusive, withHigh: true }
    : { kind: 'range', low: null, high: bound, withLow: true, withHigh: inclusive };
}

function readRange(range: Extract<Test, { kind: 'range' }>, field: string, type: FieldType, place: Place): Predicate {
  const { low, high, withLow, withHigh } = range;
  if (low === null && high === null) return present(field);
  if (type.kind !== 'number')
    return fail(
      place.source,
      place.span,
      'lucene/range',
      `a range over '${field}', of type ${type.kind}, compares texts or times, not numbers`,
    );
  place.assumptions.add(assume.numbers);
  const compare = (order: Compare['order'], text: string): Predicate => ({
    kind: 'compare',
    field,
    part: 'number',
    order,
    value: number(text, place),
  });
  const isOne = withLow && withHigh && low !== null && high !== null && number(low, place) === number(high, place);
  if (isOne) return compare('=', low);
  return all([
    ...(low === null ? [] : [compare(withLow ? '>=' : '>', low)]),
    ...(high === null ? [] : [compare(withHigh ? '<=' : '<', high)]),
  ]);
}

function number(text: string, place: Place): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text))
    fail(place.source, place.span, 'lucene/number', `the field holds numbers, and '${text}' is none`);
  return Number(text);
}

/** Words of analysed text: one word alone, or one run of letters and digits inside some word. */
function readOnText(test: Whole, field: string, analyzer: 'standard' | 'whitespace', place: Place): Predicate {
  const { source, span, assumptions } = place;
  assumptions.add(assume.folding);
  assumptions.add(assume.words);
  if (analyzer === 'standard' && (test.kind === 'pattern' || test.kind === 'regexp')) {
    const run = test.kind === 'pattern' ? innerRun(test.pattern) : smallRun(test.text);
    if (run !== undefined) return { kind: 'like', field, pattern: [many, run, many], cased: false };
  } else if (analyzer === 'standard' && 'text' in test && /^[0-9A-Za-z]+$/.test(test.text))
    return { kind: 'term', field, term: test.text, edge: 'whole', tokenizer: 'standard', cased: false };
  const message = `'${field}' is indexed as words, and what this test finds among them is not modelled`;
  return fail(source, span, 'lucene/words', message, 'one word is read, bare or between two `*`');
}

/** The run of letters and digits that a pattern seeks inside a word, if it seeks nothing else. */
function innerRun(pattern: Pattern): string | undefined {
  const [start, text, end, ...rest] = normal(pattern);
  const open = typeof start === 'object' && start.wild === 'many' && typeof end === 'object' && end.wild === 'many';
  return open && rest.length === 0 && typeof text === 'string' && /^[0-9A-Za-z]+$/.test(text) ? text : undefined;
}

/** The same for an expression, `.*minidump.*`, which no analyser sees: words are in small letters. */
function smallRun(text: string): string | undefined {
  return /^\.\*([0-9a-z]+)\.\*$/.exec(text)?.[1];
}

function readOnOther(test: Whole, field: string, type: FieldType, place: Place): Predicate {
  const { source, span, assumptions } = place;
  if (test.kind === 'regexp' || test.kind === 'pattern')
    return fail(
      source,
      span,
      'lucene/pattern',
      `'${field}' is of type ${type.kind}: only keyword and text fields take patterns`,
    );
  const { text } = test;
  if (type.kind === 'number') {
    assumptions.add(assume.numbers);
    return { kind: 'equal', field, value: number(text, place) };
  }
  if (type.kind === 'boolean' && /^(?:true|false)$/.test(text)) return { kind: 'equal', field, value: text === 'true' };
  if (type.kind === 'ip' && /^[\d.]+(?:\/\d{1,2})?$|^[\da-fA-F:.]*:[\da-fA-F:.]*(?:\/\d{1,3})?$/.test(text)) {
    assumptions.add(assume.mapped);
    const whole = text.includes(':') ? 128 : 32;
    return { kind: 'cidr', field, network: text.includes('/') ? text : `${text}/${whole}` };
  }
  return fail(source, span, 'lucene/value', `'${field}' is of type ${type.kind}, and '${text}' is no value of it`);
}
