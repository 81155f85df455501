import type { Cursor } from '../../text/cursor.ts';
import { name, text, word } from './lexer.ts';
import { expression } from './parse-expression.ts';
import type { Expression, MadeColumn, Operator, Pipeline, RowSource, Statement } from './syntax.ts';

/**
 * Reads statements. The grammar:
 *
 *     text       =  statement (";" statement)* ";"?
 *     statement  =  "let" name "=" (expression | pipeline)  |  "set" name ("=" value)?  |  pipeline
 *     pipeline   =  source ("|" operator)*
 *     source     =  "union" option* table ("," table)*  |  "find" option* ("in" "(" tables ")")? "where" expression
 *                |  "search" option* ("in" "(" tables ")")? expression
 *                |  ("materialize")? "(" pipeline ")"  |  table
 *     table      =  name  |  name with stars  |  "(" pipeline ")"
 *     operator   =  "where" expression  |  ("extend" | "project" | "project-rename") columns  |  "union" ...
 *                |  "search" expression  |  "parse" ...  |  what only shows rows in another way, which is skipped
 *
 * An operator that drops, adds or joins rows in another way is refused where it stands.
 */
export function statements(cursor: Cursor): Statement[] {
  const found: Statement[] = [];
  for (;;) {
    while (cursor.take(/;/));
    if (cursor.done) break;
    const statement = readStatement(cursor);
    if (statement) found.push(statement);
    if (!cursor.done) cursor.expect(/;/, 'a pipe, or a semicolon after the statement');
  }
  return found;
}

const DEEPEST = 50;

