import type { Raw } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { pairOf } from '../logic/relate.ts';
import type { Difference, Found, Pair, ValueClass } from '../logic/relate.ts';
import type { Profile } from '../schema/profile.ts';
import { classesOf } from './classes.ts';
import { examplesFor, filled, natural } from './natural.ts';
import { sourceFields } from './within.ts';

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

/** The judgement of several texts together, which are worth no more than the worst of them. */
export function worst(judgements: readonly Judgement[]): Judgement {
  const verdicts = new Set(judgements.map(({ verdict }) => verdict));
  const first = <K extends 'missed' | 'extra' | 'reason'>(key: K): Judgement[K] | null =>
    judgements.map((each) => each[key]).find((each) => each !== null) ?? null;
  const bad = ORDER.filter((verdict) => verdicts.has(verdict));
  return {
    verdict:
      verdicts.has('wider') && verdicts.has('narrower') && bad[0] === 'wider' ? 'differs' : (bad[0] ?? 'refused'),
    except: [...new Set(judgements.flatMap(({ except }) => except))],
    missed: first('missed'),
    extra: first('extra'),
    reason: judgements.length === 0 ? 'it has no query' : first('reason'),
  };
}

const ORDER: readonly Verdict[] = ['refused', 'unknown', 'differs', 'wider', 'narrower', 'exact'];

/** The classes of events that a verdict may except, the most harmful first: those are kept only if they must be. */
const EXCEPTABLE: readonly ValueClass[] = ['missing', 'multi-valued', 'ipv6', 'line-break', 'non-ascii-folding'];

/**
 * Decides how `query` stands to `rule`; both use the names of `profile`.
 *
 * A difference that is confined to named classes of events is decided again without them; then the verdict is `exact`,
 * the fewest such classes are listed in `except`, and the witnesses show the difference inside of them.
 */
export function judge(rule: Predicate, query: Predicate, profile: Profile): Judgement {
  const examples = examplesFor(profile);
  const pair = pairOf(rule, query, { single: sourceFields(profile), examples });
  const plain = judgementOf(pair.difference([]));
  if (plain.verdict === 'exact' || plain.verdict === 'unknown') return plain;
  const show = (event: Raw | null) => event && natural(event, [rule, query], profile, examples);
  const shown = { ...plain, missed: show(plain.missed), extra: show(plain.extra) };
  const except = exceptions(pair, [rule, query], [shown.missed, shown.extra]);
  return except ? { ...shown, verdict: 'exact', except } : shown;
}

/**
 * The fewest classes of events without which two predicates are equivalent, or undefined if they differ beyond those. A
 * class without which the first takes nothing at all is none of them: two predicates are no more alike for that.
 *
 * `pair` is made of the two `predicates`, and `witnesses` are events that one of them takes and the other does not.
 */
export function exceptions(
  { difference, first }: Pair,
  predicates: readonly Predicate[],
  witnesses: readonly (Raw | null)[],
): readonly ValueClass[] | undefined {
  if (witnesses.some((event) => event && isOrdinary(event, predicates))) return undefined;
  const equivalent = (exclude: readonly ValueClass[]) => {
    const { onlyA, onlyB } = difference(exclude);
    return onlyA.kind === 'none' && onlyB.kind === 'none';
  };
  if (!equivalent(EXCEPTABLE)) return undefined;
  const takesSome = (exclude: readonly ValueClass[]) => first(exclude).kind === 'event';
  const usable = takesSome(EXCEPTABLE) ? EXCEPTABLE : EXCEPTABLE.filter((each) => takesSome([each]));
  if (usable.length < EXCEPTABLE.length && !(takesSome(usable) && equivalent(usable))) return undefined;
  return usable.reduce<readonly ValueClass[]>((kept, candidate) => {
    const fewer = kept.filter((each) => each !== candidate);
    return equivalent(fewer) ? fewer : kept;
  }, usable);
}

/**
 * Whether an event, or one on which the predicates come out the same, belongs to none of the classes: a difference that
 * it shows is not confined to any of them, and that is seen at a fraction of the cost of deciding again.
 */
function isOrdinary(event: Raw, predicates: readonly Predicate[]): boolean {
  const full = filled(event, predicates);
  if (!full) return false;
  const classes = classesOf(full, predicates);
  return EXCEPTABLE.every((each) => !classes.has(each));
}

function judgementOf({ onlyA, onlyB }: Difference): Judgement {
  const unknown = [onlyA, onlyB].find((found) => found.kind === 'unknown');
  return {
    verdict: verdictOf(onlyA, onlyB),
    except: [],
    missed: eventIn(onlyA),
    extra: eventIn(onlyB),
    reason: unknown?.reason ?? null,
  };
}

function verdictOf(missed: Found, extra: Found): Verdict {
  if (missed.kind === 'event' && extra.kind === 'event') return 'differs';
  if (missed.kind === 'unknown' || extra.kind === 'unknown') return 'unknown';
  if (missed.kind === 'none') return extra.kind === 'none' ? 'exact' : 'wider';
  return 'narrower';
}

function eventIn(found: Found): Raw | null {
  return found.kind === 'event' ? found.event : null;
}
