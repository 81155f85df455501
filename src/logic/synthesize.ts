import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { branches } from './branches.ts';
import type { RelateOptions } from './relate.ts';
import { awkward, nearMisses } from './variations.ts';

/**
 * An event made to show what a predicate takes and what it does not.
 *
 * `branch`: it holds, by the tests listed. `near-miss`: it does not, and one change away from `event` it would.
 * `awkward`: one field has a value that engines disagree on, and `matches` says what the reference makes of it.
 */
export interface Synthetic {
  readonly kind: 'branch' | 'near-miss' | 'awkward';
  readonly event: Raw;
  readonly matches: boolean;
  /** What was changed, in words; empty for a branch. */
  readonly change: string;
  readonly tests: readonly Atom[];
}

/**
 * Makes up to `count` events: one for each way to match, then near misses, then awkward values, of each branch in
 * turn. The same seed always gives the same events; another seed changes values at other places and takes the awkward
 * ones in another order.
 */
export function synthesize(predicate: Predicate, count: number, seed = 0, options: RelateOptions = {}): Synthetic[] {
  const made = branches(predicate, Math.max(1, Math.ceil(count / 2)), options);
  const found: Synthetic[] = made.map(({ event, tests }) => ({
    kind: 'branch',
    event,
    matches: evaluate(predicate, eventOf(event)),
    change: '',
    tests,
  }));
  const seen = new Set(found.map(({ event }) => JSON.stringify(event)));
  const add = (each: Synthetic): void => {
    const text = JSON.stringify(each.event);
    if (found.length < count && !seen.has(text)) found.push(each);
    seen.add(text);
  };
  const told = (field: string, change: string) => `${field}: ${change}`;
  const misses = made.map(({ event, tests }) =>
    nearMisses(predicate, event, seed).map(({ field, change, ...rest }): Synthetic => ({
      kind: 'near-miss',
      ...rest,
      change: told(field, change),
      tests,
    })),
  );
  inTurn(misses).forEach(add);
  if (found.length >= count) return found;
  const odd = made.map(({ event, tests }) =>
    shuffled(awkward(predicate, event), seed).map(({ field, change, ...rest }): Synthetic => ({
      kind: 'awkward',
      ...rest,
      change: told(field, change),
      tests,
    })),
  );
  inTurn(odd).forEach(add);
  return found;
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

/** A reordering that depends on the seed alone; seed 0 leaves the order as it is. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  if (seed === 0) return [...list];
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const order = list.map((each) => [next(), each] as const);
  return order.sort(([a], [b]) => a - b).map(([, each]) => each);
}
