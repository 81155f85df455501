import type { Feature } from '../../ir/features.ts';
import { foldClass } from '../../ir/fold.ts';
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, OfKind } from '../../ir/predicate.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import type { Lack } from '../dialect.ts';
import { networkPrefixes } from '../network-prefixes.ts';
import { addressOf } from './address.ts';
import { assume } from './assumptions.ts';
import type { Assumption } from './assumptions.ts';
import { bare, quoted, writable } from './text.ts';

/**
 * One test: `values` of which one must be there (or all, by `join`), `field` null where none stands in front.
 * `exact` are features that the capability table says are lost, but not here; `also` is what this very text loses besides.
 */
export type Written =
  | {
      readonly kind: 'test';
      readonly field: string | null;
      readonly values: readonly string[];
      readonly join: 'or' | 'and';
      /** The value is written behind `<` or its like, not behind a colon. */
      readonly ranged: boolean;
      readonly also: readonly Lack[];
      readonly exact: readonly Feature[];
      readonly assumptions: readonly Assumption[];
    }
  | { readonly kind: 'refused'; readonly why: string; readonly exact: readonly Feature[] };

type Made = Extract<Written, { kind: 'test' }>;
type FieldAtom = Exclude<Atom, OfKind<'keyword'>>;

/** Writes one test by the type of its field. What the capability table refuses is refused here, too, for any reason. */
export function writeTest(atom: Atom, profile: Profile): Written {
  if (atom.kind === 'keyword') return writeKeyword(atom);
  const { field } = atom;
  if (typeof field !== 'string') return refused('Elasticsearch keeps fields, not the event as one text');
  if (field === '') return refused('a field without a name can not be tested');
  if (atom.kind === 'exists' || (atom.kind === 'like' && isAnything(atom.pattern))) return test(field, ['*']);
  const type = typeOf(profile, field);
  switch (type.kind) {
    case 'keyword':
    case 'wildcard':
      return onKeyword(atom, field, type);
    case 'text':
      return onText(atom, field, type.analyzer);
    case 'number':
      return onNumber(atom, field);
    case 'ip':
      return onAddress(atom, field);
    case 'boolean':
    case 'date':
      return onTruth(atom, field, type);
  }
}

function test(field: string | null, values: readonly string[], more: Partial<Made> = {}): Made {
  return { kind: 'test', field, values, join: 'or', ranged: false, also: [], exact: [], assumptions: [], ...more };
}

function refused(why: string): Written {
  return { kind: 'refused', why, exact: [] };
}

function onKeyword(atom: FieldAtom, field: string, type: FieldType): Written {
  const folded = type.kind === 'keyword' && type.folded;
  const assumptions: Assumption[] = folded ? [assume.folding] : [];
  const one = (pattern: Pattern): Made => {
    const { text, also } = value(pattern, type.kind === 'wildcard');
    return test(field, [text], { also, exact: caseless(pattern), assumptions });
  };
  /** Of a test whose letters have no feature of their own for their case. */
  const cased = (pattern: Pattern): Made => {
    const made = one(pattern);
    return folded || caseless(pattern).length > 0 ? made : { ...made, also: [...made.also, KEEPS_CASE] };
  };
  switch (atom.kind) {
    case 'like':
      return one(atom.pattern);
    case 'equal':
      return cased([String(atom.value)]);
    case 'term':
      return atom.cased ? one([many, atom.term, many]) : cased([many, atom.term, many]);
    case 'cidr': {
      if (atom.network.includes(':')) return refused('an IPv6 address has many spellings');
      const values = networkPrefixes(atom.network).map((pattern) => value(pattern, false).text);
      return test(field, values, {
        exact: Number(atom.network.split('/')[1] ?? '32') >= 25 ? ['cidr.v4'] : [],
        assumptions,
      });
    }
    case 'compare':
    case 'sameAs':
    case 'regex':
    case 'exists':
      return refused('a keyword field is compared with texts, one at a time');
  }
}

const KEEPS_CASE: Lack = { effect: 'narrower', why: 'a keyword field keeps case, and KQL has no way to ignore it' };

/** Writes a pattern as a value: a plain number bare, other literals quoted, the rest bare with wildcards. */
function value(pattern: Pattern, divides: boolean): { readonly text: string; readonly also: readonly Lack[] } {
  const text = literal(pattern);
  if (text !== undefined) return { text: /^(?:0|[1-9]\d{0,14})$/.test(text) ? text : quoted(text), also: [] };
  const { pattern: written, widened } = writable(pattern, divides);
  return { text: bare(normal(written)), also: wider(widened) };
}

