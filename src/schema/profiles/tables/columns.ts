import type { ColumnType } from '../../profile.ts';

type Columns = Readonly<Record<string, ColumnType>>;

/** Columns from lines of `name` (a string) and `name:type`. */
export function columns(...lines: readonly string[]): Columns {
  const entries = lines.flatMap((line) => line.split(' ')).map((word) => word.split(':'));
  return Object.fromEntries(entries.map(([name, type = 'string']) => [name!, type as ColumnType]));
}
