import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';

/**
 * Where the readers of one document say what they find. A warning is kept and the reading goes on; `refuse` gives the
 * document up: it unwinds to the reader of the file, which keeps the fault and goes on with the next document.
 */
export interface Report {
  readonly source: Source;
  warn(code: Code, message: string, span: Span, hint?: string): void;
  note(code: Code, message: string, span: Span, hint?: string): void;
  refuse(code: Code, message: string, span: Span, hint?: string): never;
}

export type Code = `sigma/${string}`;

/** A report on `source` whose warnings and notes go to `into`. */
export function reportOn(source: Source, into: Diagnostic[]): Report {
  const diagnostic = (severity: Severity, code: Code, message: string, span: Span, hint?: string): Diagnostic => ({
    code,
    severity,
    message,
    source,
    span,
    ...(hint !== undefined && { hint }),
  });
  return {
    source,
    warn: (code, message, span, hint) => void into.push(diagnostic('warning', code, message, span, hint)),
    note: (code, message, span, hint) => void into.push(diagnostic('info', code, message, span, hint)),
    refuse: (code, message, span, hint) => {
      throw new SyntaxFault(diagnostic('error', code, message, span, hint));
    },
  };
}

/** Runs one reader of a document; a refusal becomes a diagnostic and the result is undefined. */
export function attempt<T>(into: Diagnostic[], read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    into.push(fault.diagnostic);
    return undefined;
  }
}
