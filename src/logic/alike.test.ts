import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { many, one } from '../ir/pattern.ts';
import type { Atom, Like, Predicate } from '../ir/predicate.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import { alike } from './alike.ts';
import { Bank } from './bank.ts';
import { pairs, patterns, predicates } from './testing/arbitrary.ts';

const like = (text: string, cased = false): Like => ({ kind: 'like', field: 'f', pattern: [many, text], cased });
const number = (value: number): Predicate => ({ kind: 'equal', field: 'f', value });
const plain = (text: string): Like => ({ ...like(text), pattern: [text] });
const keyword = (text: string): Predicate => ({
  kind: 'keyword',
  test: { kind: 'like', pattern: [many, text], cased: false },
});
const regex = (source: string): Predicate => {
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read) throw new Error(read.fault.message);
  return { kind: 'regex', field: 'f', regex: read.regex };
};

describe('alike', () => {
  it('does not look at origins, at the spelling of an expression, nor at case that does not count', () => {
    expect(alike({ ...like('a'), origin: 3 }, { ...like('A'), origin: 4 })).toBe(true);
    expect(alike(like('12', true), like('12'))).toBe(true);
    expect(alike(number(12), { ...plain('12'), cased: true })).toBe(true);
    expect(alike(keyword('A'), keyword('a'))).toBe(true);
    expect(alike(regex('[ab]c'), regex('[ba]c'))).toBe(true);
  });

  it('tells apart what is not the same', () => {
    expect(alike(like('a', true), like('A', true))).toBe(false);
    expect(alike(like('a', true), like('a'))).toBe(false);
    expect(alike(keyword('a'), like('a'))).toBe(false);
    expect(alike(like('a'), { ...like('a'), field: 'g' })).toBe(false);
    expect(alike(like('a'), { ...like('a'), field: { rendered: 'json-line' } })).toBe(false);
    expect(alike(like('a'), { ...like('a'), pattern: [one, 'a'] })).toBe(false);
    expect(alike(number(NaN), plain('nan'))).toBe(false);
    expect(alike({ kind: 'exists', field: 'f' }, like(''))).toBe(false);
  });

  it('never takes for the same what has two numbers in a bank', () => {
    const atoms = fc.oneof(
      fc.record({
        kind: fc.constant('like' as const),
        field: fc.constantFrom('f', 'g'),
        pattern: patterns(['a', 'A', '1', 'K', '\u212a']),
        cased: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('equal' as const),
        field: fc.constant('f'),
        value: fc.constantFrom<number | boolean>(1, NaN, -0, 1e21, true),
      }),
    ) as fc.Arbitrary<Atom>;
    fc.assert(
      fc.property(pairs(predicates(atoms), atoms), ([a, b]) => {
        const bank = new Bank();
        if (alike(a, b)) expect(bank.intern(a)).toBe(bank.intern(b));
      }),
      { numRuns: 3000 },
    );
  });
});
