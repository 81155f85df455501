import { didYouMean } from '../../formats/sigma/nearest.ts';
import { aboutFile } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** A fault of the command line itself: it has no file, so the program stands in its place. */
export function usageFault(message: string, hint?: string): Diagnostic {
  return aboutFile('assay', 'usage', message, hint);
}

/** The fault of naming something that there is not; the nearest that there is, or all, stand in the hint. */
export function unknownName(what: string, name: string, known: readonly string[]): Diagnostic {
  return usageFault(
    `there is no ${what} '${name}'`,
    didYouMean(name, known) ?? `choose from ${known.toSorted().join(', ')}`,
  );
}
