import type { Predicate } from '../../ir/predicate.ts';
import type { Cursor } from '../../text/cursor.ts';
import { name, text } from './lexer.ts';
import { ELEMENT } from './parse-operand.ts';
import type { Reading } from './parse.ts';
import { certain, ofColumn } from './truth.ts';
import type { Truth } from './truth.ts';

/**
 * Reads `len(list_filter(list, lambda v: test)) > 0`: some element passes the test. `elementTest` reads the test, given
 * the name of the element.
 *
 *     list  =  column  |  the values of all columns, as `print` writes them
 */
export function listTest(reading: Reading, elementTest: (variable: string) => Truth): Truth | undefined {
  const { cursor } = reading;
  if (!cursor.take(/len\s*\(\s*list_filter\s*\(/i)) return undefined;
  const list = columnOrAll(cursor);
  cursor.expect(/,\s*lambda\b/i, ', and `lambda`');
  const variable = name(cursor) ?? cursor.fail('syntax', 'expected the name of an element');
  cursor.expect(/:/, 'a colon');
  const start = cursor.here();
  const test = elementTest(variable).yes;
  cursor.expect(/\)\s*\)\s*>\s*0(?![\d.])/, '`)) > 0`');
  const asKeyword = list.kind === 'all' ? keyword(test) : undefined;
  if (asKeyword) return certain(asKeyword);
  if (!('field' in test) || test.field !== ELEMENT || list.kind === 'all')
    return cursor.fail('sql/element', 'an element can be asked one test only', start);
  return ofColumn({ ...test, field: list.name }, list.name);
}

function columnOrAll(cursor: Cursor): { readonly kind: 'column'; readonly name: string } | { readonly kind: 'all' } {
  const joined = cursor.take(/flatten\s*\(\s*\[/i) !== undefined;
  if (!cursor.take(/json_extract_string\s*\(/i)) {
    const found = joined ? undefined : name(cursor);
    return found === undefined ? cursor.fail('syntax', 'expected a list') : { kind: 'column', name: found };
  }
  const without = cursor.take(/json_merge_patch\s*\(/i) !== undefined;
  cursor.expect(/to_json\s*\(\s*\w+\s*\)/i, '`to_json(events)`');
  if (without) {
    cursor.expect(/,/, 'a comma');
    if (text(cursor) === undefined) cursor.fail('syntax', 'expected a text');
    cursor.expect(/\)/, '`)`');
  }
  cursor.expect(/,\s*'\$\.\*'\s*\)/, "`, '$.*')`");
  if (!joined) return { kind: 'all' };
  while (cursor.take(/,\s*COALESCE\s*\(/i)) {
    if (name(cursor) === undefined) cursor.fail('syntax', 'expected a column');
    cursor.expect(/,\s*\[\s*\]\s*\)/, '`, [])`');
  }
  cursor.expect(/\]\s*\)/, '`])`');
  return { kind: 'all' };
}

function keyword(test: Predicate): Predicate | undefined {
  if (test.kind === 'like')
    return { kind: 'keyword', test: { kind: 'like', pattern: test.pattern, cased: test.cased } };
  return test.kind === 'regex' ? { kind: 'keyword', test: { kind: 'regex', regex: test.regex } } : undefined;
}
