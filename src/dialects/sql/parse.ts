import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { always, never } from '../../ir/predicate.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Cursor } from '../../text/cursor.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { assume } from './assumptions.ts';
import { open, word } from './lexer.ts';
import { comparison } from './parse-test.ts';
import { both, certain, either, negated } from './truth.ts';
import type { Truth } from './truth.ts';

/**
 * Reads SELECTs over one table, whose union is the meaning, or the condition of one. The grammar:
 *
 *     text    =  query (";"? query)* ";"?
 *     query   =  "SELECT" "*" "FROM" name ("WHERE" or)?  |  or
 *     or      =  and ("OR" and)*
 *     and     =  not ("AND" not)*
 *     not     =  "NOT" not  |  primary ("IS" "NOT"? ("NULL" | "TRUE" | "FALSE"))?
 *     primary =  "(" or ")"  |  "TRUE"  |  "FALSE"  |  "NULL"  |  "COALESCE" "(" or "," ("TRUE" | "FALSE") ")"
 *             |  test                                      -- parse-test.ts
 *
 * Every condition is read as what makes it true and what makes it false, so NULL is told from both.
 */
export function parse(source: Source, profile: Profile): Parsed {
  const reading: Reading = { cursor: open(source), profile, diagnostics: [], assumptions: new Set([assume.text]) };
  try {
    const queries: Query[] = [];
    do {
      queries.push({ logsource: {}, where: query(reading), then: [] });
      while (reading.cursor.take(/;/));
    } while (reading.cursor.sees(/SELECT\b/i));
    ended(reading);
    return { queries, diagnostics: reading.diagnostics, assumptions: [...reading.assumptions] };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [...reading.diagnostics, fault.diagnostic], assumptions: [] };
  }
}

/** A text being read, and what its reading leaves behind. */
export interface Reading {
  readonly cursor: Cursor;
  readonly profile: Profile;
  readonly diagnostics: Diagnostic[];
  readonly assumptions: Set<string>;
}

function query(reading: Reading): Predicate {
  const { cursor } = reading;
  if (!word(cursor, 'SELECT')) return or(reading, 0).yes;
  if (!cursor.take(/\*/)) cursor.fail('sql/columns', 'only a whole row can be selected: `SELECT *`');
  if (!word(cursor, 'FROM')) cursor.fail('syntax', 'expected FROM');
  cursor.expect(/"(?:[^"]|"")*"|[A-Za-z_][\w.]*|'(?:[^']|'')*'/, 'the name of a table');
  return word(cursor, 'WHERE') ? or(reading, 0).yes : always;
}

function ended({ cursor }: Reading): void {
  if (cursor.done) return;
  const before = cursor.at;
  const next = cursor.take(/(\w+|[^])/)?.[1] ?? '';
  cursor.at = before;
  const hint = 'only a filter is read: no JOIN, GROUP BY, ORDER BY or LIMIT';
  cursor.fail('sql/more', `\`${next}\` stands where the query should end`, undefined, hint);
}

const DEEPEST = 200;

function or(reading: Reading, depth: number): Truth {
  if (depth > DEEPEST) reading.cursor.fail('sql/too-deep', `conditions are nested more than ${DEEPEST} deep`);
  const parts = [and(reading, depth)];
  while (word(reading.cursor, 'OR')) parts.push(and(reading, depth));
  return either(parts);
}

function and(reading: Reading, depth: number): Truth {
  const parts = [not(reading, depth)];
  while (word(reading.cursor, 'AND')) parts.push(not(reading, depth));
  return both(parts);
}

function not(reading: Reading, depth: number): Truth {
  let times = 0;
  while (word(reading.cursor, 'NOT')) times += 1;
  const truth = judged(primary(reading, depth), reading);
  return times % 2 === 0 ? truth : negated(truth);
}

/** `x IS NOT TRUE` and the like turn what is NULL into true or false. */
function judged(truth: Truth, { cursor }: Reading): Truth {
  const found = cursor.take(/IS\s+(NOT\s+)?(TRUE|FALSE|NULL|UNKNOWN)\b/i);
  if (!found) return truth;
  const what = found[2]!.toUpperCase();
  const known: Predicate = { kind: 'any', of: [truth.yes, truth.no] };
  const held = certain(what === 'TRUE' ? truth.yes : what === 'FALSE' ? truth.no : { kind: 'not', of: known });
  return found[1] === undefined ? held : negated(held);
}

function primary(reading: Reading, depth: number): Truth {
  const { cursor } = reading;
  if (cursor.take(/\(/)) {
    const inner = or(reading, depth + 1);
    cursor.expect(/\)/, '`)`');
    return inner;
  }
  if (word(cursor, 'TRUE')) return { yes: always, no: never };
  if (word(cursor, 'FALSE')) return { yes: never, no: always };
  if (word(cursor, 'NULL')) return { yes: never, no: never };
  if (cursor.take(/COALESCE\s*\(/i)) {
    const inner = or(reading, depth + 1);
    cursor.expect(/,/, 'a comma and TRUE or FALSE');
    const value = cursor.expect(/(TRUE|FALSE)\b/i, 'TRUE or FALSE')[1]!;
    cursor.expect(/\)/, '`)`');
    return value.toUpperCase() === 'FALSE' ? certain(inner.yes) : negated(certain(inner.no));
  }
  return comparison(reading);
}
