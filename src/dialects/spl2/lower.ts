/** Says which events a module's statements select. */
import { all, always, fieldsOf } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { Expr } from '../splunk/expression.ts';
import { operandOf, truthOf } from '../splunk/lower-eval.ts';
import { orOpaque } from '../splunk/operand.ts';
import type { Known, Operand } from '../splunk/operand.ts';
import type { Reader } from '../splunk/reader.ts';
import type { Assignment, Command, Dataset, Module, Statement } from './module.ts';
import { plainCall } from './plain-call.ts';

/** What the commands read so far amount to. */
interface Pipeline {
  readonly filters: readonly Predicate[];
  /** Fields that an `eval` computed. */
  readonly known: Known;
  /** After `fields`: the only fields that are left. */
  readonly only: ReadonlySet<string> | null;
}

/** A query for each statement that no other reads from; what a statement reads from another is part of its filter. */
export function queriesOf(reader: Reader, { statements }: Module): Query[] {
  const done = new Map<string, Pipeline>();
  const used = new Set<string>();
  const ends: [string | null, Pipeline][] = [];
  for (const statement of statements) {
    const end = pipelineOf(reader, statement, done, used);
    if (statement.name !== null) done.set(statement.name, end);
    ends.push([statement.name, end]);
  }
  return ends.filter(([name]) => name === null || !used.has(name)).map(([, { filters }]) => queryOf(filters));
}

function queryOf(filters: readonly Predicate[]): Query {
  return { logsource: {}, where: all(filters.flatMap((each) => (each.kind === 'all' ? each.of : [each]))), then: [] };
}

const nothingYet: Pipeline = { filters: [], known: new Map(), only: null };

function pipelineOf(
  reader: Reader,
  { commands, span }: Statement,
  done: ReadonlyMap<string, Pipeline>,
  used: Set<string>,
): Pipeline {
  const [first, ...rest] = commands;
  if (first?.kind !== 'from')
    return reader.cursor.fail('spl2/source', "a statement begins with 'from'", first?.span ?? span);
  let pipeline = nothingYet;
  const { of, name } = first.dataset;
  if (of === 'statement' && done.has(name)) {
    used.add(name);
    pipeline = done.get(name)!;
  } else noteDataset(reader, first.dataset);
  for (const command of rest) pipeline = step(reader, pipeline, command);
  return pipeline;
}

/** `source` and a parameter stand for whatever the text is run over; another dataset has contents of its own. */
function noteDataset({ noted }: Reader, { of, name }: Dataset): void {
  if (of === 'index' || (of === 'name' && name !== 'source')) noted.add('dataset');
}

function step(reader: Reader, sofar: Pipeline, command: Command): Pipeline {
  switch (command.kind) {
    case 'from':
      return reader.cursor.fail('spl2/source', "'from' is only read at the beginning of a statement", command.span);
    case 'eval':
      return assigned(reader, sofar, command.assignments);
    case 'where':
      return filtered(reader, sofar, command);
    case 'fields':
      return { ...sofar, only: new Set(command.names) };
    case 'into':
    case 'finding':
      // Where the events go, and what is told of them, does not change which they are.
      return sofar;
  }
}

function assigned(reader: Reader, sofar: Pipeline, assignments: readonly Assignment[]): Pipeline {
  const known = new Map(sofar.known);
  for (const { name, value } of assignments)
    known.set(
      name,
      orOpaque(() => operandIn(reader, known, value)),
    );
  return { ...sofar, known, only: sofar.only && new Set([...sofar.only, ...assignments.map(({ name }) => name)]) };
}

/** What an `eval` computes: a value, or whether a condition holds. */
function operandIn(reader: Reader, known: Known, value: Expr): Operand {
  const plain = plainCall(reader, value);
  if (!isCondition(plain)) return operandOf(reader, known, plain);
  const { yes, no } = truthOf(reader, known, plain);
  const held = (answer: boolean): Operand => ({ kind: 'literal', value: answer });
  return {
    kind: 'chosen',
    cases: [
      [yes, held(true)],
      [no, held(false)],
    ],
    otherwise: { kind: 'literal', value: null },
  };
}

function isCondition(expr: Expr): boolean {
  if (expr.kind === 'operation') return /^(?:[A-Z]+|[=!<>]=?)$/.test(expr.operator);
  return expr.kind === 'call' && /^(?:match|like|cidrmatch|in|isnull|isnotnull)$/.test(expr.name);
}

function filtered(reader: Reader, sofar: Pipeline, { test, span }: Extract<Command, { kind: 'where' }>): Pipeline {
  const { filters, known, only } = sofar;
  const where = truthOf(reader, known, plainCall(reader, test)).yes;
  const gone = only && fieldsOf(where).find((field) => !only.has(field) && !known.has(field));
  if (gone) reader.cursor.fail('spl2/stage', `'${gone}' was dropped by 'fields' before this condition`, span);
  return { ...sofar, filters: where === always ? filters : [...filters, where] };
}
