/** Reads the commands after the first pipe; each either filters, computes, summarizes or keeps, or it is refused. */
import type { Predicate } from '../../ir/predicate.ts';
import { all, fieldsOf, not } from '../../ir/predicate.ts';
import type { Expression, Query, Stage } from '../../ir/query.ts';
import { operandOf, truthOf } from './lower-eval.ts';
import { readRegex } from './operand-tests.ts';
import { orOpaque, recall } from './operand.ts';
import type { Known, Operand } from './operand.ts';
import { readExpression } from './parse-eval.ts';
import { fieldList, fieldName } from './parse-names.ts';
import { readSearch } from './parse-search.ts';
import { fieldsAfter, readSummary } from './parse-summary.ts';
import type { Summary } from './parse-summary.ts';
import { between, expected, quotedText, since, taken } from './reader.ts';
import type { Reader } from './reader.ts';

/** What the commands read so far amount to. */
export interface Pipeline {
  readonly filters: readonly Predicate[];
  readonly then: readonly Stage[];
  readonly known: Known;
  /** After a summary that stands in for the events: the only fields that a condition may look at. */
  readonly only: ReadonlySet<string> | null;
}

/** The query that a pipeline amounts to. */
export function queryOf({ filters, then }: Pipeline): Query {
  return { logsource: {}, where: all(filters.flatMap((each) => (each.kind === 'all' ? each.of : [each]))), then };
}

type Command = (reader: Reader, sofar: Pipeline, start: number) => Pipeline;

const commands: Readonly<Record<string, Command>> = {
  search: (reader, sofar, start) => filtered(reader, sofar, readSearch(reader, sofar.known), start),
  where: (reader, sofar, start) => {
    const expr = readExpression(reader);
    return filtered(reader, sofar, truthOf(reader, sofar.known, expr).yes, start);
  },
  regex,
  rex,
  eval: evaluateFields,
  table: keep,
  fields: keep,
  stats: (reader, sofar) => summarized(reader, sofar, readSummary(reader), null),
  eventstats,
  streamstats,
  sort,
};

/** Reads one command, its pipe already read. */
export function readCommand(reader: Reader, sofar: Pipeline): Pipeline {
  const { cursor } = reader;
  const { start } = cursor.here();
  const name = taken(reader, /[A-Za-z]\w*/) ?? cursor.fail('syntax', 'expected a command after the pipe');
  const command = Object.hasOwn(commands, name.toLowerCase()) ? commands[name.toLowerCase()] : undefined;
  if (!command) return cursor.fail('splunk/stage', `the command '${name}' is not modelled`, since(cursor, start), READ);
  return command(reader, sofar, start);
}

const READ =
  'commands that are read: search, where, regex, rex, eval, stats, eventstats, streamstats, sort 0, table, fields';

/** Before any stage a condition belongs to the filter, after one it is a stage of its own. */
function filtered(reader: Reader, sofar: Pipeline, where: Predicate, start: number): Pipeline {
  const { only, then, filters } = sofar;
  const foreign = only && fieldsOf(where).find((field) => !only.has(field));
  if (foreign !== null && foreign !== undefined)
    reader.cursor.fail(
      'splunk/stage',
      `after the summary, the condition looks at '${foreign}' of the single events`,
      since(reader.cursor, start),
    );
  if (then.length === 0) return { ...sofar, filters: [...filters, where] };
  return { ...sofar, then: [...then, { kind: 'having', where }] };
}

/** `regex f="..."`, `regex f!="..."` or `regex "..."`, which looks at `_raw`. */
function regex(reader: Reader, sofar: Pipeline, start: number): Pipeline {
  const { cursor } = reader;
  const name = cursor.sees(/[^\s"=!|]+\s*!?=/) ? fieldName(reader) : '_raw';
  const unlike = taken(reader, /!?=/) === '!=';
  const source = quotedText(reader) ?? expected(reader, /[^\s|]+/, 'a regular expression');
  const span = since(cursor, start);
  const operand = recall(reader, sofar.known, name, span);
  if (operand.kind !== 'field')
    return cursor.fail('splunk/eval', 'a regular expression is only understood of a field as it is', span);
  const test: Predicate = { kind: 'regex', field: operand.field, regex: readRegex(reader, source, span) };
  if (unlike) reader.noted.add('regexMissing');
  return filtered(reader, sofar, unlike ? not(test) : test, start);
}

/** `rex field=f "(?<name>...)"`, where the group is the whole expression: then the field is there if the expression is found. */
function rex(reader: Reader, sofar: Pipeline, start: number): Pipeline {
  const { cursor } = reader;
  const name = cursor.take(/field\s*=\s*/) ? fieldName(reader) : '_raw';
  const source =
    quotedText(reader) ?? cursor.fail('splunk/stage', 'only rex with an expression is read', since(cursor, start));
  const group = /^\(\?P?<(\w+)>([^]*)\)$/.exec(source);
  const span = since(cursor, start);
  if (!group || !closesLast(source))
    return cursor.fail('splunk/stage', 'rex is only read where one named group is the whole expression', span);
  reader.noted.add('rexField');
  const from = recall(reader, sofar.known, name, span);
  if (from.kind !== 'field')
    return cursor.fail('splunk/eval', 'a regular expression is only understood of a field as it is', span);
  const captured: Operand = { kind: 'captured', field: from.field, regex: readRegex(reader, group[2]!, span) };
  return { ...sofar, known: new Map(sofar.known).set(group[1]!, captured) };
}

/** Whether the parenthesis that opens the expression is closed by its last character. */
function closesLast(source: string): boolean {
  let depth = 0;
  let inSet = false;
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at];
    if (letter === '\\') at += 1;
    else if (inSet) inSet = letter !== ']';
    else if (letter === '[') {
      inSet = true;
      // A `]` that comes first, also after `^`, is a member of the set.
      if (source[at + 1] === '^') at += 1;
      if (source[at + 1] === ']') at += 1;
    } else if (letter === '(') depth += 1;
    else if (letter === ')' && (depth -= 1) === 0) return at === source.length - 1;
  }
  return false;
}

