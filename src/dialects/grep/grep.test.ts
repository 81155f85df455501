import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { regexOf } from '../../ir/testing/random.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { queryOf } from '../testing/agreement.ts';
import { assumptions } from './assumptions.ts';
import { grep } from './index.ts';
import { compiledSize } from './size.ts';

function read(text: string) {
  return grep.parse({ name: 'query', text }, profiles.raw);
}

function takes(text: string, event: Raw): boolean {
  return read(text).queries.some(({ where }) => evaluate(where, eventOf(event)));
}

function printed(where: Predicate): string {
  const result = grep.print(queryOf(where), profiles.raw);
  return result.kind === 'text' ? result.text : result.losses[0]!.why;
}

describe('a line that people write', () => {
  it('looks at the whole event, names of fields included', () => {
    expect(takes(`grep -P 'Image.*lsass' x`, { Image: 'C:\\lsass.exe' })).toBe(true);
    expect(takes(`grep -P 'lsass' x`, { Image: 'LSASS' })).toBe(false);
    expect(takes(`grep -iP 'lsass' x`, { Image: 'LSASS' })).toBe(true);
    expect(takes(`grep -P '11' x`, { EventID: 4115 })).toBe(true);
  });

  it('is read with its options and pipes', () => {
    expect(takes(`cat x | grep -P 'a' | grep -vP 'b'`, { f: 'a' })).toBe(true);
    expect(takes(`cat x | grep -P 'a' | grep -vP 'b'`, { f: 'ab' })).toBe(false);
    expect(takes(`grep -wP 'cat' x`, { f: 'concat' })).toBe(false);
    expect(takes(`grep -xP 'cat|.*dog.*' x`, { f: 'dogs' })).toBe(true);
    expect(takes(`grep -F 'a.b' x`, { f: 'axb' })).toBe(false);
    expect(takes(`grep --perl-regexp --regexp='a' x`, { f: 'a' })).toBe(true);
  });

  it("is read by bash's quotation marks", () => {
    expect(takes(`grep -P "say \\"x\\$\\"" x`, { f: 'say "x' })).toBe(false);
    expect(takes(`grep -P 'it'\\''s' x`, { f: "it's" })).toBe(true);
    expect(takes(`grep -P $'a\\x62c' x`, { f: 'abc' })).toBe(true);
    expect(takes('grep -P a\\ b x # why', { f: 'a b' })).toBe(true);
  });

  it('tells what it takes for granted', () => {
    expect(read(`grep -P 'a'`).assumptions).toEqual([assumptions.lines, assumptions.locale]);
    expect(read(`LC_ALL=C grep -P 'a'`).assumptions).toEqual([assumptions.lines, assumptions.ascii]);
  });

  it('is one query a command', () => {
    expect(read(`grep -P 'a'\ngrep -P 'b'`)).toMatchObject({
      queries: [{}, {}],
      diagnostics: [{ code: 'grep/several' }],
    });
  });
});

describe('printing', () => {
  it.each([
    ['(?<=a)b', 'a look-around'],
    ['\\bword', 'the border of a word'],
    ['(?m)^a', 'a line of a value'],
  ])('refuses %s, which would see half of what JSON escapes', (source, why) => {
    expect(printed({ kind: 'regex', field: 'f', regex: regexOf(source) })).toContain(why);
  });

  it('writes classes with the escapes of their members', () => {
    expect(printed({ kind: 'regex', field: 'f', regex: regexOf('^[\\\\/"]\\s') })).toContain(
      String.raw`"(?:/|\\["\\])(?: |\\u000[Bb]|\\[fnrt])`,
    );
  });

  it('divides conditions that are too large together, and reads them as one', () => {
    const list = (letter: string): Predicate => ({
      kind: 'any',
      of: Array.from({ length: 400 }, (_, at) => ({
        kind: 'like',
        field: letter,
        pattern: [{ wild: 'many' }, `${letter}${at}${'x'.repeat(60)}`, { wild: 'many' }],
        cased: false,
      })),
    });
    const text = printed({ kind: 'all', of: [list('a'), list('b')] });
    expect(text.split(' | ')).toHaveLength(2);
    const event = { a: `a7${'X'.repeat(60)}`, b: `b7${'x'.repeat(60)}` };
    expect([takes(text, event), takes(text, { a: event.a })]).toEqual([true, false]);
    expect(printed({ kind: 'any', of: [list('a'), { kind: 'not', of: list('b') }] })).toContain('larger than PCRE');
  });

  it('counts bytes as PCRE does, or more', () => {
    expect(compiledSize('a'.repeat(32_000))).toBeLessThan(65_000);
    expect(compiledSize('a'.repeat(33_000))).toBeGreaterThan(65_000);
    expect(compiledSize('(?:[ab]x){200}')).toBeGreaterThan(200 * 36);
  });

  it('reads a lazy run at the start of a value as part of the expression', () => {
    const regex = regexOf('^.*?$', { dotAll: true });
    const text = printed({ kind: 'not', of: { kind: 'regex', field: 'f', regex } });
    expect([takes(text, {}), takes(text, { f: '' })]).toEqual([true, false]);
  });

  it('says that dotted names are keys with dots', () => {
    const where: Predicate = { kind: 'like', field: 'a.b', pattern: ['x'], cased: false };
    expect(grep.print(queryOf(where), profiles.raw)).toMatchObject({ assumptions: [assumptions.dotted] });
  });
});
