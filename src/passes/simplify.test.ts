import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { many, one } from '../ir/pattern.ts';
import { all, always, any, atomsOf, never, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { predicates } from '../ir/testing/random.ts';
import { keyOf } from './distinct.ts';
import { simplify } from './simplify.ts';

const a: Predicate = { kind: 'like', field: 'a', pattern: ['x'], cased: false };
const b: Predicate = { kind: 'like', field: 'b', pattern: ['y'], cased: false };
const runs = process.env['LONG'] ? 20_000 : 500;

describe('simplify', () => {
  it('flattens groups, drops doubles and constants, undoes not not', () => {
    expect(simplify(all([a, all([b, a]), always]))).toEqual(all([a, b]));
    expect(simplify(any([never, any([a])]))).toEqual(a);
    expect(simplify(all([a, never]))).toEqual(never);
    expect(simplify(not(not(a)))).toEqual(a);
    expect(simplify(not(never))).toEqual(always);
  });

  it('writes a number and its decimal text as one test, and other texts as they are', () => {
    const text = (pattern: string) => simplify({ kind: 'like', field: 'EventID', pattern: [pattern], cased: false });
    expect(text('1')).toEqual({ kind: 'equal', field: 'EventID', value: 1 });
    expect(text('-1.5')).toEqual({ kind: 'equal', field: 'EventID', value: -1.5 });
    for (const other of ['01', '1.0', '+1', '-0', '0x1', '1e3', '9007199254740993', 'true', ''])
      expect(text(other).kind).toBe('like');
  });

  it('brings patterns to their only form', () => {
    expect(simplify({ ...a, pattern: ['x', '', many, one, many] } as Predicate)).toEqual({
      ...a,
      pattern: ['x', one, many],
    });
  });

  it('keeps origins, and hands that of a dissolved group to its parts', () => {
    const group: Predicate = { kind: 'all', of: [{ ...a, origin: 1 }, b], origin: 2 };
    expect(simplify(all([group, a]))).toEqual(
      all([
        { ...a, origin: 1 },
        { ...b, origin: 2 },
      ]),
    );
  });

  it('means the same, is not larger, and is done when done (property)', () => {
    const cases = predicates().chain((where) =>
      fc.tuple(fc.constant(where), fc.array(eventsFor(where), { minLength: 4, maxLength: 4 })),
    );
    fc.assert(
      fc.property(cases, ([where, events]) => {
        const simple = simplify(where);
        expect(keyOf(simplify(simple))).toBe(keyOf(simple));
        expect([...atomsOf(simple)].length).toBeLessThanOrEqual([...atomsOf(where)].length);
        for (const raw of events) expect(evaluate(simple, eventOf(raw))).toBe(evaluate(where, eventOf(raw)));
      }),
      { numRuns: runs },
    );
  });
});
