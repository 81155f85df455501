/** Says what an expression of `where` and `eval` means: as a test of the event, or as a value computed from it. */
import { many, normal, one } from '../../ir/pattern.ts';
import { always, never } from '../../ir/predicate.ts';
import type { Order, Predicate } from '../../ir/predicate.ts';
import type { Expr } from './expression.ts';
import { momentIn, relationIn } from './idioms.ts';
import { presence, recall } from './operand.ts';
import type { Known, Operand } from './operand.ts';
import {
  agrees,
  figure,
  folded,
  found,
  overOperand,
  readRegex,
  refuse,
  sameness,
  stands,
  whole,
} from './operand-tests.ts';
import type { Reader } from './reader.ts';
import { allTrue, anyTrue, decided, opposite } from './truth.ts';
import type { Truth } from './truth.ts';

/** When the expression is true, and when it is false. */
export function truthOf(reader: Reader, known: Known, expr: Expr): Truth {
  const truth = (part: Expr) => truthOf(reader, known, part);
  const value = (part: Expr) => operandOf(reader, known, part);
  if (expr.kind === 'call') return callTruth(reader, known, expr);
  if (expr.kind !== 'operation') return refuse(reader, expr, 'a condition, not a value, is wanted here');
  const asked = boolean(expr.of[1]);
  if (asked !== undefined && expr.operator === '=') return booleanTruth(reader, known, expr.of[0]!, asked);
  if (asked !== undefined && expr.operator === '!=') return opposite(booleanTruth(reader, known, expr.of[0]!, asked));
  const idiom = relationIn(expr);
  if (idiom) return sameness(reader, expr, value(idiom.a), value(idiom.b), idiom.relation);
  switch (expr.operator) {
    case 'AND':
      return allTrue(expr.of.map(truth));
    case 'OR':
      return anyTrue(expr.of.map(truth));
    case 'NOT':
      return opposite(truth(expr.of[0]!));
    case 'LIKE':
      return likeTruth(reader, known, expr.of[0]!, expr.of[1]!);
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(reader, known, expr.operator, expr.of[0]!, expr.of[1]!);
    default:
      return refuse(reader, expr, `the operator '${expr.operator}' is not understood here`);
  }
}

type Call = Extract<Expr, { kind: 'call' }>;

/** The value of `true()` or `false()`. */
function boolean(expr: Expr | undefined): boolean | undefined {
  if (expr?.kind !== 'call' || (expr.name !== 'true' && expr.name !== 'false')) return undefined;
  return expr.name === 'true';
}

/** `match(f, "x")=true()`, or a field that is to hold a boolean. */
function booleanTruth(reader: Reader, known: Known, expr: Expr, asked: boolean): Truth {
  const isValue = expr.kind === 'name' || expr.kind === 'path';
  if (isValue) return agrees(reader, expr, operandOf(reader, known, expr), asked);
  const truth = truthOf(reader, known, expr);
  return asked ? truth : opposite(truth);
}

function callTruth(reader: Reader, known: Known, call: Call): Truth {
  const [first, second] = call.of;
  switch (call.name) {
    case 'true':
      return decided(always);
    case 'false':
      return decided(never);
    case 'isnull':
    case 'isnotnull': {
      const there = decided(presence(operandOf(reader, known, wanted(reader, call, first))));
      return call.name === 'isnull' ? opposite(there) : there;
    }
    case 'match': {
      const source = wanted(reader, call, second);
      if (source.kind !== 'text' && source.kind !== 'regex')
        return refuse(reader, source, 'the regular expression must be written out');
      const regex = readRegex(reader, source.kind === 'text' ? source.value : source.source, source.span);
      return found(reader, call, operandOf(reader, known, first!), regex);
    }
    case 'like':
      return likeTruth(reader, known, wanted(reader, call, first), wanted(reader, call, second));
    case 'cidrmatch': {
      const network = wanted(reader, call, first);
      if (network.kind !== 'text') return refuse(reader, network, 'the network must be written out');
      return overOperand(reader, call, operandOf(reader, known, wanted(reader, call, second)), (field) => ({
        kind: 'cidr',
        field,
        network: network.value,
      }));
    }
    case 'in':
      if (call.of.slice(1).some(({ kind }) => kind === 'name' || kind === 'path')) reader.noted.add('multiValue');
      return anyTrue(
        call.of.slice(1).map((value) => comparison(reader, known, '=', wanted(reader, call, first), value)),
      );
    case 'coalesce': {
      // `coalesce(test, false())` is how people make an unknown test false.
      if (call.of.length === 2 && second?.kind === 'call' && second.name === 'false' && first)
        return decided(truthOf(reader, known, first).yes);
      return refuse(reader, call, 'only coalesce(condition, false()) is understood as a condition');
    }
    default:
      return refuse(reader, call, `the function '${call.name}' is not understood as a condition`);
  }
}

