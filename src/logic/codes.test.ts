import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSet, contains } from '../ir/regex/code-set.ts';
import { cellOf, letters, partition } from './codes.ts';

const ranges = fc
  .tuple(fc.constantFrom(0, 0x41, 0x5a, 0x61, 0x7a, 0xd7ff, 0xe000, 0x10fff0), fc.nat(0x40))
  .map(([from, more]) => [from, Math.min(from + more, 0x10ffff)] as const);
const sets = fc.array(fc.array(ranges, { minLength: 1, maxLength: 3 }).map(codeSet), { maxLength: 5 });

describe('partition', () => {
  it('puts two code points into one cell just if no set tells them apart', () => {
    fc.assert(
      fc.property(sets, fc.nat(0x10ffff), fc.nat(0x10ffff), (given, a, b) => {
        const divided = partition(given);
        const alike = given.every((set) => contains(set, a) === contains(set, b));
        expect(cellOf(divided, a) === cellOf(divided, b)).toBe(alike);
        expect(cellOf(divided, divided.first[cellOf(divided, a)]!)).toBe(cellOf(divided, a));
      }),
    );
  });
});

describe('letters', () => {
  it('are one of each cell, liked ones before natural ones, none of those left out', () => {
    const digits = codeSet([[0x30, 0x39]]);
    const none = new Set<number>();
    expect(letters([digits], [], none)).toEqual([0x78, 0x30]);
    expect(letters([digits], [], new Set([0x37]))).toEqual([0x78, 0x37]);
    expect(letters([digits], digits, none)).toEqual([0x78]);
    expect(letters([], codeSet([[0, 0xd7ff]]), none)).toEqual([0x1f600]);
    expect(letters([codeSet([[0xd800, 0xdfff]])], [], none)).toEqual([0x78]);
  });
});
