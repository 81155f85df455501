import { all, any, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';

/**
 * A condition of KQL as the two sets that it divides rows into: those for which it is true and those for which it is
 * false. For the rest it is null, and neither it nor its negation selects them ("Null values", "Null values and the
 * where operator").
 */
export interface Truth {
  readonly yes: Predicate;
  readonly no: Predicate;
}

/** A condition that is never null. */
export function certain(yes: Predicate): Truth {
  return { yes, no: not(yes) };
}

export function negated({ yes, no }: Truth): Truth {
  return { yes: no, no: yes };
}

function isCertain({ yes, no }: Truth): boolean {
  return (no.kind === 'not' && no.of === yes) || (yes.kind === 'not' && yes.of === no);
}

export function both(parts: readonly Truth[]): Truth {
  if (parts.length === 1) return parts[0]!;
  const yes = flat(
    'all',
    parts.map((part) => part.yes),
  );
  return parts.every(isCertain)
    ? certain(yes)
    : {
        yes,
        no: flat(
          'any',
          parts.map(({ no }) => no),
        ),
      };
}

export function either(parts: readonly Truth[]): Truth {
  if (parts.length === 1) return parts[0]!;
  const yes = flat(
    'any',
    parts.map((part) => part.yes),
  );
  return parts.every(isCertain)
    ? certain(yes)
    : {
        yes,
        no: flat(
          'all',
          parts.map(({ no }) => no),
        ),
      };
}

/** Joins parts, those of a part of the same kind included: a chain of `or` is one list. */
function flat(kind: 'all' | 'any', parts: readonly Predicate[]): Predicate {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return kind === 'all' ? all(of) : any(of);
}
