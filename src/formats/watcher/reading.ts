import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';

/** A watch being read, and where its reader leaves what it has to say. */
export interface Reading {
  readonly source: Source;
  /** From the JSON to the text; null where they are one. */
  readonly offsets: readonly number[] | null;
  /** Places in the text of variables that the shell takes out. */
  readonly variables: readonly number[];
  readonly diagnostics: Diagnostic[];
  readonly premises: Set<string>;
}

/** The place in the whole text of a place in the JSON. */
export function placeOf({ offsets }: Reading, { start, end }: Span): Span {
  if (offsets === null) return { start, end };
  const at = (offset: number) => offsets[Math.min(offset, offsets.length - 1)] ?? 0;
  return { start: at(start), end: Math.max(at(start) + 1, at(end)) };
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
