import { never } from '../../ir/predicate.ts';
import type { Compare, Predicate, SameAs } from '../../ir/predicate.ts';
import { assume } from './assumptions.ts';
import { name } from './lexer.ts';
import type { Reading } from './parse.ts';
import type { TextTest } from './read-re2.ts';
import { ofColumn, present } from './truth.ts';
import type { Truth } from './truth.ts';

/** What a test looks at: a column, or the element that a lambda is given; `lowered` by `lower()`. */
export interface Operand {
  readonly of: { readonly kind: 'column'; readonly name: string } | { readonly kind: 'element' };
  readonly lowered: boolean;
}

/** A test of a text, ready to be asked of a column, an element or every column. */
export type Asked =
  | TextTest
  | { readonly kind: 'compare'; readonly order: Compare['order']; readonly value: number }
  | { readonly kind: 'present' };

/** Reads an operand. Inside a lambda `variable` is the name of its element. */
export function operand(reading: Reading, variable: string | undefined): Operand | undefined {
  const { cursor } = reading;
  const lowered = cursor.take(/lower\s*\(/i) !== undefined;
  const bare = cursor.sees(/"/) ? undefined : variable;
  const found = name(cursor);
  if (lowered) {
    cursor.expect(/\)/, '`)`');
    reading.assumptions.add(assume.lower);
  }
  if (found === undefined) return undefined;
  return { of: bare !== undefined && found === bare ? { kind: 'element' } : { kind: 'column', name: found }, lowered };
}

/** Asks a test of an operand. What `lower()` gives holds no capitals, so a pattern with one never fits. */
export function asked(test: Asked, { of, lowered }: Operand, reading: Reading): Truth {
  const field = of.kind === 'element' ? ELEMENT : of.name;
  if (of.kind === 'column' && test.kind !== 'present' && reading.profile.multiValued.includes(of.name))
    return reading.cursor.fail(
      'sql/list',
      `"${of.name}" holds a list, which is no text`,
      undefined,
      'use list_contains or list_filter',
    );
  return ofColumn(lowered && isRaised(test) ? never : predicate(test, field), field);
}

function isRaised(test: Asked): boolean {
  return (
    test.kind === 'like' && test.pattern.some((piece) => typeof piece === 'string' && piece !== piece.toLowerCase())
  );
}

/** Stands for the element of a list while the test of a lambda is read. No column has this name. */
export const ELEMENT = '\u0000element';

function predicate(test: Asked, field: string): Predicate {
  switch (test.kind) {
    case 'present':
      return present(field);
    case 'compare':
      return { kind: 'compare', field, part: 'number', order: test.order, value: test.value };
    case 'like':
    case 'regex':
      return { ...test, field };
  }
}

/** Compares two columns. */
export function related(left: Operand, right: Operand, relation: SameAs['relation'], { cursor }: Reading): Truth {
  if (left.of.kind === 'element' || right.of.kind === 'element' || left.lowered !== right.lowered)
    return cursor.fail('sql/compared', 'two columns are compared both as they are or both by lower()');
  const [field, other] = [left.of.name, right.of.name];
  const yes: Predicate = { kind: 'sameAs', field, other, relation, cased: !left.lowered };
  return { yes, no: { kind: 'all', of: [present(field), present(other), { kind: 'not', of: yes }] } };
}
