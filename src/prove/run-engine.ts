import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { atomsOf, fieldsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Profile } from '../schema/profile.ts';
import { classesOf } from './classes.ts';
import type { Conversion } from './convert.ts';
import type { Engine, Ran } from './engine.ts';
import type { Trial } from './trials.ts';

/** A conversion, what its texts should select, and what our reader says that they do. */
export interface Draft {
  readonly conversion: Conversion;
  readonly texts: readonly string[];
  readonly meant: Predicate;
  readonly read: Predicate;
  readonly trials: readonly Trial[];
  /** Why there is nothing to run, or null. */
  readonly idle: string | null;
}

/**
 * What an engine made of a rule's texts. `agree` counts the events on which it did what the reference evaluator makes of
 * the rule, `told` those on which it differs as the verdict or a loss tells. All others contradict the verdict.
 */
export type Executed =
  | ({ readonly kind: 'run'; readonly classes: ReadonlyMap<string, Tally> } & Tally)
  | { readonly kind: 'skipped'; readonly install: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'nothing'; readonly why: string };

/** Events that were shown to an engine. */
export interface Tally {
  readonly events: number;
  readonly agree: number;
  readonly told: number;
}

/** What came of one draft in one engine. */
export interface Outcome {
  readonly executed: Executed;
  readonly failures: readonly string[];
  /** An event on which the engine contradicts the verdict. */
  readonly against: { readonly event: Raw; readonly hit: boolean } | null;
}

/** The outcome of an engine that is not there. */
export function skipped(install: string): Outcome {
  return { executed: { kind: 'skipped', install }, failures: [], against: null };
}

/** Runs the texts of some drafts over the events of all, and over those that were recorded; an outcome for each draft. */
export async function runBatch(
  engine: Engine,
  batch: readonly Draft[],
  profile: Profile,
  recorded: readonly Raw[],
): Promise<Outcome[]> {
  const holds = (event: Raw) => engine.holds?.(event, profile) ?? true;
  const made = batch.map(({ trials }) => trials.filter(({ event }) => holds(event)));
  const shared = sharedEvents(recorded, batch, made.flat()).filter(({ event }) => holds(event));
  const events = [...made.flat(), ...shared].map(({ event }) => event);
  const texts = batch.flatMap((draft) => (draft.idle === null ? draft.texts : []));
  const ran = await attempt(engine, texts, events, profile);
  const places = shared.map((_, at) => events.length - shared.length + at);
  let [text, event] = [0, 0];
  return batch.map((draft, index): Outcome => {
    const own = made[index]!;
    const counted = [...own.map((_, at) => event + at), ...places];
    event += own.length;
    if (draft.idle !== null) return { executed: { kind: 'nothing', why: draft.idle }, failures: [], against: null };
    const answers = ran.slice(text, text + draft.texts.length);
    text += draft.texts.length;
    return judgeRun(draft, answers, { engine, events, trials: [...own, ...shared], counted });
  });
}

/**
 * Recorded events as the batch needs them: only fields that it looks at, unless a test looks at all. Of fields whose
 * names differ by case alone an engine may have room for one only, so events with another one are left out.
 */
function sharedEvents(recorded: readonly Raw[], batch: readonly Draft[], made: readonly Trial[]): Trial[] {
  const atoms = batch.flatMap(({ meant, read }) => [...atomsOf(meant), ...atomsOf(read)]);
  const looksAtAll = atoms.some((atom) => atom.kind === 'keyword' || typeof atom.field !== 'string');
  const fields = [...new Set(atoms.flatMap(fieldsOf))];
  const names = new Map<string, string>();
  const claim = (name: string) => {
    const key = name.toLowerCase();
    if (!names.has(key)) names.set(key, name);
    return names.get(key) === name;
  };
  for (const name of [...fields, ...made.flatMap(({ event }) => Object.keys(event))]) claim(name);
  return recorded
    .map((event) => (looksAtAll ? event : only(fields, event)))
    .filter((event) => [...eventOf(event).values()].map(([name]) => claim(name)).every(Boolean))
    .map((event) => ({ event, of: 'recorded' }));
}

