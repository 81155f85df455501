import type { Raw } from '../ir/event.ts';
import { atomsOf, fieldsOf } from '../ir/predicate.ts';
import type { Atom } from '../ir/predicate.ts';
import { compileRegex } from '../ir/regex/match.ts';
import type { Arranger } from './arrange.ts';
import { arrangerOf } from './arrange.ts';
import type { Goal } from './assemble.ts';
import { meets } from './assemble.ts';
import type { Bank, Ref } from './bank.ts';
import { TRUE, isRendering } from './bank.ts';
import type { Domain } from './domain.ts';
import { isPlain, plainPart } from './domain.ts';
import type { Encoding } from './encoding.ts';
import { encodingOf, implicant } from './encoding.ts';
import { alternativesOf, guessed } from './guess.ts';
import { inclusions } from './inclusions.ts';
import type { Word } from './language.ts';
import type { Limits } from './limits.ts';

/** An event as asked for; or that there is none; or why it is not known, `reason`. */
export type Found =
  | { readonly kind: 'event'; readonly event: Raw }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Answers questions about the predicates of one bank; what one question teaches serves the next. */
export interface Prover {
  readonly find: (goals: readonly Goal[], domain: Domain) => Found;
}

interface Case {
  readonly bank: Bank;
  readonly encoding: Encoding;
  readonly arranger: Arranger;
  readonly fields: readonly string[];
  readonly written: () => ReadonlySet<number>;
  readonly limits: Limits;
  /** A variable for each domain: what is learnt of a domain is taken for granted only when it is asked about. */
  readonly guards: Map<string, number>;
  /** Why something learnt of a domain is no more than a suspicion. */
  readonly doubts: Map<string, string>;
  /** What has been learnt at once: the inclusions among patterns, what is there in a domain by its name. */
  readonly learnt: Set<'inclusions' | `domain ${string}`>;
}

/** `fields` are those that the predicates look at, `written` gives the code points that they hold. */
export function proverOf(
  bank: Bank,
  fields: readonly string[],
  written: () => ReadonlySet<number>,
  examples: (field: string) => readonly Word[],
  limits: Limits,
): Prover {
  const state: Case = {
    bank,
    encoding: encodingOf(bank),
    arranger: arrangerOf(bank, fields, examples, limits),
    fields,
    written,
    limits,
    guards: new Map(),
    doubts: new Map(),
    learnt: new Set(),
  };
  structure(state);
  if (bank.nodes.some((node) => node.kind === 'value' && isRendering(node.field))) learnInclusions(state);
  return { find: (goals, domain) => natural(state, goals, domain) };
}

/** What holds of every event: a field that some test holds of is there, and has a value if it is the same as another. */
function structure({ bank, encoding: { solver, literal } }: Case): void {
  const exists = new Map<string, Ref>();
  for (const [id, node] of bank.nodes.entries()) if (node.kind === 'exists') exists.set(node.field, id);
  for (const [id, node] of bank.nodes.entries()) {
    const there = node.kind === 'value' ? exists.get(node.field) : undefined;
    if (there !== undefined) solver.clause([-literal(id), literal(there)]);
    if (node.kind !== 'sameAs') continue;
    for (const field of [node.field, node.other]) solver.clause([-literal(id), literal(bank.present(field))]);
  }
  solver.clause([literal(TRUE)]);
}

/** Prefers an event that a reader finds natural, and takes what there is if there is none. */
function natural(state: Case, goals: readonly Goal[], domain: Domain): Found {
  const found = find(state, goals, domain);
  if (found.kind === 'unknown') return guess(state, goals, domain) ?? found;
  if (found.kind === 'none') return found;
  if (isPlain(found.event)) return found;
  const better = find(state, goals, plainPart(domain, state.written));
  return better.kind === 'event' ? better : found;
}

/** What is not decided may still have an event that is easily found. */
function guess(state: Case, goals: readonly Goal[], domain: Domain): Found | undefined {
  if (!state.bank.nodes.some((node) => node.kind === 'value' && isRendering(node.field))) return undefined;
  const known = goals
    .filter(({ wanted }) => wanted)
    .flatMap((goal) => [
      [goal],
      ...alternativesOf(goal.predicate)
        .slice(0, FEW_ALTERNATIVES)
        .map((part) => [goal, { predicate: part, wanted: true }]),
    ])
    .map((some) => find(state, some, domain))
    .flatMap((each) => (each.kind === 'event' ? [each.event] : []));
  const event = guessed(goals, known, domain);
  return event && { kind: 'event', event };
}

/** Alternatives of a list that are tried one by one. */
const FEW_ALTERNATIVES = 20;

/** Conflicts after which all inclusions are learnt at once. */
const FEW = 6;

/** How often no event was found, and none was proved impossible, before that is the answer. */
const MOST_SUSPICIONS = 60;

