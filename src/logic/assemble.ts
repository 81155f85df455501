import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { render } from '../ir/render.ts';
import type { Ref } from './bank.ts';
import type { Draft, Scene, Tie } from './between.ts';
import { tieClash, tied } from './between.ts';
import type { Core, Named, Values } from './field.ts';
import { wordOf } from './language.ts';
import type { Word } from './language.ts';
import type { Budget } from './machine.ts';
import { renderingClash, spoken } from './rendering.ts';
import type { Text } from './rendering.ts';
import { unrendered } from './shape.ts';

/** A predicate and whether an event is to satisfy it. */
export interface Goal {
  readonly predicate: Predicate;
  readonly wanted: boolean;
}

export type Arranged =
  { readonly kind: 'event'; readonly event: Raw } | { readonly kind: 'clash'; readonly cores: readonly Core[] };

/** Whether the reference evaluator confirms that the event meets the goals. */
export function meets(raw: Raw, goals: readonly Goal[]): boolean {
  const event = eventOf(raw);
  return goals.every(({ predicate, wanted }) => evaluate(predicate, event) === wanted);
}

/** Values for each field by itself, and what is asked besides that concerns several fields. */
export interface Attempt {
  readonly goals: readonly Goal[];
  readonly tests: ReadonlySet<Ref>;
  readonly draft: Draft;
  readonly ties: readonly Tie[];
  readonly texts: readonly Text[];
  /** What is demanded of each field; null: of any. */
  readonly demands: readonly (readonly [field: string | null, inside: readonly Named[]])[];
  /** What no value may be. */
  readonly unspoken: readonly Named[];
  /** The name of a field that nobody asks for. */
  readonly fresh: string;
  readonly budget: Budget;
  readonly scene: Scene;
  /** Finds a text that is of a rendering's shape, and as demanded. */
  readonly read: (text: Text) => Values | Core;
}

/** Makes an event of the values chosen, and changes it until the tests that concern several fields are met as well. */
export function assembled(attempt: Attempt): Arranged {
  const { ties, texts, draft, goals, scene, budget } = attempt;
  if (ties.length === 0 && texts.length === 0) return { kind: 'event', event: eventFrom(draft) };
  const size = texts.reduce((sum, { inside, outside }) => sum + inside.length + outside.length, 10);
  for (const each of drafts(attempt)) {
    // A try costs some microseconds for each test of the event's text.
    budget.left -= 200 * size;
    if (budget.left < 0) break;
    if (isUnwelcome(attempt, each)) continue;
    const event = eventFrom(each);
    if (texts.every((text) => reads(event, text)) && meets(event, goals)) return { kind: 'event', event };
  }
  const proved = [
    ...ties.map((tie) => tieClash(scene, tie)),
    ...texts.map((text) => renderingClash(text, attempt.demands, budget)),
  ].filter((core) => core !== null);
  if (proved.length > 0) return { kind: 'clash', cores: proved };
  return { kind: 'clash', cores: [{ kind: 'core', refs: [...attempt.tests], reason: reasonOf(attempt) }] };
}

function reasonOf({ texts, budget }: Attempt): string {
  if (budget.left < 0) return 'the search for an event was cut short';
  return texts.length > 0 ? 'a test of the event as one text' : 'a comparison of two fields';
}

/** Events worth a try: with fields tied as wanted, then with more fields that bring into the text what it must hold. */
function* drafts({ scene, ties, texts, draft, fresh, read }: Attempt): Generator<Draft> {
  for (const each of tied(scene, ties, draft)) {
    yield each;
    for (const text of texts) yield* spoken(text, each, fresh);
  }
  for (const text of texts) {
    const found = text.inside.length > 0 ? read(text) : null;
    const event = found?.kind === 'values' ? unrendered(found.words[0]!.text, text.as) : null;
    if (event) yield new Map([...Object.entries(event).map(asWords), ...draft]);
  }
}

function asWords([field, value]: readonly [string, Value]): [string, readonly Word[]] {
  return [field, (Array.isArray(value) ? value : [value]).map((each) => wordOf(String(each)))];
}

/** Whether a value is what no value of the event may be. */
function isUnwelcome({ unspoken, fresh }: Attempt, draft: Draft): boolean {
  const words = draft.get(fresh) ?? [];
  return unspoken.some(({ language }) => words.some((word) => language.has(word) === true));
}

/** Whether a rendering of the event is as demanded. It is made once here; the evaluator makes it for every test. */
function reads(event: Raw, { as, inside, outside }: Text): boolean {
  const word = wordOf(render(eventOf(event), as));
  return (
    inside.every(({ language }) => language.has(word) !== false) &&
    outside.every(({ language }) => language.has(word) !== true)
  );
}

function eventFrom(draft: Draft): Raw {
  const entries = [...draft].map(([field, words]): [string, Value] => {
    if (words === null) return [field, null];
    return [field, words.length === 1 ? words[0]!.text : words.map(({ text }) => text)];
  });
  return Object.fromEntries(entries);
}
