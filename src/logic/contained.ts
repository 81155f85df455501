import type { Predicate } from '../ir/predicate.ts';
import { alike, textsOf } from './alike.ts';
import { globOf, includedIn } from './glob.ts';

/**
 * Whether all events that `inner` takes are taken by `outer`, as a look at the two side by side shows: they are built of
 * the same groups, and each test of the one holds wherever its counterpart does. A `false` says nothing.
 *
 * What a printer wrote and a reader read back is mostly built as it was, also where it means less or more than the rule
 * did: then this proof is a hundredth of the cost of a search.
 */
export function isContained(inner: Predicate, outer: Predicate): boolean {
  if (inner === outer) return true;
  if ((inner.kind === 'all' && outer.kind === 'all') || (inner.kind === 'any' && outer.kind === 'any'))
    return inner.of.length === outer.of.length && inner.of.every((part, index) => isContained(part, outer.of[index]!));
  if (inner.kind === 'not' && outer.kind === 'not') return isContained(outer.of, inner.of);
  if (alike(inner, outer)) return true;
  const [left, right] = [textsOf(inner), textsOf(outer)];
  if (!left || !right || typeof left.field !== 'string') return false;
  return left.field === right.field && includedIn(globOf(left.pattern, left.cased), globOf(right.pattern, right.cased));
}
