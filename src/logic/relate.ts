import type { Raw } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { atomsOf, fieldsOf } from '../ir/predicate.ts';
import { alike } from './alike.ts';
import { Bank } from './bank.ts';
import type { Ref } from './bank.ts';
import type { Goal } from './assemble.ts';
import { isContained } from './contained.ts';
import { domainOf } from './domain.ts';
import type { Domain, ValueClass } from './domain.ts';
import { once, wordOf } from './language.ts';
import type { Word } from './language.ts';
import { usualLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { plausible } from './plausible.ts';
import type { Found, Prover } from './search.ts';
import { proverOf } from './search.ts';

export type { ValueClass } from './domain.ts';
export type { Found } from './search.ts';
export type { Limits } from './limits.ts';

/**
 * How the events that one predicate takes stand to those that another takes, with an event for each difference.
 *
 * `subset`: all that A takes, B takes, and more. `unknown` comes with a `reason`; whatever events are there even then
 * are certain. Every event has been confirmed by the reference evaluator.
 */
export interface Relation {
  readonly relation: 'equivalent' | 'subset' | 'superset' | 'overlap' | 'disjoint' | 'unknown';
  readonly reason: string | null;
  /** Taken by A alone, by B alone, by both: null where there is none, or none was found. */
  readonly onlyA: Raw | null;
  readonly onlyB: Raw | null;
  readonly both: Raw | null;
  /** Proved to take no event at all, or every event. */
  readonly aNever: boolean;
  readonly aAlways: boolean;
  readonly bNever: boolean;
  readonly bAlways: boolean;
}

export interface RelateOptions {
  /** Values that a field really has: witnesses are made of them where they fit. */
  readonly examples?: (field: string) => readonly string[];
  /** Classes of events that are left out of account. */
  readonly exclude?: readonly ValueClass[];
  /** Fields that never have several values, such as an event's id. */
  readonly single?: readonly string[];
  readonly limits?: Limits;
}

/** What two predicates take apart from each other; cheaper than `relate`, since no event that both take is sought. */
export interface Difference {
  readonly onlyA: Found;
  readonly onlyB: Found;
}

/** Two predicates side by side. What one question about them teaches serves the next. */
export interface Pair {
  /** What only one of the two takes, apart from events of some classes; they are equivalent if both answers are `none`. */
  readonly difference: (exclude: readonly ValueClass[]) => Difference;
  /** An event that the first takes. */
  readonly first: (exclude: readonly ValueClass[]) => Found;
}

/** Sets two predicates side by side, for several questions about the same two. */
export function pairOf(a: Predicate, b: Predicate, options: Omit<RelateOptions, 'exclude'> = {}): Pair {
  const open = caseOf([a, b], options);
  const [onlyA, onlyB] = [
    [taken(a), refused(b)],
    [taken(b), refused(a)],
  ];
  const inside = once(() => ({ a: isContained(a, b), b: isContained(b, a) }));
  const ask = (goals: readonly Goal[], domain: Domain): Found =>
    open.same ? nothing : open.prover().find(goals, domain);
  return {
    difference: (exclude) => {
      const domain = open.domain(exclude);
      return {
        onlyA: inside().a ? nothing : ask(onlyA, domain),
        onlyB: inside().b ? nothing : ask(onlyB, domain),
      };
    },
    first: (exclude) => open.prover().find([taken(a)], open.domain(exclude)),
  };
}

const nothing: Found = { kind: 'none' };

/** Finds what only one of two predicates takes; they are equivalent if both answers are `none`. */
export function difference(a: Predicate, b: Predicate, options: RelateOptions = {}): Difference {
  return pairOf(a, b, options).difference(options.exclude ?? []);
}

/** Decides the relation of two predicates over all events, or over those outside of the classes `exclude`. */
export function relate(a: Predicate, b: Predicate, options: RelateOptions = {}): Relation {
  const { prover, same, domain } = caseOf([a, b], options);
  const within = domain(options.exclude ?? []);
  const ask = (left: boolean, right: boolean): Found => {
    if (same && left !== right) return { kind: 'none' };
    return prover().find([left ? taken(a) : refused(a), right ? taken(b) : refused(b)], within);
  };
  return relationOf(ask(true, false), ask(false, true), ask(true, true), () => ask(false, false));
}

/** Finds an event that the predicate takes. */
export function satisfy(predicate: Predicate, options: RelateOptions = {}): Found {
  const { prover, domain } = caseOf([predicate], options);
  return prover().find([taken(predicate)], domain(options.exclude ?? []));
}

/** Whether the predicate is proved to take no event. */
export function isNever(predicate: Predicate, options: RelateOptions = {}): boolean {
  return satisfy(predicate, options).kind === 'none';
}

/** Whether the predicate is proved to take every event. */
export function isAlways(predicate: Predicate, options: RelateOptions = {}): boolean {
  return isNever({ kind: 'not', of: predicate }, options);
}

function taken(predicate: Predicate): Goal {
  return { predicate, wanted: true };
}

function refused(predicate: Predicate): Goal {
  return { predicate, wanted: false };
}

/** What is needed to compare predicates; the prover is made when it is first asked for, which is seldom. */
interface Open {
  readonly same: boolean;
  readonly prover: () => Prover;
  readonly domain: (exclude: readonly ValueClass[]) => Domain;
}

function caseOf(predicates: readonly Predicate[], options: RelateOptions): Open {
  const { examples = () => [], single = [], limits = usualLimits } = options;
  const written = once(() => writtenBy(predicates));
  const numbered = once(() => {
    const bank = new Bank();
    return { bank, refs: predicates.map((predicate) => bank.intern(predicate)) };
  });
  const isOne = ([first, ...others]: readonly Ref[]) => others.some((other) => other === first);
  const [first, second] = predicates;
  return {
    same: second !== undefined && (alike(first!, second) || isOne(numbered().refs)),
    prover: once(() =>
      proverOf(numbered().bank, [...new Set(predicates.flatMap(fieldsOf))], written, exampleWords(examples), limits),
    ),
    domain: (exclude) => domainOf(exclude, written, single),
  };
}

/** A field's examples: those given, then plausible ones of our own. */
function exampleWords(examples: (field: string) => readonly string[]): (field: string) => readonly Word[] {
  const known = new Map<string, readonly Word[]>();
  return (field) => {
    let words = known.get(field);
    if (!words) known.set(field, (words = [...new Set([...examples(field), ...plausible(field)])].map(wordOf)));
    return words;
  };
}

function writtenBy(predicates: readonly Predicate[]): ReadonlySet<number> {
  const codes = new Set<number>();
  for (const predicate of predicates)
    for (const atom of atomsOf(predicate))
      for (const character of JSON.stringify(atom)) codes.add(character.codePointAt(0)!);
  return codes;
}

function relationOf(onlyA: Found, onlyB: Found, both: Found, neither: () => Found): Relation {
  const none = (found: Found) => found.kind === 'none';
  const decided =
    onlyA.kind !== 'unknown' && onlyB.kind !== 'unknown' && !(both.kind === 'unknown' && !none(onlyA) && !none(onlyB));
  const unknown = [onlyA, onlyB, both].find((found) => found.kind === 'unknown');
  const noOther = (none(onlyA) || none(onlyB)) && none(neither());
  return {
    relation: decided ? nameOf(none(onlyA), none(onlyB), none(both)) : 'unknown',
    reason: !decided && unknown?.kind === 'unknown' ? unknown.reason : null,
    onlyA: eventIn(onlyA),
    onlyB: eventIn(onlyB),
    both: eventIn(both),
    aNever: none(onlyA) && none(both),
    aAlways: none(onlyB) && noOther,
    bNever: none(onlyB) && none(both),
    bAlways: none(onlyA) && noOther,
  };
}

function nameOf(noOnlyA: boolean, noOnlyB: boolean, noBoth: boolean): Relation['relation'] {
  if (noOnlyA && noOnlyB) return 'equivalent';
  if (noOnlyA) return 'subset';
  if (noOnlyB) return 'superset';
  return noBoth ? 'disjoint' : 'overlap';
}

function eventIn(found: Found): Raw | null {
  return found.kind === 'event' ? found.event : null;
}
