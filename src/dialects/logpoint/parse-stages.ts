/** Reads the commands after the first pipe; each either filters, counts or keeps fields, or it is refused. */
import { all } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Aggregate, Query, Stage } from '../../ir/query.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import { readSearch } from './parse-search.ts';
import { figures } from './print-stages.ts';
import { quoted, readName, readNames, since, taken } from './reader.ts';
import type { Reader } from './reader.ts';

/** What the commands read so far amount to. */
export interface Pipeline {
  readonly filters: readonly Predicate[];
  readonly then: readonly Stage[];
}

/** The query that a pipeline amounts to. */
export function queryOf({ filters, then }: Pipeline): Query {
  return { logsource: {}, where: all(filters.flatMap((each) => (each.kind === 'all' ? each.of : [each]))), then };
}

const READ = 'commands that are read: search, filter, process regex with "filter=true", chart, fields';

/** Reads one command, its pipe already read. */
export function readCommand(reader: Reader, sofar: Pipeline): Pipeline {
  const { cursor } = reader;
  const { start } = cursor.here();
  const name = taken(reader, /[A-Za-z]\w*/) ?? cursor.fail('syntax', 'expected a command after the pipe');
  switch (name.toLowerCase()) {
    case 'search':
    case 'filter':
      return filtered(sofar, readSearch(reader));
    case 'process':
      return filtered(sofar, readProcess(reader, start));
    case 'chart':
      return { ...sofar, then: [...sofar.then, readChart(reader)] };
    case 'fields':
      return { ...sofar, then: [...sofar.then, { kind: 'keep', fields: readNames(reader) }] };
    default:
      return cursor.fail('logpoint/stage', `the command '${name}' is not modelled`, since(cursor, start), READ);
  }
}

/** Before any stage a condition belongs to the filter, after one it is a stage of its own. */
function filtered(sofar: Pipeline, where: Predicate): Pipeline {
  if (sofar.then.length === 0) return { ...sofar, filters: [...sofar.filters, where] };
  return { ...sofar, then: [...sofar.then, { kind: 'having', where }] };
}

/** `process regex("expression", field, "filter=true")`; without the last argument it only cuts values out. */
function readProcess(reader: Reader, start: number): Predicate {
  const { cursor, noted } = reader;
  const name = taken(reader, /\w+/) ?? '';
  if (name.toLowerCase() !== 'regex')
    cursor.fail('logpoint/stage', `the command 'process ${name}' is not modelled`, since(cursor, start), READ);
  cursor.expect(/\(/, "'('");
  const at = cursor.here();
  const source = quoted(reader) ?? cursor.fail('syntax', 'expected a regular expression between quotation marks');
  cursor.expect(/,/, "','");
  const field = readName(reader);
  const option = cursor.take(/,/) ? quoted(reader) : undefined;
  cursor.expect(/\)/, "')'");
  if (option?.replaceAll(' ', '') !== 'filter=true')
    cursor.fail('logpoint/stage', 'without "filter=true", process regex keeps every log', since(cursor, start));
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read)
    return cursor.fail('logpoint/regex', `this regular expression can't be read: ${read.fault.message}`, at);
  noted.add('regex');
  return { kind: 'regex', field, regex: read.regex };
}

const byName = new Map(Object.entries(figures).map(([name, own]) => [own, name as Aggregate['function']] as const));

/** `chart count() as n, distinct_count(a) by b, c` */
function readChart(reader: Reader): Stage {
  const { cursor } = reader;
  const figuresRead = [readFigure(reader)];
  while (cursor.take(/,/)) figuresRead.push(readFigure(reader));
  const by = cursor.take(/by(?=\s)/i) ? readNames(reader) : [];
  return { kind: 'summarize', by, with: figuresRead, within: null };
}

function readFigure(reader: Reader): Aggregate {
  const { cursor } = reader;
  const { start } = cursor.here();
  const own = taken(reader, /[A-Za-z_]+/) ?? cursor.fail('syntax', 'expected a figure such as count()');
  const kind = byName.get(own.toLowerCase());
  cursor.expect(/\(/, "'('");
  const field = cursor.sees(/\)/) ? null : readName(reader);
  if (kind === undefined || (kind === 'count') !== (field === null) || !cursor.take(/\)/))
    return cursor.fail('logpoint/stage', `this figure of '${own}' is not modelled`, since(cursor, start));
  const as = cursor.take(/as(?=\s)/i) ? readName(reader) : `${own}(${field ?? ''})`;
  return { as, function: kind, field };
}
