import { many } from '../../ir/pattern.ts';
import { all, any, not } from '../../ir/predicate.ts';
import type { Order, Predicate } from '../../ir/predicate.ts';
import { readText } from './lexer.ts';
import { DATA, fieldOfProperty, NUMBER, VALUES, XML } from './names.ts';
import { comparison, truth } from './read-test.ts';
import type { Operand, Reader } from './read-test.ts';
import { quoted } from './text.ts';

/** Parentheses within parentheses beyond which a condition is refused. */
const MOST_DEPTH = 200;

/**
 * Reads what stands between the braces of `Where-Object`.
 *
 *     body       = prelude? condition
 *     condition  = test (('-and' | '-or' | '-xor') test)*       from left to right: they bind alike
 *     test       = ('-not' | '!') test | operand (operator operand)?
 *     operand    = text | number | '$_' '.' name | '$d[' text ']' | '$v' | '@(' list ')' | '(' condition ')'
 */
export function readBody(reader: Reader): Predicate {
  const { cursor } = reader;
  for (const part of [XML, DATA, VALUES]) {
    lines(reader);
    const at = cursor.here().start;
    if (cursor.source.text.startsWith(part, at)) cursor.at = at + part.length;
  }
  return readCondition(reader, 0);
}

function lines({ cursor }: Reader): void {
  while (cursor.take(/\r?\n/));
}

function readCondition(reader: Reader, depth: number): Predicate {
  let left = readTest(reader, depth);
  for (;;) {
    lines(reader);
    const [, operator] = reader.cursor.take(/([-–—―](?:and|or|xor))\b/i) ?? [];
    if (operator === undefined) return left;
    lines(reader);
    const right = readTest(reader, depth);
    const name = operator.slice(1).toLowerCase();
    if (name === 'xor') left = any([all([left, not(right)]), all([not(left), right])]);
    else if (left.kind === (name === 'and' ? 'all' : 'any') && left.of.length > 1)
      left = { ...left, of: [...left.of, right] };
    else left = name === 'and' ? all([left, right]) : any([left, right]);
  }
}

function readTest(reader: Reader, depth: number): Predicate {
  const { cursor } = reader;
  if (depth > MOST_DEPTH) cursor.fail('powershell/depth', `conditions nest more than ${MOST_DEPTH} deep`);
  lines(reader);
  let negations = 0;
  while (cursor.take(/[-–—―]not\b|!/i)) negations += 1;
  const test = readPositive(reader, depth);
  return negations % 2 === 1 ? not(test) : test;
}

function readPositive(reader: Reader, depth: number): Predicate {
  const { cursor } = reader;
  const idiom = readNumberTest(reader) ?? readEmptyTest(reader) ?? readPresence(reader);
  if (idiom) return idiom;
  if (cursor.take(/\(/)) {
    const inner = readCondition(reader, depth + 1);
    lines(reader);
    cursor.expect(/\)/, "')'");
    return inner;
  }
  const left = readOperand(reader);
  const start = cursor.here().start;
  const [, operator] = cursor.take(/(-[a-z]+)\b/i) ?? [];
  if (operator === undefined) return truth(reader, left);
  const span = { start, end: cursor.at };
  if (/^-(?:and|or|xor)$/i.test(operator)) {
    cursor.at = start;
    return truth(reader, left);
  }
  if (!OPERATOR.test(operator)) cursor.fail('powershell/operator', `the operator '${operator}' is not read`, span);
  lines(reader);
  return comparison(reader, left, operator, readOperand(reader), span);
}

const OPERATOR = /^-[ci]?(?:like|notlike|eq|ne|match|notmatch|contains|notcontains|in|notin|gt|ge|lt|le)$/i;

/** `$d.ContainsKey('f')`: the event has a value of that name. */
function readPresence(reader: Reader): Predicate | undefined {
  const { cursor, noted } = reader;
  if (!cursor.take(/\$d\.ContainsKey\(/i)) return undefined;
  const name = readText(cursor, noted) ?? cursor.fail('powershell/operand', 'the name of a field is wanted');
  cursor.expect(/\)/, "')'");
  return { kind: 'like', field: name.value, pattern: [many], cased: false };
}

