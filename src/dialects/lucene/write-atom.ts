import type { Feature } from '../../ir/features.ts';
import { isAnything, literal, many } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, Like, OfKind } from '../../ir/predicate.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { assume } from './assumptions.ts';
import type { Assumption } from './assumptions.ts';
import { bare, fieldName, quoted } from './escape.ts';
import { fromRegex } from './from-regex.ts';
import { caseless, inCase } from './letters.ts';
import { networkRegexp } from './network.ts';
import { anyText, concat } from './regexp.ts';
import { termRegexp } from './term-regexp.ts';
import { casedValue, plainValue, regexpValue } from './write-value.ts';
import type { Value } from './write-value.ts';
import { wordsOf } from './words.ts';

/**
 * One test as text: `field` and `value` apart, so that tests of one field can share its name, or `text` where the
 * field is not named in front. `loss` is what this very text loses beside what its features do.
 */
export interface Written {
  readonly field: string | null;
  readonly text: string;
  readonly assumptions: readonly Assumption[];
  readonly loss?: { readonly effect: 'wider'; readonly why: string };
}

/** Why a test whose features the language has can't be written all the same. */
export interface Unwritable {
  readonly feature: Feature;
  readonly refused: string;
}

type Result = Written | Unwritable;

/** Writes one test. Only what the capability table refuses is not expected here. */
export function writeAtom(atom: Atom, profile: Profile): Result {
  if (atom.kind === 'keyword') return writeKeyword(atom);
  const { field } = atom;
  if (typeof field !== 'string')
    return { feature: 'rendered', refused: 'Elasticsearch keeps fields, not the event as one text' };
  if (field === '' || field.includes('*') || field === '_exists_')
    return { feature: 'present', refused: `query_string can't name the field '${field}': to it that is no name` };
  const type = typeOf(profile, field);
  if (atom.kind === 'exists' || (atom.kind === 'like' && isAnything(atom.pattern)))
    return { field: null, text: `_exists_:${fieldName(field)}`, assumptions: [] };
  switch (type.kind) {
    case 'keyword':
    case 'wildcard':
      return onKeyword(atom, field, type.kind === 'keyword' && type.folded);
    case 'text':
      return onText(atom, field, type.analyzer);
    case 'number':
      return onNumber(atom, field);
    case 'boolean':
    case 'ip':
    case 'date':
      return onWhole(atom, field, type);
  }
}

type FieldAtom = Exclude<Atom, OfKind<'keyword' | 'exists'>>;

function onKeyword(atom: FieldAtom, field: string, folded: boolean): Result {
  const value = (pattern: Pattern, cased: boolean) => (folded ? plainValue(pattern) : casedValue(pattern, cased));
  const assumptions: Assumption[] = folded ? [assume.folding] : [];
  switch (atom.kind) {
    case 'like':
      return test(field, value(atom.pattern, atom.cased), mainFeature(atom), assumptions);
    case 'equal':
      return test(field, value([String(atom.value)], false), 'equal', assumptions);
    case 'regex': {
      const regexp = fromRegex(atom.regex.tree);
      return test(field, 'refused' in regexp ? regexp : regexpValue(regexp), 'regex', []);
    }
    case 'term':
      return test(field, regexpValue(termRegexp(atom, folded)), 'term', assumptions);
    case 'cidr':
      return test(field, regexpValue(networkRegexp(atom.network)), 'cidr.v4', []);
    case 'compare':
    case 'sameAs':
      return { feature: 'compare', refused: 'on a keyword field a range compares texts' };
  }
}

function onText(atom: FieldAtom, field: string, analyzer: 'standard' | 'whitespace'): Result {
  if (atom.kind !== 'like' && atom.kind !== 'equal' && atom.kind !== 'term')
    return { feature: 'regex', refused: 'the field is indexed as words' };
  const pattern =
    atom.kind === 'like' ? atom.pattern : [many, atom.kind === 'term' ? atom.term : String(atom.value), many];
  const words = wordsOf(pattern, analyzer);
  const feature = atom.kind === 'like' ? mainFeature(atom) : atom.kind;
  if (words.length === 0) return { feature, refused: 'the field is indexed as words, and this text has none' };
  const texts = words.map((word) =>
    analyzer === 'standard'
      ? { text: bare([many, word, many]) }
      : regexpValue(concat([anyText, caseless([word]), anyText])),
  );
  const refused = texts.find((each) => 'refused' in each);
  if (refused && 'refused' in refused) return { feature, refused: refused.refused };
  const list = texts.map((each) => ('text' in each ? each.text : '')).join(' AND ');
  return { field, text: texts.length === 1 ? list : `(${list})`, assumptions: [assume.folding] };
}

