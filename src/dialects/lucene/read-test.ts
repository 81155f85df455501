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
  const ranged = test.kind === 'text' ? comparison(test.text) : test.kind === 'range' ? test : undefined;
  const type = typeOf(place.profile, field);
  if (ranged) return readRange(ranged, field, type, place);
  switch (type.kind) {
    case 'keyword':
    case 'wildcard':
      return readOnKeyword(test as Whole, field, type.kind === 'wildcard' || !type.folded, place);
    case 'text':
      return readOnText(test as Whole, field, type.analyzer, place);
    default:
      return readOnOther(test as Whole, field, type, place);
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
  const found = /^([<>])(=?)([\s\S]+)$/.exec(text);
  if (!found) return undefined;
  const [, sign, equal, bound] = found as unknown as [string, string, string, string];
  const open = bound === '*' ? null : bound;
  return sign === '>'
    ? { kind: 'range', low: open, high: null, withLow: equal === '=', withHigh: true }
    : { kind: 'range', low: null, high: open, withLow: true, withHigh: equal === '=' };
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

/** Words of analysed text, each lower-cased; a phrase is read as its words in one piece. */
function readOnText(test: Whole, field: string, analyzer: 'standard' | 'whitespace', place: Place): Predicate {
  const { source, span, assumptions } = place;
  if (test.kind === 'regexp' || analyzer === 'whitespace')
    return fail(
      source,
      span,
      'lucene/words',
      `'${field}' is indexed as words, and what this test finds among them is not modelled`,
    );
  assumptions.add(assume.folding);
  assumptions.add(assume.words);
  if (test.kind === 'pattern') {
    const letters = test.pattern.filter((piece) => typeof piece === 'string').join('');
    const [start, text, end] = normal(test.pattern);
    const oneWord = /^[0-9A-Za-z]+$/.test(letters);
    if (
      oneWord &&
      typeof start === 'object' &&
      start.wild === 'many' &&
      typeof text === 'string' &&
      typeof end === 'object' &&
      end.wild === 'many' &&
      test.pattern.length === 3
    )
      return { kind: 'like', field, pattern: [many, text, many], cased: false };
    return fail(
      source,
      span,
      'lucene/words',
      `'${field}' is indexed as words: a wildcard never reaches from one to the next`,
    );
  }
  const words = test.text.match(/[0-9A-Za-z]+/g) ?? [];
  if (words.length === 0 || /[^\x00-\x7f]/.test(test.text))
    return fail(
      source,
      span,
      'lucene/words',
      `'${field}' is indexed as words, and how this text is divided is not modelled`,
    );
  const term = (text: string): Predicate => ({
    kind: 'term',
    field,
    term: text,
    edge: 'whole',
    tokenizer: 'standard',
    cased: false,
  });
  if (words.length === 1 && words[0] === test.text) return term(test.text);
  return fail(
    source,
    span,
    'lucene/words',
    `'${field}' is indexed as words, and how this text is divided is not modelled`,
  );
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
