import { findDuplicates } from '../../../checks/duplicates.ts';
import { checkMeaning } from '../../../checks/semantic.ts';
import type { Detection } from '../../../ir/detection.ts';
import { inOrder } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Source } from '../../../text/source.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';
import { diagnosticJson } from '../conversion-json.ts';
import { counted } from '../figures.ts';
import { hasError, loadRules } from '../rules.ts';

/** `assay check`: what can't be read, and what its author can't have meant. 1 if a rule has an error. */
export const run: Run = async (paths, options, terminal) => {
  const { detections, sources, diagnostics } = await loadRules(paths);
  const texts = new Map(sources.map((source) => [source.name, source]));
  const found = [...diagnostics];
  for (const [index, detection] of detections.entries()) {
    const source = texts.get(detection.file);
    if (source) found.push(...checkMeaning(detection, source));
    terminal.progress(`${index + 1} of ${counted(detections.length, 'rule')}`);
  }
  if (options['duplicates'] === true) found.push(...duplicates(detections, texts));
  terminal.progress('');

  const findings = inOrder(found);
  if (valueOf(options, 'format') === 'json')
    await terminal.write(`${JSON.stringify(findings.map(diagnosticJson), null, 2)}\n`);
  else {
    for (const finding of findings) terminal.report(finding);
    const count = (severity: string, noun: string) =>
      counted(findings.filter((each) => each.severity === severity).length, noun);
    await terminal.write(
      `${counted(detections.length, 'rule')} checked: ${count('error', 'error')}, ${count('warning', 'warning')}, ${count('info', 'note')}.\n`,
    );
  }
  // A file that is missing is bad input; a rule with a fault is a check that fails.
  if (diagnostics.some(({ code, severity }) => severity === 'error' && /^(?:file|rules)\//.test(code))) return 2;
  return hasError(findings) ? 1 : 0;
};

function duplicates(detections: readonly Detection[], texts: ReadonlyMap<string, Source>): Diagnostic[] {
  return findDuplicates(detections).map(({ relation, inner, outer }): Diagnostic => {
    const source = texts.get(inner.file) ?? { name: inner.file, text: '' };
    const other = `'${outer.title}' (${outer.name})`;
    const start = inner.origins[0]?.span.start ?? 0;
    return {
      code: `rules/${relation}`,
      severity: 'warning',
      message:
        relation === 'equivalent' ? `selects the same events as ${other}` : `selects nothing that ${other} does not`,
      source,
      span: { start, end: start + 1 },
    };
  });
}
