import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { any, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { predicates } from '../ir/testing/random.ts';
import { distinct, keyOf, sameBuild } from './distinct.ts';

const runs = process.env['LONG'] ? 20_000 : 500;

describe('distinct', () => {
  it('keeps the first of parts that are built alike, whatever their origins', () => {
    const first: Predicate = { kind: 'like', field: 'a', pattern: ['x'], cased: false, origin: 1 };
    const second: Predicate = { ...first, origin: 2 };
    const other: Predicate = { ...first, field: 'b' };
    expect(distinct([first, other, second])).toEqual([first, other]);
  });

  it('keeps one of each key, and tells apart what keys tell apart (property)', () => {
    const lists = fc.array(fc.oneof(predicates(), predicates().map(not)), { maxLength: 12 }).chain((parts) =>
      // Copies, and groups that begin alike, so that more than a few share a mark.
      fc.shuffledSubarray([
        ...parts,
        ...parts.map((part) => structuredClone(part)),
        ...parts.map((part, at) => any(parts.slice(0, at + 1).concat(part))),
      ]),
    );
    fc.assert(
      fc.property(lists, (parts) => {
        const first = [...new Map(parts.toReversed().map((part) => [keyOf(part), part])).values()];
        expect(new Set(distinct(parts))).toEqual(new Set(first));
        expect(parts.filter((part) => distinct(parts).includes(part)).length).toBe(first.length);
        for (const a of parts) for (const b of parts) expect(sameBuild(a, b)).toBe(keyOf(a) === keyOf(b));
      }),
      { numRuns: runs },
    );
  });
});