/** Tries one way after another to meet the goals, and learns from each that fails why it does. */
function find(state: Case, goals: readonly Goal[], domain: Domain): Found {
  const { bank, limits, doubts } = state;
  const { solver, literal } = state.encoding;
  const refs = goals.map(({ predicate, wanted }) => (wanted ? 1 : -1) * bank.intern(predicate));
  const certain = [
    ...refs.map(literal),
    ...domain.wider.map((name) => guardOf(state, name)),
    guardOfDomain(state, domain),
  ];
  const doubt = guardOf(state, `doubt ${domain.name}`);
  for (let lemmas = 0, suspicions = 0; lemmas <= limits.lemmas && suspicions <= MOST_SUSPICIONS; lemmas += 1) {
    const answer = solver.solve(doubts.has(domain.name) ? [...certain, doubt] : certain);
    if (answer === 'limit') return { kind: 'unknown', reason: 'the search among the tests was cut short' };
    if (answer === 'none') return closing(state, certain, domain);
    if (lemmas === FEW) learnInclusions(state);
    const picked = implicant(bank, refs, (ref) => solver.holds(literal(ref)), costOf(bank));
    const arranged = state.arranger(picked, goals, domain);
    if (arranged.kind === 'event') return certified(arranged.event, goals);
    for (const core of arranged.cores) {
      if (core.reason !== null) {
        doubts.set(domain.name, doubts.get(domain.name) ?? core.reason);
        suspicions += 1;
      }
      const guard = guardOf(state, core.reason === null ? domain.name : `doubt ${domain.name}`);
      solver.clause([-guard, ...core.refs.map((ref) => -literal(ref))]);
    }
  }
  return { kind: 'unknown', reason: doubts.get(domain.name) ?? 'too many tests contradict each other' };
}

function learnInclusions(state: Case): void {
  if (state.learnt.has('inclusions')) return;
  state.learnt.add('inclusions');
  const { solver, literal } = state.encoding;
  for (const [inner, outer] of inclusions(state.bank)) solver.clause([-literal(inner), literal(outer)]);
}

/** No way is left: for certain, unless that rests on a suspicion. */
function closing({ encoding, doubts }: Case, certain: readonly number[], domain: Domain): Found {
  const reason = doubts.get(domain.name);
  if (reason === undefined || encoding.solver.solve(certain) === 'none') return { kind: 'none' };
  return { kind: 'unknown', reason };
}

/** No event leaves this room that the reference evaluator does not confirm. */
function certified(event: Raw, goals: readonly Goal[]): Found {
  if (meets(event, goals)) return { kind: 'event', event };
  if (goals.some(({ predicate }) => [...atomsOf(predicate)].some(isRefused)))
    return { kind: 'unknown', reason: 'a regular expression that cannot be run' };
  if (answersToOther(goals))
    return {
      kind: 'unknown',
      reason: 'names of fields that differ in blanks alone, of which one answers to the other',
    };
  throw new Error(`logic/ found a wrong event, which is a bug: ${JSON.stringify(event)}`);
}

/** Whether a field has the name of another but for blanks: an event with the one alone has the other as well. */
function answersToOther(goals: readonly Goal[]): boolean {
  const names = new Set(goals.flatMap(({ predicate }) => fieldsOf(predicate)));
  return [...names].some((name) => name.includes(' ') && names.has(name.replaceAll(' ', '')));
}

/** Whether the evaluator has no way to run the test's expression, and takes it as never true. */
function isRefused(atom: Atom): boolean {
  if (atom.kind === 'regex') return typeof compileRegex(atom.regex) !== 'function';
  return atom.kind === 'keyword' && atom.test.kind === 'regex' && typeof compileRegex(atom.test.regex) !== 'function';
}

function guardOfDomain(state: Case, { name, missing }: Domain): number {
  const { bank, encoding, fields, learnt } = state;
  const guard = guardOf(state, name);
  if (missing || learnt.has(`domain ${name}`)) return guard;
  learnt.add(`domain ${name}`);
  for (const field of fields) encoding.solver.clause([-guard, encoding.literal(bank.present(field))]);
  for (const [id, node] of bank.nodes.entries())
    if (node.kind === 'exists') encoding.solver.clause([-guard, encoding.literal(id)]);
  return guard;
}

function guardOf({ guards, encoding: { solver } }: Case, name: string): number {
  let guard = guards.get(name);
  if (guard === undefined) guards.set(name, (guard = solver.variable()));
  return guard;
}

/** What a test costs to arrange: a negative one nothing, since a missing field meets it. */
function costOf(bank: Bank): (test: Ref) => number {
  return (test) => {
    const node = bank.nodes[Math.abs(test)]!;
    if (node.kind === 'sameAs') return test > 0 ? 20 : 5;
    if (node.kind === 'exists') return test > 0 ? 1 : 0.01;
    if (node.kind === 'all') return 0;
    const hard = node.language.inexact === null ? 1 : 4;
    if (node.kind === 'value' && isRendering(node.field)) return 10 * hard;
    return test > 0 ? hard : 0.01 * hard;
  };
}
