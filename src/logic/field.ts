import { contains } from '../ir/regex/code-set.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import { candidates, variants } from './candidates.ts';
import { letters as lettersOfCells, surrogates } from './codes.ts';
import type { Domain } from './domain.ts';
import { figuresOf } from './figures.ts';
import { disjoint, includedIn } from './glob.ts';
import type { Language, Word } from './language.ts';
import { languageOf, wordOf } from './language.ts';
import type { Budget } from './machine.ts';
import { product } from './product.ts';
import type { Product } from './product.ts';

/** A language by its number in a bank, so that a conflict can be told in the bank's terms. */
export interface Named {
  readonly ref: number;
  readonly language: Language;
}

/** Values that a field may have: together they meet every demand, and each avoids what is forbidden. */
export interface Values {
  readonly kind: 'values';
  readonly words: readonly Word[];
}

/**
 * A few of the demands (positive) and prohibitions (negative) that can't be met together. With a `reason` that is no
 * more than a suspicion: no value was found, and none was proved impossible.
 */
export interface Core {
  readonly kind: 'core';
  readonly refs: readonly number[];
  readonly reason: string | null;
}

/** What the search for a field's values needs to know. */
export interface Theory {
  readonly domain: Domain;
  readonly examples: (field: string) => readonly Word[];
  readonly budget: Budget;
  /** Most work for one text. */
  readonly effort: number;
}

/**
 * Finds values of one field such that each of `inside` holds of one of them, and none of `outside` of any.
 *
 * A field with several values needs, for each demand, a value that avoids what is forbidden; one value that meets
 * all demands is preferred, since it is what events look like.
 */
export function valuesOf(
  theory: Theory,
  field: string,
  inside: readonly Named[],
  outside: readonly Named[],
): Values | Core {
  if (theory.domain.ipv6 || ![...inside, ...outside].some(({ language }) => language.address))
    return valuesWithin(theory, field, inside, outside);
  const found = valuesWithin(theory, field, inside, [...outside, anyIpv6]);
  return found.kind === 'core' ? { ...found, refs: found.refs.filter((ref) => ref !== AD_HOC) } : found;
}

/** The number of a language that is no test of the predicates. */
export const AD_HOC = 0;

const anyIpv6: Named = { ref: AD_HOC, language: languageOf({ kind: 'cidr', field: '', network: '::/0' }) };

function valuesWithin(
  theory: Theory,
  field: string,
  inside: readonly Named[],
  outside: readonly Named[],
): Values | Core {
  const { arrays, single } = theory.domain;
  if (!arrays || single.has(field) || inside.length < 2) return oneValue(theory, field, inside, outside);
  const alone = oneValue({ ...theory, effort: theory.effort / 20 }, field, inside, outside);
  if (alone.kind === 'values') return alone;
  const words: Word[] = [];
  for (const demand of inside) {
    if (words.some((word) => demand.language.has(word) === true)) continue;
    const found = oneValue(theory, field, [demand], outside);
    if (found.kind === 'core') return found;
    words.push(...found.words);
  }
  return { kind: 'values', words };
}

function oneValue(theory: Theory, field: string, inside: readonly Named[], outside: readonly Named[]): Values | Core {
  const clash = clashOf(inside, outside);
  if (clash) return { kind: 'core', refs: clash, reason: null };
  const fits = (word: Word) =>
    inside.every(({ language }) => language.has(word) === true) &&
    outside.every(({ language }) => language.has(word) === false) &&
    allowed(theory, word);
  const figures = figuresOf(inside, outside);
  if (figures.kind === 'core') return figures;
  const offered: Word[] = [];
  for (const word of theory.examples(field)) if (fits(word)) return { kind: 'values', words: [word] };
  const tried = new Set<string>();
  for (const text of offers(field, figures.texts, inside)) {
    if (tried.has(text)) continue;
    tried.add(text);
    const word = wordOf(text);
    if (fits(word)) return { kind: 'values', words: [word] };
    if (inside.every(({ language }) => language.has(word) === true)) offered.push(word);
  }
  for (const { text } of offered.slice(0, 2).filter(({ codes }) => codes.length <= LONG))
    for (const variant of variants(text)) {
      const word = wordOf(variant);
      if (fits(word)) return { kind: 'values', words: [word] };
    }
  return search(theory, inside, outside, fits, offered);
}

/** Code points beyond which a value is not varied: trying it costs too much. */
const LONG = 400;

function* offers(field: string, figures: readonly string[], inside: readonly Named[]): Generator<string> {
  yield* figures;
  yield* candidates(
    field,
    inside.map(({ language }) => language),
  );
}

/** Whether the domain has the value. */
function allowed({ domain }: Theory, { codes }: Word): boolean {
  return !codes.some((code) => contains(domain.without, code) || contains(surrogates, code));
}

