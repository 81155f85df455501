import type { Loss } from '../dialects/dialect.ts';
import type { Detection, Origin } from '../ir/detection.ts';
import { any } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { printTarget } from '../formats/print-target.ts';
import type { Subject } from '../formats/print-target.ts';
import { readTarget } from '../formats/read-target.ts';
import type { Target } from '../formats/targets.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import type { MappingLoss } from '../passes/apply-log-source.ts';
import type { Profile } from '../schema/profile.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { judge } from './verdict.ts';
import type { Basis, Judgement, Verdict } from './verdict.ts';

/** What became of one detection in one target: a printed query for each query of the detection, in their order. */
export interface Conversion {
  readonly detection: Detection;
  readonly target: Target;
  readonly profile: Profile;
  readonly queries: readonly Conversed[];
}

/** One query as text (null where it was refused), and what is known of it. */
export interface Conversed extends Judgement {
  readonly text: string | null;
  readonly basis: Basis;
  readonly losses: readonly PlacedLoss[];
  readonly assumptions: readonly string[];
  /** Faults of our own text: it could not be read back. Always empty unless there is a bug in a dialect. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A loss and the place in the rule that it comes from; `mapping`: not the language but the schema can't say it. */
export interface PlacedLoss extends Omit<Loss, 'feature' | 'origin'> {
  readonly feature: Loss['feature'] | 'mapping';
  readonly place: Origin | null;
}

/**
 * Prints a detection in a target's language and envelope, and says what the text is worth: each text is read back, the
 * envelope as well, and what it selects is compared with what the rule means in the same schema.
 */
export function convert(detection: Detection, target: Target, profile: Profile = target.profile): Conversion {
  return {
    detection,
    target,
    profile,
    queries: detection.queries.map((query, index) =>
      convertQuery(query, { detection, number: index + 1 }, target, profile),
    ),
  };
}

function convertQuery(query: Query, subject: Subject, target: Target, profile: Profile): Conversed {
  const { detection } = subject;
  const applied = applyLogSource(query, profile, detection);
  const meant = applied.query;
  const printed = printTarget(meant, subject, target, profile);
  const losses = [
    ...applied.losses.map(({ effect, why, field, origin }): PlacedLoss =>
      placeLoss({ feature: 'mapping', effect, why: `${field}: ${why}` }, origin, detection),
    ),
    ...printed.losses.map(({ origin, ...loss }): PlacedLoss => placeLoss(loss, origin, detection)),
  ];
  const refused = {
    text: null,
    losses,
    basis: 'proved',
    except: [],
    missed: null,
    extra: null,
    diagnostics: [],
  } as const;
  if (applied.problems.length > 0)
    return { ...refused, verdict: 'refused', reason: applied.problems[0]!, assumptions: applied.assumptions };
  if (printed.kind === 'refused')
    return { ...refused, verdict: 'refused', reason: printed.losses[0]?.why ?? null, assumptions: applied.assumptions };

  const read = readTarget({ name: `<${target.name}>`, text: printed.text }, target, profile);
  const assumptions = [
    ...new Set([
      ...applied.assumptions,
      ...profile.assumptions,
      ...printed.assumptions,
      ...read.assumptions,
      ...read.premises,
    ]),
  ];
  const unverified = printed.assumptions.length + read.assumptions.length > 0;
  const known = {
    text: printed.text,
    losses,
    assumptions,
    basis: unverified ? ('reader-unverified' as const) : ('proved' as const),
  };
  if (read.queries.length === 0) {
    const reason = `the printed text could not be read back: ${read.diagnostics[0]?.message ?? 'no query in it'}`;
    return {
      ...known,
      verdict: 'unknown',
      except: [],
      missed: null,
      extra: null,
      reason,
      diagnostics: read.diagnostics,
    };
  }
  const judgement = judge(meant.where, any(read.queries.map(({ where }) => where)), profile);
  const judged = withLosses(withStages(judgement, meant, read.queries), printed.losses);
  return { ...known, ...withMapping(judged, applied.losses), diagnostics: [] };
}

function placeLoss(loss: Omit<PlacedLoss, 'place'>, origin: number | undefined, { origins }: Detection): PlacedLoss {
  return { ...loss, place: origin === undefined ? null : (origins[origin] ?? null) };
}

/** Stages are compared as written, but for where they come from: a proof about predicates says nothing of them. */
function withStages(judgement: Judgement, meant: Query, read: readonly Query[]): Judgement {
  const written = ({ then }: Query) =>
    JSON.stringify(then, (key, value: unknown) => (key === 'origin' ? undefined : value));
  if (judgement.verdict === 'unknown' || read.every((query) => written(query) === written(meant))) return judgement;
  const reason = 'the filter was compared; the stages after it read back in another form and were not judged';
  return { ...judgement, verdict: 'unknown', reason };
}

/**
 * What the language is said to lose though our reader does not see it, since it reads a text no finer than the IR can
 * say it: then nothing is exact, or only outside of the class of events that the losses are confined to.
 */
function withLosses(judgement: Judgement, losses: readonly Loss[]): Judgement {
  const [first] = losses;
  if (!first || judgement.verdict !== 'exact' || judgement.except.length > 0) return judgement;
  const classes = losses.map(({ within }) => within);
  if (classes.every((each) => each !== undefined))
    return { ...judgement, except: [...new Set(classes)], reason: first.why };
  const effects = new Set(losses.map(({ effect }) => effect));
  return { ...judgement, verdict: effects.size === 1 ? first.effect : 'differs', reason: first.why };
}

/**
 * What the schema can't say is lost before the language is asked: the query was compared with what was left of the
 * rule. There is no witness, since an event of the schema does not show what the schema leaves out.
 */
function withMapping(judgement: Judgement, losses: readonly MappingLoss[]): Judgement {
  const [first] = losses;
  if (!first || judgement.verdict === 'unknown') return judgement;
  const verdicts = new Set<Verdict>([judgement.verdict, ...losses.map(({ effect }) => effect)]);
  verdicts.delete('exact');
  const verdict = verdicts.size === 1 ? [...verdicts][0]! : 'differs';
  return { ...judgement, verdict, reason: judgement.reason ?? `${first.field}: ${first.why}` };
}
