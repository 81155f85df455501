/** Keeps the fields that a condition looks at in lower case, which an `eval` before it computes once. */
import type { Expr } from '../splunk/expression.ts';
import { callOf, nameOf } from './made.ts';
import type { Assignment } from './module.ts';
import { isTaken } from './text.ts';

/** Grows while a condition is written. */
export interface Lowered {
  /** By the field: what the `eval` is to write. */
  readonly fields: Map<string, Assignment>;
  /** Names that mean something else in the condition. */
  readonly taken: ReadonlySet<string>;
}

/** No field in lower case yet; `used` are the fields that the condition looks at. */
export function loweredOf(used: readonly string[]): Lowered {
  return { fields: new Map(), taken: new Set(['_raw', ...used.flatMap((field) => [field, field.split('.')[0]!])]) };
}

/** The name by which the condition finds the field, `value`, in lower case: `process.file.name` is `process_file_name`. */
export function lowered({ fields, taken }: Lowered, field: string, value: Expr): Expr {
  const found = fields.get(field);
  if (found) return nameOf(found.name);
  const names = new Set([...fields.values()].map(({ name }) => name));
  const flat = field.replace(/[^A-Za-z0-9_]+/g, '_');
  let name = /^[A-Za-z_]/.test(flat) && !isTaken(flat) ? flat : `field_${flat}`;
  while (taken.has(name) || names.has(name)) name += '_lower';
  fields.set(field, { name, value: callOf('lower', value) });
  return nameOf(name);
}
