import type { Raw } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { relate } from '../logic/relate.ts';
import type { Relation, ValueClass } from '../logic/relate.ts';

/**
 * How the set of events that a query selects stands to the set that its rule means.
 *
 * `wider`: it selects more. `narrower`: it misses some. `differs`: both. `refused`: the language can't say the rule.
 * `unknown`: it could not be decided, and `reason` says why.
 */
export type Verdict = 'exact' | 'wider' | 'narrower' | 'differs' | 'unknown' | 'refused';

/**
 * What a verdict rests on. `proved`: the query, read back by our reader of the language, was compared with the rule.
 * `executed`: a real engine also ran it. `reader-unverified`: as `proved`, but the language's documentation leaves the
 * point at issue open; the assumptions name it.
 */
export type Basis = 'proved' | 'executed' | 'reader-unverified';

/** A verdict with the events that show it: one that the rule takes and the query misses, one that it takes in addition. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Named classes of events outside of which the verdict holds. */
  readonly except: readonly ValueClass[];
  readonly missed: Raw | null;
  readonly extra: Raw | null;
  readonly reason: string | null;
}

/** The classes of events that a verdict may except, one at a time, the most harmless first. */
const EXCEPTABLE: readonly ValueClass[] = ['non-ascii-folding', 'line-break', 'multi-valued', 'ipv6', 'missing'];

/**
 * Decides how `query` stands to `rule`; both use one vocabulary of field names.
 *
 * A difference that is confined to one named class of events is decided again without that class; then the verdict is
 * `exact`, the class is listed in `except`, and the witnesses show the difference inside the class.
 */
export function judge(rule: Predicate, query: Predicate): Judgement {
  const relation = relate(rule, query);
  const plain = judgementOf(relation);
  if (plain.verdict === 'exact' || plain.verdict === 'unknown') return plain;
  for (const excluded of EXCEPTABLE) {
    if (relate(rule, query, { exclude: [excluded] }).relation === 'equivalent')
      return { ...plain, verdict: 'exact', except: [excluded] };
  }
  if (relate(rule, query, { exclude: EXCEPTABLE }).relation === 'equivalent')
    return { ...plain, verdict: 'exact', except: needed(rule, query) };
  return plain;
}

/** The fewest classes, found by leaving out one after the other, without which the two are equivalent. */
function needed(rule: Predicate, query: Predicate): ValueClass[] {
  return EXCEPTABLE.reduce<ValueClass[]>(
    (kept, candidate) => {
      const fewer = kept.filter((each) => each !== candidate);
      return relate(rule, query, { exclude: fewer }).relation === 'equivalent' ? fewer : kept;
    },
    [...EXCEPTABLE],
  );
}

function judgementOf({ relation, onlyA, onlyB, reason }: Relation): Judgement {
  const verdicts = {
    equivalent: 'exact',
    subset: 'wider',
    superset: 'narrower',
    overlap: 'differs',
    disjoint: 'differs',
    unknown: 'unknown',
  } as const;
  return { verdict: verdicts[relation], except: [], missed: onlyA, extra: onlyB, reason: reason ?? null };
}
