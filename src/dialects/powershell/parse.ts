import { many } from '../../ir/pattern.ts';
import type { Piece } from '../../ir/pattern.ts';
import { all, always, any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { simplify } from '../../passes/simplify.ts';
import type { Profile } from '../../schema/profile.ts';
import { Cursor } from '../../text/cursor.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import { BLANKS, readText } from './lexer.ts';
import { EVERY_LOG } from './names.ts';
import { readBody } from './parse-condition.ts';
import type { Reader } from './read-test.ts';

/**
 * Reads commands that get events and filter them, each a query.
 *
 *     text     = command ((';' | newline) command)*
 *     command  = 'Get-WinEvent' parameter* ('|' 'where' '{' body '}')* ('|' what shows events)*
 */
export function parse(source: Source, profile: Profile): Parsed {
  const cursor = new Cursor(source, BLANKS);
  const reader: Reader = { cursor, profile, noted: new Set() };
  try {
    const queries: Query[] = [];
    for (;;) {
      while (cursor.take(/;|\r?\n/));
      if (cursor.done) break;
      queries.push({ logsource: {}, where: simplify(readCommand(reader)), then: [] });
      if (!cursor.done && !cursor.sees(/;|\r?\n/))
        cursor.fail('powershell/end', 'a | or the end of the command is wanted here');
    }
    if (queries.length === 0) cursor.fail('powershell/empty', 'there is no command');
    const several = {
      code: 'powershell/several',
      severity: 'info',
      message: `read as ${queries.length} commands`,
    } as const;
    const diagnostics = queries.length > 1 ? [{ ...several, source, span: { start: 0, end: 1 } }] : [];
    return { queries, diagnostics, assumptions: sentences(reader.noted) };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [fault.diagnostic], assumptions: [] };
  }
}

function readCommand(reader: Reader): Predicate {
  const { cursor } = reader;
  if (!cursor.take(/Get-WinEvent(?![\w-])/i))
    cursor.fail('powershell/command', 'a command that begins with Get-WinEvent is wanted', cursor.here());
  const tests = everyLog(cursor) ? [] : [...readParameters(reader)];
  while (cursor.take(/\|/)) {
    while (cursor.take(/\r?\n/));
    if (cursor.take(/(?:where-object|where|\?)(?![\w-])/i)) tests.push(readWhere(reader));
    else readShow(reader);
  }
  return all(tests.length === 0 ? [always] : tests);
}

/** What `print` writes where no log is named, as far as it follows the name of the command. */
function everyLog(cursor: Cursor): boolean {
  const rest = EVERY_LOG.slice('Get-WinEvent'.length);
  if (!cursor.source.text.startsWith(rest, cursor.at)) return false;
  cursor.at += rest.length;
  return true;
}

function readWhere(reader: Reader): Predicate {
  const { cursor } = reader;
  cursor.take(/-FilterScript\b/i);
  while (cursor.take(/\r?\n/));
  cursor.expect(/\{/, "'{'");
  const where = readBody(reader);
  while (cursor.take(/\r?\n|;/));
  cursor.expect(/\}/, "'}'");
  return where;
}

/** Commands after the filter that show the events that are left. */
const SHOW = /(?:select-object|select|sort-object|sort|format-\w+|f[tlw]|out-\w+|export-\w+|convertto-\w+)(?![\w-])/i;

