import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { always, mapAtoms, never } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { simplify } from '../passes/simplify.ts';
import type { Profile } from '../schema/profile.ts';

/**
 * What is left of a predicate for events of the log that `event` comes from: its tests of channel, event id and
 * provider are decided. `never` if it asks for another log.
 */
export function within(where: Predicate, event: Raw, { source }: Profile): Predicate {
  const names = new Set<string | null>([source.channel, source.eventId, source.provider]);
  const opened = eventOf(event);
  return simplify(
    mapAtoms(where, (atom) => {
      if (!('field' in atom) || typeof atom.field !== 'string' || !names.has(atom.field)) return atom;
      return evaluate(atom, opened) ? always : never;
    }),
  );
}
