import type { Diagnostic } from '../../text/diagnostic.ts';
import { diagnosticJson } from './conversion-json.ts';

/** Findings as `check --format json` writes them: an array, which `--baseline` reads. */
export function findingsJson(findings: readonly Diagnostic[]): string {
  return `${JSON.stringify(findings.map(diagnosticJson), null, 2)}\n`;
}
