import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { queryOf } from '../testing/agreement.ts';
import { kusto } from './index.ts';

const read = (text: string) => kusto.parse({ name: 'test', text }, profiles.sentinel);

function meaningOf(text: string): Predicate {
  const { queries, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  return any(queries.map(({ where }) => where));
}

const takes = (text: string, event: Raw) => evaluate(meaningOf(text), eventOf(event));

/** Whether `find where CONDITION` takes an event whose field `f` has the value. */
const holds = (condition: string, f?: Raw[string]) => takes(`find where ${condition}`, f === undefined ? {} : { f });

function printed(where: Predicate): string {
  const text = kusto.print(queryOf(where), profiles.sentinel);
  expect(text.kind).toBe('text');
  return text.kind === 'text' ? text.text : '';
}

describe('what a condition means', () => {
  it.each([
    ['f == "a"', ['a'], ['A', 'b', undefined]],
    ['f =~ "a"', ['a', 'A'], ['ab', undefined]],
    ['f != "a"', ['A', '', undefined], ['a']],
    ['f <> "a"', ['b'], ['a']],
    ['f !~ "a"', ['b', undefined], ['A']],
    ['f in ("a", "b")', ['a', 'b'], ['A', undefined]],
    ['f in~ ("a", "b")', ['A'], ['c']],
    ['f !in~ ("a", "b")', ['c', undefined], ['A']],
    ['f contains "a"', ['xAx'], ['b']],
    ['f contains ""', ['x', undefined], []],
    ['f startswith_cs "a"', ['ab'], ['Ab']],
    ['f has "procdump"', ['procdump.exe', 'a\\procdump -ma'], ['procdump64.exe']],
    ['f hasprefix "procdump"', ['procdump64.exe'], ['aprocdump']],
    ['f has_all ("a", "b")', ['b a'], ['a', 'ab']],
    ['f has_any (dynamic(["a", \'b\']))', ['x b'], ['ab']],
    ['f matches regex "^a.c$"', ['abc'], ['ABC', 'abc\n', 'a\nc']],
    ['f matches regex @"^\\d+$"', ['12', '٣'], ['x']],
    ['isempty(f)', ['', undefined, null], ['a']],
    ['isnotempty(f)', ['a'], ['', undefined]],
    ['isnull(f)', [], ['', undefined]],
    ['toint(f) > 5', ['6', 7], ['5', 'x', undefined]],
    ['not(toint(f) > 5)', ['5'], ['6', 'x', undefined]],
    ['not(coalesce(toint(f) > 5, false))', ['5', 'x', undefined], ['6']],
    ['toint(f) between (1 .. 5)', ['1', '5'], ['0', '6']],
    ['tolower(f) == "abc"', ['ABC'], ['x']],
    ['tolower(f) == "Abc"', [], ['Abc', 'abc']],
    ['(f has "a") == false', ['b', undefined], ['a']],
    ['ipv4_is_in_range(f, "10.0.0.0/8")', ['10.1.2.3'], ['11.0.0.1', 'x']],
    ['not(ipv4_is_private(f))', ['8.8.8.8'], ['10.0.0.1', 'x', undefined]],
    ['datetime_part("hour", todatetime(f)) >= 18', ['2024-05-01T19:00:00Z'], ['2024-05-01T09:00:00Z']],
    ['"a" == "a"', [undefined], []],
    ['\'f\' =~ "x"', [], ['x', 'f']],
  ] as const)('%s', (condition, yes, no) => {
    for (const value of yes) expect(holds(condition, value), `takes ${value}`).toBe(true);
    for (const value of no) expect(holds(condition, value), `leaves ${value}`).toBe(false);
  });

  it.each([
    ['"a\\\\b\\"c"', 'a\\b"c'],
    ["'a\"b'", 'a"b'],
    ['@"C:\\a""b"', 'C:\\a"b'],
    ["h@'a'", 'a'],
    ['"\\u0041\\x42\\103\\n"', 'ABC\n'],
    ['"a" "b" @"\\c"', 'ab\\c'],
    ['```a"\n\\b```', 'a"\n\\b'],
  ])('the text %s', (literal, text) => {
    expect(holds(`f == ${literal}`, text)).toBe(true);
  });

  it('`and` binds tighter than `or`, and text operators tighter than both', () => {
    expect(takes('find where a == "1" or b == "1" and c == "1"', { a: '1' })).toBe(true);
    expect(takes('find where (a == "1" or b == "1") and c == "1"', { a: '1' })).toBe(false);
  });

  it('in `search` a text alone is sought in every column, as a word', () => {
    expect(takes('search "dump"', { f: 'a dump' })).toBe(true);
    expect(takes('search "dump"', { f: 'minidump' })).toBe(false);
    expect(takes('search "*dump" and f:"x"', { f: 'x', g: 'minidump' })).toBe(true);
  });
});

describe('what surrounds a condition', () => {
  it('names of values, lists and tables stand for what they name', () => {
    const text = `let words = dynamic(["procdump", "lsass"]); // two | of them
      let word = 'sekurlsa';
      let started = DeviceProcessEvents | where ActionType == "ProcessCreated";
      started | where ProcessCommandLine has_all (words) or ProcessCommandLine has word`;
    const event = { $table: 'DeviceProcessEvents', ActionType: 'ProcessCreated' };
    expect(takes(text, { ...event, ProcessCommandLine: 'procdump -ma lsass' })).toBe(true);
    expect(takes(text, { ...event, ProcessCommandLine: 'procdump -ma' })).toBe(false);
    expect(takes(text, { ...event, ProcessCommandLine: 'sekurlsa::x', ActionType: 'Other' })).toBe(false);
  });

  it('columns that are made stand for what they are made of, then and there', () => {
    const text = `SecurityEvent | extend c = tolower(CommandLine), d = strcat("x", "y") | extend c = tostring(c)
      | project c, d | where c == "abc" and d == "xy"`;
    expect(takes(text, { $table: 'SecurityEvent', CommandLine: 'ABC' })).toBe(true);
  });

  it('each part of a union is about its own table', () => {
    const text = 'union isfuzzy=true (SecurityEvent | where EventID == 1), Device* | where Type == "x"';
    expect(takes(text, { $table: 'SecurityEvent', EventID: 1, Type: 'x' })).toBe(true);
    expect(takes(text, { $table: 'DeviceEvents', Type: 'x' })).toBe(true);
    expect(takes(text, { $table: 'SecurityEvent', EventID: 2, Type: 'x' })).toBe(false);
    expect(takes(text, { $table: 'SigninLogs', Type: 'x' })).toBe(false);
  });

  it('what only shows rows in another way changes nothing', () => {
    const plain = meaningOf('SecurityEvent | where EventID == 1');
    const text = 'SecurityEvent | where EventID == 1 | sort by TimeGenerated desc | project-away Account;';
    expect(meaningOf(text)).toEqual(plain);
  });

  it('when to look is left out, and told', () => {
    const { queries, assumptions } = read('SecurityEvent | where TimeGenerated > ago(1d) and EventID == 1');
    expect(queries[0]!.where).toEqual(meaningOf('SecurityEvent | where EventID == 1'));
    expect(assumptions).toEqual([expect.stringContaining('when to look')]);
  });

  it('a comment hides what is in it, to the end of its line', () => {
    expect(meaningOf('SecurityEvent //| take 1\n| where EventID == 1 // x\n//| count')).toEqual(
      meaningOf('SecurityEvent | where EventID == 1'),
    );
  });

  it('names that grow without end are refused', () => {
    const lets = Array.from({ length: 40 }, (_, n) => `let a${n + 1} = a${n} or a${n};`).join('\n');
    expect(read(`let a0 = 1 == 1;\n${lets}\nfind where a40`).diagnostics).toEqual([
      expect.objectContaining({ code: 'kusto/too-long' }),
    ]);
    const tables = Array.from({ length: 40 }, (_, n) => `let t${n + 1} = union t${n}, t${n};`).join('\n');
    expect(read(`let t0 = SecurityEvent;\n${tables}\nt40`).diagnostics).toEqual([
      expect.objectContaining({ code: 'kusto/too-long' }),
    ]);
  });
});

describe('printing', () => {
  const like = (field: string, ...pattern: readonly string[]): Predicate => ({
    kind: 'like',
    field,
    pattern,
    cased: false,
  });
  const inTable = (table: string, where: Predicate): Predicate => ({
    kind: 'all',
    of: [{ kind: 'like', field: '$table', pattern: [table], cased: true }, where],
  });

  it('writes a column by its type in its own table', () => {
    expect(printed(inTable('DeviceProcessEvents', like('ProcessId', '4')))).toBe(
      'DeviceProcessEvents | where ProcessId == 4',
    );
    expect(printed(inTable('SecurityEvent', like('ProcessId', '0x4')))).toBe(
      'SecurityEvent | where ProcessId =~ "0x4"',
    );
    expect(printed(inTable('WindowsEvent', like('EventData.ProcessId', '4')))).toBe(
      'WindowsEvent | where tostring(EventData.ProcessId) == "4"',
    );
  });

  it('settles the tests of tables wherever they stand', () => {
    const where: Predicate = {
      kind: 'all',
      of: [any([inTable('A', like('x', '1')), inTable('B', like('y', '2'))]), like('z', 'c')],
    };
    expect(printed(where)).toBe(
      'union isfuzzy=true (A | where x == "1" and z =~ "c"), (B | where y == "2" and z =~ "c")',
    );
  });

  it('writes a table whose name holds a star and more as a name, from which nothing breaks out', () => {
    const where = inTable('x*; database("y").z', like('f', '1'));
    expect(printed(where)).toBe('["x*; database(\\"y\\").z"] | where f == "1"');
  });

  it('refuses what is partly about one table and partly about any', () => {
    const where = any([inTable('A', like('x', '1')), like('y', '2')]);
    expect(kusto.print(queryOf(where), profiles.sentinel).kind).toBe('refused');
  });

  it('writes long chains in runs', () => {
    const where = any(
      Array.from({ length: 250 }, (_, n): Predicate => ({
        ...({ kind: 'like', cased: true, pattern: [`x${n}`, { wild: 'many' }] } as const),
        field: 'f',
      })),
    );
    const text = printed(where);
    expect(text.match(/\(/g)).toHaveLength(3);
    expect(meaningOf(text)).toEqual(where);
  });
});
