import { readTarget } from '../formats/read-target.ts';
import type { Target } from '../formats/targets.ts';
import type { Detection } from '../ir/detection.ts';
import type { Raw } from '../ir/event.ts';
import { any, fieldsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import type { Profile } from '../schema/profile.ts';
import { convert } from './convert.ts';
import type { Conversed, Conversion } from './convert.ts';
import type { Engine } from './engine.ts';
import { runBatch, skipped } from './run-engine.ts';
import type { Draft, Executed, Outcome } from './run-engine.ts';
import { trialsFor } from './trials.ts';
import type { Trial } from './trials.ts';
import { worst } from './verdict.ts';
import type { Basis, Judgement } from './verdict.ts';

/** What is known of a detection in a target: the verdict of `convert`, and what real engines make of the printed texts. */
export interface Proof extends Judgement {
  readonly detection: Detection;
  readonly target: Target;
  readonly basis: Basis;
  readonly assumptions: readonly string[];
  readonly engines: Readonly<Record<string, Executed>>;
  /** What proves the verdict wrong, or the text unusable, in sentences; empty if all is as it should be. */
  readonly failures: readonly string[];
}

/** Who runs the texts, in which schema, and on which events besides those that are made. */
export interface ProveOptions {
  readonly engines: readonly Engine[];
  readonly profile?: Profile;
  /** Recorded events, stored as the profile has them: each rule is tried on all. */
  readonly recorded?: readonly Raw[];
}

/**
 * Prints detections in a target's language and has the engines of that language run the texts over events that were
 * made for each rule, and over recorded ones. The reference evaluator says what should come out.
 *
 * Many texts are run at once, each over the events of all: what a text selects of another rule's events is compared too,
 * but not counted. An engine that is not there is reported as skipped.
 */
export async function* prove(
  detections: Iterable<Detection>,
  target: Target,
  { engines, profile = target.profile, recorded = [] }: ProveOptions,
): AsyncGenerator<Proof> {
  const asked = engines.filter((engine) => engine.dialect === target.dialect.name);
  const present = await Promise.all(asked.map(async (engine) => ({ engine, is: await engine.available() })));
  const drafts = drafted(detections, target, profile, present.some(({ is }) => is.ok) ? trialsOf : () => []);
  for (const batch of batches(drafts)) {
    const executed = batch.map((): Record<string, Outcome> => ({}));
    for (const { engine, is } of present) {
      const outcomes = is.ok ? await runBatch(engine, batch, profile, recorded) : batch.map(() => skipped(is.install));
      for (const [index, outcome] of outcomes.entries()) executed[index]![engine.name] = outcome;
    }
    for (const [index, draft] of batch.entries()) yield proofOf(draft, executed[index]!);
  }
}

/** Events on which the texts of a conversion, and what they should select, may come apart. */
type Try = (conversion: Conversion, meant: Predicate) => readonly Trial[];

function* drafted(detections: Iterable<Detection>, target: Target, profile: Profile, trialsFor: Try): Generator<Draft> {
  for (const detection of detections) {
    const conversion = convert(detection, target, profile);
    const said = conversion.queries.flatMap(({ text }, index) =>
      text === null ? [] : [{ text, query: detection.queries[index]! }],
    );
    const meant = any(said.map(({ query }) => applyLogSource(query, profile, conversion.detection).query.where));
    const parsed = said.map(({ text }) => readTarget({ name: `<${target.name}>`, text }, target, profile));
    const texts = said.flatMap(({ text }) => inside(text, target));
    const read = any(parsed.flatMap(({ queries }) => queries.map(({ where }) => where)));
    const staged = said.some(({ query }) => query.then.length > 0);
    const idle = texts.length === 0 ? 'there is no text to run' : staged ? 'it counts or orders events' : null;
    yield { conversion, texts, meant, read, trials: idle === null ? trialsFor(conversion, meant) : [], idle };
  }
}

/** What an engine of the language is given of a text: what its envelope was found to carry. */
function inside(text: string, { name, envelope }: Target): readonly string[] {
  return envelope ? envelope.unwrap({ name: `<${name}>`, text }).inner.map((each) => each.text) : [text];
}

/** Events made for what is meant, and before them those that the verdict shows: if they are none, it is wrong. */
function trialsOf({ queries, profile }: Conversion, meant: Predicate): Trial[] {
  const shown = queries.flatMap(({ missed, extra }) => [missed, extra]).filter((event) => event !== null);
  return [...shown.map((event) => ({ event, of: 'witness' })), ...trialsFor(meant, profile)];
}

/** Most texts and most events that are given to an engine at once. */
const TEXTS = 64;
const EVENTS = 6000;

/** Drafts that can be run together: engines may have one column a field, and not tell names apart by case. */
function* batches(drafts: Iterable<Draft>): Generator<readonly Draft[]> {
  let batch: Draft[] = [];
  let names = new Map<string, string>();
  let events = 0;
  for (const draft of drafts) {
    const fields = [draft.meant, draft.read].flatMap(fieldsOf);
    const clashes = fields.some((field) => (names.get(field.toLowerCase()) ?? field) !== field);
    if (batch.length > 0 && (clashes || batch.length >= TEXTS || events + draft.trials.length > EVENTS)) {
      yield batch;
      [batch, names, events] = [[], new Map(), 0];
    }
    batch.push(draft);
    events += draft.trials.length;
    for (const field of fields) names.set(field.toLowerCase(), field);
  }
  if (batch.length > 0) yield batch;
}

function proofOf({ conversion }: Draft, outcomes: Readonly<Record<string, Outcome>>): Proof {
  const { detection, target, queries } = conversion;
  const judgement = worst(queries);
  const all = Object.values(outcomes);
  const against = all.find((each) => each.against !== null)?.against ?? null;
  const unread = queries.flatMap(({ diagnostics }) =>
    diagnostics.map(({ message }) => `the printed text can't be read back: ${message}`),
  );
  const failures = [...unread, ...all.flatMap((each) => each.failures)];
  const agreed = all.some(({ executed }) => executed.kind === 'run' && executed.events > 0) && failures.length === 0;
  return {
    ...judgement,
    missed: against && !against.hit ? against.event : judgement.missed,
    extra: against?.hit === true ? against.event : judgement.extra,
    reason: failures[0] ?? judgement.reason,
    detection,
    target,
    basis: agreed ? 'executed' : basisOf(queries),
    assumptions: [...new Set(queries.flatMap(({ assumptions }) => assumptions))],
    engines: Object.fromEntries(Object.entries(outcomes).map(([name, { executed }]) => [name, executed])),
    failures,
  };
}

function basisOf(queries: readonly Conversed[]): Basis {
  return queries.some(({ basis }) => basis === 'reader-unverified') ? 'reader-unverified' : 'proved';
}
