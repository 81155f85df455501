import { isAnything, literal, many } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, OfKind } from '../../ir/predicate.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { networkRegex } from '../network-regex.ts';
import { assume } from './assumptions.ts';
import type { Assumption } from './assumptions.ts';
import { bare, fieldName, quoted } from './escape.ts';
import { needsExpression, unnameable } from './flavour.ts';
import type { Flavour } from './flavour.ts';
import { fromRegex } from './from-regex.ts';
import { caseless, inCase } from './letters.ts';
import { anyText, concat } from './regexp.ts';
import { termRegexp } from './term-regexp.ts';
import { wordsOf } from './words.ts';
import { writeAddress } from './write-address.ts';
import { casedValue, plainValue, regexpValue } from './write-value.ts';
import type { Value } from './write-value.ts';

/**
 * One test as text: `field` and `text` apart, so that tests of one field can share its name; `field` is null where
 * none stands in front. `loss` is what this very text loses beside what its features do. Or why it can't be written.
 */
export type Written =
  | {
      readonly field: string | null;
      readonly text: string;
      readonly assumptions: readonly Assumption[];
      readonly loss?: { readonly effect: 'wider'; readonly why: string };
    }
  | { readonly refused: string };

/** Writes one test. What the capability table refuses need not be asked for. */
export function writeAtom(atom: Atom, profile: Profile, flavour: Flavour): Written {
  if (atom.kind === 'keyword') return writeKeyword(atom, flavour);
  const { field } = atom;
  if (typeof field !== 'string') return { refused: 'Elasticsearch keeps fields, not the event as one text' };
  const obstacle = unnameable(field, flavour);
  if (obstacle !== undefined) return { refused: obstacle };
  const type = typeOf(profile, field);
  if (atom.kind === 'exists' || (atom.kind === 'like' && isAnything(atom.pattern)))
    return { field: null, text: `_exists_:${fieldName(field)}`, assumptions: [] };
  switch (type.kind) {
    case 'keyword':
    case 'wildcard':
      return onKeyword(atom, field, type.kind === 'keyword' && type.folded, flavour);
    case 'text':
      return onText(atom, field, type.analyzer, flavour);
    case 'number':
      return onNumber(atom, field);
    case 'ip':
      return writeAddress(atom, field);
    case 'boolean':
    case 'date':
      return onTruth(atom, field, type);
  }
}

type FieldAtom = Exclude<Atom, OfKind<'keyword' | 'exists'>>;

function onKeyword(atom: FieldAtom, field: string, folded: boolean, flavour: Flavour): Written {
  const value = (pattern: Pattern, cased: boolean) =>
    folded ? foldedValue(pattern, flavour) : casedValue(pattern, cased, flavour);
  const assumptions: Assumption[] = folded ? [assume.folding] : [];
  switch (atom.kind) {
    case 'like':
      return test(field, value(atom.pattern, atom.cased), assumptions);
    case 'equal':
      return test(field, value([String(atom.value)], false), assumptions);
    case 'regex':
      return test(field, regexValue(atom.regex.tree));
    case 'term':
      return test(field, regexpValue(termRegexp(atom, folded)), assumptions);
    case 'cidr':
      return test(field, regexValue(wholeText(networkRegex(atom.network))));
    case 'compare':
    case 'sameAs':
      return { refused: 'a keyword field is compared with texts, one at a time' };
  }
}

/** The normaliser sees words and patterns, but no expression: that is written in small letters. */
function foldedValue(pattern: Pattern, flavour: Flavour): Value {
  if (!needsExpression(pattern, flavour)) return plainValue(pattern, flavour);
  return regexpValue(inCase(pattern.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : piece))));
}

function wholeText(of: RegexNode): RegexNode {
  return { kind: 'concat', of: [{ kind: 'anchor', at: 'text-start' }, of, { kind: 'anchor', at: 'very-end' }] };
}

const regexValues = new WeakMap<RegexNode, Value>();

/** A rule that means several kinds of event asks for the same expression in each. */
function regexValue(tree: RegexNode): Value {
  let value = regexValues.get(tree);
  if (!value) {
    const regexp = fromRegex(tree);
    regexValues.set(tree, (value = 'refused' in regexp ? regexp : regexpValue(regexp)));
  }
  return value;
}

/** Each run of letters and digits must stand in some word; what is between them is lost. */
function onText(atom: FieldAtom, field: string, analyzer: 'standard' | 'whitespace', flavour: Flavour): Written {
  if (atom.kind !== 'like' && atom.kind !== 'equal' && atom.kind !== 'term')
    return { refused: 'the field is indexed as words' };
  const text = atom.kind === 'term' ? atom.term : atom.kind === 'equal' ? String(atom.value) : undefined;
  const words = wordsOf(text === undefined && atom.kind === 'like' ? atom.pattern : [text ?? ''], analyzer);
  if (words.length === 0) return { refused: 'the field is indexed as words, and this text has none' };
  const values = words.map((word): Value => {
    if (analyzer === 'standard' && flavour.leadingWildcard) return { text: bare([many, word, many]) };
    if (analyzer === 'standard') return regexpValue(concat([anyText, inCase([word.toLowerCase()]), anyText]));
    return regexpValue(concat([anyText, caseless([word]), anyText]));
  });
  const texts = values.flatMap((value) => ('text' in value ? [value.text] : []));
  if (texts.length < values.length) return { refused: 'a word of it is too long for an expression' };
  const all = texts.length === 1 ? texts[0]! : `(${texts.join(' AND ')})`;
  return { field, text: all, assumptions: [assume.folding, assume.words] };
}

function onNumber(atom: FieldAtom, field: string): Written {
  const assumptions = [assume.numbers];
  if (atom.kind === 'compare' && atom.part === 'number') return { field, text: comparison(atom), assumptions };
  const text = atom.kind === 'like' ? literal(atom.pattern) : atom.kind === 'equal' ? String(atom.value) : undefined;
  if (text === undefined || !Number.isFinite(Number(text)) || String(Number(text)) !== text)
    return { refused: 'the field holds numbers, and this is none' };
  return { field, text: numeral(text), assumptions };
}

/** As a plain value, `1` would be the text: the test of the figure, `01` and `1.0` included, is a range of one. */
function comparison({ order, value }: Compare): string {
  return order === '=' ? `[${value} TO ${value}]` : `${order}${value}`;
}

/** A negative number is quoted: after a colon, `-` would be an operator. */
function numeral(text: string): string {
  return /^\d+(?:\.\d+)?$/.test(text) ? text : quoted(text);
}

function onTruth(atom: FieldAtom, field: string, type: FieldType): Written {
  const text = atom.kind === 'equal' ? String(atom.value) : atom.kind === 'like' ? literal(atom.pattern) : undefined;
  if (type.kind === 'boolean' && text !== undefined && /^(?:true|false)$/i.test(text))
    return { field, text: text.toLowerCase(), assumptions: [] };
  return { refused: `the field is of type ${type.kind}, which holds no such text` };
}

function writeKeyword({ test: tested }: OfKind<'keyword'>, flavour: Flavour): Written {
  const written = (value: Value) => test(null, value, [assume.everyField]);
  if (tested.kind === 'regex') return written(regexValue(tested.regex.tree));
  // A lone `*` would be a match-all, events without any value included.
  if (isAnything(tested.pattern)) return written(regexpValue(inCase(tested.pattern)));
  return written(casedValue(tested.pattern, tested.cased, flavour));
}

function test(field: string | null, value: Value, assumptions: readonly Assumption[] = []): Written {
  return 'refused' in value ? value : { field, text: value.text, assumptions };
}
