import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { regexOf } from '../../ir/testing/random.ts';
import { windowsTa } from '../testing/profiles.ts';
import { assumptions } from './assumptions.ts';
import { splunk } from './index.ts';

function read(text: string) {
  return splunk.parse({ name: 'test.spl', text }, windowsTa);
}

function meaning(text: string): Predicate {
  const { queries, diagnostics } = read(text);
  if (queries.length === 0) throw new Error(`${text}: ${diagnostics[0]?.message}`);
  return any(queries.map(({ where }) => where));
}

/** Whether the text selects the event. */
function takes(text: string, event: Raw): boolean {
  return evaluate(meaning(text), eventOf(event));
}

function printed(where: Predicate, then: Query['then'] = []) {
  return splunk.print({ logsource: {}, where, then }, windowsTa);
}

describe('reading search', () => {
  it('binds OR tighter than the implicit AND, and AND alike', () => {
    for (const text of ['a=1 OR b=1 c=1', 'a=1 OR b=1 AND c=1', 'c=1 a=1 OR b=1']) {
      expect(takes(text, { a: 1 }), text).toBe(false);
      expect(takes(text, { a: 1, c: 1 }), text).toBe(true);
      expect(takes(text, { b: 1, c: 1 }), text).toBe(true);
    }
  });

  it('tells NOT f=x from f!=x where the field is missing', () => {
    expect(takes('NOT f=x', {})).toBe(true);
    expect(takes('f!=x', {})).toBe(false);
    expect(takes('f!=x', { f: 'y' })).toBe(true);
    expect(takes('f!=x', { f: 'X' })).toBe(false);
  });

  it('takes lower-case operators for words', () => {
    expect(read('a or b').queries[0]?.where).toMatchObject({
      kind: 'all',
      of: [{ term: 'a' }, { term: 'or' }, { term: 'b' }],
    });
  });

  it('ignores case but in CASE()', () => {
    expect(takes('f="Abc"', { f: 'aBC' })).toBe(true);
    expect(takes('f=CASE(Abc)', { f: 'aBC' })).toBe(false);
    expect(takes('f=CASE("Ab*")', { f: 'Abx' })).toBe(true);
  });

  it('reads a backslash before a star as itself, and says that it assumed so', () => {
    expect(takes('f="a\\*b"', { f: 'a\\xb' })).toBe(true);
    expect(takes('f="a\\*b"', { f: 'a*b' })).toBe(false);
    expect(read('f="a\\*b"').assumptions).toContain(assumptions.escapedStar);
    expect(read('f="a\\\\*b"').assumptions).toEqual([]);
  });

  it('reads networks, but only where they are written as such', () => {
    expect(takes('ip="10.0.0.0/8"', { ip: '10.1.2.3' })).toBe(true);
    expect(takes('ip=10.0.0.0/8', { ip: '10.1.2.3' })).toBe(true);
    expect(takes('ip="10.0.0.*"', { ip: '10.0.0.7' })).toBe(true);
    expect(takes('ip IN ("10.0.0.0/8", "192.168.1.1")', { ip: '10.9.9.9' })).toBe(true);
  });

  it('reads lists without commas, with blanks around operators, and a search written out', () => {
    expect(takes('search f IN (a b "c d")', { f: 'c d' })).toBe(true);
    expect(takes('search f = "a"', { f: 'a' })).toBe(true);
    expect(takes('search="a"', { search: 'a' })).toBe(true);
  });

  it('keeps the words of values that look like operators or pipes', () => {
    expect(takes('f="a | where b"', { f: 'a | where b' })).toBe(true);
    expect(takes('f="x) OR (y"', { f: 'x) OR (y' })).toBe(true);
  });

  it('reads comments as blanks, but not in quotation marks', () => {
    expect(takes('a=1 ```b=2 | "``` c=3', { a: 1, c: 3 })).toBe(true);
    expect(takes('f="```x```"', { f: '```x```' })).toBe(true);
  });

  it('takes the record for XML where a Windows channel is named, else for a line without escapes', () => {
    const line = { Message: 'cat </dev/tcp/1' };
    expect(takes('"*cat </dev/tcp/*"', line)).toBe(true);
    expect(takes('EventCode=1 "*cat </dev/tcp/*"', { ...line, EventCode: 1 })).toBe(false);
    expect(takes('EventCode=1 "*cat &lt;/dev/tcp/*"', { ...line, EventCode: 1 })).toBe(true);
  });
});

