import type { Cursor } from '../../text/cursor.ts';
import { number, text, word } from './lexer.ts';
import type { Expression } from './syntax.ts';

/**
 * Reads a literal that names its type, whose parentheses hold no expression: `datetime(2024-05-01)`, `timespan(1d)`,
 * `guid(..)`, `long(5)`, `dynamic(["a", 'b'])`. Of dynamic ones, lists and plain values are read; an object is opaque.
 */
export function literalCall(cursor: Cursor): Expression | undefined {
  const { start } = cursor.here();
  const spanned = () => ({ start, end: cursor.at });
  if (cursor.take(/dynamic\s*\(/)) {
    const of = dynamic(cursor, 0);
    cursor.expect(/\)/, '`)`');
    return of;
  }
  const figure = cursor.take(/(?:int|long|real|double|decimal)\s*\(\s*(-?\d+(?:\.\d+)?)\s*\)/)?.[1];
  if (figure !== undefined) return { kind: 'number', value: Number(figure), span: spanned() };
  const truth = cursor.take(/bool(?:ean)?\s*\(\s*(true|false)\s*\)/)?.[1];
  if (truth !== undefined) return { kind: 'boolean', value: truth === 'true', span: spanned() };
  const other = cursor.take(/(datetime|date|timespan|time|guid|uuid|int|long|real|double|bool)\s*\(([^()"']*)\)/);
  return other && { kind: 'opaque', what: `${other[1]!}(${other[2]!})`, span: spanned() };
}

const DEEPEST = 50;

function dynamic(cursor: Cursor, depth: number): Expression {
  if (depth > DEEPEST) cursor.fail('kusto/too-deep', `lists are nested more than ${DEEPEST} deep`);
  const { start } = cursor.here();
  const spanned = () => ({ start, end: cursor.at });
  const literal = text(cursor);
  if (literal !== undefined) return { kind: 'text', value: literal, span: spanned() };
  const figure = number(cursor);
  if (figure !== undefined) return { kind: 'number', value: figure, span: spanned() };
  if (word(cursor, 'true')) return { kind: 'boolean', value: true, span: spanned() };
  if (word(cursor, 'false')) return { kind: 'boolean', value: false, span: spanned() };
  if (word(cursor, 'null')) return { kind: 'opaque', what: 'null', span: spanned() };
  if (cursor.take(/\[/)) {
    const of: Expression[] = [];
    while (!cursor.take(/\]/)) {
      of.push(dynamic(cursor, depth + 1));
      if (!cursor.sees(/\]/)) cursor.expect(/,/, '`,` or `]`');
    }
    return { kind: 'list', of, span: spanned() };
  }
  cursor.expect(/\{/, 'a value of JSON');
  while (!cursor.take(/\}/)) {
    if (text(cursor) === undefined) cursor.fail('syntax', 'expected a name between quotes');
    cursor.expect(/:/, '`:`');
    dynamic(cursor, depth + 1);
    if (!cursor.sees(/\}/)) cursor.expect(/,/, '`,` or `}`');
  }
  return { kind: 'opaque', what: 'an object', span: spanned() };
}
