import type { Feature } from '../ir/features.ts';
import { featuresOf } from '../ir/features.ts';
import type { Query } from '../ir/query.ts';
import type { ValueClass } from '../logic/domain.ts';
import type { Profile } from '../schema/profile.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';

/**
 * A query language: how its texts are written and what they mean.
 *
 * Dialects never rename: the query that `print` gets, and the one that `parse` gives, use the profile's field names
 * and hold the log source as ordinary terms. Both are pure functions; neither throws for bad input.
 */
export interface Dialect {
  readonly name: string;
  readonly title: string;
  /** The vendor's page that defines the language. */
  readonly reference: string;
  /** Of files that hold a query of it, without the dot. */
  readonly extension: string;
  /** One answer for every feature, given what the profile says of field types. */
  capabilities(profile: Profile): Capabilities;
  print(query: Query, profile: Profile): Printed;
  parse(source: Source, profile: Profile): Parsed;
}

/** What a language makes of a feature: says it exactly, selects more or fewer events, or both, or can't say it. */
export type Capability = 'exact' | Lack;

/** How a language falls short of a feature, and what that does to what a text selects. */
export interface Lack {
  readonly effect: 'wider' | 'narrower' | 'differs' | 'refused';
  readonly why: string;
  /** The named class of events outside of which there is no difference. */
  readonly within?: ValueClass;
}

/** One answer for every feature: adding a `Feature` breaks the build until each dialect answers for it. */
export type Capabilities = { readonly [F in Feature]: Capability };

/** A feature of the rule that the printed text does not carry over exactly, and the place in the rule that needs it. */
export interface Loss extends Lack {
  readonly feature: Feature;
  /** An index into `Detection.origins`. */
  readonly origin: number | undefined;
}

/**
 * A query text with what it loses, or, where a loss is `refused`, no text at all.
 *
 * `assumptions` are sentences about the language that the text rests on and that no documentation settles; a verdict
 * shows them. Only those that this text touches are listed, each once.
 */
export type Printed =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly losses: readonly Loss[];
      readonly assumptions: readonly string[];
    }
  | { readonly kind: 'refused'; readonly losses: readonly Loss[] };

/**
 * The queries of a text (their union is its meaning), or none, and then at least one diagnostic is an error.
 * `assumptions` are what the reading rests on, as in `Printed`.
 */
export interface Parsed {
  readonly queries: readonly Query[];
  readonly diagnostics: readonly Diagnostic[];
  readonly assumptions: readonly string[];
}

/** Lists what a language with these capabilities can't say of `query`, refusals first. Under a `not`, wider is narrower. */
export function lossesOf(capabilities: Capabilities, query: Query): Loss[] {
  const losses = featuresOf(query).flatMap(({ feature, negated, origin }): Loss[] => {
    const capability = capabilities[feature];
    if (capability === 'exact') return [];
    return [{ ...capability, feature, origin, effect: effectUnder(negated, capability.effect) }];
  });
  return refusalsFirst(losses);
}

/** What a loss of a test does to the query, where the test stands under an odd number of `not`s: wider is narrower. */
export function effectUnder(negated: boolean, effect: Lack['effect']): Lack['effect'] {
  if (!negated || effect === 'differs' || effect === 'refused') return effect;
  return effect === 'wider' ? 'narrower' : 'wider';
}

/** Each loss once, whatever place of the rule needs it, refusals first. */
export function eachOnce(losses: readonly Loss[]): Loss[] {
  const seen = new Map(losses.map((loss) => [`${loss.feature} ${loss.effect} ${loss.why}`, loss]));
  return refusalsFirst([...seen.values()]);
}

function refusalsFirst(losses: readonly Loss[]): Loss[] {
  return losses.toSorted((a, b) => Number(b.effect === 'refused') - Number(a.effect === 'refused'));
}
