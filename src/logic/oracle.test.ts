import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import type { ValueClass } from './domain.ts';
import { relate } from './relate.ts';
import type { Relation } from './relate.ts';
import { pairs, patterns, predicates } from './testing/arbitrary.ts';
import type { Shown, State } from './testing/oracle.ts';
import { enumerate, statesOf } from './testing/oracle.ts';

const long = process.env['LONG'] === '1';

/** Fails where the answer denies an event that the enumeration has, or names one that is not as it says. */
function judge(a: Predicate, b: Predicate, answer: Relation, shown: Shown): void {
  const { relation } = answer;
  if (shown.onlyA) expect(['superset', 'overlap', 'disjoint', 'unknown']).toContain(relation);
  if (shown.onlyB) expect(['subset', 'overlap', 'disjoint', 'unknown']).toContain(relation);
  if (shown.both) expect(relation).not.toBe('disjoint');
  expect(answer.aNever && (shown.onlyA || shown.both)).toBe(false);
  expect(answer.bNever && (shown.onlyB || shown.both)).toBe(false);
  expect(answer.aAlways && (shown.onlyB || shown.neither)).toBe(false);
  expect(answer.bAlways && (shown.onlyA || shown.neither)).toBe(false);
  const check = (event: Raw | null, inA: boolean, inB: boolean) => {
    if (event) expect([evaluate(a, eventOf(event)), evaluate(b, eventOf(event))]).toEqual([inA, inB]);
  };
  check(answer.onlyA, true, false);
  check(answer.onlyB, false, true);
  check(answer.both, true, true);
}

const mirror = {
  equivalent: 'equivalent',
  subset: 'superset',
  superset: 'subset',
  overlap: 'overlap',
  disjoint: 'disjoint',
  unknown: 'unknown',
} as const;

function law(
  title: string,
  runs: number,
  atoms: fc.Arbitrary<Atom>,
  fields: readonly string[],
  states: readonly State[],
  exclude: readonly ValueClass[] = [],
): void {
  it(title, () => {
    fc.assert(
      fc.property(pairs(predicates(atoms), atoms), ([a, b]) => {
        const answer = relate(a, b, { exclude });
        judge(a, b, answer, enumerate(a, b, fields, states));
        const back = relate(b, a, { exclude });
        expect(back.relation).toBe(mirror[answer.relation]);
        expect(answer.relation).not.toBe('unknown');
      }),
      { numRuns: runs },
    );
  });
}

const letters = ['a', 'A', 'b', '1'];
const field = fc.constantFrom('f', 'g');
const likes = fc.record({ kind: fc.constant('like' as const), field, pattern: patterns(letters), cased: fc.boolean() });
const exists = fc.record({ kind: fc.constant('exists' as const), field });
const keywords = fc.record({
  kind: fc.constant('keyword' as const),
  test: fc.record({ kind: fc.constant('like' as const), pattern: patterns(letters), cased: fc.boolean() }),
});
const numbers = fc.record({ kind: fc.constant('equal' as const), field, value: fc.constantFrom(1, 11) });
const globs: fc.Arbitrary<Atom> = fc.oneof(
  { weight: 10, arbitrary: likes },
  { weight: 1, arbitrary: exists },
  { weight: 1, arbitrary: numbers },
);

describe('relate, against every small event', () => {
  const all = statesOf(letters, 4, 2);
  const single = all.filter((state) => !Array.isArray(state));
  const valued = all.filter((state) => state !== undefined && state !== null);
  law('patterns, arrays counted in', long ? 60_000 : 1200, globs, ['f', 'g'], all);
  law('patterns, one value a field', long ? 40_000 : 900, globs, ['f', 'g'], single, ['multi-valued']);
  law('patterns, no field missing', long ? 10_000 : 300, globs, ['f', 'g'], valued, ['missing']);
  law(
    'keywords',
    long ? 10_000 : 300,
    fc.oneof({ weight: 3, arbitrary: likes }, { weight: 3, arbitrary: keywords }),
    ['f', 'g', 'z'],
    statesOf(letters, 3, 1),
  );
});
