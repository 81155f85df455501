/** Says a single test in SPL2: the expression, and what must not be null for it to have an answer. */
import { foldClass } from '../../ir/fold.ts';
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, Equal, Field, Like, OfKind, SameAs, TimePart } from '../../ir/predicate.ts';
import { notePattern } from '../splunk/assumptions.ts';
import type { Noted } from '../splunk/assumptions.ts';
import { clockFormats } from '../splunk/clock.ts';
import type { Expr } from '../splunk/expression.ts';
import { patternRegex, regexText } from '../splunk/regex-text.ts';
import { termPattern } from '../splunk/term-pattern.ts';
import { isDecimal } from '../splunk/text.ts';
import { lowered } from './lowered.ts';
import type { Lowered } from './lowered.ts';
import { callOf, fieldOf, nameOf, numberOf, operationOf, regexOf, textOf } from './made.ts';

/** What the words of an expression depend on besides the predicate. */
export interface Setting {
  readonly noted: Noted;
  /** Fields that hold numbers. */
  readonly numbers: ReadonlySet<string>;
  /** Fields that may hold several values. */
  readonly multiValued: ReadonlySet<string>;
  /** Fields that an `eval` before the condition puts in lower case. */
  readonly lowered: Lowered;
}

/** A test in words. */
export interface Test {
  readonly expr: Expr;
  /** Values that must be there for the test to have an answer. */
  readonly needs: readonly Expr[];
  /** How the negation is said, where it is not the usual way. */
  readonly otherwise?: Expr;
  /** The test is `of = value`: several of one value are a list. */
  readonly equals?: { readonly of: Expr; readonly value: Expr };
}

/** Says a test. */
export function testOf(atom: Atom, setting: Setting): Test {
  if (atom.kind === 'keyword') return keyword(atom, setting);
  const field = subject(atom.field, setting);
  const needs = typeof atom.field === 'string' ? [field] : [];
  switch (atom.kind) {
    case 'exists':
      return presence(field);
    case 'like':
      return like(atom, field, needs, setting);
    case 'equal':
      return equal(atom, field, needs, setting);
    case 'regex':
      return { expr: callOf('match', asText(atom.field, field, setting), regexOf(regexText(atom.regex))), needs };
    case 'term':
      return { expr: callOf('match', asText(atom.field, field, setting), regexOf(termPattern(atom))), needs };
    case 'compare':
      return compare(atom, field, setting);
    case 'cidr':
      return { expr: callOf('cidrmatch', textOf(atom.network), field), needs };
    case 'sameAs':
      return same(atom, field, subject(atom.other, setting), setting);
  }
}

function presence(field: Expr): Test {
  return { expr: callOf('isnotnull', field), needs: [], otherwise: callOf('isnull', field) };
}

function subject(field: Field, { noted, multiValued }: Setting): Expr {
  if (typeof field !== 'string') {
    noted.add('raw');
    return nameOf('_raw');
  }
  if (multiValued.has(field)) noted.add('multiValue');
  return fieldOf(field);
}

/** A number is compared with texts as it is written. */
function asText(field: Field, expr: Expr, { numbers }: Setting): Expr {
  return typeof field === 'string' && numbers.has(field) ? callOf('tostring', expr) : expr;
}

function like(atom: Like, field: Expr, needs: readonly Expr[], setting: Setting): Test {
  const { pattern, cased } = atom;
  if (isAnything(pattern)) return presence(field);
  notePattern(pattern, setting.noted);
  const whole = literal(pattern);
  if (whole !== undefined && typeof atom.field === 'string' && setting.numbers.has(atom.field) && isDecimal(whole))
    return equality(field, numberOf(Number(whole)), needs);
  const texts = pattern.filter((piece) => typeof piece === 'string').join('');
  const folds = !cased && [...texts].some((letter) => foldClass(letter.codePointAt(0)!).length > 1);
  const value = asText(atom.field, field, setting);
  const isWord = whole !== undefined ? !hasControl(texts) : isMask(texts) && !(cased && /\p{L}/u.test(texts));
  if (isWord && !folds) return fitting(value, pattern, needs);
  if (isWord && typeof atom.field === 'string' && !hasForeignCase(texts)) {
    const lower = lowered(setting.lowered, atom.field, value);
    return fitting(lower, inLowerCase(pattern), [lower]);
  }
  return { expr: callOf('match', value, regexOf(patternRegex(pattern, cased, setting.noted))), needs };
}

