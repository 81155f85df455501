import type { Silenced } from '../../checks/suppressions.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import { positionOf } from '../../text/source.ts';
import type { Source, Span } from '../../text/source.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code hosts show beside the lines.
 * Findings that a comment silences are there too, as suppressed, with their reason.
 */
export function findingsSarif(findings: readonly Diagnostic[], silenced: readonly Silenced<Diagnostic>[]): string {
  const all = [...findings, ...silenced.map(({ finding }) => finding)];
  const ids = [...new Set(all.map(({ code }) => code))].sort();
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const result = (finding: Diagnostic) => ({
    ruleId: finding.code,
    ruleIndex: indexOf.get(finding.code),
    level: levels[finding.severity],
    message: { text: wellFormed(finding.hint ? `${finding.message} (${finding.hint})` : finding.message) },
    locations: [{ physicalLocation: locationOf(finding) }],
  });
  const results = [
    ...findings.map(result),
    ...silenced.map(({ finding, reason }) => ({
      ...result(finding),
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: wellFormed(reason) }],
    })),
  ];
  const driver = { name: 'assay', rules: ids.map((id) => ({ id })) };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locationOf({ source, span }: Diagnostic) {
  const artifactLocation = { uri: uriOf(source.name) };
  return source.text === '' ? { artifactLocation } : { artifactLocation, region: regionOf(source, span) };
}

function regionOf(source: Source, span: Span) {
  const start = positionOf(source, span.start);
  const end = positionOf(source, Math.max(span.start, span.end));
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a URI reference (RFC 3986): relative paths stay relative, to wherever the reader looks from. */
function uriOf(path: string): string {
  const slashes = wellFormed(path)
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  const drive = /^[a-z]:\//i.test(slashes);
  const [first = '', ...rest] = slashes.split('/');
  const encoded = [drive ? first : encodeURIComponent(first), ...rest.map(encodeURIComponent)].join('/');
  if (drive) return `file:///${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

/** Halves of surrogate pairs have no place in UTF-8, nor in a URI. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
