import { tableField, typeOf } from '../../schema/profile.ts';
import type { ColumnType, Profile } from '../../schema/profile.ts';

/** What a name in a row of one table is: a column of a type, or a part of a column that holds an object. */
export interface Place {
  readonly column: string;
  readonly type: ColumnType;
  /** Names within the column's object. */
  readonly keys: readonly string[];
}

/**
 * Finds a field in a table, or in any table (null) where the profile's own types are all that is known. A name that no
 * column has is taken for a text column.
 */
export function placeOf(field: string, table: string | null, profile: Profile): Place {
  const columns = columnsOf(table, profile);
  if (Object.hasOwn(columns, field)) return { column: field, type: columns[field]!, keys: [] };
  const [root = '', ...keys] = field.split('.');
  if (keys.length > 0 && Object.hasOwn(columns, root) && columns[root] === 'dynamic')
    return { column: root, type: 'dynamic', keys };
  return { column: field, type: table === null ? typeInProfile(field, profile) : 'string', keys: [] };
}

function columnsOf(table: string | null, { tables = {} }: Profile): Readonly<Record<string, ColumnType>> {
  return table !== null && Object.hasOwn(tables, table) ? tables[table]!.columns : {};
}

function typeInProfile(field: string, profile: Profile): ColumnType {
  switch (typeOf(profile, field).kind) {
    case 'number':
      return 'long';
    case 'date':
      return 'datetime';
    case 'boolean':
      return 'bool';
    default:
      return 'string';
  }
}

/** Whether a column of this type holds numbers. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'int' || type === 'long' || type === 'real';
}

export { tableField };