function comparison(reader: Reader, known: Known, operator: string, left: Expr, right: Expr): Truth {
  const mirrored: Record<string, string> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
  if (isLiteral(left) && !isLiteral(right))
    return comparison(reader, known, mirrored[operator] ?? operator, right, left);
  if (isLiteral(left) && isLiteral(right)) return constants(reader, operator, left, right);
  const operand = operandOf(reader, known, left);
  if (operator === '!=') return opposite(comparison(reader, known, '=', left, right));
  if (right.kind === 'text' && operator === '=') return whole(reader, left, operand, normal([right.value]));
  if (right.kind === 'number') return stands(reader, left, operand, operator as Order, right.value);
  if (right.kind === 'text')
    return refuse(reader, right, `'${operator}' is only read with a number; texts are ordered by Splunk's own rules`);
  if (operator !== '=') return refuse(reader, right, 'the order of two fields is not understood');
  return sameness(reader, right, operand, operandOf(reader, known, right), 'whole');
}

type Literal = Extract<Expr, { kind: 'text' | 'number' }>;

function isLiteral(expr: Expr): expr is Literal {
  return expr.kind === 'text' || expr.kind === 'number';
}

function constants(reader: Reader, operator: string, left: Literal, right: Literal): Truth {
  if (operator !== '=' && operator !== '!=')
    return refuse(reader, left, 'two constants are only compared with = and !=');
  return decided((left.value === right.value) === (operator === '=') ? always : never);
}

function likeTruth(reader: Reader, known: Known, left: Expr, right: Expr): Truth {
  if (right.kind !== 'text') return refuse(reader, right, 'the pattern must be written out');
  if (/\\/.test(right.value)) reader.noted.add('likeEscape');
  const operand = operandOf(reader, known, left);
  if (operand.kind !== 'folded' && /\p{L}/u.test(right.value)) reader.noted.add('likeCase');
  const pieces = right.value.split(/([%_])/).map((piece) => (piece === '%' ? many : piece === '_' ? one : piece));
  return whole(reader, left, operand, normal(pieces));
}

/** The value that an expression computes. */
export function operandOf(reader: Reader, known: Known, expr: Expr): Operand {
  switch (expr.kind) {
    case 'name':
      return recall(reader, known, expr.name, expr.span);
    case 'path': {
      const object = operandOf(reader, known, expr.of);
      if (object.kind !== 'field' || typeof object.field !== 'string')
        return refuse(reader, expr, 'only a field as it is is understood as an object');
      return { kind: 'field', field: [object.field, ...expr.names].join('.') };
    }
    case 'regex':
      return refuse(reader, expr, 'a regular expression is no value');
    case 'text':
    case 'number':
      return { kind: 'literal', value: expr.value };
    case 'call':
      return callOperand(reader, known, expr);
    case 'operation':
      return refuse(reader, expr, `the value of '${expr.operator}' is not understood`);
  }
}

function callOperand(reader: Reader, known: Known, expr: Call): Operand {
  const [first] = expr.of;
  const operand = (part: Expr | undefined) => operandOf(reader, known, wanted(reader, expr, part));
  switch (expr.name) {
    case 'lower':
    case 'upper':
      return folded(reader, expr, operand(first), expr.name);
    case 'tostring':
      if (expr.of.length === 1) return operand(first);
      break;
    case 'tonumber': {
      const moment = first && momentIn(first);
      if (moment) return figure(reader, expr, operandOf(reader, known, moment.of), moment.part);
      if (expr.of.length === 1) return figure(reader, expr, operand(first), 'number');
      break;
    }
    case 'null':
      return { kind: 'literal', value: null };
    case 'true':
    case 'false':
      return { kind: 'literal', value: expr.name === 'true' };
    case 'if':
    case 'case': {
      const cases: [Predicate, Operand][] = [];
      for (let at = 0; at + 1 < expr.of.length; at += 2)
        cases.push([truthOf(reader, known, expr.of[at]!).yes, operand(expr.of[at + 1])]);
      if (expr.name === 'if' && expr.of.length !== 3)
        return refuse(reader, expr, "'if' takes a condition and two values");
      const otherwise: Operand = expr.name === 'if' ? operand(expr.of[2]) : { kind: 'literal', value: null };
      return { kind: 'chosen', cases: expr.name === 'if' ? cases.slice(0, 1) : cases, otherwise };
    }
    case 'coalesce': {
      const values = expr.of.map(operand);
      const last = values.at(-1) ?? refuse(reader, expr, "'coalesce' needs a value");
      return { kind: 'chosen', cases: values.slice(0, -1).map((value) => [presence(value), value]), otherwise: last };
    }
    default:
  }
  return refuse(reader, expr, `the function '${expr.name}' is not understood as a value`);
}

function wanted(reader: Reader, at: Expr, part: Expr | undefined): Expr {
  return part ?? refuse(reader, at, 'an argument is missing');
}
