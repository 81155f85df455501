import { many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { tableField } from '../../schema/profile.ts';
import { selected } from './lower-condition.ts';
import { operandOf } from './lower-operand.ts';
import type { Columns, Let, Lets, Made, Reading, Scope } from './scope.ts';
import { isPipeline } from './syntax.ts';
import type { Expression, MadeColumn, Operator, Pipeline, RowSource, Statement } from './syntax.ts';

/** Rows of one table, or of any (null), that passed some conditions, with the columns made on the way. */
interface Rows {
  readonly table: string | null;
  readonly where: readonly Predicate[];
  readonly columns: Columns;
}

/** How much of a text may be read by way of names that it defines. */
const MOST_STEPS = 100_000;

/** Tables within tables, by way of names, beyond which a text is refused. */
const MOST_TABLES = 1_000;

/** What the queries among some statements select. Each is one query, its tables told apart by the field `$table`. */
export function lowerStatements(statements: readonly Statement[], reading: Reading): Query[] {
  const lets = new Map<string, Let>();
  const queries: Query[] = [];
  const budget = { left: MOST_STEPS };
  const tables = { left: MOST_TABLES };
  for (const statement of statements) {
    const known: Lets = new Map(lets);
    if (statement.kind === 'let') {
      lets.set(statement.name, { value: statement.value, lets: known });
      continue;
    }
    const rows = rowsOf(statement.of, known, { ...reading, budget, tables });
    queries.push({ logsource: {}, where: any(rows.flatMap(predicatesOf)), then: [] });
  }
  return queries;
}

interface Setting extends Reading {
  readonly budget: { left: number };
  readonly tables: { left: number };
}

function predicatesOf({ table, where }: Rows): Predicate {
  const told = table === null || table === '*' ? [] : [isTable(table)];
  return all([...told, ...where].flatMap((part) => (part.kind === 'all' ? part.of : [part])));
}

function isTable(name: string): Predicate {
  const parts = name.split('*').flatMap((part, index): Pattern => (index === 0 ? [part] : [many, part]));
  return { kind: 'like', field: tableField, pattern: normal(parts), cased: true };
}

function rowsOf({ source, operators }: Pipeline, lets: Lets, setting: Setting): readonly Rows[] {
  return operators.reduce((rows, operator) => passed(rows, operator, lets, setting), from(source, lets, setting));
}

function from(source: RowSource, lets: Lets, setting: Setting): readonly Rows[] {
  switch (source.kind) {
    case 'table':
      return named(source, lets, setting);
    case 'union':
      return source.of.flatMap((each) => rowsOf(each, lets, setting));
    case 'nested':
      return rowsOf(source.of, lets, setting);
    case 'find':
    case 'search': {
      const rows = source.of?.flatMap((each) => rowsOf(each, lets, setting)) ?? [anyTable];
      const searching = source.kind === 'find' ? 'uncased' : source.cased ? 'cased' : 'uncased';
      return rows.map((each) => kept(each, source.where, searching, lets, setting));
    }
  }
}

const anyTable: Rows = { table: null, where: [], columns: new Map<string, Made>() };

function named(source: RowSource & { kind: 'table' }, lets: Lets, setting: Setting): readonly Rows[] {
  setting.tables.left -= 1;
  if (setting.tables.left < 0) setting.cursor.fail('kusto/too-long', 'the query has too many tables', source.span);
  const bound = lets.get(source.name);
  if (!bound) return [{ ...anyTable, table: source.name }];
  const { value } = bound;
  if (isPipeline(value)) return rowsOf(value, bound.lets, setting);
  if (value.kind === 'name') return named({ ...source, name: value.name }, bound.lets, setting);
  return setting.cursor.fail('kusto/table', `\`${source.name}\` is a value, not a table`, source.span);
}

function passed(rows: readonly Rows[], operator: Operator, lets: Lets, setting: Setting): readonly Rows[] {
  switch (operator.kind) {
    case 'where':
      return rows.map((each) => kept(each, operator.condition, null, lets, setting));
    case 'search':
      return rows.map((each) => kept(each, operator.where, operator.cased ? 'cased' : 'uncased', lets, setting));
    case 'columns':
      return rows.map((each) => ({ ...each, columns: withColumns(each.columns, operator.made) }));
    case 'union':
      return [...rows, ...operator.of.flatMap((each) => rowsOf(each, lets, setting))];
    case 'shown':
      return rows;
  }
}

function withColumns(columns: Columns, made: readonly MadeColumn[]): Columns {
  return new Map([...columns, ...made.map(({ name, from: of }): [string, Made] => [name, { from: of, columns }])]);
}

function kept(rows: Rows, condition: Expression, searching: Scope['searching'], lets: Lets, setting: Setting): Rows {
  const scope: Scope = { ...setting, table: rows.table, columns: rows.columns, lets, searching };
  const parts = conjuncts(condition).filter((part) => !isTimeRange(part, scope));
  return { ...rows, where: [...rows.where, ...parts.map((part) => selected(part, scope))] };
}

function conjuncts(of: Expression): Expression[] {
  return of.kind === 'binary' && of.operator === 'and' ? [...conjuncts(of.left), ...conjuncts(of.right)] : [of];
}

/** Whether a condition says when to look: the time of the event against a point in time. It is left out, and told. */
function isTimeRange(of: Expression, scope: Scope): boolean {
  if (of.kind !== 'binary' || !/^(?:[<>]=?|between|==)$/.test(of.operator)) return false;
  const [left, right] = [operandOf(of.left, scope), operandOf(of.right, scope)];
  const bounds = right.kind === 'list' ? right.of : [right];
  const [time, points] = left.kind === 'moment' ? [right, [left]] : [left, bounds];
  if (time.kind !== 'column' || !/^(?:TimeGenerated|Timestamp|TimeCreated)$/.test(time.field)) return false;
  const isRange =
    points.length > 0 && points.every(({ kind }, index) => kind === 'moment' || (index === 1 && kind === 'other'));
  if (isRange) scope.noted.add('timeRange');
  return isRange;
}
