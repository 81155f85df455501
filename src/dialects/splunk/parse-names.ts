/** Reads names of fields where a command takes names only. */
import { between, expected } from './reader.ts';
import type { Reader } from './reader.ts';
import { unescaped } from './text.ts';

/** One name, bare or between quotation marks of either kind. */
export function fieldName(reader: Reader): string {
  const { cursor } = reader;
  const quoted = between(cursor, '"') ?? between(cursor, "'");
  return quoted === undefined ? expected(reader, /[^\s,|"'()=!<>`[\]]+/, 'a field') : unescaped(quoted);
}

/** Names with commas or blanks between them, to the end of the command. */
export function fieldList(reader: Reader): string[] {
  const { cursor } = reader;
  const fields = [fieldName(reader)];
  while (cursor.take(/,/) || (!cursor.done && !cursor.sees(/\|/))) fields.push(fieldName(reader));
  return fields;
}