function onNumber(atom: FieldAtom, field: string): Result {
  const assumptions = [assume.numbers];
  if (atom.kind === 'compare' && atom.part === 'number') return { field, text: comparison(atom), assumptions };
  const text = atom.kind === 'like' ? literal(atom.pattern) : atom.kind === 'equal' ? String(atom.value) : undefined;
  if (text === undefined || text === '' || String(Number(text)) !== text || text === 'NaN' || text.includes('Infinity'))
    return {
      feature: atom.kind === 'like' ? mainFeature(atom) : 'equal',
      refused: 'the field holds numbers, and this is none',
    };
  return { field, text: number(text), assumptions };
}

function comparison({ order, value }: Compare): string {
  return order === '=' ? number(String(value)) : `${order}${value}`;
}

/** A negative number is quoted: after a colon, `-` would be an operator. */
function number(text: string): string {
  return /^\d+(?:\.\d+)?$/.test(text) ? text : quoted(text);
}

function onWhole(atom: FieldAtom, field: string, type: FieldType): Result {
  if (atom.kind === 'cidr') return { field, text: quoted(atom.network), assumptions: [assume.mapped] };
  if (type.kind === 'boolean' && (atom.kind === 'equal' || atom.kind === 'like')) {
    const text = atom.kind === 'equal' ? String(atom.value) : literal(atom.pattern)?.toLowerCase();
    if (text === 'true' || text === 'false') return { field, text, assumptions: [] };
  }
  if (type.kind === 'ip' && atom.kind === 'like') return onAddress(atom, field);
  return {
    feature: atom.kind === 'like' ? mainFeature(atom) : 'equal',
    refused: `the field is of type ${type.kind}, which holds no such text`,
  };
}

const quad = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const lead = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){1,3}$/;

/** A dotted quad, or a network written as the start of one: `10.` and a wildcard is 10.0.0.0/8. */
function onAddress(atom: Like, field: string): Result {
  const [start, hole, ...rest] = atom.pattern;
  if (typeof start === 'string' && hole === undefined && quad.test(start))
    return { field, text: quoted(start), assumptions: [assume.mapped] };
  if (
    typeof start === 'string' &&
    hole !== undefined &&
    typeof hole !== 'string' &&
    hole.wild === 'many' &&
    rest.length === 0 &&
    lead.test(start)
  ) {
    const octets = start.split('.').slice(0, -1);
    const base = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    return { field, text: quoted(`${base}/${octets.length * 8}`), assumptions: [assume.mapped] };
  }
  if (typeof start === 'string' && hole === undefined && /^[\da-f:]*:[\da-f:.]*$/i.test(start))
    return {
      field,
      text: quoted(start),
      assumptions: [],
      loss: { effect: 'wider', why: 'an IPv6 address is found in any spelling' },
    };
  return {
    feature: mainFeature(atom),
    refused: 'the field holds addresses: only one address or a network can be asked for',
  };
}

function writeKeyword({ test: tested }: OfKind<'keyword'>): Result {
  const feature = tested.kind === 'regex' ? 'keyword.regex' : 'keyword';
  const written = (value: Value) => test(null, value, feature, [assume.everyField]);
  if (tested.kind === 'regex') {
    const regexp = fromRegex(tested.regex.tree);
    return written('refused' in regexp ? regexp : regexpValue(regexp));
  }
  // A lone `*` would be a match-all, events without any value included.
  if (isAnything(tested.pattern)) return written(regexpValue(inCase(tested.pattern)));
  return written(casedValue(tested.pattern, tested.cased));
}

function test(field: string | null, value: Value, feature: Feature, assumptions: readonly Assumption[]): Result {
  return 'refused' in value ? { feature, refused: value.refused } : { field, text: value.text, assumptions };
}

function mainFeature({ pattern, cased }: Like): Feature {
  return pattern.length === 0 ? 'like.empty' : cased ? 'like.cased' : 'like.uncased';
}
