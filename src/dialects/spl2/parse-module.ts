/**
 * Reads a text into a module. The grammar (SPL2 Search Manual, "SPL2 statements"; Edge Processor, "pipeline syntax"):
 *
 *     module    =  (statement ";"?)+
 *     statement =  ("$" word "=")? "|"? command ("|" command)* "--finding_report--"?
 *     command   =  "from" dataset ("where" expr)?  |  "eval" name "=" expr ("," name "=" expr)*  |  "where" expr
 *               |  ("fields" | "select") name ("," name)*  |  "into" dataset
 *     dataset   =  word  |  "$" word  |  "index:" word  |  word "()"
 */
import { MOST_COMMANDS, since } from '../splunk/reader.ts';
import type { Reader } from '../splunk/reader.ts';
import type { Assignment, Command, Dataset, Module, Statement } from './module.ts';
import { readExpression } from './parse-expression.ts';
import { fieldName, stepName, wordIn } from './tokens.ts';

/** Reads all of the text. */
export function readModule(reader: Reader): Module {
  const { cursor } = reader;
  const statements: Statement[] = [];
  while (!cursor.done) {
    statements.push(readStatement(reader));
    while (cursor.take(/;/));
  }
  return { statements };
}

function readStatement(reader: Reader): Statement {
  const { cursor } = reader;
  const { start } = cursor.here();
  const foreign = wordIn(cursor, /(?:import|export|function|type)(?=\s)/i);
  if (foreign !== undefined)
    cursor.fail('spl2/module', `the statement '${foreign}' is not modelled`, since(cursor, start));
  const name = wordIn(cursor, /\$\w+(?=\s*=)/)?.slice(1) ?? null;
  if (name !== null) cursor.take(/=/);
  cursor.take(/\|/);
  const commands = [...readCommand(reader)];
  while (cursor.take(/\|/)) {
    if (commands.length > MOST_COMMANDS)
      cursor.fail('splunk/size', `more than ${MOST_COMMANDS} commands in one statement`);
    commands.push(...readCommand(reader));
  }
  const end = cursor.here();
  if (cursor.take(/--\s*finding_report\s*--/)) commands.push({ kind: 'finding', span: since(cursor, end.start) });
  const goesOn = cursor.done || cursor.sees(/;|\$\w+\s*=/);
  if (!goesOn) cursor.fail('syntax', cursor.sees(/[)\]}]/) ? 'this closes nothing' : "expected '|', ';' or the end");
  return { name, commands, span: since(cursor, start) };
}

type Read = (reader: Reader, start: number) => readonly Command[];

const readers: Readonly<Record<string, Read>> = {
  from: readFrom,
  eval: readEval,
  where: (reader, start) => [readWhere(reader, start)],
  fields: readFields,
  select: readFields,
  into: (reader, start) => {
    const sink = readDataset(reader);
    return [{ kind: 'into', sink, span: since(reader.cursor, start) }];
  },
};

/** One command, its pipe already read; `from main where x` is two. */
function readCommand(reader: Reader): readonly Command[] {
  const { cursor } = reader;
  const { start } = cursor.here();
  const word = wordIn(cursor, /[A-Za-z]\w*/) ?? cursor.fail('syntax', 'expected a command');
  const read = Object.hasOwn(readers, word.toLowerCase()) ? readers[word.toLowerCase()] : undefined;
  if (!read)
    return cursor.fail(
      'spl2/stage',
      `the command '${word}' is not modelled`,
      since(cursor, start),
      `commands that are read: ${Object.keys(readers).join(', ')}`,
    );
  return read(reader, start);
}

function readFrom(reader: Reader, start: number): readonly Command[] {
  const { cursor } = reader;
  const dataset = readDataset(reader);
  const from: Command = { kind: 'from', dataset, span: since(cursor, start) };
  const clause = cursor.here().start;
  return cursor.take(/where(?=[\s(])/i) ? [from, readWhere(reader, clause)] : [from];
}

function readDataset(reader: Reader): Dataset {
  const { cursor } = reader;
  const statement = wordIn(cursor, /\$\w+/);
  if (statement !== undefined) return { of: 'statement', name: statement.slice(1) };
  const index = wordIn(cursor, /index\s*:\s*\w+/i);
  if (index !== undefined) return { of: 'index', name: index.replace(/^index\s*:\s*/i, '') };
  const call = wordIn(cursor, /[A-Za-z_]\w*\s*\(\s*\)/);
  if (call !== undefined) return { of: 'function', name: call.replace(/\s*\(\s*\)$/, '') };
  return { of: 'name', name: fieldName(reader) };
}

function readWhere(reader: Reader, start: number): Command {
  const test = readExpression(reader);
  return { kind: 'where', test, span: since(reader.cursor, start) };
}

function readEval(reader: Reader, start: number): readonly Command[] {
  const { cursor } = reader;
  const assignments: Assignment[] = [];
  do {
    const name = fieldName(reader);
    cursor.expect(/=/, `'=' after the field '${name}'`);
    assignments.push({ name, value: readExpression(reader) });
  } while (cursor.take(/,/));
  return [{ kind: 'eval', assignments, span: since(cursor, start) }];
}

function readFields(reader: Reader, start: number): readonly Command[] {
  const { cursor } = reader;
  if (cursor.sees(/-/)) cursor.fail('spl2/stage', "'fields -' is not modelled", since(cursor, start));
  const names = [path(reader)];
  while (cursor.take(/,/)) names.push(path(reader));
  return [{ kind: 'fields', names, span: since(cursor, start) }];
}

function path(reader: Reader): string {
  let name = fieldName(reader);
  while (reader.cursor.take(/\./)) name += `.${stepName(reader)}`;
  return name;
}