/** `eval a=..., b=...`: a computed field is put in its place wherever a condition looks at it. */
function evaluateFields(reader: Reader, sofar: Pipeline): Pipeline {
  const { cursor } = reader;
  const known = new Map(sofar.known);
  do {
    const name = fieldName(reader);
    cursor.expect(/=/, `'=' after the field '${name}'`);
    const expr = readExpression(reader);
    const value = orOpaque(() => operandOf(reader, known, expr));
    known.set(name, value);
  } while (cursor.take(/,/));
  return { ...sofar, known };
}

/** `table a, b` and `fields a b`: the rows stay, narrowed. */
function keep(reader: Reader, sofar: Pipeline, start: number): Pipeline {
  const { cursor } = reader;
  if (cursor.take(/-(?=\s)/)) cursor.fail('splunk/stage', "'fields -' is not modelled", since(cursor, start));
  cursor.take(/\+(?=\s)/);
  const fields = fieldList(reader);
  if (fields.length === 1 && fields[0] === '*') return sofar;
  const wild = fields.find((field) => field.includes('*'));
  if (wild !== undefined)
    cursor.fail('splunk/stage', `which fields '${wild}' means depends on the events`, since(cursor, start));
  const derived = derive(reader, sofar, fields);
  return { ...derived, then: [...derived.then, { kind: 'keep', fields }], known: new Map(), only: null };
}

function summarized(reader: Reader, sofar: Pipeline, summary: Summary, within: number | null): Pipeline {
  const fields = [...summary.by, ...summary.with.flatMap(({ field }) => (field === null ? [] : [field]))];
  const derived = derive(reader, sofar, fields);
  return {
    ...derived,
    then: [...derived.then, { kind: 'summarize', by: summary.by, with: summary.with, within }],
    known: new Map(),
    only: null,
  };
}

/** `eventstats` writes the figures of a group beside each of its events. */
function eventstats(reader: Reader, sofar: Pipeline): Pipeline {
  const summary = readSummary(reader);
  reader.noted.add('eventstats');
  return { ...summarized(reader, sofar, summary, null), only: fieldsAfter(summary) };
}

function streamstats(reader: Reader, sofar: Pipeline, start: number): Pipeline {
  const { cursor } = reader;
  const window = cursor.take(/time_window\s*=\s*(\d{1,9})(s|sec|m|min|h|d)?(?=\s)/);
  if (!window) return cursor.fail('splunk/stage', 'streamstats is only read with time_window', since(cursor, start));
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[(window[2] ?? 's').charAt(0)] ?? 1;
  const summary = readSummary(reader);
  reader.noted.add('window');
  return { ...summarized(reader, sofar, summary, Number(window[1]) * unit), only: fieldsAfter(summary) };
}

/** Order is not modelled and changes nothing, but without `0` the command drops all rows after the first 10,000. */
function sort(reader: Reader, sofar: Pipeline, start: number): Pipeline {
  const { cursor } = reader;
  if (!cursor.take(/0(?=\s)/))
    cursor.fail('splunk/stage', 'sort drops the rows after the first 10,000', since(cursor, start), "write 'sort 0'");
  while (cursor.take(/[-+,]/) ?? cursor.take(/[^\s,|"()]+/) ?? between(cursor, '"'));
  return sofar;
}

/** Computed fields that a stage looks at become stages themselves. */
function derive(reader: Reader, sofar: Pipeline, fields: readonly string[]): Pipeline {
  const derived = fields.flatMap((field): Stage[] => {
    if (!sofar.known.has(field)) return [];
    const operand = recall(reader, sofar.known, field, reader.cursor.here());
    return [{ kind: 'derive', field, from: expressionOf(reader, field, operand) }];
  });
  return { ...sofar, then: [...sofar.then, ...derived] };
}

function expressionOf(reader: Reader, name: string, operand: Operand): Expression {
  switch (operand.kind) {
    case 'field':
      return { kind: 'field', field: operand.field };
    case 'folded':
      return { kind: 'call', function: operand.to, with: [{ kind: 'field', field: operand.field }] };
    case 'literal':
      return { kind: 'literal', value: operand.value };
    case 'chosen':
      return {
        kind: 'when',
        cases: operand.cases.map(([when, value]) => [when, expressionOf(reader, name, value)]),
        otherwise: expressionOf(reader, name, operand.otherwise),
      };
    case 'captured':
    case 'figure':
      return reader.cursor.fail('splunk/stage', `the value of the computed field '${name}' is not modelled`);
  }
}
