import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { anything } from '../ir/pattern.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Bank, Ref, Test } from './bank.ts';
import { isRendering } from './bank.ts';
import type { Domain } from './domain.ts';
import type { Core, Named, Theory, Values } from './field.ts';
import { valuesOf } from './field.ts';
import { likeLanguage } from './language.ts';
import type { Word } from './language.ts';
import type { Limits } from './limits.ts';

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

/** A test between fields or of a rendering: tried out, since no theory of one field decides it. */
type Loose = { readonly ref: Ref; readonly test: Test & { kind: 'sameAs' } };

interface Sorted {
  readonly fields: Map<string, Demands>;
  readonly there: Set<string>;
  readonly spoken: Named[];
  readonly unspoken: Named[];
  readonly loose: Loose[];
}

export function arrangerOf(
  bank: Bank,
  fields: readonly string[],
  examples: (field: string) => readonly Word[],
  limits: Limits,
): Arranger {
  const memo = new Map<string, Values | Core>();
  const budget = { left: limits.work };
  const ask = (domain: Domain, field: string, inside: readonly Named[], outside: readonly Named[]): Values | Core => {
    const key = `${domain.name}|${field}|${inside.map(({ ref }) => ref).join()}|${outside.map(({ ref }) => ref).join()}`;
    let known = memo.get(key);
    if (!known) {
      const theory: Theory = { domain, examples, budget, effort: limits.effort };
      memo.set(key, (known = valuesOf(theory, field, inside, outside)));
    }
    return known;
  };
  return (tests, goals, domain) => {
    const sorted = sort(bank, tests);
    const cores: Core[] = [];
    const values = new Map<string, readonly Word[] | null>();
    const solve = (field: string, inside: readonly Named[], outside: readonly Named[]): void => {
      const found = ask(domain, field, inside, [...outside, ...sorted.unspoken]);
      if (found.kind === 'core') cores.push(found);
      else values.set(field, found.words);
    };
    if (!domain.missing)
      for (const field of fields)
        demandsOf(sorted, field).inside.push({ ref: bank.present(field), language: anyValue });
    for (const [field, { inside, outside }] of sorted.fields) {
      if (isRendering(field)) continue;
      if (inside.length > 0) solve(field, inside, outside);
      else if (sorted.there.has(field)) values.set(field, null);
    }
    for (const field of sorted.there) if (!values.has(field)) values.set(field, null);
    const speech = sorted.spoken.filter(
      ({ language }) => ![...values.values()].some((words) => words?.some((word) => language.has(word) === true)),
    );
    for (const [index, keyword] of speech.entries()) solve(freshName(fields, index), [keyword], []);
    if (cores.length > 0) return { kind: 'clash', cores };
    const event = eventFrom(values);
    if (sorted.loose.length === 0 || meets(event, goals)) return { kind: 'event', event };
    return { kind: 'clash', cores: [{ kind: 'core', refs: [...tests], reason: 'a comparison of two fields' }] };
  };
}

const anyValue = likeLanguage(anything, false);

function sort(bank: Bank, tests: ReadonlySet<Ref>): Sorted {
  const sorted: Sorted = {
    fields: new Map(),
    there: new Set(),
    spoken: [],
    unspoken: [],
    loose: [],
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
    else if (node.kind === 'sameAs') sorted.loose.push({ ref: test, test: node });
  }
  return sorted;
}

function demandsOf({ fields }: Sorted, field: string): Demands {
  let demands = fields.get(field);
  if (!demands) fields.set(field, (demands = { inside: [], outside: [] }));
  return demands;
}

function eventFrom(values: ReadonlyMap<string, readonly Word[] | null>): Raw {
  const entries = [...values].map(([field, words]): [string, Value] => {
    if (words === null) return [field, null];
    return [field, words.length === 1 ? words[0]!.text : words.map(({ text }) => text)];
  });
  return Object.fromEntries(entries);
}

/** A field that no predicate looks at, to hold what some value must hold. */
function freshName(fields: readonly string[], index: number): string {
  for (let number = index; ; number += 1) {
    const name = number === 0 ? 'Message' : `Message${number + 1}`;
    if (!fields.includes(name)) return name;
  }
}
