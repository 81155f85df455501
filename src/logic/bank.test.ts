import { describe, expect, it } from 'vitest';
import { many, one } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { all, any, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import { Bank, FALSE, TRUE } from './bank.ts';

const like = (pattern: Pattern, cased = false): Predicate => ({ kind: 'like', field: 'f', pattern, cased });
const regex = (source: string): Predicate => {
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read) throw new Error(read.fault.message);
  return { kind: 'regex', field: 'f', regex: read.regex };
};
const [a, b, c] = [like(['a']), like(['b']), like(['c'])];

describe('Bank', () => {
  const same = (left: Predicate, right: Predicate): boolean => {
    const bank = new Bank();
    return bank.intern(left) === bank.intern(right);
  };

  it('gives one number to what differs in order, grouping, repetition or double negation', () => {
    expect(same(all([a, all([b, c])]), all([c, b, a, b]))).toBe(true);
    expect(same(any([a, b]), not(all([not(a), not(b)])))).toBe(true);
    expect(same(not(not(a)), a)).toBe(true);
    expect(same(all([a]), a)).toBe(true);
    expect(same({ ...a, origin: 4 } as Predicate, a)).toBe(true);
    expect(same(all([a, b]), any([a, b]))).toBe(false);
  });

  it('knows contradictions and constants', () => {
    const bank = new Bank();
    expect(bank.intern(all([a, not(a)]))).toBe(FALSE);
    expect(bank.intern(any([a, b, not(b)]))).toBe(TRUE);
    expect(bank.intern({ kind: 'equal', field: 'f', value: NaN })).toBe(FALSE);
    expect(bank.intern({ kind: 'like', field: { rendered: 'json-line' }, pattern: [many], cased: true })).toBe(TRUE);
  });

  it('gives one number to spellings of one test', () => {
    expect(same(like(['A', 'b', many, one]), like(['aB', one, many, many]))).toBe(true);
    expect(same(like(['12'], true), like(['12']))).toBe(true);
    expect(same(like(['a'], true), like(['a']))).toBe(false);
    expect(same({ kind: 'equal', field: 'f', value: 7 }, like(['7']))).toBe(true);
    expect(same({ kind: 'equal', field: 'f', value: true }, like(['TRUE']))).toBe(true);
    expect(same(like(['1"a']), like(['1', many, 'a']))).toBe(false);
    expect(
      same(
        { kind: 'sameAs', field: 'f', other: 'g', relation: 'whole', cased: false },
        { kind: 'sameAs', field: 'g', other: 'f', relation: 'whole', cased: false },
      ),
    ).toBe(true);
  });

  it('reads an expression that is no more than a pattern as that pattern', () => {
    expect(same(regex('(?i)^C:\\\\'), like(['C:\\', many]))).toBe(true);
    expect(same(regex('(?s)a.*b.\\z'), like([many, 'a', many, 'b', one], true))).toBe(true);
    expect(same(regex('(?i)a(?-i:b)'), like([many, 'ab', many]))).toBe(false);
    expect(same(regex('a.*b'), like([many, 'a', many, 'b', many], true))).toBe(false);
    expect(same(regex('^a$'), like(['a'], true))).toBe(false);
  });
});
