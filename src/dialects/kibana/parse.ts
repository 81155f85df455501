import { all, always, any, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Profile } from '../../schema/profile.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { readRange, readTest } from './read-test.ts';
import { fail, here, skipSpace, takeLiteral, takeNot, takeOperator } from './reader.ts';
import type { Literal, Reader } from './reader.ts';

/**
 * Reads KQL as Kibana does, after the grammar of `@kbn/es-query`:
 *
 *     query  =  and (" or " and)*
 *     and    =  not (" and " not)*
 *     not    =  "not "? ("(" query ")" | test)
 *     test   =  name ":" "{" query "}"  |  name op literal  |  name ":" value  |  literal
 *     value  =  literal  |  "(" values ")"                 -- values: as query, of value
 *     op     =  "<"  |  "<="  |  ">"  |  ">="
 *
 * An empty text finds everything. There is no operator between words in a row: they are one literal. A text that can't
 * be read as one query, but each line of which can, is a query a line, as converters print them.
 */
export function parse(source: Source, profile: Profile): Parsed {
  const whole = parseOne(source, profile, 0, source.text.length);
  const broken = whole.diagnostics.some(({ code }) => code === 'syntax');
  if (!broken || !source.text.trim().includes('\n')) return whole;
  const lines: Parsed[] = [];
  for (const { start, end } of linesOf(source.text)) {
    const line = parseOne(source, profile, start, end);
    if (line.queries.length === 0) return whole;
    lines.push(line);
  }
  const message = `read as ${lines.length} queries, one a line; to Kibana a line break is a blank`;
  const span = { start: 0, end: source.text.length };
  return {
    queries: lines.flatMap(({ queries }) => queries),
    diagnostics: [
      { code: 'kibana/several', severity: 'info', message, source, span },
      ...lines.flatMap(({ diagnostics }) => diagnostics),
    ],
    assumptions: [...new Set(lines.flatMap(({ assumptions }) => assumptions))],
  };
}

function linesOf(text: string): Span[] {
  return [...text.matchAll(/[^\n]+/g)]
    .filter(([line]) => line.trim() !== '')
    .map(({ 0: line, index }) => ({ start: index, end: index + line.length }));
}

/** Reads the query from `start` to `end`, to which its text is cut, so that every place stays what it is. */
function parseOne(source: Source, profile: Profile, start: number, end: number): Parsed {
  const text = source.text.slice(0, end);
  const reader: Reader = { source, text, profile, assumptions: new Set(), diagnostics: [], at: start, depth: 0 };
  try {
    skipSpace(reader);
    const where = reader.at === text.length ? always : readOr(reader, readNot);
    skipSpace(reader);
    if (reader.at < text.length) refuseRest(reader);
    const { diagnostics, assumptions } = reader;
    return { queries: [{ logsource: {}, where, then: [] }], diagnostics, assumptions: [...assumptions] };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [fault.diagnostic], assumptions: [] };
  }
}

function refuseRest(reader: Reader): never {
  const letter = reader.text[reader.at]!;
  if (letter === ')' || letter === '}') fail(reader, here(reader), 'syntax', `this \`${letter}\` closes nothing`);
  const inWord = takeNot({ ...reader });
  const hint = inWord
    ? 'Kibana takes `not ` for the operator even inside of a word: quote the value'
    : /[\w"(]/.test(letter)
      ? 'put `and` or `or` between two tests, with blanks at both sides'
      : 'quote the value, or write a backslash before the character';
  return fail(
    reader,
    here(reader),
    'syntax',
    inWord ? '`not` can not stand here' : `\`${letter}\` can not stand here`,
    hint,
  );
}

const DEEPEST = 200;

function within<T>(reader: Reader, read: () => T): T {
  reader.depth += 1;
  if (reader.depth > DEEPEST)
    fail(reader, here(reader), 'kibana/too-deep', `parentheses are nested more than ${DEEPEST} deep`);
  const result = read();
  reader.depth -= 1;
  return result;
}

function readOr(reader: Reader, one: (reader: Reader) => Predicate): Predicate {
  const of = [readAnd(reader, one)];
  while (takeOperator(reader, 'or')) of.push(readAnd(reader, one));
  return any(of);
}

function readAnd(reader: Reader, one: (reader: Reader) => Predicate): Predicate {
  const of = [one(reader)];
  while (takeOperator(reader, 'and')) of.push(one(reader));
  return all(of);
}

function readNot(reader: Reader): Predicate {
  return takeNot(reader) ? not(readSub(reader)) : readSub(reader);
}

function readSub(reader: Reader): Predicate {
  return readGroup(reader, readNot) ?? readExpression(reader);
}

/** What stands in parentheses, or undefined if none open here. */
function readGroup(reader: Reader, one: (reader: Reader) => Predicate): Predicate | undefined {
  const open = here(reader);
  if (reader.text[reader.at] !== '(') return undefined;
  return within(reader, () => {
    reader.at += 1;
    skipSpace(reader);
    const inner = readOr(reader, one);
    skipSpace(reader);
    if (reader.at >= reader.text.length) fail(reader, open, 'syntax', 'this parenthesis is never closed');
    if (reader.text[reader.at] !== ')') refuseRest(reader);
    reader.at += 1;
    return inner;
  });
}

function readExpression(reader: Reader): Predicate {
  const first = takeLiteral(reader) ?? missing(reader);
  const after = reader.at;
  skipSpace(reader);
  const [operator = ''] = /^(?::|[<>]=?)/.exec(reader.text.slice(reader.at, reader.at + 2)) ?? [];
  if (operator === '') {
    reader.at = after;
    return readTest(null, first, reader);
  }
  reader.at += operator.length;
  skipSpace(reader);
  if (operator !== ':') return readRange(first, operator, takeLiteral(reader) ?? missing(reader), reader);
  if (reader.text[reader.at] === '{')
    fail(
      reader,
      here(reader),
      'kibana/nested',
      'a test of nested objects looks at one object of several at a time, which is not modelled',
      'name the fields in full: `user.name: a`',
    );
  return readValue(reader, first);
}

/** One value of the field, or values in parentheses with `and`, `or` and `not` between them. */
function readValue(reader: Reader, field: Literal): Predicate {
  const one = (): Predicate => (takeNot(reader) ? not(readValue(reader, field)) : readValue(reader, field));
  return readGroup(reader, one) ?? readTest(field, takeLiteral(reader) ?? missing(reader), reader);
}

function missing(reader: Reader): never {
  const { text } = reader;
  if (reader.at >= text.length)
    return fail(reader, here(reader), 'syntax', 'the query ends where a test or a value is due');
  if (takeNot({ ...reader }))
    return fail(
      reader,
      here(reader),
      'syntax',
      '`not` can not stand here',
      'put what it negates into parentheses: `not (not a: b)`',
    );
  return fail(reader, here(reader), 'syntax', `expected a test or a value, not \`${text[reader.at]}\``);
}
