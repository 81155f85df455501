import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import { all, any, mapAtoms, not } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { predicates } from '../ir/testing/random.ts';
import { isContained } from './contained.ts';

const runs = process.env['LONG'] ? 20_000 : 500;
const test = (text: string, cased: boolean): Predicate => ({ kind: 'like', field: 'a', pattern: [text, many], cased });

describe('isContained', () => {
  it('sees that a test in which case counts takes less, and under a not more', () => {
    expect(isContained(test('x', true), test('x', false))).toBe(true);
    expect(isContained(test('x', false), test('x', true))).toBe(false);
    expect(isContained(not(test('x', false)), not(test('x', true)))).toBe(true);
    expect(isContained(any([test('xy', true), test('z', false)]), any([test('x', false), test('z', false)]))).toBe(
      true,
    );
  });

  it('is never wrong when it says so (property)', () => {
    const pairs = predicates()
      .chain((where) => fc.tuple(fc.constant(where), fc.infiniteStream(fc.nat(3))))
      .map(
        ([where, choices]) =>
          [where, mapAtoms(where, (atom) => changed(atom, choices.next().value as number))] as const,
      );
    fc.assert(
      fc.property(
        pairs.chain(([a, b]) =>
          fc.tuple(fc.constant(a), fc.constant(b), eventsFor(all([any([a, not(a)]), any([b, not(b)])]))),
        ),
        ([a, b, raw]) => {
          const event = eventOf(raw);
          if (isContained(a, b)) expect(evaluate(a, event) && !evaluate(b, event)).toBe(false);
          if (isContained(b, a)) expect(evaluate(b, event) && !evaluate(a, event)).toBe(false);
        },
      ),
      { numRuns: runs },
    );
  });
});

/** The atom, or one like it: case counts or not, a hole more. */
function changed(atom: Atom, choice: number): Atom {
  if (atom.kind !== 'like' || choice === 0) return atom;
  if (choice === 1) return { ...atom, cased: !atom.cased };
  return { ...atom, pattern: choice === 2 ? [...atom.pattern, many] : [many, ...atom.pattern] };
}
