/** What a test of a computed value asks of the event, and what `lower`, `tonumber` and `match` make of values. */
import type { Pattern } from '../../ir/pattern.ts';
import { always, never } from '../../ir/predicate.ts';
import type { Field, Order, Predicate, SameAs, TimePart } from '../../ir/predicate.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type { Span } from '../../text/source.ts';
import { ofLowered } from './lower-regex.ts';
import { compare, overCases, presence, present } from './operand.ts';
import type { Operand } from './operand.ts';
import type { Expr } from './expression.ts';
import type { Reader } from './reader.ts';
import { foldsBeyondAscii } from './text.ts';
import { decided, needing, unknown } from './truth.ts';
import type { Truth } from './truth.ts';

/** A test of a field, over what the operand turns out to be. */
export function overOperand(reader: Reader, at: Expr, operand: Operand, test: (field: Field) => Predicate): Truth {
  switch (operand.kind) {
    case 'field':
      return needing([presence(operand)], test(operand.field));
    case 'chosen':
      return {
        yes: overCases(operand, (value) => overOperand(reader, at, value, test).yes),
        no: overCases(operand, (value) => overOperand(reader, at, value, test).no),
      };
    default:
      return refuse(reader, at, 'this test is only understood of a field as it is');
  }
}

/** A match of the expression in the operand's text. */
export function found(reader: Reader, at: Expr, operand: Operand, regex: Regex): Truth {
  switch (operand.kind) {
    case 'folded': {
      if (operand.to === 'upper') break;
      const test: Predicate = { kind: 'regex', field: operand.field, regex: ofLowered(regex) };
      return needing([presence(operand)], test);
    }
    case 'chosen':
      return {
        yes: overCases(operand, (value) => found(reader, at, value, regex).yes),
        no: overCases(operand, (value) => found(reader, at, value, regex).no),
      };
    default:
  }
  return overOperand(reader, at, operand, (field) => ({ kind: 'regex', field, regex }));
}

/** The whole value fits the pattern; case counts. */
export function whole(reader: Reader, at: Expr, operand: Operand, pattern: Pattern): Truth {
  const texts = pattern.filter((piece) => typeof piece === 'string').join('');
  switch (operand.kind) {
    case 'field':
      if (pattern.length === 0) reader.noted.add('emptyValue');
      return needing([presence(operand)], { kind: 'like', field: operand.field, pattern, cased: true });
    case 'folded': {
      if (foldsBeyondAscii(texts)) reader.noted.add('folding');
      const reachable = texts === (operand.to === 'lower' ? texts.toLowerCase() : texts.toUpperCase());
      const test: Predicate = reachable ? { kind: 'like', field: operand.field, pattern, cased: false } : never;
      return needing([presence(operand)], test);
    }
    case 'literal':
      if (operand.value === null) return unknown;
      if (pattern.every((piece) => typeof piece === 'string'))
        return decided(String(operand.value) === texts ? always : never);
      break;
    case 'chosen':
      return {
        yes: overCases(operand, (value) => whole(reader, at, value, pattern).yes),
        no: overCases(operand, (value) => whole(reader, at, value, pattern).no),
      };
    default:
  }
  return refuse(reader, at, 'this value is not understood as a text');
}

/** How the value stands to a number. */
export function stands(reader: Reader, at: Expr, operand: Operand, order: Order, value: number): Truth {
  switch (operand.kind) {
    case 'field': {
      if (order === '=' && reader.numbers.has(String(operand.field)))
        return needing([presence(operand)], { kind: 'equal', field: operand.field, value });
      if (order !== '=') reader.noted.add('order');
      return needing(
        [presence(operand)],
        compare({ kind: 'figure', field: operand.field, part: 'number' }, order, value),
      );
    }
    case 'figure':
      return needing([presence(operand)], compare(operand, order, value));
    case 'chosen':
      return {
        yes: overCases(operand, (inner) => stands(reader, at, inner, order, value).yes),
        no: overCases(operand, (inner) => stands(reader, at, inner, order, value).no),
      };
    case 'literal':
      if (operand.value === null) return unknown;
      if (typeof operand.value === 'number' && order === '=') return decided(operand.value === value ? always : never);
      break;
    default:
  }
  return refuse(reader, at, 'this value is not understood as a number');
}

/** The value is this boolean. */
export function agrees(reader: Reader, at: Expr, operand: Operand, value: boolean): Truth {
  switch (operand.kind) {
    case 'field':
      return needing([presence(operand)], { kind: 'equal', field: operand.field, value });
    case 'literal':
      if (operand.value === null) return unknown;
      return decided(operand.value === value ? always : never);
    case 'chosen':
      return {
        yes: overCases(operand, (inner) => agrees(reader, at, inner, value).yes),
        no: overCases(operand, (inner) => agrees(reader, at, inner, value).no),
      };
    default:
      return refuse(reader, at, 'this value is not understood as true or false');
  }
}

/** Two fields of the event, both as they are or both folded. */
export function sameness(reader: Reader, at: Expr, a: Operand, b: Operand, relation: SameAs['relation']): Truth {
  if (a.kind !== b.kind || (a.kind !== 'field' && a.kind !== 'folded') || (b.kind !== 'field' && b.kind !== 'folded'))
    return refuse(reader, at, 'only two fields, or both in lower case, can be compared with each other');
  if (a.kind === 'folded') reader.noted.add('folding');
  const test: SameAs = { kind: 'sameAs', field: a.field, other: b.field, relation, cased: a.kind === 'field' };
  const needs = [a.field, b.field].map((field) => (typeof field === 'string' ? present(field) : always));
  return needing(needs, test);
}

/** `lower(x)` and `upper(x)`. */
export function folded(reader: Reader, at: Expr, operand: Operand, to: 'lower' | 'upper'): Operand {
  switch (operand.kind) {
    case 'field':
    case 'folded':
      return { kind: 'folded', field: operand.field, to };
    case 'literal':
      if (typeof operand.value !== 'string') return operand;
      return { kind: 'literal', value: to === 'lower' ? operand.value.toLowerCase() : operand.value.toUpperCase() };
    case 'chosen':
      return {
        kind: 'chosen',
        cases: operand.cases.map(([when, value]) => [when, folded(reader, at, value, to)]),
        otherwise: folded(reader, at, operand.otherwise, to),
      };
    default:
      return refuse(reader, at, 'this value is not understood as a text');
  }
}

/** `tonumber(x)`, or a part of the date in it. */
export function figure(reader: Reader, at: Expr, operand: Operand, part: 'number' | TimePart): Operand {
  if (operand.kind !== 'field') return refuse(reader, at, 'only a field is understood as a number');
  if (part !== 'number') reader.noted.add('clock');
  return { kind: 'figure', field: operand.field, part };
}

/** Expressions read before: rules share them, and reading one takes longer than the test around it. */
const expressions = new Map<string, Regex>();
const MOST_EXPRESSIONS = 4096;
const LONGEST_KEPT = 256;

/** Reads the text of a regular expression. */
export function readRegex(reader: Reader, source: string, span: Span): Regex {
  const known = expressions.get(source);
  if (known) return known;
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read)
    return reader.cursor.fail('splunk/regex', `this regular expression can't be read: ${read.fault.message}`, span);
  if (expressions.size >= MOST_EXPRESSIONS) expressions.clear();
  if (source.length <= LONGEST_KEPT) expressions.set(source, read.regex);
  return read.regex;
}

/** Says that an expression is not understood, and where it stands. */
export function refuse(reader: Reader, { span }: { readonly span: Span }, message: string): never {
  return reader.cursor.fail('splunk/eval', message, span);
}
