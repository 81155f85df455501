import { always, any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { operandOf } from './lower-operand.ts';
import type { Operand } from './lower-operand.ts';
import { compared, listed, networkTest, presence, wholeRow } from './lower-test.ts';
import type { Place } from './lower-test.ts';
import { spend } from './scope.ts';
import type { Scope } from './scope.ts';
import { isPipeline } from './syntax.ts';
import type { Expression } from './syntax.ts';
import { both, certain, either, negated } from './truth.ts';
import type { Truth } from './truth.ts';

/** What makes a condition true of a row, and what makes it false; a fault for one that is not modelled. */
export function conditionOf(of: Expression, scope: Scope): Truth {
  switch (of.kind) {
    case 'boolean':
      return of.value ? { yes: always, no: never } : { yes: never, no: always };
    case 'binary':
      return binary(of, scope);
    case 'call':
      return called(of, scope);
    case 'name':
      return named(of, scope);
    case 'text':
      return text(of, scope);
    case 'path':
      return flag(of, scope);
    default:
      return scope.cursor.fail('kusto/condition', 'expected a condition', of.span);
  }
}

function binary(of: Expression & { kind: 'binary' }, scope: Scope): Truth {
  const { operator, left, right, span } = of;
  if (operator === 'and') return both([conditionOf(left, scope), conditionOf(right, scope)]);
  if (operator === 'or') return either([conditionOf(left, scope), conditionOf(right, scope)]);
  const place: Place = { scope, span };
  const [one, other] = [operandOf(left, scope), operandOf(right, scope)];
  const judged = judgement(operator, one, other);
  if (judged) return judged;
  const word = operator.replace(/^!/, '');
  const truth =
    word === 'in' || word === 'in~' || word === 'has_any' || word === 'has_all'
      ? listed(word, one, other, place)
      : word === 'between'
        ? between(one, other, place)
        : compared(word === '=' ? '==' : word === '~' ? '=~' : word, one, other, place);
  return operator.startsWith('!') ? negated(truth) : truth;
}

/** `(x has "a") == false`. */
function judgement(operator: string, left: Operand, right: Operand): Truth | undefined {
  if ((operator !== '==' && operator !== '!=') || left.kind !== 'condition') return undefined;
  if (right.kind !== 'constant' || typeof right.value !== 'boolean') return undefined;
  const truth = conditionOf(left.of, left.scope);
  return right.value === (operator === '==') ? truth : negated(truth);
}

function between(one: Operand, bounds: Operand, place: Place): Truth {
  const [low, high] = bounds.kind === 'list' ? bounds.of : [];
  if (!low || !high) return place.scope.cursor.fail('kusto/condition', 'expected two bounds', place.span);
  return both([compared('>=', one, low, place), compared('<=', one, high, place)]);
}

function called(of: Expression & { kind: 'call' }, scope: Scope): Truth {
  const [first, second] = of.with;
  const place: Place = { scope, span: of.span };
  if (first && of.with.length === 1) {
    if (of.name === 'not') return negated(conditionOf(first, scope));
    if (of.name === 'isnotempty' || of.name === 'isempty' || of.name === 'isnull' || of.name === 'isnotnull')
      return presence(of.name, operandOf(first, scope), place);
    if (of.name === 'ipv4_is_private') return networkTest(operandOf(first, scope), PRIVATE, place);
    if (of.name === 'tobool' || of.name === 'toboolean') return conditionOf(first, scope);
  }
  if (first && second && of.with.length === 2) {
    if (of.name === 'coalesce' && second.kind === 'boolean') {
      const { yes, no } = conditionOf(first, scope);
      return second.value ? negated(certain(no)) : certain(yes);
    }
    if (/^ipv[46]_(?:is_in_range|is_in_any_range|is_match)$/.test(of.name))
      return networkTest(operandOf(first, scope), networksOf(operandOf(second, scope)), place);
  }
  const hint = 'of functions, those are read that test a column, or turn it into a text, a number or small letters';
  return scope.cursor.fail('kusto/function', `the function \`${of.name}\` is not read here`, of.span, hint);
}

/** The networks that only devices of one's own have (`ipv4_is_private`). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function networksOf(of: Operand): readonly string[] {
  if (of.kind === 'list') return of.of.flatMap(networksOf);
  return of.kind === 'constant' && typeof of.value === 'string' ? [of.value] : [];
}

function named(of: Expression & { kind: 'name' }, scope: Scope): Truth {
  const made = scope.columns.get(of.name);
  const bound = made ? undefined : scope.lets.get(of.name);
  if (made?.from) {
    spend(scope, of);
    return conditionOf(made.from, { ...scope, columns: made.columns });
  }
  if (bound && !isPipeline(bound.value)) {
    spend(scope, of);
    return conditionOf(bound.value, { ...scope, lets: bound.lets, columns: new Map() });
  }
  return flag(of, scope);
}

/** A column that is a condition by itself. */
function flag(of: Expression, scope: Scope): Truth {
  const column = operandOf(of, scope);
  const is = (value: boolean) => compared('==', column, { kind: 'constant', value }, { scope, span: of.span }).yes;
  return { yes: is(true), no: is(false) };
}

/** In `search`, a text alone is sought in every column, as whole words, its stars as holes. */
function text(of: Expression & { kind: 'text' }, scope: Scope): Truth {
  if (scope.searching === null) {
    const hint = 'a text alone is a condition in `search` only; here say which column: `* has "..."`';
    return scope.cursor.fail('kusto/condition', 'expected a condition, not a text', of.span, hint);
  }
  const cased = scope.searching === 'cased' ? '_cs' : '';
  const place: Place = { scope, span: of.span };
  const [, open = '', inner = '', loose = ''] = /^(\**)([^]*?)(\**)$/.exec(of.value) ?? [];
  if (inner.includes('*')) return scope.cursor.fail('kusto/search', 'stars inside a text are not read', of.span);
  if (inner === '') return certain(any([always]));
  const word = open !== '' ? (loose !== '' ? 'contains' : 'hassuffix') : loose !== '' ? 'hasprefix' : 'has';
  return wholeRow(`${word}${cased}`, inner, place);
}

/** A predicate for what a condition selects. */
export function selected(of: Expression, scope: Scope): Predicate {
  return conditionOf(of, scope).yes;
}
