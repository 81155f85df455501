import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { anything } from '../ir/pattern.ts';
import type { Predicate } from '../ir/predicate.ts';
import { render } from '../ir/render.ts';
import type { Bank, Ref } from './bank.ts';
import { isRendering, renderingOf } from './bank.ts';
import type { Draft, Scene, Tie } from './between.ts';
import { tieClash, tied } from './between.ts';
import type { Domain } from './domain.ts';
import type { Core, Named, Values } from './field.ts';
import { valuesOf } from './field.ts';
import { likeLanguage, wordOf } from './language.ts';
import type { Word } from './language.ts';
import type { Limits } from './limits.ts';
import type { Budget } from './machine.ts';
import { renderingClash, spoken } from './rendering.ts';
import type { Text } from './rendering.ts';

/** A predicate and whether an event is to satisfy it. */
export interface Goal {
  readonly predicate: Predicate;
  readonly wanted: boolean;
}

/** Makes an event in which all of some tests come out as their signs say, or tells which of them can't together. */
export type Arranger = (tests: ReadonlySet<Ref>, goals: readonly Goal[], domain: Domain) => Arranged;

export type Arranged =
  { readonly kind: 'event'; readonly event: Raw } | { readonly kind: 'clash'; readonly cores: readonly Core[] };

/** Whether the reference evaluator confirms that the event meets the goals. */
export function meets(raw: Raw, goals: readonly Goal[]): boolean {
  const event = eventOf(raw);
  return goals.every(({ predicate, wanted }) => evaluate(predicate, event) === wanted);
}

/** The tests of one field, or of one rendering. */
interface Demands {
  readonly inside: Named[];
  readonly outside: Named[];
}

interface Sorted {
  readonly fields: Map<string, Demands>;
  readonly there: Set<string>;
  readonly spoken: Named[];
  readonly unspoken: Named[];
  readonly ties: Tie[];
}

/** `fields` are those that the predicates look at. */
export function arrangerOf(
  bank: Bank,
  fields: readonly string[],
  examples: (field: string) => readonly Word[],
  limits: Limits,
): Arranger {
  const memo = new Map<string, Values | Core>();
  const budgets = new Map<string, Budget>();
  const budgetOf = ({ name, worth }: Domain): Budget => {
    let budget = budgets.get(name);
    if (!budget) budgets.set(name, (budget = { left: limits.work * worth }));
    return budget;
  };
  const solve = (domain: Domain, field: string, inside: readonly Named[], outside: readonly Named[]): Values | Core =>
    valuesOf(
      { domain, examples, budget: budgetOf(domain), effort: limits.effort * domain.worth },
      field,
      inside,
      outside,
    );
  const ask = (domain: Domain, field: string, { inside, outside }: Demands): Values | Core => {
    const key = `${domain.name}|${field}|${refs(inside)}|${refs(outside)}`;
    let known = memo.get(key);
    if (!known) memo.set(key, (known = solve(domain, field, inside, outside)));
    return known;
  };
  return (tests, goals, domain) => {
    const sorted = sort(bank, tests);
    if (!domain.missing)
      for (const field of fields)
        demandsOf(sorted, field).inside.push({ ref: bank.present(field), language: anyValue });
    for (const [field, { outside }] of sorted.fields) if (!isRendering(field)) outside.push(...sorted.unspoken);
    const cores: Core[] = [];
    const draft = new Map<string, readonly Word[] | null>();
    const place = (field: string, demands: Demands): void => {
      const found = ask(domain, field, demands);
      if (found.kind === 'core') cores.push(found);
      else draft.set(field, found.words);
    };
    for (const [field, demands] of sorted.fields)
      if (isRendering(field)) cores.push(...unreadable(solve, field, demands));
      else if (demands.inside.length > 0) place(field, demands);
    for (const field of sorted.there) if (!draft.has(field)) draft.set(field, null);
    for (const keyword of sorted.spoken)
      if (!isSpoken(keyword, draft))
        place(freshName([...fields, ...draft.keys()]), { inside: [keyword], outside: sorted.unspoken });
    if (cores.length > 0) return { kind: 'clash', cores };
    return assembled(
      { sorted, goals, tests, draft, fresh: freshName([...fields, ...draft.keys()]), budget: budgetOf(domain) },
      sceneOf(sorted, domain, solve),
    );
  };
}

function refs(named: readonly Named[]): string {
  return named.map(({ ref }) => ref).join();
}

/** A conflict among the tests of a rendering, which is one text whatever the event. */
function unreadable(solve: Scene['solve'], field: string, { inside, outside }: Demands): Core[] {
  if (inside.length === 0) return [];
  const found = solve(anyText, field, inside, outside);
  return found.kind === 'core' ? [found] : [];
}

