import { many, normal, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { any, never } from '../../ir/predicate.ts';
import type { Compare, Predicate, SameAs } from '../../ir/predicate.ts';
import { assume } from './assumptions.ts';
import { number, text, word } from './lexer.ts';
import { listTest } from './parse-list.ts';
import { asked, operand, related } from './parse-operand.ts';
import type { Operand } from './parse-operand.ts';
import type { Reading } from './parse.ts';
import { readRe2 } from './read-re2.ts';
import type { TextTest } from './read-re2.ts';
import { certain, either, negated, ofColumn } from './truth.ts';
import type { Truth } from './truth.ts';

/**
 * Reads one test. The grammar:
 *
 *     test     =  operand ("=" | "<>" | "!=") (text | operand)  |  operand "IS" "NOT"? "NULL"
 *              |  operand "NOT"? "IN" "(" text ("," text)* ")"  |  operand "NOT"? ("LIKE" | "ILIKE") text ("ESCAPE" text)?
 *              |  operand ("~" | "SIMILAR TO") text  |  figure ("<" | "<=" | ">" | ">=" | "=" | "<>") number
 *              |  function "(" operand "," (text | operand) ("," text)? ")"
 *              |  a test of a list                        -- parse-list.ts
 *     operand  =  column  |  "lower" "(" column ")"
 *     figure   =  "TRY_CAST" "(" (column | "regexp_extract" "(" column "," text "," "1" ")") "AS" type ")"
 *
 * Inside a lambda `variable` is the name of its element, and an operand too.
 */
export function comparison(reading: Reading, variable?: string): Truth {
  const { cursor } = reading;
  const counted = variable === undefined ? listTest(reading, (element) => comparison(reading, element)) : undefined;
  if (counted) return counted;
  const called = functionTest(reading, variable);
  if (called) return called;
  const figure = figureTest(reading, variable);
  if (figure) return figure;
  const left = operand(reading, variable);
  if (!left) return cursor.fail('syntax', 'expected a test', undefined, 'columns are written "Image", texts \'x\'');
  return operatorTest(left, reading, variable);
}

function operatorTest(left: Operand, reading: Reading, variable: string | undefined): Truth {
  const { cursor } = reading;
  const nothing = cursor.take(/IS\s+(NOT\s+)?NULL\b/i);
  if (nothing) {
    const held = certain(asked({ kind: 'present' }, left, reading).yes);
    return nothing[1] === undefined ? negated(held) : held;
  }
  const equals = cursor.take(/(==?|<>|!=)/);
  if (equals) {
    const truth = equality(left, reading, variable);
    return equals[1]!.startsWith('=') ? truth : negated(truth);
  }
  const not = word(cursor, 'NOT');
  const truth = listed(left, reading) ?? patterned(left, reading) ?? whole(left, reading);
  if (!truth)
    return cursor.fail(
      'syntax',
      'expected =, <>, IN, LIKE, ILIKE, ~ or IS NULL',
      undefined,
      'texts are ordered by no test: cast to DOUBLE to compare numbers',
    );
  return not ? negated(truth) : truth;
}

function equality(left: Operand, reading: Reading, variable: string | undefined): Truth {
  const { cursor } = reading;
  const value = text(cursor);
  if (value !== undefined) return asked(equalTo(value, left), left, reading);
  const figure = number(cursor);
  if (figure !== undefined) {
    const start = cursor.at - 1;
    reading.diagnostics.push({
      code: 'sql/number',
      severity: 'warning',
      message: 'DuckDB casts the column for this, and stops at the first value that is no number',
      source: cursor.source,
      span: { start, end: cursor.at },
      hint: 'quote the number',
    });
    return asked(equalTo(String(figure), left), left, reading);
  }
  const right = operand(reading, variable);
  if (!right) return cursor.fail('syntax', 'expected a text, a number or a column');
  return related(left, right, 'whole', reading);
}

function equalTo(value: string, { lowered }: Operand): TextTest {
  const pattern: Pattern = value === '' ? [] : [value];
  return { kind: 'like', pattern, cased: !lowered };
}

function listed(left: Operand, reading: Reading): Truth | undefined {
  const { cursor } = reading;
  if (!cursor.take(/IN\s*\(/i)) return undefined;
  const parts: Truth[] = [];
  do {
    const value = text(cursor);
    if (value !== undefined) parts.push(asked(equalTo(value, left), left, reading));
    else if (word(cursor, 'NULL')) parts.push({ yes: never, no: never });
    else cursor.fail('syntax', 'expected a text of the list');
  } while (cursor.take(/,/));
  cursor.expect(/\)/, '`,` or `)`');
  return either(parts);
}

function patterned(left: Operand, reading: Reading): Truth | undefined {
  const { cursor } = reading;
  const found = cursor.take(/(I?)LIKE\b/i);
  if (!found) return undefined;
  const value = text(cursor) ?? cursor.fail('syntax', 'expected a pattern between quotes');
  const escape = word(cursor, 'ESCAPE') ? text(cursor) : '';
  if (escape === undefined || [...escape].length > 1)
    return cursor.fail('syntax', 'expected one character between quotes');
  const pattern = likePieces(value, escape) ?? cursor.fail('sql/escape', 'the pattern ends in the escape character');
  const uncased = found[1] !== '' || left.lowered;
  if (uncased) reading.assumptions.add(assume.lower);
  return asked({ kind: 'like', pattern, cased: !uncased }, left, reading);
}

/** `%` and `_` are holes; what follows the escape character is itself. */
function likePieces(value: string, escape: string): Pattern | undefined {
  const pieces: Piece[] = [];
  let literalNext = false;
  for (const character of value) {
    if (literalNext) pieces.push(character);
    else if (character === '%') pieces.push(many);
    else if (character === '_') pieces.push(one);
    else if (character !== escape) pieces.push(character);
    literalNext = !literalNext && character === escape;
  }
  return literalNext ? undefined : normal(pieces);
}

function whole(left: Operand, reading: Reading): Truth | undefined {
  const { cursor } = reading;
  if (!cursor.take(/~(?!~)|SIMILAR\s+TO\b/i)) return undefined;
  return asked(
    expression(
      `^(?:${text(cursor) ?? cursor.fail('syntax', 'expected an expression between quotes')})$`,
      '',
      left,
      reading,
    ),
    left,
    reading,
  );
}

const functions: Readonly<Record<string, 'regex' | 'full' | Exclude<SameAs['relation'], 'whole'> | 'element'>> = {
  regexp_matches: 'regex',
  regexp_full_match: 'full',
  contains: 'contains',
  starts_with: 'startswith',
  prefix: 'startswith',
  ends_with: 'endswith',
  suffix: 'endswith',
  list_contains: 'element',
  array_contains: 'element',
  list_has: 'element',
};

function functionTest(reading: Reading, variable: string | undefined): Truth | undefined {
  const { cursor } = reading;
  const before = cursor.at;
  const called = cursor.take(/(\w+)\s*\(/i)?.[1]?.toLowerCase();
  const what = called !== undefined && Object.hasOwn(functions, called) ? functions[called] : undefined;
  if (what === undefined) {
    cursor.at = before;
    if (called !== undefined && called !== 'lower' && called !== 'try_cast')
      cursor.fail('sql/function', `the function ${called} is not read`);
    return undefined;
  }
  const left = operand(reading, variable) ?? cursor.fail('syntax', 'expected a column');
  cursor.expect(/,/, 'a comma');
  const truth = argumentsOf(what, left, reading, variable);
  cursor.expect(/\)/, '`)`');
  return truth;
}

function argumentsOf(
  what: (typeof functions)[string],
  left: Operand,
  reading: Reading,
  variable: string | undefined,
): Truth {
  const { cursor } = reading;
  const value = text(cursor);
  if (what === 'regex' || what === 'full') {
    if (value === undefined) return cursor.fail('syntax', 'expected an expression between quotes');
    const options = cursor.take(/,/) ? (text(cursor) ?? cursor.fail('syntax', 'expected options between quotes')) : '';
    return asked(expression(what === 'full' ? `^(?:${value})$` : value, options, left, reading), left, reading);
  }
  if (what === 'element') {
    if (value === undefined) return cursor.fail('syntax', 'expected a text');
    if (left.of.kind !== 'column' || !reading.profile.multiValued.includes(left.of.name))
      return cursor.fail('sql/no-list', 'this column holds one text, not a list');
    return ofColumn({ ...equalTo(value, left), field: left.of.name }, left.of.name);
  }
  if (value === undefined) {
    const right = operand(reading, variable) ?? cursor.fail('syntax', 'expected a text or a column');
    return related(left, right, what, reading);
  }
  const parts: Pattern = { contains: [many, value, many], startswith: [value, many], endswith: [many, value] }[what];
  return asked({ kind: 'like', pattern: normal(parts), cased: !left.lowered }, left, reading);
}

function expression(source: string, options: string, { lowered }: Operand, reading: Reading): TextTest {
  const { cursor } = reading;
  if (/[^is]/.test(options))
    cursor.fail('sql/options', `of the options of an expression only i and s are read, not '${options}'`);
  if (lowered && /[A-Z]/.test(source.replace(/\\[\s\S]/g, '')))
    cursor.fail('sql/lower', 'an expression with capitals is asked of a text without');
  const ignoreCase = lowered || options.includes('i');
  const read = readRe2(source, { ignoreCase, multiline: false, dotAll: options.includes('s') });
  return 'fault' in read ? cursor.fail('sql/regex', read.fault.message, undefined, read.fault.hint) : read;
}

function figureTest(reading: Reading, variable: string | undefined): Truth | undefined {
  const { cursor } = reading;
  if (!cursor.take(/TRY_CAST\s*\(/i)) return undefined;
  const extract = cursor.take(/regexp_extract\s*\(/i);
  const left = operand(reading, variable) ?? cursor.fail('syntax', 'expected a column');
  if (extract) {
    cursor.expect(/,/, 'a comma');
    if (text(cursor) === undefined) cursor.fail('syntax', 'expected an expression between quotes');
    cursor.expect(/,\s*1\s*\)/, '`, 1)`');
  }
  cursor.expect(/AS\s+(?:DOUBLE|BIGINT|INTEGER|FLOAT|DECIMAL)\s*\)/i, 'AS DOUBLE)');
  const order = cursor.expect(/(<=|>=|<>|!=|==?|<|>)/, 'an order and a number')[1]!;
  const value = number(cursor) ?? cursor.fail('syntax', 'expected a number');
  const test = (of: Compare['order']): Predicate => asked({ kind: 'compare', order: of, value }, left, reading).yes;
  if (order.startsWith('=')) return { yes: test('='), no: any([test('<'), test('>')]) };
  if (order === '<>' || order === '!=') return { yes: any([test('<'), test('>')]), no: test('=') };
  const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
  const known = order as keyof typeof opposite;
  return { yes: test(known), no: test(opposite[known]) };
}
