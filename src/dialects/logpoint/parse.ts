import type { Query } from '../../ir/query.ts';
import type { Profile } from '../../schema/profile.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { readSearch } from './parse-search.ts';
import { queryOf, readCommand } from './parse-stages.ts';
import type { Pipeline } from './parse-stages.ts';
import { readerOf } from './reader.ts';
import { queriesIn, withoutComments } from './split.ts';

/** A search of this many characters is no search. */
const LONGEST = 2_000_000;

/**
 * Reads a LogPoint search and the commands after it that this dialect models.
 *
 *     texts =  query (boundary query)*          -- boundaries are told in split.ts
 *     query =  all ("|" command)*
 */
export function parse(source: Source, _profile: Profile): Parsed {
  const noted: Noted = new Set();
  const queries: Query[] = [];
  const whole = { start: 0, end: Math.max(1, source.text.length) };
  if (source.text.length > LONGEST)
    return failed(source, whole, 'logpoint/size', `a query of more than ${LONGEST} characters is not read`);
  const text = withoutComments(source.text);
  const parts = queriesIn(text);
  if (parts.length === 0) return failed(source, whole, 'logpoint/empty', 'there is no query in this text');
  for (const { start, end } of parts) {
    try {
      queries.push(readQuery({ name: source.name, text: text.slice(start, end) }, noted));
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      return { queries: [], diagnostics: [moved(source, start, fault.diagnostic)], assumptions: [] };
    }
  }
  return { queries, diagnostics: parts.length > 1 ? [several(source, parts)] : [], assumptions: sentences(noted) };
}

function failed(source: Source, span: Span, code: string, message: string): Parsed {
  return { queries: [], diagnostics: [{ code, severity: 'error', message, source, span }], assumptions: [] };
}

function several(source: Source, parts: readonly Span[]): Diagnostic {
  const message = `read as ${parts.length} queries, one after the other; to LogPoint a line break is a blank`;
  return { code: 'logpoint/several', severity: 'info', message, source, span: { ...parts[1]! } };
}

function readQuery(source: Source, noted: Noted): Query {
  const reader = readerOf(source, noted);
  const { cursor } = reader;
  let pipeline: Pipeline = { filters: [readSearch(reader)], then: [] };
  while (cursor.take(/\|/)) pipeline = readCommand(reader, pipeline);
  if (!cursor.done)
    cursor.fail('syntax', cursor.sees(/\)/) ? 'this parenthesis closes nothing' : 'expected a pipe or the end');
  return queryOf(pipeline);
}

/** Moves what is said of a part of a text to where it stands in the whole. */
function moved(source: Source, start: number, diagnostic: Diagnostic): Diagnostic {
  const { span } = diagnostic;
  return { ...diagnostic, source, span: { start: span.start + start, end: span.end + start } };
}
