import { all, any, not } from '../../ir/predicate.ts';
import type { Field, Predicate } from '../../ir/predicate.ts';
import { many } from '../../ir/pattern.ts';

/**
 * A condition of SQL as the two sets it divides events into: those for which it is true and those for which it is
 * false. For the rest it is NULL, and neither it nor its negation selects them.
 */
export interface Truth {
  readonly yes: Predicate;
  readonly no: Predicate;
}

/** A condition that is never NULL. */
export function certain(yes: Predicate): Truth {
  return { yes, no: not(yes) };
}

/** A test of a column: NULL where the column is. */
export function ofColumn(yes: Predicate, field: Field): Truth {
  return { yes, no: all([present(field), not(yes)]) };
}

export function present(field: Field): Predicate {
  return { kind: 'like', field, pattern: [many], cased: true };
}

export function negated({ yes, no }: Truth): Truth {
  return { yes: no, no: yes };
}

/** Whether it is never NULL. */
function isCertain({ yes, no }: Truth): boolean {
  return (no.kind === 'not' && no.of === yes) || (yes.kind === 'not' && yes.of === no);
}

export function both(parts: readonly Truth[]): Truth {
  const yes = all(parts.map((part) => part.yes));
  if (parts.length === 1) return parts[0]!;
  return parts.every(isCertain) ? certain(yes) : { yes, no: any(parts.map(({ no }) => no)) };
}

export function either(parts: readonly Truth[]): Truth {
  const yes = any(parts.map((part) => part.yes));
  if (parts.length === 1) return parts[0]!;
  return parts.every(isCertain) ? certain(yes) : { yes, no: all(parts.map(({ no }) => no)) };
}
