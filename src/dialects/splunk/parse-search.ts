/**
 * Reads the language of the `search` command. The grammar, loosest first:
 *
 *     all   =  any ("AND"? any)*          -- juxtaposition is AND, and AND binds loosest
 *     any   =  not ("OR" not)*
 *     not   =  "NOT" not  |  "(" all ")"  |  test
 *     test  =  name op value  |  name "IN" "(" value ("," value)* ")"  |  "*"  |  word  |  quoted
 *     op    =  "="  |  "=="  |  "!="  |  "<"  |  "<="  |  ">"  |  ">="
 *     value =  quoted  |  word  |  "CASE(" word ")"
 */
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import { all, always, any, not } from '../../ir/predicate.ts';
import type { Order, Predicate } from '../../ir/predicate.ts';
import type { Span } from '../../text/source.ts';
import { notePattern } from './assumptions.ts';
import type { Reader } from './reader.ts';
import { between, expected, since, taken, within } from './reader.ts';
import { isDecimal, isNetwork, patternOf, searchable, unescaped } from './text.ts';
import { recall, testOperand } from './operand.ts';
import type { Known, SearchTest } from './operand.ts';

const NAME = /[^\s()|"`[\],=<>!]+/;
const WORD = /[^\s()|"`[\]]+/;
const LISTED = /[^\s()|"`[\],]+/;
const OPERATOR = /==|!=|<=|>=|=|<|>/;

/** Reads a whole search up to a pipe, or the end. `known` are fields that earlier `eval`s and `rex`s computed. */
export function readSearch(reader: Reader, known: Known): Predicate {
  if (ends(reader)) return always;
  return readAll(reader, known);
}

function ends({ cursor }: Reader): boolean {
  return cursor.done || cursor.sees(/[|)]/);
}

function readAll(reader: Reader, known: Known): Predicate {
  const { cursor } = reader;
  const of = [readAny(reader, known)];
  while (!ends(reader)) {
    cursor.take(/AND(?![^\s()"])/);
    of.push(readAny(reader, known));
  }
  return all(of);
}

function readAny(reader: Reader, known: Known): Predicate {
  const of = [readNot(reader, known)];
  while (reader.cursor.take(/OR(?![^\s()"])/)) of.push(readNot(reader, known));
  return any(of);
}

function readNot(reader: Reader, known: Known): Predicate {
  const { cursor } = reader;
  if (cursor.take(/NOT(?![^\s()"])/)) return within(reader, () => not(readNot(reader, known)));
  const open = cursor.here();
  if (!cursor.take(/\(/)) return readTest(reader, known);
  return within(reader, () => {
    if (cursor.sees(/\)/)) cursor.fail('syntax', 'these parentheses hold nothing', since(cursor, open.start));
    const inner = readAll(reader, known);
    if (!cursor.take(/\)/)) cursor.fail('syntax', 'expected a closing parenthesis for this one', open);
    return inner;
  });
}

function readTest(reader: Reader, known: Known): Predicate {
  const { cursor } = reader;
  refuseForeign(reader);
  const { start } = cursor.here();
  if (cursor.take(/(?:OR|AND)(?![^\s()"])/))
    cursor.fail('syntax', 'this operator has nothing on its left', since(cursor, start));
  const inner = between(cursor, '"');
  if (inner !== undefined) {
    if (cursor.sees(OPERATOR) || cursor.sees(/IN\s*\(/)) return readComparison(reader, unescaped(inner), start, known);
    return text(reader, inner, since(cursor, start));
  }
  const word = taken(reader, NAME);
  if (word === undefined) return cursor.fail('syntax', 'expected a term, a field or a parenthesis');
  if (cursor.sees(OPERATOR) || cursor.sees(/IN\s*\(/)) return readComparison(reader, word, start, known);
  if (/^(?:TERM|CASE)$/.test(word) && cursor.sees(/\(/))
    cursor.fail(
      'splunk/term',
      `'${word}()' looks at how Splunk divides the event into words, which is not modelled`,
      since(cursor, start),
    );
  const rest = cursor.source.text.slice(cursor.at).match(/^[^\s()|"`[\]]*/)?.[0] ?? '';
  cursor.at += rest.length;
  return text(reader, word + rest, since(cursor, start));
}

/** Macros and subsearches stand for text that is not here. */
function refuseForeign(reader: Reader): void {
  const { cursor } = reader;
  const { start } = cursor.here();
  const macro = taken(reader, /`[^`]*`?/);
  if (macro !== undefined)
    cursor.fail(
      'splunk/macro',
      `the macro ${macro} stands for text that is not part of the query`,
      since(cursor, start),
      'replace the macro by its definition',
    );
  if (cursor.take(/\[/))
    cursor.fail(
      'splunk/subsearch',
      'a subsearch can only be decided with the data that it runs over',
      since(cursor, start),
    );
}

/** A text sought in the event as recorded: between two holes anywhere, else as whole words. */
function text(reader: Reader, inner: string, span: Span): Predicate {
  const pattern = normal(patternOf(inner));
  if (isAnything(pattern)) return always;
  if (pattern.length === 0) return reader.cursor.fail('syntax', 'an empty text finds nothing to look for', span);
  noteEscapes(reader, inner);
  notePattern(pattern, reader.noted);
  const [first, last] = [pattern[0], pattern.at(-1)];
  const term = pattern.filter((piece) => typeof piece === 'string');
  const open = [first, last].map((piece) => typeof piece !== 'string');
  const field = { rendered: reader.raw };
  reader.noted.add('raw');
  if (term.length === 1 && !(open[0] && open[1])) {
    const edge = open[0] ? 'suffix' : open[1] ? 'prefix' : 'whole';
    return { kind: 'term', field, term: term[0]!, edge, tokenizer: 'splunk', cased: false };
  }
  return { kind: 'like', field, pattern: normal([many, ...pattern, many]), cased: false };
}

function noteEscapes({ noted }: Reader, inner: string): void {
  const single = inner.replaceAll('\\\\', '');
  if (/\\\*/.test(single)) noted.add('escapedStar');
  if (/\\(?!["*])/.test(single)) noted.add('loneBackslash');
}

function readComparison(reader: Reader, name: string, start: number, known: Known): Predicate {
  const { cursor } = reader;
  if (!searchable(name) && !known.has(name))
    cursor.fail(
      'splunk/search-modifier',
      `'${name}' is no field of an event but changes what the search runs over`,
      since(cursor, start),
      'give the time range and knowledge objects to the search, not in its text',
    );
  const to = (test: SearchTest) => {
    const span = since(cursor, start);
    return testOperand(reader, recall(reader, known, name, span), test, span);
  };
  if (cursor.take(/IN\s*\(/)) return any(readList(reader).map(to));
  const operator = expected(reader, OPERATOR, 'a comparison');
  const value = readValue(reader, WORD);
  switch (operator) {
    case '=':
    case '==':
      return to(value);
    case '!=':
      // Unlike `NOT f=x`, `f!=x` wants the field to be there (Search Manual, "Difference between != and NOT").
      return all([to({ kind: 'text', pattern: [many], cased: false }), not(to(value))]);
    default:
      return to(ordering(reader, operator as Order, value, since(cursor, start)));
  }
}

function ordering(reader: Reader, order: Order, value: SearchTest, span: Span): SearchTest {
  const bound =
    value.kind === 'number' ? value.value : value.kind === 'text' ? Number(literal(value.pattern) ?? NaN) : NaN;
  if (!Number.isFinite(bound))
    reader.cursor.fail(
      'splunk/order',
      `'${order}' is only read with a number; texts are ordered by Splunk's own rules`,
      span,
    );
  reader.noted.add('order');
  return { kind: 'order', order, value: bound };
}

function readList(reader: Reader): SearchTest[] {
  const { cursor } = reader;
  const values = [readValue(reader, LISTED)];
  while (!cursor.take(/\)/)) {
    if (!cursor.take(/,/) && !cursor.sees(/["\w*]/)) cursor.fail('syntax', "expected ',' or ')' in the list");
    values.push(readValue(reader, LISTED));
  }
  return values;
}

function readValue(reader: Reader, word: RegExp): SearchTest {
  const { cursor } = reader;
  refuseForeign(reader);
  if (cursor.take(/CASE\(/)) {
    const inner = between(cursor, '"') ?? expected(reader, LISTED, 'a value');
    cursor.expect(/\)/, "')'");
    return textTest(reader, inner, true);
  }
  const inner = between(cursor, '"');
  if (inner !== undefined) {
    const whole = unescaped(inner);
    return isNetwork(whole) ? { kind: 'network', network: whole } : textTest(reader, inner, false);
  }
  const bare = expected(reader, word, 'a value');
  if (isNetwork(bare)) return { kind: 'network', network: bare };
  if (isDecimal(bare)) return { kind: 'number', value: Number(bare) };
  return textTest(reader, bare, false);
}

function textTest(reader: Reader, inner: string, cased: boolean): SearchTest {
  const pattern = normal(patternOf(inner));
  noteEscapes(reader, inner);
  notePattern(pattern, reader.noted);
  return { kind: 'text', pattern, cased };
}
