import { always, fieldsOf, mapAtoms } from '../../ir/predicate.ts';
import type { Atom, Rendering } from '../../ir/predicate.ts';
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
import { MOST_COMMANDS, readerOf } from './reader.ts';
import { queriesIn, withoutComments } from './split.ts';

/** A search of this many characters is no search; Splunk's own limit on a request is smaller. */
const LONGEST = 2_000_000;

/**
 * Reads SPL: `search`, implied or written out, and the commands that this dialect models.
 *
 *     texts =  query (boundary query)*          -- boundaries are told in split.ts
 *     query =  "search"? all? ("|" command)*  |  ("|" command)+
 */
export function parse(source: Source, profile: Profile): Parsed {
  const noted: Noted = new Set();
  const diagnostics: Diagnostic[] = [];
  const queries: Query[] = [];
  const whole = { start: 0, end: Math.max(1, source.text.length) };
  if (source.text.length > LONGEST)
    return failed(source, whole, 'splunk/size', `a query of more than ${LONGEST} characters is not read`);
  const text = withoutComments(source.text);
  const { queries: parts, joined } = queriesIn(text);
  if (parts.length === 0) return failed(source, whole, 'splunk/empty', 'there is no query in this text');
  for (const { start, end } of parts) {
    try {
      const part = { name: source.name, text: text.slice(start, end) };
      const { query, warnings } = readQuery(part, rawOf(profile), noted);
      queries.push(asRecorded(query, profile));
      diagnostics.push(...warnings.map((each) => moved(source, start, each)));
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      return { queries: [], diagnostics: [...diagnostics, moved(source, start, fault.diagnostic)], assumptions: [] };
    }
  }
  if (parts.length > 1) diagnostics.push(several(source, parts));
  if (joined) diagnostics.push(asOne(source, parts[0]!));
  return { queries, diagnostics, assumptions: sentences(noted) };
}

function failed(source: Source, span: Span, code: string, message: string): Parsed {
  return { queries: [], diagnostics: [{ code, severity: 'error', message, source, span }], assumptions: [] };
}

function several(source: Source, parts: readonly Span[]): Diagnostic {
  const message = `read as ${parts.length} queries, one after the other; to Splunk a line break is a blank`;
  return {
    code: 'splunk/several',
    severity: 'info',
    message,
    source,
    span: { start: parts[1]!.start, end: parts[1]!.end },
  };
}

function asOne(source: Source, span: Span): Diagnostic {
  const message = 'these lines are read as one search, since to Splunk a line break is a blank';
  return { code: 'splunk/lines', severity: 'info', message, source, span, hint: 'an empty line divides queries' };
}

function readQuery(source: Source, raw: Rendering, noted: Noted): { query: Query; warnings: Diagnostic[] } {
  const reader = readerOf(source, noted, raw);
  const { cursor } = reader;
  const headless = cursor.sees(/\|/);
  const span = cursor.here();
  cursor.take(/search(?=\s)(?!\s*(?:[=<>!]|IN\s*\())/i);
  const start: Pipeline = { filters: [], then: [], known: new Map(), only: null };
  const search = headless ? always : readSearch(reader, start.known);
  let pipeline: Pipeline = { ...start, filters: [search] };
  for (let commands = 0; cursor.take(/\|/); commands += 1) {
    if (commands > MOST_COMMANDS) cursor.fail('splunk/size', `more than ${MOST_COMMANDS} commands in one search`);
    pipeline = readCommand(reader, pipeline);
  }
  if (!cursor.done)
    cursor.fail('syntax', cursor.sees(/\)/) ? 'this parenthesis closes nothing' : 'expected a pipe or the end');
  const message = 'no search stands before the first pipe; read as a search of everything';
  const warning = { code: 'splunk/headless', severity: 'warning', message, source, span } as const;
  return { query: queryOf(pipeline), warnings: headless ? [warning] : [] };
}

/** Moves what is said of a part of a text to where it stands in the whole. */
function moved(source: Source, start: number, diagnostic: Diagnostic): Diagnostic {
  const { span } = diagnostic;
  return { ...diagnostic, source, span: { start: span.start + start, end: span.end + start } };
}

/**
 * A search that names no channel and no event id is not of Windows events, whatever else the profile holds: such logs
 * are recorded as their lines, without the escapes of XML.
 */
function asRecorded(query: Query, profile: Profile): Query {
  const { channel, eventId } = profile.source;
  const isWindows = fieldsOf(query.where).some((field) => field === channel || field === eventId);
  if (isWindows || rawOf(profile) !== 'event-xml') return query;
  const plain = (atom: Atom): Atom =>
    'field' in atom && typeof atom.field !== 'string' ? { ...atom, field: { rendered: 'windows-message' } } : atom;
  return { ...query, where: mapAtoms(query.where, plain) };
}

/** `_raw` is what the profile's channels are recorded as: Windows events as XML or as messages, others as JSON. */
function rawOf({ source }: Profile): Rendering {
  const [prefix = ''] = [source.channelPrefix].flat();
  if (/xml/i.test(prefix)) return 'event-xml';
  return /WinEventLog/i.test(prefix) ? 'windows-message' : 'json-line';
}
