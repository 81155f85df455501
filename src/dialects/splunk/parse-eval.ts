/**
 * Reads the expressions of `where` and `eval` into a tree, without asking what they mean. The grammar, loosest first
 * (Search Manual, "Predicate expressions"):
 *
 *     either   =  one ("XOR" one)*            one  =  both ("OR" both)*        both  =  no ("AND" no)*
 *     no       =  "NOT" no  |  relation
 *     relation =  sum (op sum | "LIKE" sum | "NOT"? "IN" "(" list ")")?        op    =  = == != < <= > >=
 *     sum      =  product (("+" | "-" | ".") product)*                 product =  signed (("*" | "/" | "%") signed)*
 *     signed   =  "-" signed  |  text  |  number  |  'name'  |  name  |  name "(" list ")"  |  "(" either ")"
 */
import type { Expr } from './expression.ts';
import { MOST_STEPS, between, expected, quotedText, since, taken, within } from './reader.ts';
import type { Reader } from './reader.ts';

export function readExpression(reader: Reader): Expr {
  return within(reader, () => logical(reader, 0));
}

/** Loosest first. A keyword must not go on as a name. */
const LOGICAL = [
  ['XOR', /XOR(?![\w'])/i],
  ['OR', /OR(?![\w'])/i],
  ['AND', /AND(?![\w'])/i],
] as const;

function logical(reader: Reader, level: number): Expr {
  const entry = LOGICAL[level];
  if (entry === undefined) return negative(reader);
  const [operator, word] = entry;
  const { start } = reader.cursor.here();
  const of = [logical(reader, level + 1)];
  while (reader.cursor.take(word)) of.push(logical(reader, level + 1));
  return of.length === 1 ? of[0]! : { kind: 'operation', operator, of, span: since(reader.cursor, start) };
}

function negative(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  if (!cursor.take(/(?:NOT(?![\w'])|!(?!=))/i)) return relation(reader);
  const of = [within(reader, () => negative(reader))];
  return { kind: 'operation', operator: 'NOT', of, span: since(cursor, start) };
}

function relation(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  const left = sum(reader);
  const operator = taken(reader, /==|!=|<=|>=|=|<|>|LIKE(?![\w'])/i)?.toUpperCase();
  if (operator !== undefined) {
    const of = [left, sum(reader)];
    return { kind: 'operation', operator: operator === '==' ? '=' : operator, of, span: since(cursor, start) };
  }
  const listed = cursor.take(/(NOT\s+)?IN\s*\(/i);
  if (!listed) return left;
  const call: Expr = { kind: 'call', name: 'in', of: [left, ...list(reader)], span: since(cursor, start) };
  return listed[1] === undefined ? call : { kind: 'operation', operator: 'NOT', of: [call], span: call.span };
}

function sum(reader: Reader): Expr {
  return chain(reader, /\+|-|\./, () => chain(reader, /\*|\/|%/, () => signed(reader)));
}

/** Operands joined by operators of one rank, from the left. */
function chain(reader: Reader, operators: RegExp, operand: () => Expr): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  let left = operand();
  let steps = 0;
  for (let operator = taken(reader, operators); operator !== undefined; operator = taken(reader, operators)) {
    left = { kind: 'operation', operator, of: [left, operand()], span: since(cursor, start) };
    if ((steps += 1) > MOST_STEPS) cursor.fail('splunk/depth', `more than ${MOST_STEPS} operands in a row`);
  }
  return left;
}

function signed(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  const value = quotedText(reader);
  if (value !== undefined) return { kind: 'text', value, span: since(cursor, start) };
  const name = between(cursor, "'");
  if (name !== undefined) return { kind: 'name', name: name.replace(/\\(['\\])/g, '$1'), span: since(cursor, start) };
  const number = taken(reader, /-?(?:\d+\.?\d*|\.\d+)(?![\w.])/);
  if (number !== undefined) return { kind: 'number', value: Number(number), span: since(cursor, start) };
  if (cursor.take(/\(/)) {
    const inner = readExpression(reader);
    if (!cursor.take(/\)/))
      cursor.fail('syntax', 'expected a closing parenthesis for this one', { start, end: start + 1 });
    return inner;
  }
  if (cursor.take(/`/))
    cursor.fail(
      'splunk/macro',
      'a macro stands for text that is not part of the query',
      { start, end: start + 1 },
      'replace the macro by its definition',
    );
  const word = expected(
    reader,
    /[\p{L}_@][\p{L}\p{N}_]*(?:\{\})?/u,
    'a field, a text in quotation marks, a number or a function',
  );
  if (!cursor.take(/\(/)) return { kind: 'name', name: word, span: since(cursor, start) };
  const of = within(reader, () => list(reader));
  return { kind: 'call', name: word.toLowerCase(), of, span: since(cursor, start) };
}

/** The rest of a list, its opening parenthesis read. */
function list(reader: Reader): Expr[] {
  const { cursor } = reader;
  if (cursor.take(/\)/)) return [];
  const of = [readExpression(reader)];
  while (cursor.take(/,/)) of.push(readExpression(reader));
  cursor.expect(/\)/, "',' or ')'");
  return of;
}
