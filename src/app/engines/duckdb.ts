import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdb } from '../../dialects/sql/duckdb.ts';
import { eventOf, scalarsOf, textOf } from '../../ir/event.ts';
import type { Event } from '../../ir/event.ts';
import { fieldsOf } from '../../ir/predicate.ts';
import type { Availability, Engine, Ran } from '../../prove/engine.ts';
import type { Profile } from '../../schema/profile.ts';

const PACKAGE = '@duckdb/node-api';

/**
 * DuckDB inside this program, in memory: an engine for `duckdb`.
 *
 * The package is optional and loaded at the first use. Every event becomes a row of a table `events`: a column for each
 * field that an event or a query names, of type VARCHAR, or VARCHAR[] where the profile says that the field may hold
 * several values. Several values in a VARCHAR column become their JSON text, as DuckDB's own JSON reader has it.
 */
export function duckdbEngine(): Engine {
  return {
    name: 'duckdb',
    dialect: 'duckdb',
    available: async (): Promise<Availability> => {
      try {
        await import('@duckdb/node-api');
        return { ok: true };
      } catch {
        return { ok: false, install: `npm install ${PACKAGE}` };
      }
    },
    run: async (queries, events, profile) => {
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const instance = await DuckDBInstance.create(':memory:', { enable_external_access: 'false' });
      const connection = await instance.connect();
      try {
        const fault = await load(connection, queries, events.map(eventOf), profile);
        const results: Ran[] = [];
        for (const query of queries) {
          results.push(fault === undefined ? await runOne(connection, query, events.length) : failed(fault));
        }
        return results;
      } finally {
        connection.closeSync();
        instance.closeSync();
      }
    },
    holds: (event, profile) => isTabular(eventOf(event), profile),
    close: () => Promise.resolve(),
  };
}

/** A column of texts has room for one value a row; of fields that differ by case alone there is but one column. */
function isTabular(event: Event, { multiValued }: Profile): boolean {
  const names = [...event.values()].map(([name]) => name);
  const columns = new Set(names);
  const folded = new Set([...columns].map((name) => name.toLowerCase()));
  const several = names.filter((name, index) => names.indexOf(name) !== index);
  return folded.size === columns.size && several.every((name) => multiValued.includes(name));
}

/** Fills the table; says why it can't be made. */
async function load(
  connection: DuckDBConnection,
  queries: readonly string[],
  events: readonly Event[],
  profile: Profile,
): Promise<string | undefined> {
  const columns = columnsOf(queries, events, profile);
  const folded = new Set(columns.map((name) => name.toLowerCase()));
  if (folded.size < columns.length) return 'two fields differ by the case of their names alone';
  const lists = new Set(profile.multiValued);
  const types = columns.map((name) => `"${name.replaceAll('"', '""')}" ${lists.has(name) ? 'VARCHAR[]' : 'VARCHAR'}`);
  await connection.run(`CREATE TABLE events (${types.join(', ')})`);
  const { LIST, VARCHAR, listValue } = await import('@duckdb/node-api');
  const appender = await connection.createAppender('events');
  for (const event of events) {
    for (const name of columns) {
      const values = scalarsOf(event.get(name)).map(textOf);
      if (values.length === 0) appender.appendNull();
      else if (lists.has(name)) appender.appendList(listValue(values), LIST(VARCHAR));
      else appender.appendVarchar(values.length === 1 ? values[0]! : JSON.stringify(values));
    }
    appender.endRow();
  }
  appender.closeSync();
  return undefined;
}

/** Every field that an event has or a query asks for; a table without columns is none, so there is always one. */
function columnsOf(queries: readonly string[], events: readonly Event[], profile: Profile): string[] {
  const names = new Set(profile.multiValued);
  for (const event of events) for (const [name] of event.values()) names.add(name);
  for (const text of queries)
    for (const { where } of duckdb.parse({ name: 'query', text }, profile).queries)
      for (const name of fieldsOf(where)) names.add(name);
  names.delete('');
  const plain = [...names].some((name) => !profile.multiValued.includes(name));
  return plain ? [...names] : [...names, 'empty'];
}

async function runOne(connection: DuckDBConnection, query: string, count: number): Promise<Ran> {
  try {
    const numbered = query.replace(/^\s*SELECT\s+\*\s+FROM\s+events\b/i, 'SELECT rowid FROM events');
    const reader = await connection.runAndReadAll(numbered);
    const hits = new Set(reader.getRows().map(([row]) => Number(row)));
    return { kind: 'hits', hits: Array.from({ length: count }, (_, index) => hits.has(index)) };
  } catch (fault) {
    return failed(fault instanceof Error ? fault.message : String(fault));
  }
}

function failed(message: string): Ran {
  return { kind: 'failed', message };
}
