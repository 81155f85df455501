import { lineAt, positionOf } from './source.ts';
import type { Source, Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Something a person should know about their text.
 *
 * Diagnostics are values: collected, sorted, rendered once, never thrown past a public function.
 * `code` is made of words (`sigma/unknown-modifier`), so that it can be searched for and suppressed.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: Source;
  readonly span: Span;
  readonly hint?: string;
}

/** Thrown inside a reader to unwind it; caught once, at the reader's own entry. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** A diagnostic about a whole file, such as one that can't be opened: it has no line to show. */
export function aboutFile(name: string, code: string, message: string, hint?: string): Diagnostic {
  const source = { name, text: '' };
  return { code, severity: 'error', message, source, span: { start: 0, end: 0 }, ...(hint !== undefined && { hint }) };
}

/** Orders diagnostics by file, then position, then code, so that output does not depend on the order of discovery. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) => compareText(a.source.name, b.source.name) || a.span.start - b.span.start || compareText(a.code, b.code),
  );
}

/** Columns of source shown around the caret: a line may be megabytes long. */
const WINDOW = 140;

/**
 * Renders a diagnostic with the line it points at and a caret under the span.
 *
 *     hunt.spl:1:13: error: expected a value [syntax]
 *
 *     1 | EventCode=
 *                   ^
 */
export function render({ code, severity, message, source, span, hint }: Diagnostic): string {
  const tail = hint === undefined ? '' : `\n\nhint: ${hint}`;
  if (source.text === '') return `${source.name}: ${severity}: ${message} [${code}]${tail}`;
  const { line, column } = positionOf(source, span.start);
  return `${source.name}:${line}:${column}: ${severity}: ${message} [${code}]\n\n${pointAt(source, span)}${tail}`;
}

/** Shows the line that holds the start of `span`, with its number and a caret under the span. */
export function pointAt(source: Source, span: Span): string {
  const { line, column } = positionOf(source, span.start);
  const gutter = `${line} | `;
  const shown = excerpt(lineAt(source, span.start), column - 1);
  const width = Math.max(1, Math.min(span.end - span.start, shown.text.length - shown.caret));
  const caret = ' '.repeat(gutter.length) + shown.text.slice(0, shown.caret).replace(/[^\t]/g, ' ') + '^'.repeat(width);
  return `${gutter}${shown.text}\n${caret}`;
}

/** Cuts a long line down to a window around `caret`, marking both cuts, and blanks control characters. */
function excerpt(line: string, caret: number): { text: string; caret: number } {
  const printable = (text: string) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
  if (line.length <= WINDOW) return { text: printable(line), caret: Math.min(caret, line.length) };
  const start = Math.max(0, Math.min(caret - WINDOW / 2, line.length - WINDOW));
  const end = start + WINDOW;
  const lead = start > 0 ? '…' : '';
  const text = lead + line.slice(start, end) + (end < line.length ? '…' : '');
  return { text: printable(text), caret: Math.min(caret - start + lead.length, text.length) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
