import { evaluate } from '../ir/evaluate.ts';
import type { Event } from '../ir/event.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/** Tests that decide what a predicate says of an event: it would be otherwise if one of them came out otherwise. */
export interface Blamed {
  /** Any one of these would do. */
  readonly tests: readonly Atom[];
  /** What the predicate needs of them: true, or false where they stand under a `not` and hold. */
  readonly wanted: boolean;
}

/**
 * Lists the tests because of which `predicate` is false of `event`, each entry being one thing that would have to
 * change. Of an `all`, the parts that fail; of an `any`, the part with the least to change; where several alternatives
 * would each do by themselves, as the items of a list, they are one entry. Empty for what is true, or can't be.
 */
export function blame(predicate: Predicate, event: Event, wanted = true): Blamed[] {
  if (evaluate(predicate, event) === wanted) return [];
  switch (predicate.kind) {
    case 'not':
      return blame(predicate.of, event, !wanted);
    case 'all':
    case 'any': {
      const each = predicate.of.map((part) => blame(part, event, wanted)).filter((found) => found.length > 0);
      return (predicate.kind === 'any') === wanted ? easiest(each) : each.flat();
    }
    default:
      return [{ tests: [predicate], wanted }];
  }
}

/** Of several ways, the shortest: the explanation that a person looks for. */
function easiest(ways: readonly (readonly Blamed[])[]): Blamed[] {
  const [least = [], ...others] = ways.toSorted((a, b) => a.length - b.length);
  const [only, ...more] = least;
  if (!only || more.length > 0) return [...least];
  const equals = others.filter((way) => way.length === 1 && way[0]!.wanted === only.wanted).map(([way]) => way!);
  return [{ ...only, tests: [only, ...equals].flatMap(({ tests }) => tests) }];
}
