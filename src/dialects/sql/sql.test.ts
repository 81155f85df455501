import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { regexOf } from '../../ir/testing/random.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { queryOf } from '../testing/agreement.ts';
import { duckdb } from './duckdb.ts';

function like(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}

function cased(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: true };
}

function print(where: Predicate): string {
  const printed = duckdb.print(queryOf(where), profiles.raw);
  return printed.kind === 'text'
    ? printed.text.replace('SELECT * FROM events WHERE ', '')
    : `refused: ${printed.losses[0]!.why}`;
}

describe('tests', () => {
  it.each([
    [like('f', many, 'lsass', many), `regexp_matches("f", '(?i)lsass')`],
    [like('f', 'a.b', many), `regexp_matches("f", '(?i)^a\\.b')`],
    [like('f', 'a', one, many, 'b'), `regexp_matches("f", '(?is)^a..*b$')`],
    [cased('f', many, 'A%_$', many), `"f" LIKE '%A$%$_$$%' ESCAPE '$'`],
    [cased('f', 'it\'s "x" \\'), `"f" = 'it''s "x" \\'`],
    [cased('f', 'a\nb\\'), `"f" = E'a\\nb\\\\'`],
    [like('f"g', '1'), `"f""g" = '1'`],
    [like('f'), `"f" = ''`],
    [like('f', many), '"f" IS NOT NULL'],
    [not(like('f', many)), '"f" IS NULL'],
    [any([like('f', '1'), cased('f', 'x')]), `"f" IN ('1', 'x')`],
    [not(like('f', '1')), `NOT COALESCE("f" = '1', FALSE)`],
    [not(all([like('f', '1'), not(like('g', '2'))])), `NOT (COALESCE("f" = '1', FALSE) AND NOT "g" = '2')`],
    [like('Data', 'x'), `len(list_filter("Data", lambda v: regexp_matches(v, '(?i)^x$'))) > 0`],
    [cased('Data', 'x'), `list_contains("Data", 'x')`],
    [{ kind: 'regex', field: 'f', regex: regexOf('a$') }, `regexp_matches("f", 'a\\n?$')`],
    [{ kind: 'regex', field: 'f', regex: regexOf('(?m)^a$|\\s') }, `regexp_matches("f", '(?m:^)a(?m:$)|[\\t-\\r ]')`],
    [{ kind: 'regex', field: 'f', regex: regexOf('[kK]') }, `regexp_matches("f", '[Kk]')`],
    [
      { kind: 'regex', field: 'f', regex: regexOf('a(?=b)') },
      'refused: RE2, which DuckDB matches with, has no look-around',
    ],
    [
      { kind: 'regex', field: 'f', regex: regexOf('(?:a{500}){3}') },
      'refused: RE2 repeats nothing more than 1000 times',
    ],
    [
      { kind: 'regex', field: 'f', regex: regexOf('a$b?') },
      'refused: RE2 has no end that may stand before a line break, and what follows it forbids to write it out',
    ],
  ] as readonly (readonly [Predicate, string])[])('%j is %s', (where, text) => expect(print(where)).toBe(text));

  it('names two columns that DuckDB does not tell apart', () => {
    const printed = duckdb.print(queryOf(all([like('Image', '1'), like('image', '1')])), profiles.raw);
    expect(printed.kind === 'text' && printed.assumptions).toHaveLength(1);
  });
});

describe('reading', () => {
  function read(condition: string): { where: Predicate | undefined; codes: string[] } {
    const { queries, diagnostics } = duckdb.parse({ name: 'q', text: condition }, profiles.raw);
    return { where: queries[0]?.where, codes: diagnostics.map(({ code }) => code) };
  }

  const events = { hit: { f: 'a' }, other: { f: 'b' }, missing: {} };
  it.each([
    [`f = 'a'`, [true, false, false]],
    [`NOT f = 'a'`, [false, true, false]],
    [`f <> 'a'`, [false, true, false]],
    [`NOT COALESCE(f = 'a', FALSE)`, [false, true, true]],
    [`(f = 'a') IS NOT TRUE`, [false, true, true]],
    [`NOT (f = 'a' AND NULL)`, [false, true, false]],
    [`f NOT IN ('a', NULL)`, [false, false, false]],
    [`COALESCE(f = 'a', TRUE)`, [true, false, true]],
    [`f ILIKE 'A'`, [true, false, false]],
    [`lower(f) = 'A'`, [false, false, false]],
    [`f LIKE '%' -- any\n AND /* not */ f <> 'b'`, [true, false, false]],
  ] as const)('%s holds of a hit, another value, a missing one: %j', (condition, holds) => {
    const { where } = read(condition);
    expect(Object.values(events).map((event) => evaluate(where!, eventOf(event)))).toEqual(holds);
  });

  it('takes an expression that is a pattern for one, in its case', () => {
    expect(read(`regexp_matches(f, '(?i)^a\\.b')`).where).toEqual(like('f', 'a.b', many));
    expect(read(`regexp_matches(f, 'a[bc]')`).where).toMatchObject({ kind: 'regex' });
  });

  it('refuses a name with a NUL, at which the text would end', () => {
    expect(print(like('a\0b', 'x'))).toBe('refused: a name of a column can not hold the character NUL');
  });

  it('warns of a number that is compared with a text', () => {
    expect(read('EventID = 1')).toMatchObject({ codes: ['sql/number'], where: { pattern: ['1'] } });
  });

  it('reads several statements as their union', () => {
    const text = `SELECT * FROM events WHERE a = '1';\nSELECT * FROM events WHERE b = '2'`;
    expect(duckdb.parse({ name: 'q', text }, profiles.raw).queries).toHaveLength(2);
  });

  it.each([
    '('.repeat(5000),
    `a = '${"''".repeat(20_000)}`,
    'NOT '.repeat(20_000),
    '/*'.repeat(5000),
    `"${'""'.repeat(20_000)}`,
    'COALESCE('.repeat(3000),
    `len(list_filter(flatten([`.repeat(2000),
    'a = b AND '.repeat(5000),
  ])('answers hostile text %#', (text) => {
    const { queries, diagnostics } = duckdb.parse({ name: 'hostile', text }, profiles.raw);
    expect(queries.length + diagnostics.length).toBeGreaterThan(0);
  });
});
