import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Atom } from '../../ir/predicate.ts';

/** Whether the empty text passes a test of a text: then Kusto, which knows no missing text, takes rows without a value. */
export function isMatchedByNothing(atom: Exclude<Atom, { kind: 'keyword' | 'sameAs' | 'exists' }>): boolean {
  if (typeof atom.field !== 'string') return false;
  return evaluate({ ...atom, field: 'f' }, eventOf({ f: '' }));
}
