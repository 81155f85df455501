import type { Cursor } from '../../text/cursor.ts';
import type { Span } from '../../text/source.ts';
import { name, number, peek, text, word } from './lexer.ts';
import { literalCall } from './parse-literal.ts';
import type { Expression } from './syntax.ts';

/**
 * Reads an expression, in Kusto's own order of binding. The grammar:
 *
 *     or        =  and ("or" and)*
 *     and       =  equality ("and" equality)*
 *     equality  =  relation (("==" | "!=" | "<>") relation)*
 *               |  relation ("in" | "!in" | "in~" | "!in~" | "has_any" | "has_all") "(" list ")"
 *               |  relation ("between" | "!between") "(" sum ".." sum ")"
 *     relation  =  sum (("<" | "<=" | ">" | ">=") sum)?
 *     sum       =  product (("+" | "-") product)*
 *     product   =  test (("*" | "/" | "%") test)*
 *     test      =  value (("has" | "contains" | "=~" | "matches regex" | ...) value)*
 *     value     =  primary ("." name | "[" text "]" | "[" number "]")*
 *     primary   =  "(" or ")"  |  text  |  number  |  "true"  |  "false"  |  "*"  |  name "(" list ")"  |  name
 *               |  a literal with its type                 -- parse-literal.ts
 */
export function expression(cursor: Cursor, depth = 0): Expression {
  if (depth > DEEPEST) cursor.fail('kusto/too-deep', `the expression is nested more than ${DEEPEST} deep`);
  return chain(cursor, depth, 'or', (at) => chain(cursor, at, 'and', (inner) => equality(cursor, inner)));
}

const DEEPEST = 200;

type Read = (depth: number) => Expression;

function chain(cursor: Cursor, depth: number, operator: 'or' | 'and', read: Read): Expression {
  const parts = [read(depth)];
  while (word(cursor, operator)) parts.push(read(depth));
  return balanced(operator, parts);
}

/** Joins parts by halves, so that what walks over a thousand of them need not go a thousand deep. */
function balanced(operator: string, parts: readonly Expression[]): Expression {
  if (parts.length === 1) return parts[0]!;
  const half = Math.ceil(parts.length / 2);
  return joined(operator, balanced(operator, parts.slice(0, half)), balanced(operator, parts.slice(half)));
}

function joined(operator: string, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
}

function equality(cursor: Cursor, depth: number): Expression {
  let left = relation(cursor, depth);
  for (let found = cursor.take(EQUALITY); found; found = cursor.take(EQUALITY)) {
    const [, sign, listed, between] = found;
    if (sign !== undefined) left = joined(sign === '<>' ? '!=' : sign, left, relation(cursor, depth));
    else if (listed !== undefined) left = joined(listed, left, values(cursor, depth));
    else left = joined(between!, left, bounds(cursor, depth));
  }
  return left;
}

const EQUALITY = /(==|!=|<>)|(!?in~?(?!\w)|has_any(?!\w)|has_all(?!\w))|(!?between)(?!\w)/;

/** What stands behind `in`: values in parentheses, one of which may be a list by itself, or a name. */
function values(cursor: Cursor, depth: number): Expression {
  const start = cursor.here().start;
  if (!cursor.take(/\(/)) return value(cursor, depth + 1);
  const of = [expression(cursor, depth + 1)];
  while (cursor.take(/,/)) of.push(expression(cursor, depth + 1));
  cursor.expect(/\)/, '`,` or `)`');
  const [only] = of;
  const isWhole = of.length === 1 && only!.kind !== 'text' && only!.kind !== 'number';
  return isWhole ? only! : { kind: 'list', of, span: { start, end: cursor.at } };
}

function bounds(cursor: Cursor, depth: number): Expression {
  const { start } = cursor.here();
  cursor.expect(/\(/, '`(`');
  const low = sum(cursor, depth + 1);
  cursor.expect(/\.\./, '`..`');
  const high = sum(cursor, depth + 1);
  cursor.expect(/\)/, '`)`');
  return { kind: 'list', of: [low, high], span: { start, end: cursor.at } };
}

