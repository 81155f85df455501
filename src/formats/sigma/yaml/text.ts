import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Source, Span } from '../../../text/source.ts';

/**
 * Cuts a text where a line starts a new document (`---`), which YAML never allows inside a value, so no quote can hide
 * one. Directives and comments stay with the document that they precede.
 */
export function yamlChunks(text: string): Span[] {
  const chunks: Span[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) {
    if (index === start || isPreamble(text.slice(start, index))) continue;
    chunks.push({ start, end: index });
    start = index;
  }
  return [...chunks, { start, end: text.length }];
}

function isPreamble(text: string): boolean {
  for (const line of text.split('\n')) if (!/^\s*(?:$|[#%])/.test(line)) return false;
  return true;
}

/** What the reader of `yaml` calls a problem, and what usually causes it in a rule. */
const causes: Readonly<Record<string, string>> = {
  BAD_SCALAR_START: 'quote the value: this character can start no plain text',
  BLOCK_AS_IMPLICIT_KEY: "quote the value: ': ' starts a map",
  BAD_INDENT: 'entries of one map or list start in the same column',
  MULTILINE_IMPLICIT_KEY: "a ':' is missing, or the indentation differs from the lines above",
  TAB_AS_INDENT: 'indent with blanks: YAML allows no tabs',
  MISSING_CHAR: "close the quote or bracket; a quote inside single quotes is written twice: ''",
  BAD_DQ_ESCAPE: 'use single quotes: in double quotes a backslash starts an escape',
};

/** Says what is wrong with the YAML of a document, with the usual cause as a hint. */
export function yamlProblem(source: Source, span: Span, code: string, message: string): Diagnostic {
  const hint = causes[code];
  const short = /closing .quote/.test(message) ? 'this quote is never closed' : message;
  const said = `the document is no valid YAML: ${short.charAt(0).toLowerCase()}${short.slice(1)}`;
  return { code: 'sigma/yaml', severity: 'error', message: said, source, span, ...(hint !== undefined && { hint }) };
}