/** `(there -and @(@(left) -match ..).Count -gt 0)`: a test that the empty text passes, as this program writes it. */
function readEmptyTest(reader: Reader): Predicate | undefined {
  const { cursor, noted } = reader;
  const start = cursor.at;
  if (!cursor.take(/\((?:\$d\.ContainsKey\(|\$null -ne )/i)) return undefined;
  const name = readText(cursor, noted);
  if (name) cursor.take(/\)/);
  else cursor.take(/\$_\.\w+/);
  const left = cursor.take(/ *-and @\(@\(/) ? readOperand(reader) : undefined;
  const operatorAt = cursor.take(/\)/) ? cursor.here().start : -1;
  const operator = operatorAt === -1 ? undefined : cursor.take(OPERATOR_HERE)?.[1];
  if (!left || operator === undefined) {
    cursor.at = start;
    return undefined;
  }
  const test = comparison(reader, left, operator, readOperand(reader), { start: operatorAt, end: cursor.at });
  cursor.expect(/\)\.Count -gt 0\)/, "').Count -gt 0)'");
  return test;
}

const OPERATOR_HERE = /(-[ci]?(?:like|match|eq))\b/i;

/** `(@(left) -match 'a number' | Where-Object { [double]$_ -gt 5 })`, as this program writes it. */
function readNumberTest(reader: Reader): Predicate | undefined {
  const { cursor } = reader;
  const start = cursor.at;
  const left = cursor.take(/\(@\((?=\$(?:d\[|_\.))/) ? readOperand(reader) : undefined;
  const rest = `) -match ${quoted(NUMBER)} | Where-Object { [double]$_ `;
  const { text } = cursor.source;
  if (left?.kind !== 'field' || !text.startsWith(rest, cursor.at)) {
    cursor.at = start;
    return undefined;
  }
  cursor.at += rest.length;
  const [, operator = '', value = ''] = cursor.expect(/-(lt|le|gt|ge|eq) (-?[\d.]+(?:e[+-]?\d+)?) \}\)/, 'a number');
  const order = ({ lt: '<', le: '<=', gt: '>', ge: '>=', eq: '=' } as Readonly<Record<string, Order>>)[operator]!;
  return { kind: 'compare', field: left.field, part: 'number', order, value: Number(value) };
}

function readOperand(reader: Reader): Operand {
  const { cursor, profile, noted } = reader;
  const { start } = cursor.here();
  const text = readText(cursor, noted);
  if (text) return { kind: 'text', value: text.value, quoted: true, span: text.span };
  const span = () => ({ start, end: cursor.at });
  const [, constant] = cursor.take(/\$(true|false|null)\b/i) ?? [];
  if (constant !== undefined) {
    const value = constant.toLowerCase();
    return { kind: 'constant', value: value === 'null' ? null : value === 'true', span: span() };
  }
  const [, number] = cursor.take(/(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.])/i) ?? [];
  if (number !== undefined) return { kind: 'text', value: String(Number(number)), quoted: false, span: span() };
  if (cursor.take(/\$d\[/i)) {
    const name = readText(cursor, noted) ?? cursor.fail('powershell/operand', 'the name of a field is wanted');
    cursor.expect(/\]/, "']'");
    return { kind: 'field', field: name.value, list: true, span: span() };
  }
  if (cursor.take(/\$v(?![\w[.])/i)) return { kind: 'values', span: span() };
  const [, property] = cursor.take(/\$(?:_|psitem)\.(\w+)/i) ?? [];
  if (property !== undefined) {
    if (property.toLowerCase() === 'message') {
      noted.add('message');
      return { kind: 'field', field: { rendered: 'windows-message' }, list: false, span: span() };
    }
    const field = fieldOfProperty(property, profile);
    if (field === undefined)
      return cursor.fail('powershell/property', `the property '${property}' is not read`, span());
    return { kind: 'field', field, list: false, span: span() };
  }
  if (cursor.take(/@\(/)) return readList(reader, start);
  return cursor.fail(
    'powershell/operand',
    cursor.done ? 'the condition ends too early' : 'PowerShell expects a value here',
    cursor.here(),
  );
}

function readList({ cursor, noted }: Reader, start: number): Operand {
  const values: string[] = [];
  do {
    const text = readText(cursor, noted)?.value ?? cursor.take(/(-?\d+(?:\.\d+)?)/)?.[1];
    if (text === undefined) return cursor.fail('powershell/operand', 'a text or number is wanted in the list');
    values.push(text);
  } while (cursor.take(/,/));
  cursor.expect(/\)/, "')'");
  return { kind: 'texts', values, span: { start, end: cursor.at } };
}
