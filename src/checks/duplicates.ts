import type { Detection } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Event } from '../ir/event.ts';
import { any } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { relate, satisfy } from '../logic/relate.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import { simplify } from '../passes/simplify.ts';
import { profiles } from '../schema/profiles/index.ts';

/** Two detections of which one selects all that the other does, proved over all events. */
export interface Overlap {
  readonly relation: 'equivalent' | 'contained';
  /** Of `contained`: all that `inner` selects, `outer` selects too. */
  readonly inner: Detection;
  readonly outer: Detection;
}

/**
 * Finds detections that are equivalent to, or contained in, one another.
 *
 * One can only be contained in another if the other takes an event that the first takes, so each rule's witness is
 * shown to all rules of the same events first, and only the few pairs that are left are decided. Rules with stages and
 * rules that never match are left out: their filter alone says nothing.
 */
export function findDuplicates(detections: readonly Detection[]): Overlap[] {
  const entries = detections.filter(({ queries }) => queries.every(({ then }) => then.length === 0)).flatMap(entryOf);
  return entries.flatMap((inner, index) =>
    entries.flatMap((outer, other): Overlap[] => {
      if (index === other || inner.product !== outer.product || !evaluate(outer.where, inner.witness)) return [];
      const mutual = evaluate(inner.where, outer.witness);
      if (mutual && other < index) return [];
      switch (relate(inner.where, outer.where).relation) {
        case 'equivalent':
          return [{ relation: 'equivalent', inner: inner.detection, outer: outer.detection }];
        case 'subset':
          return [{ relation: 'contained', inner: inner.detection, outer: outer.detection }];
        case 'superset':
          return mutual ? [{ relation: 'contained', inner: outer.detection, outer: inner.detection }] : [];
        default:
          return [];
      }
    }),
  );
}

interface Entry {
  readonly detection: Detection;
  /** Rules of different products are never compared: where nothing marks their events, the proof would take them for one. */
  readonly product: string;
  readonly where: Predicate;
  readonly witness: Event;
}

function entryOf(detection: Detection): Entry[] {
  const where = simplify(any(detection.queries.map((query) => applyLogSource(query, profiles.raw).query.where)));
  const found = satisfy(where);
  const product = JSON.stringify(detection.queries.map(({ logsource }) => logsource.product ?? logsource.category));
  return found.kind === 'event' ? [{ detection, product, where, witness: eventOf(found.event) }] : [];
}
