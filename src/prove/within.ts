import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { always, mapAtoms, never } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { simplify } from '../passes/simplify.ts';
import type { Profile } from '../schema/profile.ts';

/** The fields that tell events of one log from those of others, by the profile's names. They never have several values. */
export function sourceFields({ source, holds = {} }: Profile): string[] {
  const named = [source.channel, source.eventId, source.provider].filter((field) => field !== null);
  return [...new Set([...named, ...Object.values(holds).flatMap(Object.keys)])];
}

/**
 * What is left of a predicate for events of the log that `event` comes from: its tests of channel, event id and
 * the like are decided. `never` if it asks for another log.
 */
export function within(where: Predicate, event: Raw, profile: Profile): Predicate {
  const names = new Set(sourceFields(profile));
  const opened = eventOf(event);
  return simplify(
    mapAtoms(where, (atom) => {
      if (!('field' in atom) || typeof atom.field !== 'string' || !names.has(atom.field)) return atom;
      return evaluate(atom, opened) ? always : never;
    }),
  );
}
