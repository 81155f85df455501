import type { Raw } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { branches } from '../logic/branches.ts';
import { awkward, nearMisses } from '../logic/variations.ts';
import type { Variation } from '../logic/variations.ts';
import type { Profile } from '../schema/profile.ts';
import { examplesFor } from './natural.ts';
import { sourceFields } from './within.ts';

/** An event to show to an engine, and the class of value that it stands for: `match`, `near miss`, `Kelvin sign for k` .. */
export interface Trial {
  readonly event: Raw;
  readonly of: string;
}

/** Ways to match that are tried of one rule, and of how many of them the near misses are. */
const WAYS = 24;
const MISSED = 6;

/**
 * Makes events on which a predicate in the profile's names, or a query made of it, could go wrong: one for each way to
 * match, near misses, and for each field the values that languages disagree on. The same predicate gives the same.
 */
export function trialsFor(where: Predicate, profile: Profile): Trial[] {
  const options = { examples: examplesFor(profile), single: sourceFields(profile) };
  const plain = branches(where, WAYS, { ...options, exclude: ['multi-valued'] });
  const ways = plain.length > 0 ? plain : branches(where, WAYS, options);
  const [first] = ways;
  const made: Trial[] = [
    ...ways.map(({ event }) => ({ event, of: 'match' })),
    ...ways.slice(0, MISSED).flatMap(({ event }) => nearMisses(where, event).map(asTrial('near miss'))),
    ...(first ? awkward(where, first.event).map((each) => asTrial(each.change)(each)) : []),
    ...ways.slice(0, MISSED).flatMap(({ event }) => respelled(event)),
    { event: {}, of: 'empty event' },
  ];
  return [...new Map(made.toReversed().map((trial) => [JSON.stringify(trial.event), trial])).values()].toReversed();
}

/** Each value with every k and s written as the Kelvin sign and the long s, which fold to them. */
function respelled(event: Raw): Trial[] {
  return Object.entries(event).flatMap(([field, value]) => {
    if (typeof value !== 'string') return [];
    const spelled = value.replace(/k/gi, '\u212a').replace(/s/gi, '\u017f');
    return spelled === value ? [] : [{ event: { ...event, [field]: spelled }, of: 'letters in another spelling' }];
  });
}

function asTrial(of: string): (variation: Variation) => Trial {
  return ({ event }) => ({ event, of });
}
