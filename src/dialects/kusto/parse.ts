import type { Profile } from '../../schema/profile.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { open } from './lexer.ts';
import { lowerStatements } from './lower-pipeline.ts';
import { statements } from './parse-pipeline.ts';

/**
 * Reads queries in KQL, whose union is the meaning of the text: first as written (`parse-pipeline.ts`,
 * `parse-expression.ts`), then as what it says of a row (`lower-pipeline.ts`, `lower-condition.ts`).
 */
export function parse(source: Source, profile: Profile): Parsed {
  const cursor = open(source);
  const noted: Noted = new Set();
  try {
    const found = statements(cursor);
    const queries = lowerStatements(found, { cursor, profile, noted });
    if (queries.length === 0) cursor.fail('kusto/empty', 'there is no query in this text');
    return { queries, diagnostics: [], assumptions: sentences(noted) };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [fault.diagnostic], assumptions: [] };
  }
}
