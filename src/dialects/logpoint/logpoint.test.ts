import { expect, it } from 'vitest';
import type { Predicate } from '../../ir/predicate.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { queryOf } from '../testing/agreement.ts';
import { logpoint } from './index.ts';

const profile = profiles.logpoint;

function read(text: string) {
  return logpoint.parse({ name: 'test', text }, profile);
}

function printed(where: Predicate): string {
  const made = logpoint.print(queryOf(where), profile);
  return made.kind === 'text' ? made.text : made.losses.map(({ why }) => why).join('\n');
}

const like = (field: string, ...pattern: Extract<Predicate, { kind: 'like' }>['pattern']): Predicate => ({
  kind: 'like',
  field,
  pattern,
  cased: false,
});

it('a backslash is a backslash, and two are two', () => {
  const [one] = read(String.raw`f="*\cmd.exe"`).queries;
  const [two] = read(String.raw`f="*\\cmd.exe"`).queries;
  expect(one?.where).toEqual(like('f', { wild: 'many' }, String.raw`\cmd.exe`));
  expect(two?.where).toEqual(like('f', { wild: 'many' }, String.raw`\\cmd.exe`));
});

it('a backslash before a wildcard leaves it one', () => {
  expect(read(String.raw`f="C:\Temp\*"`).queries[0]?.where).toEqual(like('f', 'C:\\Temp\\', { wild: 'many' }));
});

it('OR binds tighter than AND', () => {
  const [query] = read('a=x OR b=y c=z').queries;
  expect(query && printed(query.where)).toBe('((a="x" OR b="y") c="z")');
  expect(read('a=x OR b=y c=z').assumptions.join()).toContain('OR binds tighter');
});

it('words of the language are read in any case', () => {
  const [query] = read('not (a in ["x", "y"] or b=z) and c!=w').queries;
  expect(query && printed(query.where)).toBe('(-(a IN ["x", "y"] OR b="z") -c="w")');
});

it.each([
  ['"', String.raw`"`],
  ['an escaped "', String.raw`\"`],
  ['a backslash and "', String.raw`\\"`],
])('%s in an expression does not end it', (_, source) => {
  const parsed = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  const text = printed({ kind: 'regex', field: 'f', regex: parsed.regex });
  expect(text).toBe(
    `* | process regex("${source.replace(/\\?"$/, source === '\\\\"' ? '\\\\x22' : '\\x22')}", f, "filter=true")`,
  );
});

it('a text with quotation marks stands between apostrophes, and of both kinds one becomes ?', () => {
  expect(printed(like('f', 'say "a"'))).toBe(`f='say "a"'`);
  expect(printed(like('f', `"it's"`))).toBe(`f='"it?s"'`);
});

it('the beginning of a network is the beginnings of its addresses, and a small network its addresses', () => {
  expect(printed({ kind: 'cidr', field: 'f', network: '192.168.2.0/23' })).toBe('f IN ["192.168.2.*", "192.168.3.*"]');
  expect(printed({ kind: 'cidr', field: 'f', network: '10.0.0.5/31' })).toBe('f IN ["10.0.0.4", "10.0.0.5"]');
});

it('lines that are a test or a group are queries of their own, others go on', () => {
  expect(read('a="x"\n(b="y" c="z")').queries).toHaveLength(2);
  expect(read('a="x"\nb="y"').queries).toHaveLength(1);
  expect(read('a="x"\n\nb="y"').queries).toHaveLength(2);
  expect(read('a="x" OR\n(b="y")').queries).toHaveLength(1);
  expect(read('(a="x")\n| fields a').queries).toHaveLength(1);
});

it('comments are blanks', () => {
  const [query] = read('/* by "nobody */ a="/* x */"').queries;
  expect(query?.where).toEqual(like('a', '/', { wild: 'many' }, ' x ', { wild: 'many' }, '/'));
});