/** Two demands that exclude each other, or a demand inside a prohibition, where a look at the two settles it. */
function clashOf(inside: readonly Named[], outside: readonly Named[]): number[] | null {
  for (const [index, { ref, language }] of inside.entries()) {
    for (const other of outside) if (isWithin(language, other.language)) return [ref, -other.ref];
    for (const other of inside.slice(index + 1)) if (isApart(language, other.language)) return [ref, other.ref];
  }
  return null;
}

function isWithin(inner: Language, outer: Language): boolean {
  if (!inner.glob || !outer.glob) return false;
  return (inner.glob.fixed || !outer.glob.fixed) && includedIn(inner.glob, outer.glob);
}

function isApart(a: Language, b: Language): boolean {
  return a.glob !== null && b.glob !== null && disjoint(a.glob, b.glob);
}

/**
 * Searches the product of the automata. Prohibitions enter one by one, as texts are found that violate them: of
 * thousands, few matter, and those are the conflict.
 *
 * A prohibition whose automaton takes too much enters last (`shunned`): a text that avoids all of it is fine, but that
 * there is none proves nothing.
 */
function search(
  theory: Theory,
  inside: readonly Named[],
  outside: readonly Named[],
  fits: (word: Word) => boolean,
  offered: readonly Word[],
): Values | Core {
  const active = new Set<Named>();
  const shunned = new Set<Named>();
  const violated = (word: Word) =>
    outside.filter((each) => !active.has(each) && !shunned.has(each) && each.language.has(word) !== false);
  const exact = (each: Named) => each.language.inexact === null;
  if (offered[0]) for (const each of violated(offered[0]).filter(exact).slice(0, 3)) active.add(each);
  for (;;) {
    const found = explore(theory, inside, [...active, ...shunned]);
    if (found.kind === 'limit') return suspicion(inside, active, 'the search for a value was cut short');
    if (found.kind === 'none') {
      const [first] = shunned;
      if (first) return suspicion(inside, [...active, ...shunned], first.language.inexact!);
      return { kind: 'core', refs: smallest(theory, inside, [...active]), reason: null };
    }
    const word = wordOf(found.text);
    if (fits(word)) return { kind: 'values', words: [word] };
    const more = violated(word);
    const firm = more.filter(exact);
    if (firm.length > 0) for (const each of firm.slice(0, 4)) active.add(each);
    else if (more.length > 0) for (const each of more) shunned.add(each);
    else
      return suspicion(inside, outside, inside.find((each) => !exact(each))?.language.inexact ?? 'an excluded value');
  }
}

function suspicion(inside: Iterable<Named>, outside: Iterable<Named>, reason: string): Core {
  return { kind: 'core', refs: [...refsOf(inside, 1), ...refsOf(outside, -1)], reason };
}

function refsOf(named: Iterable<Named>, sign: 1 | -1): number[] {
  return [...named].map(({ ref }) => sign * ref);
}

function explore(theory: Theory, inside: readonly Named[], outside: readonly Named[]): Product {
  const [left, right] = [inside, outside].map((side) => side.map(({ language }) => language.machine()));
  const liked = new Set(inside.flatMap(({ language }) => language.letters()));
  const sets = distinct([...left!, ...right!].flatMap((machine) => machine.sets));
  if (sets.length > MOST_SETS) return { kind: 'limit' };
  const letters = lettersOfCells(sets, theory.domain.without, liked);
  const budget = { left: Math.min(theory.effort, theory.budget.left) };
  const granted = budget.left;
  const found = product(left!, right!, letters, budget);
  theory.budget.left -= granted - budget.left;
  return found;
}

/** Sets of characters beyond which automata are not run together. */
const MOST_SETS = 2000;

function distinct(sets: readonly CodeSet[]): CodeSet[] {
  return [...new Map(sets.map((set) => [set.join(';'), set])).values()];
}

/** Leaves out what a conflict does not need, as far as a few more searches show it. */
function smallest(theory: Theory, inside: readonly Named[], outside: readonly Named[]): number[] {
  let [demands, prohibitions] = [inside, outside];
  let tries = 12;
  const spare = (left: readonly Named[], right: readonly Named[]) =>
    left.length > 0 && tries-- > 0 && explore(theory, left, right).kind === 'none';
  for (let size = prohibitions.length >> 1; size >= 1 && demands.length + prohibitions.length > 2; size >>= 1)
    for (let at = 0; at < prohibitions.length;) {
      const fewer = prohibitions.filter((_, index) => index < at || index >= at + size);
      if (spare(demands, fewer)) prohibitions = fewer;
      else at += size;
    }
  for (const each of inside) {
    const fewer = demands.filter((other) => other !== each);
    if (demands.length + prohibitions.length > 2 && spare(fewer, prohibitions)) demands = fewer;
  }
  return [...refsOf(demands, 1), ...refsOf(prohibitions, -1)];
}
