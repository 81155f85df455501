import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { many } from '../../ir/pattern.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { assumptions } from '../splunk/assumptions.ts';
import { spl2 } from './index.ts';

const { ocsf, raw } = profiles;

function read(text: string) {
  return spl2.parse({ name: 'test.spl2', text }, ocsf);
}

function meaning(text: string): Predicate {
  const { queries, diagnostics } = read(text);
  if (queries.length === 0) throw new Error(`${text}: ${diagnostics[0]?.message}`);
  return any(queries.map(({ where }) => where));
}

/** Whether a pipeline of this condition selects the event. */
function takes(where: string, event: Raw): boolean {
  return evaluate(meaning(`from $source | ${where}`), eventOf(event));
}

function printed(where: Predicate, profile = ocsf): string {
  const result = spl2.print({ logsource: {}, where, then: [] }, profile);
  return result.kind === 'text' ? result.text.replace('$rule = | from $source | ', '') : 'refused';
}

describe('reading conditions', () => {
  it('heeds case in =, ==, LIKE, IN and in()', () => {
    for (const test of ['f="Ab"', 'f=="Ab"', 'f LIKE "A%"', 'like(f, "A_")', 'f IN ("Ab", "x")', 'in(f, "Ab")']) {
      expect(takes(`where ${test}`, { f: 'Ab' }), test).toBe(true);
      expect(takes(`where ${test}`, { f: 'ab' }), test).toBe(false);
    }
  });

  it('binds NOT, AND and OR in this order', () => {
    expect(takes('where a="1" OR b="1" AND c="1"', { a: '1' })).toBe(true);
    expect(takes('where NOT a="1" AND b="1"', { a: '2', b: '1' })).toBe(true);
  });

  it('drops an event where a negated test has no value to look at', () => {
    expect(takes('where NOT f="x"', {})).toBe(false);
    expect(takes('where f!="x"', {})).toBe(false);
    expect(takes('where f<>"x"', { f: 'y' })).toBe(true);
    expect(takes('where f NOT IN ("x")', { f: 'y' })).toBe(true);
    expect(takes('where isnull(f) OR NOT f="x"', {})).toBe(true);
  });

  it('asks for presence by IS NULL and by comparing with null', () => {
    for (const test of ['f IS NULL', 'isnull(f)', 'f = null', 'NOT f IS NOT NULL', 'NOT f != null']) {
      expect(takes(`where ${test}`, {}), test).toBe(true);
      expect(takes(`where ${test}`, { f: 'x' }), test).toBe(false);
    }
    expect(read('from $source | where f != null').assumptions).toEqual([assumptions.nullCompared]);
  });

  it('takes =true and =false for the test and its opposite', () => {
    expect(takes('where match(f, /a/)=true', { f: 'a' })).toBe(true);
    expect(takes('where match(f, /a/)=false', { f: 'b' })).toBe(true);
    expect(takes('where match(f, /a/)=false', {})).toBe(false);
    expect(takes('where f!=true', { f: 'x' })).toBe(true);
  });

  it('reads a name before the dot as an object that an eval may have computed', () => {
    expect(meaning('from $source | eval p = process.file | where p.name="x"')).toEqual(
      meaning('from $source | where process.file.name="x"'),
    );
  });

  it('puts fields that an eval computes in their place, and finds what can never hold', () => {
    expect(takes('eval n = lower(f), m = n | where m="ab"', { f: 'AB' })).toBe(true);
    expect(takes('eval n = lower(f) | where n="Ab"', { f: 'Ab' })).toBe(false);
    expect(takes('eval hit = match(f, /a/) | where hit=true', { f: 'a' })).toBe(true);
  });

  it('does not mind what it does not understand as long as no condition looks at it', () => {
    expect(takes('eval x = md5(f), y = {"a": [f, 1]} + "z" | where f="a" | into $destination', { f: 'a' })).toBe(true);
  });

  it('reads the older analytics: map_get, ucast and match_regex', () => {
    const text =
      '| from read_ssa_enriched_events() | eval c=lower(ucast(map_get(input_event, "process"), "string", null)) | where c != null AND match_regex(c, /a\\s+b/)=true | into write_ssa_detected_events();';
    expect(evaluate(meaning(text), eventOf({ process: 'A b' }))).toBe(true);
    expect(evaluate(meaning(text), eventOf({ process: 'ab' }))).toBe(false);
    expect(read(text).diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it('reads texts with and without escapes', () => {
    expect(takes('where f="C:\\\\x \\"y\\""', { f: 'C:\\x "y"' })).toBe(true);
    expect(takes('where f=@"C:\\x ""y"""', { f: 'C:\\x "y"' })).toBe(true);
  });

  it('skips comments, but not in texts and regular expressions', () => {
    expect(takes('where f="a//b" // AND g="c"\n /* OR true */ AND match(f, /a\\/\\/b/)', { f: 'a//b' })).toBe(true);
  });

  it('compares a field of numbers as a number is written', () => {
    expect(takes('where class_uid=1007', { class_uid: 1007 })).toBe(true);
    expect(meaning('from $source | where class_uid=1007')).toEqual({ kind: 'equal', field: 'class_uid', value: 1007 });
  });

  it('names the arguments of cidrmatch in any order', () => {
    expect(takes('where cidrmatch(ip: f, cidr_range: "10.0.0.0/8")', { f: '10.1.1.1' })).toBe(true);
  });
});

describe('statements', () => {
  it('makes a statement part of the one that reads from it', () => {
    const text = '$a = from main | where x="1";\n$b = from $a | where y="2"';
    const { queries } = read(text);
    expect(queries).toHaveLength(1);
    expect(evaluate(queries[0]!.where, eventOf({ x: '1', y: '2' }))).toBe(true);
    expect(evaluate(queries[0]!.where, eventOf({ y: '2' }))).toBe(false);
  });

  it('reads several as several queries', () => {
    expect(read('$a = from $source | where x="1";\n$b = from $source | where y="2";').queries).toHaveLength(2);
    expect(read('$a = from $source | where x="1"\n$b = from $source | where y="2"').queries).toHaveLength(2);
  });
});

describe('printing', () => {
  it('escapes a slash, and writes no comment for an empty expression', () => {
    const like = (field: string, text: string): Predicate => ({
      kind: 'like',
      field,
      pattern: [many, text, many],
      cased: true,
    });
    expect(printed(like('f', '/_/'))).toBe('where match(f, /\\/_\\//)');
    expect(printed({ kind: 'term', field: 'f', term: '', edge: 'whole', tokenizer: 'kusto', cased: true })).toMatch(
      /match\(f, \/\(\?:\)\/\)/,
    );
  });

  it('does not lose a field whose name the lower-cased one would take', () => {
    const text = printed({
      kind: 'all',
      of: [
        { kind: 'like', field: 'a.b', pattern: ['X'], cased: false },
        { kind: 'like', field: 'a_b', pattern: ['X'], cased: true },
      ],
    });
    expect(text).toBe('eval a_b_lower = lower(a.b) | where a_b_lower="x" AND a_b="X"');
  });

  it('says once that a field may be missing', () => {
    const not = (text: string): Predicate => ({
      kind: 'not',
      of: { kind: 'like', field: 'f', pattern: [text], cased: true },
    });
    expect(printed({ kind: 'all', of: [not('a'), not('b')] })).toBe('where isnull(f) OR NOT f IN ("a", "b")');
  });

  it('puts no letter beyond ASCII in lower case', () => {
    expect(printed({ kind: 'like', field: 'f', pattern: ['aİ'], cased: false }, raw)).toBe(
      'where match(f, /(?i)^aİ\\z/)',
    );
  });
});
