import type { Query } from '../../ir/query.ts';
import type { Profile } from '../../schema/profile.ts';
import { Cursor } from '../../text/cursor.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { sentences } from '../splunk/assumptions.ts';
import type { Noted } from '../splunk/assumptions.ts';
import type { Reader } from '../splunk/reader.ts';
import { queriesOf } from './lower.ts';
import { readModule } from './parse-module.ts';
import { BLANKS } from './text.ts';

/** No module that a person or a converter writes has as many characters. */
const LONGEST = 2_000_000;

/**
 * Reads SPL2: a module of pipelines that select events by `where`, with the fields that `eval` computes put in their
 * place. The forms of `parse-module.ts`.
 */
export function parse(source: Source, profile: Profile): Parsed {
  const noted: Noted = new Set();
  const cursor = new Cursor(source, BLANKS);
  const reader: Reader = { cursor, noted, raw: 'json-line', numbers: numbersIn(profile), depth: 0, unfolded: 0 };
  try {
    if (source.text.length > LONGEST)
      cursor.fail('splunk/size', `a text of more than ${LONGEST} characters is not read`, { start: 0, end: 1 });
    const queries: Query[] = queriesOf(reader, readModule(reader));
    if (queries.length === 0) cursor.fail('splunk/empty', 'there is no query in this text', { start: 0, end: 1 });
    return { queries, diagnostics: [], assumptions: sentences(noted) };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [fault.diagnostic], assumptions: [] };
  }
}

/** The fields that the profile says hold numbers. */
export function numbersIn({ types }: Profile): ReadonlySet<string> {
  let names = known.get(types);
  if (!names) {
    names = new Set(Object.keys(types).filter((field) => types[field]?.kind === 'number'));
    known.set(types, names);
  }
  return names;
}

const known = new WeakMap<Profile['types'], ReadonlySet<string>>();
