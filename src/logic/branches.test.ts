import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import type { Pattern } from '../ir/pattern.ts';
import { many } from '../ir/pattern.ts';
import { all, any, not } from '../ir/predicate.ts';
import type { Atom, Like } from '../ir/predicate.ts';
import { branches } from './branches.ts';
import { satisfy } from './relate.ts';
import { patterns, predicates } from './testing/arbitrary.ts';
import { awkward, nearMisses } from './variations.ts';

const like = (field: string, ...pattern: Pattern): Like => ({ kind: 'like', field, pattern, cased: false });

const rule = all([
  like('Image', many, '\\rundll32.exe'),
  any([like('CommandLine', many, 'MiniDump', many), like('CommandLine', many, '#24', many)]),
  not(any([like('User', 'backup'), like('ParentImage', many, '\\agent.exe')])),
]);

describe('branches', () => {
  it('needs each item of a list once', () => {
    const texts = branches(rule, 20).map(({ event }) => event['CommandLine']);
    expect(texts.length).toBe(2);
    expect(texts[0]).toMatch(/MiniDump/);
    expect(texts[0]).not.toMatch(/#24/);
    expect(texts[1]).toMatch(/#24/);
  });

  it('pairs the items of two lists, and stops at its limit', () => {
    const list = (field: string, count: number) => any(Array.from({ length: count }, (_, at) => like(field, `v${at}`)));
    expect(branches(all([list('f', 3), list('g', 5)]), 50).length).toBe(5);
    expect(branches(list('f', 3000), 4).length).toBe(4);
  });

  it('names the tests that an event passes', () => {
    expect(branches(any([like('f', 'a'), like('g', 'b')]), 9).map(({ tests }) => tests)).toEqual([
      [like('f', 'a')],
      [like('g', 'b')],
    ]);
  });
});

describe('nearMisses', () => {
  it('changes as little as stops the match, filters included', () => {
    const [branch] = branches(rule, 1);
    const misses = nearMisses(rule, branch!.event);
    expect(misses.map(({ field, change }) => [field, change])).toEqual([
      ['Image', 'without character 20'],
      ['CommandLine', expect.stringMatching(/^without character/)],
      ['User', 'another value'],
      ['ParentImage', 'another value'],
    ]);
    expect(misses.every(({ matches }) => !matches)).toBe(true);
  });
});

describe('awkward', () => {
  it('tells what the reference makes of each value', () => {
    const found = awkward(like('f', 'k1'), { f: 'K1' });
    const told = Object.fromEntries(found.map(({ change, matches }) => [change, matches]));
    expect(told).toMatchObject({ 'Kelvin sign for k': true, missing: false, 'array of two': true, 'lower case': true });
  });
});

describe('made events', () => {
  it('are what the reference says of them', () => {
    const atoms: fc.Arbitrary<Atom> = fc.record({
      kind: fc.constant('like' as const),
      field: fc.constantFrom('f', 'g'),
      pattern: patterns(['a', 'K', '1', '*']),
      cased: fc.boolean(),
    });
    fc.assert(
      fc.property(predicates(atoms), fc.nat(99), (predicate, seed) => {
        const holds = (event: Raw) => evaluate(predicate, eventOf(event));
        const made = branches(predicate, 8).map(({ event }) => event);
        const misses = made.flatMap((event) => nearMisses(predicate, event, seed));
        const odd = made.flatMap((event) => awkward(predicate, event));
        expect(made.filter((event) => !holds(event))).toEqual([]);
        expect(misses.filter(({ event, matches }) => matches || holds(event))).toEqual([]);
        expect(odd.filter(({ event, matches }) => matches !== holds(event))).toEqual([]);
        expect(made.length > 0).toBe(satisfy(predicate).kind === 'event');
      }),
      { numRuns: 200 },
    );
  });
});