function relation(cursor: Cursor, depth: number): Expression {
  const left = sum(cursor, depth);
  const order = cursor.take(/(<=|>=|<(?!>)|>)/)?.[1];
  return order === undefined ? left : joined(order, left, sum(cursor, depth));
}

function sum(cursor: Cursor, depth: number): Expression {
  let left = product(cursor, depth);
  for (let sign = cursor.take(/([+-])/); sign; sign = cursor.take(/([+-])/))
    left = joined(sign[1]!, left, product(cursor, depth));
  return left;
}

/** A second slash would begin a comment. */
const FACTOR = /([*%]|\/(?!\/))/;

function product(cursor: Cursor, depth: number): Expression {
  let left = test(cursor, depth);
  for (let sign = cursor.take(FACTOR); sign; sign = cursor.take(FACTOR))
    left = joined(sign[1]!, left, test(cursor, depth));
  return left;
}

const TEST =
  /(=~|!~|matches\s+regex(?!\w)|!?(?:(?:has|contains|startswith|endswith)(?:_cs)?|has(?:prefix|suffix)(?:_cs)?)(?!\w)|:(?!:))/;

function test(cursor: Cursor, depth: number): Expression {
  let left = value(cursor, depth);
  for (let found = cursor.take(TEST); found; found = cursor.take(TEST))
    left = joined(found[1]!.replace(/\s+/, ' '), left, value(cursor, depth));
  return left;
}

function value(cursor: Cursor, depth: number): Expression {
  let of = primary(cursor, depth);
  for (;;) {
    const { start } = of.span;
    if (!/[.[]/.test(peek(cursor))) return of;
    if (cursor.take(/\.(?!\.)/)) {
      const key = name(cursor) ?? cursor.fail('syntax', 'expected a name');
      of = { kind: 'path', of, key, span: { start, end: cursor.at } };
    } else if (cursor.take(/\[/)) {
      const key = text(cursor) ?? number(cursor) ?? cursor.fail('syntax', 'expected a name between quotes');
      cursor.expect(/\]/, '`]`');
      of = { kind: 'path', of, key: String(key), span: { start, end: cursor.at } };
    } else return of;
  }
}

function primary(cursor: Cursor, depth: number): Expression {
  const { start } = cursor.here();
  const span = (): Span => ({ start, end: cursor.at });
  if (cursor.take(/\(/)) {
    const inner = expression(cursor, depth + 1);
    cursor.expect(/\)/, '`)`');
    return inner;
  }
  const literal = text(cursor);
  if (literal !== undefined) return { kind: 'text', value: literal, span: span() };
  if (!/[A-Za-z_$[]/.test(peek(cursor))) {
    const figure = number(cursor);
    if (figure !== undefined) return { kind: 'number', value: figure, span: span() };
    if (cursor.take(/\d+(?:\.\d+)?[a-z]+(?!\w)/)) return { kind: 'opaque', what: 'a span of time', span: span() };
    if (cursor.take(/\*/)) return { kind: 'star', span: span() };
  }
  if (cursor.sees(/(?:true|false)(?!\w)|[a-z]+\s*\(/)) {
    if (word(cursor, 'true')) return { kind: 'boolean', value: true, span: span() };
    if (word(cursor, 'false')) return { kind: 'boolean', value: false, span: span() };
    const typed = literalCall(cursor);
    if (typed) return typed;
  }
  if (cursor.sees(/not\s+[\w"']/))
    return cursor.fail('kusto/not', '`not` is a function', cursor.here(), 'put what it negates in parentheses: not(x)');
  const found = cursor.sees(/(?:and|or|in|has|contains)(?!\w)/) ? undefined : name(cursor);
  if (found === undefined) return cursor.fail('syntax', 'expected a column or a value');
  return cursor.take(/\(/) ? call(cursor, found, start, depth) : { kind: 'name', name: found, span: span() };
}

function call(cursor: Cursor, called: string, start: number, depth: number): Expression {
  const parts: Expression[] = [];
  if (!cursor.take(/\)/)) {
    do parts.push(expression(cursor, depth + 1));
    while (cursor.take(/,/));
    cursor.expect(/\)/, '`,` or `)`');
  }
  return { kind: 'call', name: called, with: parts, span: { start, end: cursor.at } };
}