function readStatement(cursor: Cursor): Statement | undefined {
  const { start } = cursor.here();
  if (cursor.take(/set\s+\w+(?:\s*=\s*(?:"[^"\n]*"|'[^'\n]*'|[\w.]+))?(?=\s*(?:;|$))/)) return undefined;
  if (!word(cursor, 'let')) return { kind: 'query', of: pipeline(cursor, 0) };
  const named = name(cursor) ?? cursor.fail('syntax', 'expected a name');
  cursor.expect(/=(?![=~])/, '`=`');
  return { kind: 'let', name: named, value: meant(cursor), span: { start, end: cursor.at } };
}

/** What a `let` names: a value, if it ends where one does, else a table. */
function meant(cursor: Cursor): Expression | Pipeline {
  if (cursor.sees(/(?:view\s*)?\((?:\s*\w+\s*:|\s*\)\s*\{)/))
    cursor.fail('kusto/function', 'functions that a query defines are not read', cursor.here());
  if (cursor.sees(/(?:union|find|search|materialize)(?!\w)/)) return pipeline(cursor, 0);
  const before = cursor.at;
  if (cursor.sees(/\((?:\s*)(?:union|find|search|[A-Za-z_]\w*\s*\|)/)) return pipeline(cursor, 0);
  const value = expression(cursor);
  if (!cursor.sees(/\|/)) return value;
  cursor.at = before;
  return pipeline(cursor, 0);
}

function pipeline(cursor: Cursor, depth: number): Pipeline {
  if (depth > DEEPEST) cursor.fail('kusto/too-deep', `tables are nested more than ${DEEPEST} deep`);
  const from = source(cursor, depth);
  const operators: Operator[] = [];
  while (cursor.take(/\|/)) operators.push(operator(cursor, depth));
  return { source: from, operators };
}

function source(cursor: Cursor, depth: number): RowSource {
  if (word(cursor, 'union')) return { kind: 'union', of: unionTables(cursor, depth) };
  if (word(cursor, 'find')) {
    const of = searched(cursor, depth);
    word(cursor, 'where');
    const where = expression(cursor);
    if (word(cursor, 'project(?:-smart|-away)?')) skip(cursor);
    return { kind: 'find', of, where };
  }
  if (word(cursor, 'search')) return { kind: 'search', ...search(cursor, depth) };
  if (cursor.take(/(?:materialize\s*)?\(/)) {
    const of = pipeline(cursor, depth + 1);
    cursor.expect(/\)/, '`|` or `)`');
    return { kind: 'nested', of };
  }
  return table(cursor);
}

function search(cursor: Cursor, depth: number): { of: readonly Pipeline[] | null; cased: boolean; where: Expression } {
  const cased = cursor.sees(/kind\s*=\s*case_sensitive/);
  return { of: searched(cursor, depth), cased, where: expression(cursor) };
}

/** The tables that `find` and `search` are told to look at. */
function searched(cursor: Cursor, depth: number): readonly Pipeline[] | null {
  options(cursor);
  if (!cursor.take(/in\s*\(/)) return null;
  const of = tables(cursor, depth);
  cursor.expect(/\)/, '`,` or `)`');
  return of;
}

/** `isfuzzy=true`, `withsource=name`, `kind=outer`: none of them changes which rows there are. */
function options(cursor: Cursor): void {
  while (cursor.take(/(?:isfuzzy|withsource|with_source|kind|hint\.\w+)\s*=\s*[\w.]+/));
}

function unionTables(cursor: Cursor, depth: number): readonly Pipeline[] {
  options(cursor);
  return tables(cursor, depth);
}

function tables(cursor: Cursor, depth: number): readonly Pipeline[] {
  const of: Pipeline[] = [];
  do {
    if (cursor.take(/\(/)) {
      of.push(pipeline(cursor, depth + 1));
      cursor.expect(/\)/, '`|` or `)`');
    } else of.push({ source: table(cursor), operators: [] });
  } while (cursor.take(/,/));
  return of;
}

function table(cursor: Cursor): RowSource {
  const { start } = cursor.here();
  const starred = cursor.take(/(\w*(?:\*\w*)+)/)?.[1];
  const hint = 'a query begins with a table, or with `find where` where there is none';
  const named = starred ?? name(cursor) ?? cursor.fail('kusto/table', 'expected a table', undefined, hint);
  if (cursor.sees(/\(/))
    cursor.fail('kusto/table-function', `what \`${named}\` gives is not known here`, { start, end: cursor.at });
  if (!cursor.done && !cursor.sees(/[|;),]/)) {
    const span = cursor.here();
    cursor.fail('kusto/table', `expected \`|\` after the table \`${named}\``, span, hint);
  }
  return { kind: 'table', name: named, span: { start, end: cursor.at } };
}

/** Why an operator is not read, by its name; of others nothing is known. */
const refusals: Readonly<Record<string, string>> = {
  take: 'it leaves some rows out, and nothing says which',
  limit: 'it leaves some rows out, and nothing says which',
  sample: 'it leaves some rows out, and nothing says which',
  top: 'it keeps the first rows alone',
  summarize: 'it makes groups of rows',
  distinct: 'it makes groups of rows',
  count: 'it counts rows',
  join: 'it asks for rows of another table',
  lookup: 'it asks for rows of another table',
  'mv-expand': 'it makes several rows of one',
  mvexpand: 'it makes several rows of one',
  'mv-apply': 'it makes several rows of one',
};

function operator(cursor: Cursor, depth: number): Operator {
  const span = cursor.here();
  const called = cursor.expect(/([a-z]+(?:-[a-z]+)*)/, 'an operator')[1]!;
  const spanned = { start: span.start, end: cursor.at };
  switch (called) {
    case 'where':
    case 'filter':
      return { kind: 'where', condition: expression(cursor) };
    case 'extend':
    case 'project':
    case 'project-rename':
      return { kind: 'columns', made: made(cursor) };
    case 'parse':
    case 'parse-kv':
      return { kind: 'columns', made: parsed(cursor) };
    case 'union':
      return { kind: 'union', of: unionTables(cursor, depth) };
    case 'search': {
      const { cased, where } = search(cursor, depth);
      return { kind: 'search', cased, where };
    }
    case 'project-away':
    case 'project-keep':
    case 'project-reorder':
    case 'sort':
    case 'order':
    case 'serialize':
    case 'as':
    case 'render':
      skip(cursor);
      return { kind: 'shown', name: called, span: spanned };
    default: {
      const why = Object.hasOwn(refusals, called) ? `: ${refusals[called]}` : '';
      return cursor.fail('kusto/operator', `the operator \`${called}\` is not read${why}`, spanned);
    }
  }
}

function made(cursor: Cursor): MadeColumn[] {
  const columns: MadeColumn[] = [];
  do {
    const several = cursor.take(/\(\s*\w+(?:\s*,\s*\w+)*\s*\)\s*=(?![=~])/)?.[0];
    if (several !== undefined) {
      expression(cursor);
      const names = several.match(/\w+/g) ?? [];
      columns.push(...names.map((each) => ({ name: each, from: null })));
      continue;
    }
    const before = cursor.at;
    const named = name(cursor);
    if (named !== undefined && cursor.take(/=(?![=~])/)) columns.push({ name: named, from: expression(cursor) });
    else {
      cursor.at = before;
      expression(cursor);
    }
  } while (cursor.take(/,/));
  return columns;
}

/** The columns that `parse` fills: rows in which it finds nothing stay. */
function parsed(cursor: Cursor): MadeColumn[] {
  const columns: MadeColumn[] = [];
  for (const token of tokens(cursor)) if (/^[A-Za-z_]\w*$/.test(token)) columns.push({ name: token, from: null });
  return columns.slice(1);
}

function skip(cursor: Cursor): void {
  for (const _ of tokens(cursor));
}

/** Takes what is left of an operator, a token at a time. */
function* tokens(cursor: Cursor): Generator<string> {
  let depth = 0;
  while (!cursor.done) {
    if (depth === 0 && cursor.sees(/[|;)]/)) return;
    if (text(cursor) !== undefined) {
      yield '""';
      continue;
    }
    const token = cursor.take(/([A-Za-z_]\w*|[^])/)![1]!;
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    yield token;
  }
}
