import { checkConventions } from '../../checks/conventions.ts';
import { applyEdits, diffOf } from '../../checks/fixes.ts';
import { applySuppressions } from '../../checks/suppressions.ts';
import { readSigma } from '../../formats/sigma/read.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { replaceText } from '../files.ts';
import type { Loaded } from './rules.ts';

/** Rules after their files were changed, the changes as one diff, and how many places they concern. */
export interface Fixed {
  readonly loaded: Loaded;
  readonly diff: string;
  readonly places: number;
}

/**
 * Writes the fixes that findings carry into the files of the rules, and reads what is there now. A finding that a
 * comment silences is not fixed. A file that can't be written stays as it is, and is a fault among the diagnostics.
 */
export function fixRules(loaded: Loaded): Fixed {
  const { findings } = applySuppressions(checkConventions(loaded.units), loaded.sources, loaded.units);
  const faults: Diagnostic[] = [];
  const diffs: string[] = [];
  let places = 0;
  const sources = loaded.sources.map((source): Source => {
    const edits = findings.flatMap((each) => ('fix' in each && each.fix && each.source === source ? [each.fix] : []));
    const text = applyEdits(source.text, edits);
    if (text === source.text) return source;
    const fault = replaceText(source.name, source.text, text);
    if (fault) {
      faults.push(fault);
      return source;
    }
    diffs.push(diffOf(source.name, source.text, text));
    places += edits.length;
    return { ...source, text };
  });
  if (diffs.length === 0)
    return { loaded: { ...loaded, diagnostics: [...loaded.diagnostics, ...faults] }, diff: '', places };
  const { detections, diagnostics, units } = readSigma(sources);
  const ofFiles = loaded.diagnostics.filter(({ code }) => /^(?:file|rules)\//.test(code));
  return {
    loaded: { detections, sources, units, diagnostics: [...ofFiles, ...diagnostics, ...faults] },
    diff: diffs.join(''),
    places,
  };
}