function only(fields: readonly string[], raw: Raw): Raw {
  const event = eventOf(raw);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = event.get(field);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

/** An engine that breaks down has answered none of the texts. */
async function attempt(
  engine: Engine,
  texts: readonly string[],
  events: readonly Raw[],
  profile: Profile,
): Promise<readonly Ran[]> {
  if (texts.length === 0) return [];
  try {
    return await engine.run(texts, events, profile);
  } catch (fault) {
    const message = `it broke down: ${fault instanceof Error ? fault.message : String(fault)}`;
    return texts.map(() => ({ kind: 'failed', message }));
  }
}

interface Run {
  readonly engine: Engine;
  readonly events: readonly Raw[];
  /** The events that count, and their places among all. */
  readonly trials: readonly Trial[];
  readonly counted: readonly number[];
}

function judgeRun(draft: Draft, ran: readonly Ran[], { engine, events, trials, counted }: Run): Outcome {
  const failed = ran.find((each) => each.kind === 'failed');
  if (failed) {
    const { message } = failed;
    return {
      executed: { kind: 'failed', message },
      failures: [`${engine.name} can't run the text: ${message}`],
      against: null,
    };
  }
  const isHit = (at: number) => ran.some((each) => each.kind === 'hits' && each.hits[at] === true);
  const classes = new Map<string, Tally>();
  let sum = nothing;
  let against: Outcome['against'] = null;
  for (const [index, { event, of }] of trials.entries()) {
    const hit = isHit(counted[index]!);
    const answer = answerOf(draft, event, hit);
    classes.set(of, plus(classes.get(of) ?? nothing, answer));
    sum = plus(sum, answer);
    if (answer === 'against') against ??= { event, hit };
  }
  // Of the other rules' events, what the engine selects is little, and quickly looked at.
  const own = new Set(counted);
  for (const [at, event] of events.entries())
    if (against === null && !own.has(at) && isHit(at) && answerOf(draft, event, true) === 'against')
      against = { event, hit: true };
  const failures = against === null ? [] : [contradiction(engine.name, against)];
  return { executed: { kind: 'run', ...sum, classes }, failures, against };
}

const nothing: Tally = { events: 0, agree: 0, told: 0 };

type Answer = 'agree' | 'told' | 'against';

function plus({ events, agree, told }: Tally, answer: Answer): Tally {
  return { events: events + 1, agree: agree + Number(answer === 'agree'), told: told + Number(answer === 'told') };
}

function contradiction(engine: string, { event, hit }: { readonly event: Raw; readonly hit: boolean }): string {
  return `${engine} ${hit ? 'selects' : 'does not select'} an event of which the verdict says otherwise: ${JSON.stringify(event)}`;
}

/**
 * How an engine's answer stands to the rule, and to the verdict: a difference is told if our reader of the language
 * foresaw it and the verdict is not that there is none, or if the language is said to lose something that way.
 */
function answerOf({ meant, read, conversion }: Draft, event: Raw, hit: boolean): Answer {
  const opened = eventOf(event);
  const wanted = evaluate(meant, opened);
  const foreseen = hit === evaluate(read, opened);
  if (hit === wanted) return foreseen ? 'agree' : lost(conversion, !hit);
  if (!foreseen) return lost(conversion, hit);
  const printed = conversion.queries.filter(({ text }) => text !== null);
  if (printed.some(({ verdict, except }) => verdict !== 'exact' && except.length === 0)) return 'told';
  const classes = classesOf(event, [meant, read]);
  return printed.some(({ except }) => except.some((each) => classes.has(each))) ? 'told' : 'against';
}

/** Whether the language is said to select more, or fewer, events than it should. */
function lost({ queries }: Conversion, more: boolean): Answer {
  const effects = new Set(queries.flatMap(({ losses }) => losses.map(({ effect }) => effect)));
  return effects.has('differs') || effects.has(more ? 'wider' : 'narrower') ? 'told' : 'against';
}