function wider(why: string | null): Lack[] {
  return why === null ? [] : [{ effect: 'wider', why }];
}

/** That case counts in a keyword field is no loss to a text whose letters have no case. */
function caseless(pattern: Pattern): Feature[] {
  return pattern.some((piece) => typeof piece === 'string' && hasLetters(piece)) ? [] : ['like.uncased', 'like.cased'];
}

function hasLetters(text: string): boolean {
  for (const letter of text) if (foldClass(letter.codePointAt(0)!).length > 1) return true;
  return false;
}

const WORD = /^[0-9A-Za-z]+$/;

/** A word between wildcards, or a whole one, is found as it is; else each run of letters and digits must be in some word. */
function onText(atom: FieldAtom, field: string, analyzer: 'standard' | 'whitespace'): Written {
  const assumptions = [assume.folding, assume.words];
  const pattern = atom.kind === 'like' ? atom.pattern : atom.kind === 'equal' ? [String(atom.value)] : null;
  if (analyzer !== 'standard') return refused('the field is indexed as words between blanks, which are not modelled');
  if (atom.kind === 'term' && atom.tokenizer === 'standard' && !atom.cased && WORD.test(atom.term)) {
    const [before, after] = [atom.edge === 'suffix' ? '*' : '', atom.edge === 'prefix' ? '*' : ''];
    const word = before === after ? quoted(atom.term) : `${before}${atom.term}${after}`;
    return test(field, [word], { exact: ['term'], assumptions });
  }
  const sought = atom.kind === 'term' ? [many, atom.term, many] : pattern;
  if (sought === null) return refused('the field is indexed as words');
  const runs = [
    ...new Set(sought.flatMap((piece) => (typeof piece === 'string' ? (piece.match(/[0-9A-Za-z]+/g) ?? []) : []))),
  ];
  if (runs.length === 0) return refused('the field is indexed as words, and this text has none');
  const whole = atom.kind === 'like' && !atom.cased && sought.length === 3 && sought[1] === runs[0] && isOpen(sought);
  return test(
    field,
    runs.map((run) => `*${run}*`),
    { join: 'and', exact: whole ? ['like.uncased'] : [], assumptions },
  );
}

function isOpen(pattern: Pattern): boolean {
  return [pattern[0], pattern.at(-1)].every((piece) => typeof piece === 'object' && piece.wild === 'many');
}

function onNumber(atom: FieldAtom, field: string): Written {
  const assumptions = [assume.numbers];
  if (atom.kind === 'compare' && atom.part === 'number')
    return test(field, [`${atom.order} ${numeral(String(atom.value))}`], { ranged: true, assumptions });
  const text = atom.kind === 'like' ? literal(atom.pattern) : atom.kind === 'equal' ? String(atom.value) : undefined;
  if (text === undefined || !Number.isFinite(Number(text)) || String(Number(text)) !== text)
    return refused('the field holds numbers, and this is none');
  return test(field, [numeral(text)], { assumptions });
}

function numeral(text: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : quoted(text);
}

function onAddress(atom: FieldAtom, field: string): Written {
  if (atom.kind === 'cidr') return test(field, [quoted(atom.network)], { assumptions: [assume.mapped] });
  const address = atom.kind === 'like' ? addressOf(atom.pattern) : undefined;
  if (!address) return refused('the field holds addresses: it can be asked for one, or for a network');
  const widened = address.includes(':') ? 'an IPv6 address is found in any spelling' : null;
  return test(field, [quoted(address)], { also: wider(widened), assumptions: [assume.mapped] });
}

function onTruth(atom: FieldAtom, field: string, type: FieldType): Written {
  const text = atom.kind === 'equal' ? String(atom.value) : atom.kind === 'like' ? literal(atom.pattern) : undefined;
  if (type.kind === 'boolean' && text !== undefined && /^(?:true|false)$/i.test(text))
    return test(field, [text.toLowerCase()]);
  return refused(`the field is of type ${type.kind}, which holds no such text`);
}

/** A test without a field runs over all of them as query_string, which divides a value with wildcards at its blanks. */
function writeKeyword({ test: tested }: OfKind<'keyword'>): Written {
  if (tested.kind === 'regex') return refused('KQL has no regular expressions');
  if (isAnything(tested.pattern)) return refused('a lone `*` finds every event, those without a value included');
  const { text, also } = value(tested.pattern, true);
  if (text === '*') return refused('nothing of this text can be written but `*`, which finds every event');
  return test(null, [text], { also, exact: caseless(tested.pattern), assumptions: [assume.everyField] });
}
