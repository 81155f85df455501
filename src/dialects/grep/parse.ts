import { many } from '../../ir/pattern.ts';
import { all, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';
import { wordCodes } from '../../ir/regex/classes.ts';
import { setNode } from '../../ir/regex/code-set.ts';
import { simplify } from '../../passes/simplify.ts';
import type { Profile } from '../../schema/profile.ts';
import { Cursor } from '../../text/cursor.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { lineTest } from './line-test.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { readOptions } from './options.ts';
import type { Grep } from './options.ts';
import { parseShell } from './parse-shell.ts';
import type { Command, Pipeline } from './parse-shell.ts';
import { readLine } from './read-line.ts';
import { anchor, behind, notAhead, row } from './tree.ts';

/**
 * Reads command lines of `grep -P`, each a query. Conditions that are tied to fields as `print` writes them are read as
 * tests of those fields; any other expression is a test of the line as a whole.
 */
export function parse(source: Source, profile: Profile): Parsed {
  const noted: Noted = new Set();
  try {
    const pipelines = parseShell(source);
    const cursor = new Cursor(source);
    if (pipelines.length === 0) cursor.fail('grep/empty', 'there is no command');
    const queries = pipelines.map((pipeline) => readPipeline(pipeline, { cursor, profile, noted }));
    return {
      queries,
      diagnostics: queries.length > 1 ? [several(source, queries.length)] : [],
      assumptions: sentences(noted),
    };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [fault.diagnostic], assumptions: [] };
  }
}

function several(source: Source, count: number): Diagnostic {
  const span = { start: 0, end: 1 };
  return { code: 'grep/several', severity: 'info', message: `read as ${count} commands`, source, span };
}

interface Reader {
  readonly cursor: Cursor;
  readonly profile: Profile;
  readonly noted: Noted;
}

/** Commands that show what they are given. */
const SHOW = /^(?:cat|zcat|less|more|sort|tee)$/;

function readPipeline(pipeline: Pipeline, reader: Reader): Query {
  const tests: Predicate[] = [];
  for (const command of pipeline) {
    const [name] = command.words;
    if (/^(?:\/(?:usr\/)?bin\/)?grep$/.test(name!.text)) tests.push(readGrep(command, reader));
    else if (!SHOW.test(name!.text))
      reader.cursor.fail('grep/command', `the command '${name!.text}' is not read`, name!.span, 'begin with grep -P');
  }
  if (tests.length === 0) reader.cursor.fail('grep/command', 'there is no grep in this line', pipeline[0]!.span);
  return { logsource: {}, where: simplify(all(tests)), then: [] };
}

function readGrep(command: Command, reader: Reader): Predicate {
  const grep = readOptions(command, reader.cursor);
  noteLocale(command, reader.noted);
  const test = grep.fixed ? fixedTest(grep, reader) : expressionTest(grep, reader);
  return grep.inverted ? not(test) : test;
}

function noteLocale({ assignments }: Command, noted: Noted): void {
  const locale = assignments.get('LC_ALL') ?? assignments.get('LC_CTYPE') ?? assignments.get('LANG');
  if (locale === undefined) noted.add('locale');
  else if (!/utf-?8/i.test(locale)) noted.add('ascii');
}

function fixedTest({ pattern, ignoreCase }: Grep, { noted }: Reader): Predicate {
  noted.add('lines');
  return { kind: 'like', field: { rendered: 'json-line' }, pattern: [many, pattern.text, many], cased: !ignoreCase };
}

function expressionTest(grep: Grep, { cursor, profile, noted }: Reader): Predicate {
  const { pattern, ignoreCase } = grep;
  if (!ignoreCase && !grep.word && !grep.line) {
    const read = readLine(pattern.text, profile, noted);
    if (read) return read;
  }
  if (pattern.text.includes('\n'))
    cursor.fail(
      'grep/pattern',
      'with -P there is one expression, on one line',
      placeOf(pattern, pattern.text.indexOf('\n')),
    );
  const read = parseRegex(pattern.text, { ignoreCase, multiline: false, dotAll: false });
  if ('fault' in read)
    return cursor.fail('grep/regex', read.fault.message, placeOf(pattern, read.fault.at), read.fault.hint);
  noted.add('lines');
  return lineTest(bounded(read.regex, grep));
}

function placeOf({ places }: Grep['pattern'], at: number): { start: number; end: number } {
  const start = places[Math.min(at, places.length - 1)]!;
  return { start, end: start + 1 };
}

/** `-x` wants the whole line, `-w` whole words. */
function bounded(regex: Regex, { word, line }: Grep): Regex {
  const letter: RegexNode = setNode(wordCodes);
  if (line) return { ...regex, source: '\u0000', tree: row([anchor('text-start'), regex.tree, anchor('text-end')]) };
  if (!word) return regex;
  const before: RegexNode = { ...(behind(letter) as Extract<RegexNode, { kind: 'look' }>), negative: true };
  return { ...regex, source: '\u0000', tree: row([before, regex.tree, notAhead(letter)]) };
}
