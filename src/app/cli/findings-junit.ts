import { render } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/**
 * Findings as JUnit's XML, which build servers read: one test case a file, failed if there is an error about it.
 * Warnings and notes stand in the case's output and fail nothing, as with the exit status.
 */
export function findingsJunit(files: readonly string[], findings: readonly Diagnostic[]): string {
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const finding of findings) {
    const { name } = finding.source;
    const known = byFile.get(name);
    if (known) known.push(finding);
    else byFile.set(name, [finding]);
  }
  const failures = [...byFile.values()].filter((about) => about.some(({ severity }) => severity === 'error')).length;
  const counts = `tests="${byFile.size}" failures="${failures}" errors="0" skipped="0"`;
  const cases = [...byFile].map(([file, about]) => caseOf(file, about)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="assay check" tests="${byFile.size}" failures="${failures}" errors="0">
  <testsuite name="assay check" ${counts}>
${cases}  </testsuite>
</testsuites>
`;
}

function caseOf(file: string, about: readonly Diagnostic[]): string {
  const errors = about.filter(({ severity }) => severity === 'error');
  const others = about.filter(({ severity }) => severity !== 'error');
  const head = `    <testcase classname="assay.check" name="${escaped(file)}"`;
  if (about.length === 0) return `${head}/>\n`;
  return `${head}>\n${failureOf(errors)}${outputOf(others)}    </testcase>\n`;
}

function failureOf(errors: readonly Diagnostic[]): string {
  const [first, ...more] = errors;
  if (!first) return '';
  const message = more.length === 0 ? first.message : `${first.message} (and ${more.length} more)`;
  const attributes = `type="${escaped(first.code)}" message="${escaped(message)}"`;
  return `      <failure ${attributes}>${escaped(errors.map(render).join('\n\n'))}</failure>\n`;
}

function outputOf(others: readonly Diagnostic[]): string {
  return others.length === 0 ? '' : `      <system-out>${escaped(others.map(render).join('\n\n'))}</system-out>\n`;
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0, in elements and in attributes; characters that it has no way to write are replaced. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (letter) => named[letter]!);
}