describe('reading where', () => {
  it('binds AND tighter than OR', () => {
    expect(takes('* | where a="1" OR b="1" AND c="1"', { a: '1' })).toBe(true);
    expect(read('* | where a="1" XOR b="1"').diagnostics[0]?.code).toBe('splunk/eval');
  });

  it('drops what is unknown, under NOT too', () => {
    const absent: Raw = { g: 'x' };
    expect(takes('* | where NOT f="x"', absent)).toBe(false);
    expect(takes('* | where f!="x"', absent)).toBe(false);
    expect(takes('* | where NOT match(f, "x")', absent)).toBe(false);
    expect(takes('* | where isnull(f) OR NOT match(f, "x")', absent)).toBe(true);
    expect(takes('* | where NOT coalesce(match(f, "x"), false())', absent)).toBe(true);
    expect(takes('* | where NOT (f="x" AND g="y")', absent)).toBe(true);
    expect(takes('* | where NOT (f="x" OR g="y")', absent)).toBe(false);
  });

  it('heeds case', () => {
    expect(takes('* | where f="Abc"', { f: 'abc' })).toBe(false);
    expect(takes('* | where lower(f)="abc"', { f: 'aBC' })).toBe(true);
    expect(takes('* | where lower(f)="Abc"', { f: 'Abc' })).toBe(false);
    expect(takes('* | where upper(f) IN ("ABC", "D")', { f: 'd' })).toBe(true);
    expect(takes('* | where lower(f) LIKE "%b_"', { f: 'xBc' })).toBe(true);
    expect(takes('* | where like(f, "%b_")', { f: 'xBc' })).toBe(false);
  });

  it('reads constants on either side', () => {
    expect(takes('* | where 5<n', { n: 6 })).toBe(true);
    expect(takes('* | where "x"=f', { f: 'x' })).toBe(true);
    expect(takes('* | where 1=1', {})).toBe(true);
    expect(takes('* | where 1=2', {})).toBe(false);
    expect(takes('* | where true()', {})).toBe(true);
  });

  it('compares numbers as numbers and texts as texts', () => {
    expect(takes('* | where n=1', { n: '1.0' })).toBe(true);
    expect(takes('* | where n="1"', { n: '1.0' })).toBe(false);
  });

  it('un-doubles backslashes once for the text and leaves the rest to the expression', () => {
    expect(takes('* | where match(f, "^C:\\\\\\\\x\\\\.exe$")', { f: 'C:\\x.exe' })).toBe(true);
    expect(takes('* | regex f="\\d{2}"', { f: '12' })).toBe(true);
    expect(takes('* | regex f!="^a"', { f: 'b' })).toBe(true);
  });
});

