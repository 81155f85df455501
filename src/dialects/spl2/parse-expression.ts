/**
 * Reads SPL2's expressions into a tree, without asking what they mean. The grammar, loosest first (SPL2 Search Manual,
 * "Predicate expressions" and "Types of expressions"):
 *
 *     either   =  one ("XOR" one)*            one  =  both ("OR" both)*        both  =  no ("AND" no)*
 *     no       =  "NOT" no  |  relation
 *     relation =  sum (op sum | "NOT"? "LIKE" sum | "NOT"? "IN" "(" list ")" | "IS" "NOT"? "NULL" | "BETWEEN" sum "AND" sum)?
 *     op       =  = == != <> < <= > >=        sum  =  product (("+" | "-") product)*    product = signed (("*" | "/" | "%") signed)*
 *     signed   =  "-" signed  |  part ("." name | "[" either "]")*
 *     part     =  text  |  number  |  /regex/  |  name  |  word "(" list ")"  |  "(" either ")"  |  "[" list "]"  |  "{" pairs "}"
 *     list     =  ((word ":")? either) ("," ...)*
 */
import type { Span } from '../../text/source.ts';
import type { Expr } from '../splunk/expression.ts';
import { MOST_STEPS, quotedText, since, within } from '../splunk/reader.ts';
import type { Reader } from '../splunk/reader.ts';
import { comes, fieldName, rawText, regexLiteralIn, stepName, wordIn } from './tokens.ts';

/** Reads one expression, as far as it goes. */
export function readExpression(reader: Reader): Expr {
  return within(reader, () => logical(reader, 0));
}

