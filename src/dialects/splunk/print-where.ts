/**
 * Writes predicates as an expression of `where`: three-valued (a test of a missing field is unknown, and `where` drops
 * it), sensitive to case. `not` is moved to the tests, and each negated test says what becomes of a missing field.
 */
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { All, Any, Atom, Compare, Field, Predicate, SameAs, TimePart } from '../../ir/predicate.ts';
import type { Noted } from './assumptions.ts';
import { clockFormats } from './clock.ts';
import { patternRegex, regexText, textRegex } from './regex-text.ts';
import { termPattern } from './term-pattern.ts';
import { decimal, evalName, quoted } from './text.ts';

/** What the words of an expression depend on besides the predicate. */
export interface Setting {
  readonly noted: Noted;
  /** Fields that may hold several values. */
  readonly multiValued: ReadonlySet<string>;
  /** Fields that an earlier stage computed as numbers: they are compared without `tonumber`. */
  readonly figures: ReadonlySet<string>;
}

/** Writes `node`; several parts stand in parentheses unless it is the whole expression. */
export function printWhere(node: Predicate, setting: Setting): string {
  const text = write(node, true, setting);
  return /^\(.*\)$/s.test(text) && (node.kind === 'all' || node.kind === 'any') ? text.slice(1, -1) : text;
}

function write(node: Predicate, positive: boolean, setting: Setting): string {
  switch (node.kind) {
    case 'all':
    case 'any': {
      const conjunction = (node.kind === 'all') === positive;
      const parts = flat(node, positive).map((part) => write(part.node, part.positive, setting));
      if (parts.length === 0) return conjunction ? 'true()' : 'false()';
      return parts.length === 1 ? parts[0]! : `(${parts.join(conjunction ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return write(node.of, !positive, setting);
    default:
      return positive ? test(node, setting).text : negated(test(node, setting), setting);
  }
}

interface Signed {
  readonly node: Predicate;
  readonly positive: boolean;
}

/** The parts of a group, those of groups in it that are joined by the same word included. */
function flat(group: All | Any, positive: boolean): Signed[] {
  const open = (node: Predicate, sign: boolean): Signed[] => {
    if (node.kind === 'not') return open(node.of, !sign);
    const alike = (node.kind === 'all' || node.kind === 'any') && (node.kind === group.kind) === (sign === positive);
    return alike && node.of.length > 0 ? node.of.flatMap((part) => open(part, sign)) : [{ node, positive: sign }];
  };
  return group.of.flatMap((part) => open(part, positive));
}

/** A test in words, and the expressions that must not be null for it to have an answer. */
interface Test {
  readonly text: string;
  readonly needs: readonly string[];
  /** How the negation is said, where it is not the usual way. */
  readonly otherwise?: string;
}

function negated({ text, needs, otherwise }: Test, { noted }: Setting): string {
  if (otherwise !== undefined) return otherwise;
  if (needs.length === 0) return `NOT ${text}`;
  noted.add('unknown');
  return `(${needs.map((each) => `isnull(${each})`).join(' OR ')} OR NOT ${text})`;
}

function test(atom: Atom, setting: Setting): Test {
  if (atom.kind === 'keyword') return keyword(atom, setting);
  const name = nameOf(atom.field, setting);
  const needs = typeof atom.field === 'string' ? [name] : [];
  switch (atom.kind) {
    case 'exists':
      return presence(name);
    case 'like': {
      if (isAnything(atom.pattern)) return presence(name);
      const whole = literal(atom.pattern);
      if (atom.pattern.length === 0) setting.noted.add('emptyValue');
      const comparable =
        atom.cased &&
        whole !== undefined &&
        whole.trim() !== '' &&
        Number.isNaN(Number(whole)) &&
        !/[\u0000-\u001f]/.test(whole);
      if (comparable) return { text: `${name}=${quoted(whole)}`, needs };
      return { text: `match(${name}, ${quoted(patternRegex(atom.pattern, atom.cased, setting.noted))})`, needs };
    }
    case 'equal': {
      const value = String(atom.value);
      const source = `${/[a-z]/i.test(value) ? '(?i)' : ''}^${textRegex(value)}\\z`;
      return { text: `match(${name}, ${quoted(source)})`, needs };
    }
    case 'regex':
      return { text: `match(${name}, ${quoted(regexText(atom.regex))})`, needs };
    case 'term':
      return { text: `match(${name}, ${quoted(termPattern(atom))})`, needs };
    case 'compare':
      return compare(atom, name, setting);
    case 'cidr':
      return { text: `cidrmatch(${quoted(atom.network)}, ${name})`, needs };
    case 'sameAs':
      return same(atom, name, nameOf(atom.other, setting), setting);
  }
}

function presence(name: string): Test {
  return { text: `isnotnull(${name})`, needs: [], otherwise: `isnull(${name})` };
}

function nameOf(field: Field, { noted, multiValued }: Setting): string {
  if (typeof field !== 'string') {
    noted.add('raw');
    return '_raw';
  }
  if (multiValued.has(field)) noted.add('multiValue');
  if (/["'\\]/.test(field)) noted.add('fieldName');
  return evalName(field);
}

function keyword({ test }: Extract<Atom, { kind: 'keyword' }>, setting: Setting): Test {
  setting.noted.add('raw');
  const source = test.kind === 'regex' ? regexText(test.regex) : loose(test.pattern, test.cased, setting);
  return { text: `match(_raw, ${quoted(source)})`, needs: [] };
}

/** What each value of an event fits lies somewhere in the event's text. */
function loose(pattern: Pattern, cased: boolean, setting: Setting): string {
  return patternRegex(normal([many, ...pattern, many]), cased, setting.noted);
}

function compare({ field, part, order, value }: Compare, name: string, { noted, figures }: Setting): Test {
  if (part === 'number' && typeof field === 'string' && figures.has(field))
    return { text: `${name}${order}${decimal(value)}`, needs: [name] };
  if (part !== 'number') noted.add('clock');
  const figure = part === 'number' ? `tonumber(${name})` : `tonumber(${momentPart(name, part)})`;
  return { text: `${figure}${order}${decimal(value)}`, needs: [figure] };
}

function momentPart(name: string, part: TimePart): string {
  const written = `substr(replace(${name}, "T", " "), 1, 19)`;
  return `strftime(strptime(${written}, "%Y-%m-%d %H:%M:%S"), "${clockFormats[part]}")`;
}

function same({ relation, cased }: SameAs, left: string, right: string, { noted }: Setting): Test {
  const fold = (name: string) => (cased ? name : `lower(${name})`);
  const [a, b] = [fold(left), fold(right)];
  if (!cased) noted.add('folding');
  const needs = left === right ? [left] : [left, right];
  switch (relation) {
    case 'whole':
      return { text: `${a}=${b}`, needs };
    case 'startswith':
      return { text: `substr(${a}, 1, len(${b}))=${b}`, needs };
    case 'endswith':
      return { text: `(len(${a})>=len(${b}) AND substr(${a}, len(${a})-len(${b})+1)=${b})`, needs };
    case 'contains':
      return { text: `(isnotnull(${a}) AND (${b}="" OR mvcount(split(${a}, ${b}))>1))`, needs };
  }
}