describe('computed fields', () => {
  it('are put in their place', () => {
    expect(takes('* | eval x=lower(f) | where x="abc"', { f: 'ABC' })).toBe(true);
    expect(takes('* | eval x=lower(f), y=x | search y="ABC"', { f: 'abc' })).toBe(true);
    expect(takes('* | eval x="no" | search x="yes"', { x: 'yes' })).toBe(false);
    expect(takes('* | eval k=case(match(f, "a"), "A", match(f, "b"), "B") | where k="B"', { f: 'b' })).toBe(true);
    expect(takes('* | eval k=case(match(f, "a"), "A", match(f, "b"), "B") | where k="B"', { f: 'ab' })).toBe(false);
    expect(takes('* | eval k=if(f="a", null(), f) | where isnull(k)', { f: 'a' })).toBe(true);
    expect(takes('* | eval u=coalesce(a, b) | where u="x"', { b: 'x' })).toBe(true);
  });

  it('carry what converters do for a regular expression beside a text', () => {
    const text = `Image="*\\\\ls"
| rex field=CommandLine "(?<CommandLineMatch>\\\\s-R\\\\s)"
| eval CommandLineCondition=if(isnotnull(CommandLineMatch), "true", "false")
| search CommandLineCondition="true" OR CommandLine="*--all*"`;
    expect(takes(text, { Image: 'x\\ls', CommandLine: 'ls -R /' })).toBe(true);
    expect(takes(text, { Image: 'x\\ls', CommandLine: 'ls --ALL' })).toBe(true);
    expect(takes(text, { Image: 'x\\ls', CommandLine: 'ls -r /' })).toBe(false);
    expect(read(text).queries).toHaveLength(1);
    expect(read(text).assumptions).toContain(assumptions.rexField);
  });

  it('become a stage only where a later stage looks at them', () => {
    expect(read('a=1 | eval x=lower(f) | where x="b"').queries[0]?.then).toEqual([]);
    expect(read('a=1 | eval x=lower(f) | stats count by x').queries[0]?.then.map(({ kind }) => kind)).toEqual([
      'derive',
      'summarize',
    ]);
  });

  it('are fields like any other after a table that shows them', () => {
    expect(read('a=1 | eval x=lower(f) | table x | where x="b"').queries[0]?.then).toEqual([
      { kind: 'derive', field: 'x', from: { kind: 'call', function: 'lower', with: [{ kind: 'field', field: 'f' }] } },
      { kind: 'keep', fields: ['x'] },
      { kind: 'having', where: { kind: 'like', field: 'x', pattern: ['b'], cased: true } },
    ]);
  });

  it('that unfold without end are refused', () => {
    const bomb = `* | eval x=f ${'| eval x=if(x="a", x, "b") '.repeat(60)}| where x="b"`;
    expect(read(bomb).diagnostics[0]?.code).toBe('splunk/size');
  });
});

describe('stages', () => {
  it.each([
    'a=1 | stats count by b | where count>5',
    'a=1 | stats count as n, dc(u) as users by b, c | where n>5 AND users<3',
    'a=1 | sort 0 _time | streamstats time_window=300s count as n by b | where n>=5',
    'a=1 | table b, c',
    'a=1 | eval x=upper(b) | table x',
  ])('%s keeps its stages when printed and read again', (text) => {
    const [query] = read(text).queries;
    const again = splunk.print(query!, windowsTa);
    expect(again.kind === 'text' && read(again.text).queries[0]?.then).toEqual(query?.then);
  });

  it('reads a filter after a summary as a condition on its rows', () => {
    expect(read('EventCode="106" | eventstats count as val by TaskName| search val < 5').queries[0]?.then).toEqual([
      { kind: 'summarize', by: ['TaskName'], with: [{ as: 'val', function: 'count', field: null }], within: null },
      { kind: 'having', where: { kind: 'compare', field: 'val', part: 'number', order: '<', value: 5 } },
    ]);
  });

  it('owns up that a condition on a window holds of event after event', () => {
    const [query] = read('a=1 | sort 0 _time | streamstats time_window=60s count as n by b | where n>=5').queries;
    const again = splunk.print(query!, windowsTa);
    expect(again.losses).toMatchObject([{ feature: 'stage.having', effect: 'wider' }]);
  });

  it('keeps quiet about a window without a condition', () => {
    const [query] = read('a=1 | sort 0 _time | streamstats time_window=60s count as n by b').queries;
    expect(splunk.print(query!, windowsTa).losses).toEqual([]);
  });
});

describe('several lines', () => {
  it('are one search to Splunk', () => {
    const { queries, diagnostics } = read('index=main\nEventCode=1\n(a=1 OR b=2)\n| table c');
    expect(queries).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it('are queries of their own where each is a group, as converters print them', () => {
    const { queries, diagnostics } = read('(a=1 b=2)\n(c=3) | table d\n(e=5)');
    expect(queries).toHaveLength(3);
    expect(diagnostics).toMatchObject([{ code: 'splunk/several', severity: 'info' }]);
  });

  it('are queries of their own after a table', () => {
    expect(read('a=1 | table b,c\nd=2 | table b,c').queries).toHaveLength(2);
  });

  it('are queries of their own where an empty line divides them', () => {
    expect(read('a=1\n\nb=2').queries).toHaveLength(2);
    expect(read('a=1\n\n| table b').queries).toHaveLength(1);
    expect(read('a=1 OR\n\nb=2').queries).toHaveLength(1);
  });

  it('that might be either are read as Splunk does, and it is said', () => {
    const { queries, diagnostics } = read('a=1\nb=2');
    expect(queries).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: 'splunk/lines', severity: 'info' }]);
  });

  it('inside quotation marks and parentheses do not count', () => {
    expect(read('(a=1\nOR b=2)\n(c=3)').queries).toHaveLength(2);
    expect(read('f="x\n\ny"').queries).toHaveLength(1);
  });
});