function readShow({ cursor }: Reader): void {
  const { start } = cursor.here();
  if (!cursor.take(SHOW)) {
    const [, name = ''] = cursor.take(/([^\s|;]+)/) ?? [];
    cursor.fail('powershell/command', `the command '${name}' is not read`, {
      start,
      end: Math.max(start + 1, cursor.at),
    });
  }
  for (;;) {
    const at = cursor.here().start;
    const [, word] = cursor.take(/('[^'\n]*'|"[^"\n]*"|[^\s|;}]+)/) ?? [];
    if (word === undefined) return;
    if (/^-(?:first|last|skip|unique|index|top|bottom)/i.test(word))
      cursor.fail('powershell/show', `'${word}' leaves events out`, { start: at, end: cursor.at });
  }
}

function* readParameters(reader: Reader): Generator<Predicate> {
  const { cursor, profile, noted } = reader;
  for (;;) {
    const { start } = cursor.here();
    const [, name] = cursor.take(/-([A-Za-z]+)\b:?/) ?? [];
    const span = { start, end: cursor.at };
    if (name === undefined) {
      if (cursor.done || cursor.sees(/[|;]|\r?\n/)) return;
      yield named(reader, profile.source.channel, readValues(reader));
      continue;
    }
    switch (name.toLowerCase()) {
      case 'logname':
        noted.add('ownLog');
        yield named(reader, profile.source.channel, readValues(reader));
        break;
      case 'providername':
        yield named(reader, profile.source.provider, readValues(reader));
        break;
      case 'filterhashtable':
        yield* readTable(reader);
        break;
      case 'path':
      case 'computername':
      case 'erroraction':
      case 'ea':
        readValues(reader);
        break;
      case 'oldest':
      case 'force':
      case 'verbose':
        break;
      default:
        cursor.fail('powershell/parameter', `the parameter -${name} is not read`, span);
    }
  }
}

/** Names of logs and providers are compared without regard to case, and `*` is a hole. */
function named({ cursor }: Reader, field: string | null, values: readonly string[]): Predicate {
  if (field === null) return cursor.fail('powershell/parameter', 'the schema has no field for it');
  return any(
    values.map((value): Predicate => {
      if (value === '*') return always;
      const pattern = value.split('*').flatMap((text, at): Piece[] => (at === 0 ? [text] : [many, text]));
      return { kind: 'like', field, pattern: pattern.filter((piece) => piece !== ''), cased: false };
    }),
  );
}

/** One or more texts or plain words, with commas between. */
function readValues({ cursor, noted }: Reader): string[] {
  const values: string[] = [];
  const list = cursor.take(/@\(/);
  do {
    const value = readText(cursor, noted)?.value ?? cursor.take(/([^\s,;|'"(){}@$#-][^\s,;|'"(){}]*)/)?.[1];
    if (value === undefined) return cursor.fail('powershell/value', 'a value is wanted here');
    values.push(value);
  } while (cursor.take(/,/));
  if (list) cursor.expect(/\)/, "')'");
  return values;
}

/** `@{LogName='..'; Id=1, 2}`: all keys, of each any value. */
function* readTable(reader: Reader): Generator<Predicate> {
  const { cursor, profile, noted } = reader;
  cursor.expect(/@\{/, "'@{'");
  for (;;) {
    while (cursor.take(/;|\r?\n/));
    if (cursor.take(/\}/)) return;
    const { start } = cursor.here();
    const [, plain] = cursor.take(/([A-Za-z_]\w*)/) ?? [];
    const key = plain ?? readText(cursor, noted)?.value ?? cursor.fail('powershell/table', 'a key is wanted here');
    const span = { start, end: cursor.at };
    cursor.expect(/=/, "'='");
    const values = readValues(reader);
    const name = key.toLowerCase();
    if (name === 'logname') noted.add('ownLog');
    if (name === 'logname' || name === 'providername')
      yield named(reader, name === 'logname' ? profile.source.channel : profile.source.provider, values);
    else if (name === 'id' && profile.source.eventId !== null) yield ids(reader, profile.source.eventId, values, span);
    else if (name !== 'path') cursor.fail('powershell/table', `the key '${key}' is not read`, span);
  }
}

function ids(
  { cursor }: Reader,
  field: string,
  values: readonly string[],
  span: { start: number; end: number },
): Predicate {
  return any(
    values.map((value): Predicate => {
      if (!/^\d{1,9}$/.test(value)) cursor.fail('powershell/table', 'an event id is a number', span);
      return { kind: 'equal', field, value: Number(value) };
    }),
  );
}