/** `of = "text"`, or `of LIKE "text%"` for a pattern with holes. */
function fitting(of: Expr, pattern: Pattern, needs: readonly Expr[]): Test {
  const whole = literal(pattern);
  if (whole !== undefined) return equality(of, textOf(whole), needs);
  const mask = pattern.map((piece) => (typeof piece === 'string' ? piece : piece.wild === 'one' ? '_' : '%')).join('');
  return { expr: operationOf('LIKE', of, textOf(mask)), needs };
}

/** Whether `LIKE` can say texts between holes: no escape of its own signs is documented. Nor that it heeds case. */
function isMask(texts: string): boolean {
  return texts !== '' && !/[%_\\]/.test(texts) && !hasControl(texts);
}

/** No text of SPL2 has a documented escape for these. */
function hasControl(texts: string): boolean {
  return /[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(texts);
}

/** Whether `lower` could change a letter beyond ASCII, about which its manual says nothing. */
function hasForeignCase(texts: string): boolean {
  return [...texts].some((letter) => letter > '\u007f' && /[\p{L}\p{N}]/u.test(letter));
}

function inLowerCase(pattern: Pattern): Pattern {
  return pattern.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : piece));
}

function equality(of: Expr, value: Expr, needs: readonly Expr[]): Test {
  return { expr: operationOf('=', of, value), needs, equals: { of, value } };
}

function equal(atom: Equal, field: Expr, needs: readonly Expr[], setting: Setting): Test {
  const text = String(atom.value);
  if (typeof atom.value === 'number' && typeof atom.field === 'string' && setting.numbers.has(atom.field))
    return equality(field, numberOf(atom.value), needs);
  return like({ kind: 'like', field: atom.field, pattern: [text], cased: false }, field, needs, setting);
}

function keyword({ test }: OfKind<'keyword'>, { noted }: Setting): Test {
  noted.add('raw');
  const source =
    test.kind === 'regex'
      ? regexText(test.regex)
      : patternRegex(normal([many, ...test.pattern, many]), test.cased, noted);
  return { expr: callOf('match', nameOf('_raw'), regexOf(source)), needs: [] };
}

function compare({ field, part, order, value }: Compare, name: Expr, { noted, numbers }: Setting): Test {
  if (part === 'number' && order !== '=' && typeof field === 'string' && numbers.has(field)) {
    noted.add('order');
    return { expr: operationOf(order, name, numberOf(value)), needs: [name] };
  }
  if (part !== 'number') noted.add('clock');
  const figure = callOf('tonumber', part === 'number' ? name : momentPart(name, part));
  return { expr: operationOf(order, figure, numberOf(value)), needs: [figure] };
}

function momentPart(name: Expr, part: TimePart): Expr {
  const spaced = callOf('replace', name, textOf('T'), textOf(' '));
  const written = callOf('substr', spaced, numberOf(1), numberOf(19));
  return callOf('strftime', callOf('strptime', written, textOf('%Y-%m-%d %H:%M:%S')), textOf(clockFormats[part]));
}

function same({ relation, cased, field, other }: SameAs, left: Expr, right: Expr, setting: Setting): Test {
  const fold = (name: Expr) => (cased ? name : callOf('lower', name));
  const [a, b] = [fold(asText(field, left, setting)), fold(asText(other, right, setting))];
  if (!cased) setting.noted.add('folding');
  const needs = field === other ? [left] : [left, right];
  const length = (of: Expr) => callOf('len', of);
  switch (relation) {
    case 'whole':
      return { expr: operationOf('=', a, b), needs };
    case 'startswith':
      return { expr: operationOf('=', callOf('substr', a, numberOf(1), length(b)), b), needs };
    case 'endswith': {
      const from = operationOf('+', operationOf('-', length(a), length(b)), numberOf(1));
      const ends = operationOf('=', callOf('substr', a, from), b);
      return { expr: operationOf('AND', operationOf('>=', length(a), length(b)), ends), needs };
    }
    case 'contains': {
      const found = operationOf('>', callOf('mvcount', callOf('split', a, b)), numberOf(1));
      const ways = operationOf('OR', operationOf('=', b, textOf('')), found);
      return { expr: operationOf('AND', callOf('isnotnull', a), ways), needs };
    }
  }
}
