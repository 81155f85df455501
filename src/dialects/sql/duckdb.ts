import type { Dialect } from '../dialect.ts';
import { duckdbCapabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { printWith } from './print.ts';

/** DuckDB's SQL: one SELECT over a table of events, a column a field. */
export const duckdb: Dialect = {
  name: 'duckdb',
  title: 'DuckDB SQL',
  reference: 'https://duckdb.org/docs/stable/sql/introduction',
  extension: 'sql',
  capabilities: () => duckdbCapabilities,
  print: printWith(duckdbCapabilities),
  parse,
};