/** With the letters by which the word begins: most of what is looked at is none of them. */
const LOGICAL = [
  ['XOR', 'Xx', /XOR(?![\w'])/i],
  ['OR', 'Oo', /OR(?![\w'])/i],
  ['AND', 'Aa', /AND(?![\w'])/i],
] as const;

function logical(reader: Reader, level: number): Expr {
  const entry = LOGICAL[level];
  if (entry === undefined) return negative(reader);
  const [operator, letters, word] = entry;
  const { start } = reader.cursor.here();
  const of = [logical(reader, level + 1)];
  while (comes(reader.cursor, letters) && reader.cursor.take(word)) of.push(logical(reader, level + 1));
  return of.length === 1 ? of[0]! : operation(operator, of, since(reader.cursor, start));
}

function negative(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  if (!comes(cursor, 'Nn!') || !cursor.take(/(?:NOT(?![\w'])|!(?!=))/i)) return relation(reader);
  const of = [within(reader, () => negative(reader))];
  return operation('NOT', of, since(cursor, start));
}

const SAME: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' };

function relation(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  const left = sum(reader);
  const here = () => since(cursor, start);
  const operator = comes(cursor, '=!<>') ? wordIn(cursor, /==|!=|<>|<=|>=|=(?!=)|<|>/) : undefined;
  if (operator !== undefined) return compared(reader, SAME[operator] ?? operator, left, sum(reader), here());
  if (!comes(cursor, 'IiBbNnLl')) return left;
  if (cursor.take(/IS(?![\w'])/i)) {
    const not = cursor.take(/NOT(?![\w'])/i);
    cursor.expect(/NULL(?![\w'])/i, "'NULL' after 'IS'");
    return { kind: 'call', name: not ? 'isnotnull' : 'isnull', of: [left], span: here() };
  }
  if (cursor.take(/BETWEEN(?![\w'])/i)) {
    const low = sum(reader);
    cursor.expect(/AND(?![\w'])/i, "'AND' between the two ends");
    const of = [operation('>=', [left, low], here()), operation('<=', [left, sum(reader)], here())];
    return operation('AND', of, here());
  }
  const negated = cursor.sees(/NOT\s+(?:IN|LIKE)(?![\w'])/i) && cursor.take(/NOT/i);
  const positive = listed(reader, left, start);
  if (positive === undefined) return left;
  return negated ? operation('NOT', [positive], here()) : positive;
}

/** `x LIKE "a%"` and `x IN ("a", "b")`, the first operand read. */
function listed(reader: Reader, left: Expr, start: number): Expr | undefined {
  const { cursor } = reader;
  if (cursor.take(/LIKE(?![\w'])/i)) {
    const right = sum(reader);
    return operation('LIKE', [left, right], since(cursor, start));
  }
  if (!cursor.take(/IN\s*\(/i)) return undefined;
  const of = [left, ...list(reader, /\)/).map(({ value }) => value)];
  return { kind: 'call', name: 'in', of, span: since(cursor, start) };
}

/** A comparison with `null` is written for a test of presence, by all who write it. */
function compared(reader: Reader, operator: string, left: Expr, right: Expr, span: Span): Expr {
  const isNull = right.kind === 'call' && right.name === 'null';
  if (!isNull || (operator !== '=' && operator !== '!=')) return operation(operator, [left, right], span);
  reader.noted.add('nullCompared');
  return { kind: 'call', name: operator === '=' ? 'isnull' : 'isnotnull', of: [left], span };
}

function sum(reader: Reader): Expr {
  return chain(reader, '+-', /\+|-(?!-)/, product);
}

function product(reader: Reader): Expr {
  return chain(reader, '*/%', /\*|\/|%/, signed);
}

/** Operands joined by operators of one rank, from the left. */
function chain(reader: Reader, signs: string, operators: RegExp, operand: (reader: Reader) => Expr): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  let left = operand(reader);
  for (let steps = 0; comes(cursor, signs); steps += 1) {
    if (steps > MOST_STEPS) cursor.fail('splunk/depth', `more than ${MOST_STEPS} operands in a row`);
    const operator = wordIn(cursor, operators);
    if (operator === undefined) break;
    left = operation(operator, [left, operand(reader)], since(cursor, start));
  }
  return left;
}

function signed(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  if (comes(cursor, '-') && cursor.take(/-(?![\d.-])/)) {
    const of = [within(reader, () => signed(reader))];
    return operation('-', of, since(cursor, start));
  }
  let whole = part(reader);
  const names: string[] = [];
  for (let steps = 0; ; steps += 1) {
    if (steps > MOST_STEPS) cursor.fail('splunk/depth', `more than ${MOST_STEPS} steps into one value`);
    const next = cursor.source.text[cursor.at];
    if (next === '.' && cursor.take(/\./)) {
      names.push(stepName(reader));
      continue;
    }
    if (names.length > 0) whole = { kind: 'path', of: whole, names: names.splice(0), span: since(cursor, start) };
    if (next !== '[' || !cursor.take(/\[/)) return whole;
    const of = [whole, readExpression(reader)];
    cursor.expect(/\]/, "']'");
    whole = { kind: 'call', name: '[]', of, span: since(cursor, start) };
  }
}

function part(reader: Reader): Expr {
  const { cursor } = reader;
  const { start } = cursor.here();
  const here = () => since(cursor, start);
  if (comes(cursor, LETTERS)) return named(reader, start);
  const value = rawText(reader) ?? quotedText(reader);
  if (value !== undefined) return { kind: 'text', value, span: here() };
  const number = wordIn(cursor, /-?(?:\d+(?:\.\d+)?|\.\d+)(?![\w])/);
  if (number !== undefined) return { kind: 'number', value: Number(number), span: here() };
  if (cursor.take(/\(/)) {
    const inner = readExpression(reader);
    if (!cursor.take(/\)/))
      cursor.fail('syntax', 'expected a closing parenthesis for this one', { start, end: start + 1 });
    return inner;
  }
  const source = regexLiteralIn(reader);
  if (source !== undefined) return { kind: 'regex', source, span: here() };
  if (cursor.take(/\[/)) return { kind: 'call', name: '[', of: values(list(reader, /\]/)), span: here() };
  if (cursor.take(/\{/)) return { kind: 'call', name: '{', of: values(list(reader, /\}/)), span: here() };
  if (cursor.sees(/`/))
    cursor.fail('spl2/search-literal', 'a search literal looks at how Splunk divides events into words');
  return named(reader, start);
}

const LETTERS = "'_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A name, a constant or a call. */
function named(reader: Reader, start: number): Expr {
  const { cursor } = reader;
  const here = () => since(cursor, start);
  if (comes(cursor, "'")) return { kind: 'name', name: fieldName(reader), span: here() };
  const word = wordIn(cursor, /[A-Za-z_]\w*(?=\s*\()/);
  if (word !== undefined) {
    cursor.take(/\(/);
    return call(
      reader,
      word.toLowerCase(),
      within(reader, () => list(reader, /\)/)),
      here(),
    );
  }
  const constant = comes(cursor, 'TtFfNn') ? wordIn(cursor, /(?:true|false|null)(?![\w'])/i)?.toLowerCase() : undefined;
  if (constant !== undefined) return { kind: 'call', name: constant, of: [], span: here() };
  return { kind: 'name', name: fieldName(reader), span: here() };
}

interface Argument {
  /** `cidr_range` in `cidrmatch(cidr_range: "10.0.0.0/8", ip: src)`. */
  readonly label: string | null;
  readonly value: Expr;
}

/** The names of parameters, in the order in which they come without names. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = { cidrmatch: ['cidr_range', 'ip'] };

function call(reader: Reader, name: string, given: readonly Argument[], span: Span): Expr {
  if (given.every(({ label }) => label === null)) return { kind: 'call', name, of: values(given), span };
  const order = PARAMETERS[name];
  const of = order?.map((label) => given.find((each) => each.label === label)?.value);
  if (!of || of.length !== given.length || of.some((each) => each === undefined))
    return reader.cursor.fail('spl2/arguments', `these named arguments of '${name}' are not understood`, span);
  return { kind: 'call', name, of: of.filter((each) => each !== undefined), span };
}

function values(given: readonly Argument[]): Expr[] {
  return given.map(({ value }) => value);
}

/** The rest of a list, its opening sign read. Pairs of a map are read as their values: maps are not modelled. */
function list(reader: Reader, end: RegExp): Argument[] {
  const { cursor } = reader;
  if (cursor.take(end)) return [];
  const given = [argument(reader)];
  while (cursor.take(/,/)) given.push(argument(reader));
  cursor.expect(end, "',' or the end of the list");
  return given;
}

function argument(reader: Reader): Argument {
  const { cursor } = reader;
  const label = comes(cursor, LETTERS) ? wordIn(cursor, /[A-Za-z_]\w*(?=\s*:)/) : undefined;
  if (label !== undefined) {
    cursor.take(/:/);
    return { label, value: readExpression(reader) };
  }
  const value = readExpression(reader);
  return cursor.take(/:/) ? { label: null, value: readExpression(reader) } : { label: null, value };
}

function operation(operator: string, of: readonly Expr[], span: Span): Expr {
  return { kind: 'operation', operator, of, span };
}