const anyText: Domain = {
  name: 'text',
  wider: [],
  arrays: false,
  single: new Set(),
  ipv6: true,
  missing: true,
  worth: 1,
  without: [],
};

function isSpoken({ language }: Named, draft: Draft): boolean {
  return [...draft.values()].some((words) => words?.some((word) => language.has(word) === true));
}

interface Attempt {
  readonly sorted: Sorted;
  readonly goals: readonly Goal[];
  readonly tests: ReadonlySet<Ref>;
  readonly draft: Draft;
  readonly fresh: string;
  readonly budget: Budget;
}

/** Makes an event of the values chosen, and changes it until the tests that concern several fields are met as well. */
function assembled({ sorted, goals, tests, draft, fresh, budget }: Attempt, scene: Scene): Arranged {
  const texts = [...sorted.fields].flatMap(([name, demands]) => {
    const as = renderingOf(name);
    return as === null ? [] : [{ as, ...demands }];
  });
  if (sorted.ties.length === 0 && texts.length === 0) return { kind: 'event', event: eventFrom(draft) };
  for (const each of tied(scene, sorted.ties, draft))
    for (const full of texts.length > 0 ? [each, ...texts.flatMap((text) => [...spoken(text, each, fresh)])] : [each]) {
      if (full.has(fresh) && isUnwelcome(sorted.unspoken, full.get(fresh)!)) continue;
      const event = eventFrom(full);
      if (texts.every((text) => reads(event, text)) && meets(event, goals)) return { kind: 'event', event };
    }
  const named = [...sorted.fields]
    .filter(([name]) => !isRendering(name))
    .map(([name, { inside }]): readonly [string | null, readonly Named[]] => [name, inside]);
  for (const keyword of sorted.spoken) named.push([null, [keyword]]);
  const proved = [
    ...sorted.ties.map((tie) => tieClash(scene, tie)),
    ...texts.map((text) => renderingClash(text, named, budget)),
  ].filter((core) => core !== null);
  if (proved.length > 0) return { kind: 'clash', cores: proved };
  const reason = texts.length > 0 ? 'a test of the event as one text' : 'a comparison of two fields';
  return { kind: 'clash', cores: [{ kind: 'core', refs: [...tests], reason }] };
}

/** Whether one of some words is what no value of the event may be. */
function isUnwelcome(unspoken: readonly Named[], words: readonly Word[] | null): boolean {
  return words !== null && unspoken.some(({ language }) => words.some((word) => language.has(word) === true));
}

/** Whether a rendering of the event is as demanded. It is made once here; the evaluator makes it for every test. */
function reads(event: Raw, { as, inside, outside }: Text): boolean {
  const word = wordOf(render(eventOf(event), as));
  return (
    inside.every(({ language }) => language.has(word) !== false) &&
    outside.every(({ language }) => language.has(word) !== true)
  );
}

function sceneOf(sorted: Sorted, domain: Domain, solve: Scene['solve']): Scene {
  const of = (field: string) => sorted.fields.get(field);
  return {
    domain,
    solve,
    inside: (field) => of(field)?.inside ?? [],
    outside: (field) => of(field)?.outside ?? sorted.unspoken,
  };
}

const anyValue = likeLanguage(anything, false);

function sort(bank: Bank, tests: ReadonlySet<Ref>): Sorted {
  const sorted: Sorted = {
    fields: new Map(),
    there: new Set(),
    spoken: [],
    unspoken: [],
    ties: [],
  };
  for (const test of tests) {
    const ref = Math.abs(test);
    const node = bank.nodes[ref]!;
    if (node.kind === 'value') {
      const { inside, outside } = demandsOf(sorted, node.field);
      (test > 0 ? inside : outside).push({ ref, language: node.language });
    } else if (node.kind === 'keyword')
      (test > 0 ? sorted.spoken : sorted.unspoken).push({ ref, language: node.language });
    else if (node.kind === 'exists' && test > 0) sorted.there.add(node.field);
    else if (node.kind === 'sameAs') {
      const { field, other, atom } = node;
      sorted.ties.push({ ref, field, other, atom, wanted: test > 0 });
    }
  }
  return sorted;
}

function demandsOf({ fields }: Sorted, field: string): Demands {
  let demands = fields.get(field);
  if (!demands) fields.set(field, (demands = { inside: [], outside: [] }));
  return demands;
}

function eventFrom(draft: Draft): Raw {
  const entries = [...draft].map(([field, words]): [string, Value] => {
    if (words === null) return [field, null];
    return [field, words.length === 1 ? words[0]!.text : words.map(({ text }) => text)];
  });
  return Object.fromEntries(entries);
}

/** A name for a field that no predicate looks at, to hold what some value must hold. */
function freshName(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Message' : `Message${number}`;
    if (!taken.includes(name)) return name;
  }
}
