import { anything } from '../ir/pattern.ts';
import { assembled } from './assemble.ts';
import type { Arranged, Attempt, Goal } from './assemble.ts';
import type { Bank, Ref } from './bank.ts';
import { isRendering, nameOf, renderingOf } from './bank.ts';
import type { Draft, Scene, Tie } from './between.ts';
import type { Domain } from './domain.ts';
import type { Core, Named, Values } from './field.ts';
import { valuesOf } from './field.ts';
import { likeLanguage } from './language.ts';
import type { Word } from './language.ts';
import type { Limits } from './limits.ts';
import type { Budget } from './machine.ts';
import type { Text } from './rendering.ts';
import { shaped, unreadable } from './shape.ts';

/** Makes an event in which all of some tests come out as their signs say, or tells which of them can't together. */
export type Arranger = (tests: ReadonlySet<Ref>, goals: readonly Goal[], domain: Domain) => Arranged;

/** The tests of one field, or of one rendering. */
type Demands = Pick<Text, 'inside' | 'outside'>;

/** The same while they are sorted. */
interface Gathered extends Demands {
  readonly inside: Named[];
  readonly outside: Named[];
}

/** The tests of an arrangement by what they concern. */
interface Sorted {
  readonly fields: Map<string, Gathered>;
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
    const shunned = [...sorted.fields].flatMap(([name, { outside }]) => (isRendering(name) ? outside : []));
    const place = (field: string, demands: Demands): void => {
      // What the event's text must not hold is best kept out of its values, though it need not be.
      const wary = shunned.length > 0 && ask(domain, field, { ...demands, outside: [...demands.outside, ...shunned] });
      const found = wary && wary.kind === 'values' ? wary : ask(domain, field, demands);
      if (found.kind === 'core') cores.push(found);
      else draft.set(field, found.words);
    };
    const texts = textsOf(sorted);
    const read = (text: Text) => ask(anyText, nameOf({ rendered: text.as }), shaped(text));
    for (const text of texts) cores.push(...unreadable(text, read));
    for (const [field, demands] of sorted.fields)
      if (!isRendering(field) && demands.inside.length > 0) place(field, demands);
    for (const field of sorted.there) if (!draft.has(field)) draft.set(field, null);
    for (const keyword of sorted.spoken)
      if (!isSpoken(keyword, draft))
        place(freshName([...fields, ...draft.keys()]), { inside: [keyword], outside: sorted.unspoken });
    if (cores.length > 0) return { kind: 'clash', cores };
    return assembled({
      goals,
      tests,
      draft,
      texts,
      ties: sorted.ties,
      demands: demandsIn(sorted),
      unspoken: sorted.unspoken,
      fresh: freshName([...fields, ...draft.keys()]),
      budget: budgetOf(domain),
      scene: sceneOf(sorted, domain, solve),
      read,
    });
  };
}

function textsOf({ fields }: Sorted): Text[] {
  return [...fields].flatMap(([name, { inside, outside }]) => {
    const as = renderingOf(name);
    return as === null ? [] : [{ as, inside, outside }];
  });
}

function demandsIn({ fields, spoken }: Sorted): Attempt['demands'] {
  const named = [...fields].filter(([name]) => !isRendering(name));
  return [
    ...named.map(([name, { inside }]): [string, readonly Named[]] => [name, inside]),
    ...spoken.map((keyword): [null, readonly Named[]] => [null, [keyword]]),
  ];
}

function refs(named: readonly Named[]): string {
  return named.map(({ ref }) => ref).join();
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

function demandsOf({ fields }: Sorted, field: string): Gathered {
  let demands = fields.get(field);
  if (!demands) fields.set(field, (demands = { inside: [], outside: [] }));
  return demands;
}

/** A name for a field that no predicate looks at, to hold what some value must hold. */
function freshName(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Message' : `Message${number}`;
    if (!taken.includes(name)) return name;
  }
}
