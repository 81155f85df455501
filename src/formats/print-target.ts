import type { Loss, Printed } from '../dialects/dialect.ts';
import type { Detection } from '../ir/detection.ts';
import type { Query } from '../ir/query.ts';
import type { Profile } from '../schema/profile.ts';
import type { EnvelopeLoss } from './envelope.ts';
import type { Target } from './targets.ts';

/** Which query of which detection is printed: an envelope names both. */
export interface Subject {
  readonly detection: Detection;
  /** From 1. */
  readonly number: number;
}

/** Prints a query, in the profile's names, as a target's product takes it: in its language, and in its envelope. */
export function printTarget(
  query: Query,
  { detection, number }: Subject,
  { dialect, envelope, settings = {} }: Target,
  profile: Profile,
): Printed {
  if (!envelope) return dialect.print(query, profile);
  const isFilter = envelope.carries === 'filter';
  const printed = dialect.print(isFilter ? { ...query, then: [] } : query, profile);
  if (printed.kind === 'refused') return printed;
  const then = isFilter ? query.then : [];
  const wrapped = envelope.wrap({ text: printed.text, then, detection, number, settings });
  const losses = [...wrapped.losses.map(unplaced), ...printed.losses];
  return wrapped.kind === 'refused' ? { kind: 'refused', losses } : { ...printed, text: wrapped.text, losses };
}

function unplaced(loss: EnvelopeLoss): Loss {
  return { ...loss, origin: undefined };
}
