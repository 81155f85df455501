/**
 * Reads the search before the first pipe, and what follows `| search`. The grammar, loosest first:
 *
 *     all   =  any ("AND"? any)*                    -- juxtaposition is AND, and AND binds loosest
 *     any   =  not ("OR" not)*
 *     not   =  ("-" | "NOT") not  |  "(" all ")"  |  test
 *     test  =  name op value  |  name "NOT"? "IN" "[" value ("," value)* "]"  |  "*"  |  word  |  quoted
 *     op    =  "="  |  "!="  |  "<"  |  "<="  |  ">"  |  ">="
 *     value =  quoted  |  word
 *
 * Words of the language are read in any case ("Search Query Language").
 */
import { isAnything, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, always, any, not } from '../../ir/predicate.ts';
import type { Order, Predicate } from '../../ir/predicate.ts';
import type { Span } from '../../text/source.ts';
import { notePattern } from './assumptions.ts';
import { hintAtEscape, quoted, since, taken, within } from './reader.ts';
import type { Reader } from './reader.ts';
import { isDecimal, patternOf } from './text.ts';

const NAME = /[^\s()[\],|"'=<>!]+/;
const WORD = /[^\s()[\],|"']+/;
const OPERATOR = /!=|<=|>=|=|<|>/;
const IN = /(?:NOT\s+)?IN\s*(?=\[)/i;

/** Reads a whole search up to a pipe, or the end. */
export function readSearch(reader: Reader): Predicate {
  if (ends(reader)) return reader.cursor.fail('logpoint/empty', 'a search is due here');
  return readAll(reader);
}

function ends({ cursor }: Reader): boolean {
  return cursor.done || cursor.sees(/[|)]/);
}

function readAll(reader: Reader): Predicate {
  const { cursor, noted } = reader;
  const of = [readAny(reader)];
  while (!ends(reader)) {
    cursor.take(/AND(?![^\s()"'])/i);
    of.push(readAny(reader));
  }
  if (of.length > 1 && of.some(({ bare }) => bare)) noted.add('precedence');
  return all(of.map(({ node }) => node));
}

/** `bare`: alternatives without parentheses around them. */
function readAny(reader: Reader): { readonly node: Predicate; readonly bare: boolean } {
  const of = [readNot(reader)];
  while (reader.cursor.take(/OR(?![^\s()"'-])/i)) of.push(readNot(reader));
  return { node: any(of), bare: of.length > 1 };
}

function readNot(reader: Reader): Predicate {
  const { cursor, noted } = reader;
  if (cursor.take(/-(?!\s)|NOT(?![^\s()"'-])/i)) {
    noted.add('negation');
    return within(reader, () => not(readNot(reader)));
  }
  const open = cursor.here();
  if (!cursor.take(/\(/)) return readTest(reader);
  return within(reader, () => {
    if (cursor.sees(/\)/)) cursor.fail('syntax', 'these parentheses hold nothing', since(cursor, open.start));
    const inner = readAll(reader);
    if (!cursor.take(/\)/)) cursor.fail('syntax', 'expected a closing parenthesis for this one', open);
    return inner;
  });
}

function readTest(reader: Reader): Predicate {
  const { cursor, noted } = reader;
  const { start } = cursor.here();
  if (cursor.take(/(?:OR|AND)(?![^\s()"'])/i))
    cursor.fail('syntax', 'this operator has nothing on its left', since(cursor, start));
  const inner = quoted(reader);
  if (inner !== undefined) return comparison(reader, inner, start) ?? message(reader, inner, since(cursor, start));
  const word = taken(reader, NAME);
  if (word === undefined) return cursor.fail('syntax', 'expected a word, a field or a parenthesis');
  const compared = comparison(reader, word, start);
  if (compared) return compared;
  if (cursor.source.text[cursor.at] === '(')
    cursor.fail('logpoint/function', `the function '${word}' is not modelled`, since(cursor, start));
  if (cursor.take(/\[/))
    cursor.fail('logpoint/stream', 'patterns over several logs are not modelled', since(cursor, start));
  if (word === '*') {
    noted.add('everything');
    return always;
  }
  return message(reader, word, since(cursor, start));
}

/** What stands behind a field's name, or undefined if no operator does. */
function comparison(reader: Reader, field: string, start: number): Predicate | undefined {
  const { cursor, noted } = reader;
  const listed = taken(reader, IN);
  if (listed !== undefined) {
    const found = any(readList(reader).map((value) => equals(reader, field, value)));
    if (!/^NOT/i.test(listed)) return found;
    noted.add('negation');
    return not(found);
  }
  if (cursor.sees(/(?:NOT\s+)?IN\s+[^\s()[\],|"'=<>!]/i) && cursor.take(/(?:NOT\s+)?IN\s+/i)) {
    const name = taken(reader, NAME) ?? '';
    cursor.fail(
      'logpoint/list',
      `the list '${name}' is kept in LogPoint and not part of the query`,
      since(cursor, start),
    );
  }
  const operator = taken(reader, OPERATOR);
  if (operator === undefined) return undefined;
  const value = readValue(reader);
  switch (operator) {
    case '=':
      return equals(reader, field, value);
    case '!=':
      noted.add('unequal');
      return not(equals(reader, field, value));
    default: {
      const span = since(cursor, start);
      if (!isNumber(value.text)) cursor.fail('logpoint/order', `'${operator}' is only read with a number`, span);
      noted.add('order');
      return { kind: 'compare', field, part: 'number', order: operator as Order, value: Number(value.text) };
    }
  }
}

interface Value {
  readonly text: string;
  readonly bare: boolean;
}

function equals({ noted }: Reader, field: string, { text, bare }: Value): Predicate {
  if (bare && isDecimal(text)) {
    noted.add('number');
    return { kind: 'equal', field, value: Number(text) };
  }
  const pattern = normal(patternOf(text));
  notePattern(pattern, noted);
  return { kind: 'like', field, pattern, cased: false };
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

function readList(reader: Reader): Value[] {
  const { cursor } = reader;
  const open = cursor.here();
  cursor.expect(/\[/, "'['");
  const values = [readValue(reader)];
  while (!cursor.take(/\]/)) {
    if (cursor.done) cursor.fail('syntax', 'this list is never closed', open);
    if (!cursor.take(/,/))
      cursor.fail('syntax', "expected ',' or ']' in the list", cursor.here(), hintAtEscape(cursor));
    values.push(readValue(reader));
  }
  return values;
}

function readValue(reader: Reader): Value {
  const inner = quoted(reader);
  if (inner !== undefined) return { text: inner, bare: false };
  return { text: taken(reader, WORD) ?? reader.cursor.fail('syntax', 'expected a value'), bare: true };
}

/** A text sought in the log message: between two `*` anywhere, else as whole words. */
function message(reader: Reader, inner: string, span: Span): Predicate {
  const { cursor, noted } = reader;
  const pattern: Pattern = normal(patternOf(inner));
  if (pattern.length === 0) return cursor.fail('syntax', 'an empty text finds nothing to look for', span);
  notePattern(pattern, noted);
  noted.add('raw');
  const field = { rendered: 'json-line' } as const;
  if (isAnything(pattern)) return always;
  const [first, last] = [pattern[0], pattern.at(-1)].map((piece) => typeof piece === 'object' && piece.wild === 'many');
  const terms = pattern.filter((piece) => typeof piece === 'string');
  const holes = pattern.length - terms.length;
  if (terms.length === 1 && holes === Number(first) + Number(last) && !(first && last)) {
    noted.add('words');
    const edge = first ? 'suffix' : last ? 'prefix' : 'whole';
    return { kind: 'term', field, term: terms[0]!, edge, tokenizer: 'standard', cased: false };
  }
  return { kind: 'like', field, pattern: normal([many, ...pattern, many]), cased: false };
}
