/**
 * Says a predicate as a condition of `where`: three-valued (a test of a missing field is unknown, and `where` drops it),
 * sensitive to case. `not` is moved to the tests, and what is negated says what becomes of a missing field.
 */
import type { All, Any, Atom, Predicate } from '../../ir/predicate.ts';
import type { Expr } from '../splunk/expression.ts';
import { callOf, joinOf, operationOf } from './made.ts';
import { testOf } from './to-test.ts';
import type { Setting, Test } from './to-test.ts';
import { write } from './write.ts';

/** The condition that holds where `node` does. */
export function conditionOf(node: Predicate, setting: Setting): Expr {
  return signed({ node, positive: true }, setting);
}

interface Signed {
  readonly node: Predicate;
  readonly positive: boolean;
}

function signed({ node, positive }: Signed, setting: Setting): Expr {
  switch (node.kind) {
    case 'all':
    case 'any':
      return group(node, positive, setting);
    case 'not':
      return signed({ node: node.of, positive: !positive }, setting);
    default:
      return positive ? testOf(node, setting).expr : negated([testOf(node, setting)], 'OR', setting);
  }
}

function group(node: All | Any, positive: boolean, setting: Setting): Expr {
  const operator = (node.kind === 'all') === positive ? 'AND' : 'OR';
  const buckets = new Map<string, Bucket>();
  for (const [index, part] of flat(node, positive).entries()) {
    const test = isAtom(part.node) ? testOf(part.node, setting) : null;
    const key = test === null ? null : part.positive ? listKey(test, operator) : negatedKey(test);
    const bucket = buckets.get(key ?? String(index));
    if (bucket && test) bucket.tests.push(test);
    else buckets.set(key ?? String(index), { part, tests: test ? [test] : [] });
  }
  const parts = [...buckets.values()].map(({ part, tests }) => {
    if (tests.length === 0) return signed(part, setting);
    return part.positive ? listed(tests) : negated(tests, operator === 'AND' ? 'OR' : 'AND', setting);
  });
  return joinOf(operator, parts);
}

function isAtom(node: Predicate): node is Atom {
  return node.kind !== 'all' && node.kind !== 'any' && node.kind !== 'not';
}

/** Tests that are said together; `part` is the first of them, or the group that it is. */
interface Bucket {
  readonly part: Signed;
  readonly tests: Test[];
}

/** Tests for one value, joined by `OR`, are a list. */
function listKey({ equals }: Test, operator: 'AND' | 'OR'): string | null {
  return equals && operator === 'OR' ? `in ${write(equals.of)}` : null;
}

/** Negated tests of one value are negated together: that the value may be missing is said once. */
function negatedKey({ needs, otherwise }: Test): string | null {
  return needs.length === 1 && otherwise === undefined ? `not ${write(needs[0]!)}` : null;
}

function listed(tests: readonly Test[]): Expr {
  const [first] = tests;
  if (tests.length === 1 || !first?.equals) return first!.expr;
  return callOf('in', first.equals.of, ...tests.map(({ equals }) => equals!.value));
}

/** None of the tests holds (joined by `OR`), or not all of them (`AND`); all need the same values. */
function negated(tests: readonly Test[], operator: 'AND' | 'OR', { noted }: Setting): Expr {
  const [first] = tests;
  if (first?.otherwise) return first.otherwise;
  const alike = new Map<string, Test[]>();
  for (const [index, test] of tests.entries()) {
    const key = listKey(test, operator) ?? String(index);
    alike.set(key, [...(alike.get(key) ?? []), test]);
  }
  const none = operationOf('NOT', joinOf(operator, [...alike.values()].map(listed)));
  const needs = first?.needs ?? [];
  if (needs.length === 0) return none;
  noted.add('unknown');
  return joinOf('OR', [...needs.map((each) => callOf('isnull', each)), none]);
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
