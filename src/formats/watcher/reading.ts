import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import { originOf } from '../offsets.ts';
import type { Offsets } from '../offsets.ts';

/** A watch being read, and where its reader leaves what it has to say. */
export interface Reading {
  readonly source: Source;
  /** Where the JSON stands in the text. */
  readonly offsets: Offsets;
  /** Places in the text of variables that the shell takes out. */
  readonly variables: readonly number[];
  readonly diagnostics: Diagnostic[];
  readonly premises: Set<string>;
}

/** The place in the whole text of a place in the JSON. */
export function placeOf({ offsets }: Reading, { start, end }: Span): Span {
  const from = originOf(offsets, start);
  return { start: from, end: Math.max(from + 1, originOf(offsets, end)) };
}

/** Stops the reading of a watch. */
export function refuse(reading: Reading, span: Span, code: string, message: string, hint?: string): never {
  const found = note(reading, 'error', span, code, message, hint);
  throw new SyntaxFault(found);
}

/** A finding at a place of the JSON. */
export function note(
  reading: Reading,
  severity: Severity,
  span: Span,
  code: string,
  message: string,
  hint?: string,
): Diagnostic {
  const found = { code, severity, message, source: reading.source, span: placeOf(reading, span) };
  return hint === undefined ? found : { ...found, hint };
}
