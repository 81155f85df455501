import { beyond, readBaseline } from '../../../checks/baseline.ts';
import type { Baseline } from '../../../checks/baseline.ts';
import { checkConventions } from '../../../checks/conventions.ts';
import { findDuplicates } from '../../../checks/duplicates.ts';
import { checkMeaning } from '../../../checks/semantic.ts';
import { applySuppressions } from '../../../checks/suppressions.ts';
import type { Silenced } from '../../../checks/suppressions.ts';
import type { Detection } from '../../../ir/detection.ts';
import { inOrder, render } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Source } from '../../../text/source.ts';
import { readText } from '../../files.ts';
import { valueOf } from '../command.ts';
import type { Options, Run } from '../command.ts';
import { counted } from '../figures.ts';
import { findingsJson } from '../findings-json.ts';
import { findingsJunit } from '../findings-junit.ts';
import { findingsSarif } from '../findings-sarif.ts';
import { fixRules } from '../fix-rules.ts';
import { hasError, loadRules } from '../rules.ts';
import type { Loaded } from '../rules.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `assay check`: what can't be read, what its author can't have meant, and what breaks a convention. 1 if there is an
 * error about a rule, new if there is a baseline; warnings and notes fail nothing. 2 if a file can't be read.
 */
export const run: Run = async (paths, options, terminal) => {
  const baseline = await baselineOf(options);
  if ('code' in baseline) {
    terminal.report(baseline);
    return 2;
  }
  const read = await loadRules(paths);
  const { loaded, diff, places } = options['fix'] === true ? fixRules(read) : { loaded: read, diff: '', places: 0 };
  const judged = applySuppressions(findAll(loaded, options, terminal), loaded.sources, loaded.units);
  const { fresh, known } = beyond(baseline, inOrder(judged.findings));

  // Input that can't be read is told to the person in every format: the list of findings may go unread.
  const faults = fresh.filter(isInputFault);
  for (const fault of faults) terminal.report(fault);
  const format = valueOf(options, 'format') ?? 'text';
  if (diff !== '') await (format === 'text' ? terminal.write(`${diff}\n`) : terminal.note(diff));
  const shown = { findings: fresh, silenced: judged.silenced, loaded };
  if (format === 'text') {
    for (const finding of fresh) if (!isInputFault(finding)) await terminal.write(`${render(finding)}\n\n`);
    await terminal.write(`${summaryOf(shown, { known, places })}\n`);
  } else await terminal.write(document(format, shown));
  if (faults.some(({ severity }) => severity === 'error')) return 2;
  return hasError(fresh) ? 1 : 0;
};

interface Shown {
  readonly findings: readonly Diagnostic[];
  readonly silenced: readonly Silenced<Diagnostic>[];
  readonly loaded: Loaded;
}

function document(format: string, { findings, silenced, loaded }: Shown): string {
  if (format === 'sarif') return findingsSarif(findings, silenced);
  if (format !== 'junit') return findingsJson(findings);
  return findingsJunit(
    loaded.sources.map(({ name }) => name),
    findings,
  );
}

async function baselineOf(options: Options): Promise<Baseline | Diagnostic> {
  const path = valueOf(options, 'baseline');
  if (path === undefined) return new Map();
  const text = await readText(path);
  return 'code' in text ? text : readBaseline(text);
}

/** All findings about the rules, in no order. */
function findAll(loaded: Loaded, options: Options, terminal: Terminal): Diagnostic[] {
  const { detections, sources, diagnostics, units } = loaded;
  const texts = new Map(sources.map((source) => [source.name, source]));
  const found: Diagnostic[] = [...diagnostics, ...checkConventions(units)];
  for (const [index, detection] of detections.entries()) {
    const source = texts.get(detection.file);
    if (source) found.push(...checkMeaning(detection, source));
    terminal.progress(`${index + 1} of ${counted(detections.length, 'rule')}`);
  }
  if (options['duplicates'] === true) found.push(...duplicates(detections, texts));
  terminal.progress('');
  return found;
}

/** A file that is missing is bad input; a rule with a fault is a check that fails. */
function isInputFault({ code }: Diagnostic): boolean {
  return code.startsWith('file/') || code === 'rules/none';
}

function summaryOf(
  { findings, silenced, loaded }: Shown,
  { known, places }: { known: number; places: number },
): string {
  const number = (severity: string, noun: string) =>
    counted(findings.filter((each) => each.severity === severity).length, noun);
  const more = [
    ...(silenced.length > 0 ? [`${counted(silenced.length, 'finding')} silenced with a reason`] : []),
    ...(known > 0 ? [`${counted(known, 'finding')} known from the baseline`] : []),
    ...(places > 0 ? [`${counted(places, 'place')} fixed`] : []),
  ];
  const rules = `${counted(loaded.detections.length, 'rule')} checked`;
  const counts = [number('error', 'error'), number('warning', 'warning'), number('info', 'note')].join(', ');
  return `${rules}: ${counts}${more.map((each) => `; ${each}`).join('')}.`;
}

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
