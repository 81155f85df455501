import * as fc from 'fast-check';
import type { Dialect } from '../../../dialects/dialect.ts';
import { mayDiffer, queryOf } from '../../../dialects/testing/agreement.ts';
import { evaluate } from '../../../ir/evaluate.ts';
import { eventOf } from '../../../ir/event.ts';
import type { Raw } from '../../../ir/event.ts';
import type { Kind, Predicate } from '../../../ir/predicate.ts';
import { any } from '../../../ir/predicate.ts';
import { atoms, predicates } from '../../../ir/testing/random.ts';
import { eventsFor } from '../../../ir/testing/random-events.ts';
import type { Engine } from '../../../prove/engine.ts';
import type { Profile } from '../../../schema/profile.ts';

/** What a comparison of a dialect with its real engine came to: how many answers were alike, and each that was not. */
export interface Agreement {
  /** Predicates that the dialect refuses to print. */
  readonly refused: number;
  /** Events on which rule, engine and our reader of the printed text say the same. */
  readonly alike: number;
  /** Events on which the engine differs from the rule in a direction that the text's losses declare. */
  readonly declared: number;
  /** Events that the engine can't hold as the profile types them. */
  readonly skipped: number;
  readonly faults: readonly string[];
}

export interface Trial {
  readonly dialect: Dialect;
  readonly engine: Engine;
  readonly profile: Profile;
  readonly kinds: readonly Kind[];
  readonly count: number;
  readonly seed: number;
  /** Whether a table or index of this profile can hold the event, and what the texts take for granted is so. */
  readonly holds: (event: Raw, where: Predicate) => boolean;
  /** Messages of the engine that are about the data, not the query. */
  readonly excuse?: RegExp;
}

/**
 * Prints random predicates, has the engine run the texts over events made for them, and compares with `evaluate` and
 * with what our own reader makes of the text. Reproducible by `seed`.
 */
export async function agreement(trial: Trial): Promise<Agreement> {
  const sum = { refused: 0, alike: 0, declared: 0, skipped: 0, faults: [] as string[] };
  for (const { where, events } of fc.sample(cases(trial.kinds), { numRuns: trial.count, seed: trial.seed })) {
    const held = events.filter((event) => trial.holds(event, where));
    sum.skipped += events.length - held.length;
    await compare(where, held, trial, sum);
  }
  return sum;
}

interface Case {
  readonly where: Predicate;
  readonly events: readonly Raw[];
}

function cases(kinds: readonly Kind[]): fc.Arbitrary<Case> {
  return predicates(atoms(kinds)).chain((where) =>
    fc.record({ where: fc.constant(where), events: fc.array(eventsFor(where), { minLength: 8, maxLength: 8 }) }),
  );
}

async function compare(
  where: Predicate,
  events: readonly Raw[],
  { dialect, engine, profile, excuse }: Trial,
  sum: { refused: number; alike: number; declared: number; skipped: number; faults: string[] },
): Promise<void> {
  const printed = dialect.print(queryOf(where), profile);
  if (printed.kind === 'refused') {
    sum.refused += 1;
    return;
  }
  const { text, losses } = printed;
  const parsed = dialect.parse({ name: 'printed', text }, profile);
  if (parsed.queries.length === 0) sum.faults.push(`not read: ${text}\n${parsed.diagnostics[0]?.message}`);
  const meaning = any(parsed.queries.map((query) => query.where));
  const [ran] = await engine.run([text], events, profile);
  if (ran?.kind !== 'hits') {
    if (ran && excuse?.test(ran.message)) sum.skipped += events.length;
    else sum.faults.push(`failed: ${text}\n${ran?.message}`);
    return;
  }
  const may = mayDiffer(losses);
  for (const [index, event] of events.entries()) {
    const opened = eventOf(event);
    const [rule, hit, read] = [evaluate(where, opened), ran.hits[index]!, evaluate(meaning, opened)];
    const shown = `${JSON.stringify(event)}\n${text}`;
    if (rule === hit) sum.alike += 1;
    else if ((hit && may.more) || (rule && may.fewer)) sum.declared += 1;
    else sum.faults.push(`${hit ? 'only the engine' : 'only the rule'} takes ${shown}`);
    if (read !== hit && !may.more && !may.fewer)
      sum.faults.push(`our reader says ${read}, the engine ${hit}: ${shown}`);
  }
}