describe('printing', () => {
  it('puts what search can say first, and the rest behind a wider search', () => {
    const where: Predicate = {
      kind: 'all',
      of: [
        { kind: 'equal', field: 'EventCode', value: 1 },
        { kind: 'like', field: 'CommandLine', pattern: ['a', { wild: 'one' }, 'c'], cased: false },
      ],
    };
    expect(printed(where)).toMatchObject({
      text: '(EventCode=1 CommandLine="a*c") | where match(CommandLine, "(?is)^a.c\\\\z")',
      losses: [],
      assumptions: [],
    });
  });

  it('names what it assumes, and only that', () => {
    const like = (text: string): Predicate => ({
      kind: 'like',
      field: 'f',
      pattern: text === '' ? [] : [text],
      cased: false,
    });
    expect(printed(like('abc'))).toMatchObject({ assumptions: [] });
    expect(printed(like(''))).toMatchObject({ assumptions: [assumptions.emptyValue] });
    expect(printed(like('é'))).toMatchObject({ assumptions: [assumptions.folding] });
    expect(printed(like('01'))).toMatchObject({ assumptions: [assumptions.numberText] });
    expect(printed({ kind: 'not', of: { kind: 'like', field: 'f', pattern: ['x'], cased: true } })).toMatchObject({
      assumptions: [assumptions.unknown],
    });
  });

  it('mentions multi-valued fields where the profile has them', () => {
    const where: Predicate = { kind: 'like', field: 'f', pattern: ['x'], cased: true };
    const profile = { ...windowsTa, multiValued: ['f'] };
    expect(splunk.print({ logsource: {}, where, then: [] }, profile)).toMatchObject({
      assumptions: [assumptions.multiValue],
    });
  });

  it('refuses an expression that Splunk can not run', () => {
    const regex = { ...regexOf('(?<=ab*)c'), source: 'from another language' };
    const test: Predicate = { kind: 'regex', field: 'f', regex };
    const refused = { kind: 'refused', losses: [{ feature: 'regex', effect: 'refused' }] };
    const value = { kind: 'literal', value: 'x' } as const;
    expect(printed({ kind: 'not', of: test })).toMatchObject(refused);
    expect(printed({ kind: 'all', of: [] }, [{ kind: 'having', where: test }])).toMatchObject(refused);
    expect(
      printed({ kind: 'all', of: [] }, [
        { kind: 'derive', field: 'd', from: { kind: 'when', cases: [[test, value]], otherwise: value } },
      ]),
    ).toMatchObject(refused);
  });
});

describe('computed fields', () => {
  it('does not mind an eval that it does not understand as long as nothing looks at it', () => {
    expect(takes('f=1 | eval x=md5(g), y=x+1', { f: 1 })).toBe(true);
    expect(takes('f=1 | eval x=md5(g) | where f=1', { f: 1 })).toBe(true);
    expect(read('f=1 | eval x=md5(g) | where x="a"').diagnostics).toMatchObject([{ code: 'splunk/eval' }]);
    expect(read('f=1 | eval x=md5(g) | stats count by x').diagnostics).toMatchObject([{ code: 'splunk/eval' }]);
  });

  it('matches a field in lower case as the field is', () => {
    expect(takes('* | eval x=lower(f) | where match(x, "^a[b-d]X?$")', { f: 'ABC' })).toBe(false);
    expect(takes('* | eval x=lower(f) | where match(x, "^a[b-d]{2}X?$")', { f: 'ABC' })).toBe(true);
    expect(takes('* | eval x=lower(f) | where match(x, "X")', { f: 'X' })).toBe(false);
    expect(takes('* | eval x=lower(f) | where match(x, "[^a]")', { f: 'A' })).toBe(false);
  });

  it('compares a condition with true and false', () => {
    expect(takes('* | where match(f, "a")=true()', { f: 'a' })).toBe(true);
    expect(takes('* | where match(f, "a")!=true()', { f: 'b' })).toBe(true);
    expect(takes('* | where match(f, "a")=false()', {})).toBe(false);
  });
});
