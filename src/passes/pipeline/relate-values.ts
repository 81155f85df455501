import type { PlainValue, Relation } from '../../schema/pipeline.ts';

/** Compares two values of one type; others are unequal and in no order. */
export function related(a: PlainValue, b: PlainValue, relation: Exclude<Relation, 'in' | 'not_in'>): boolean {
  if (relation === 'eq' || relation === 'ne') return (a === b) === (relation === 'eq');
  if (typeof a !== typeof b || a === null || b === null) return false;
  switch (relation) {
    case 'gte':
      return a >= b;
    case 'gt':
      return a > b;
    case 'lte':
      return a <= b;
    case 'lt':
      return a < b;
  }
}
