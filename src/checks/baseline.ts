import type { Diagnostic } from '../text/diagnostic.ts';
import { aboutFile } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';

/** Findings known from before, by code, file and message: how many of each. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * Reads what `assay check --format json` has written: an array of findings, of which `code`, `file` and `message`
 * count. What is anything else is a fault, so that a wrong file does not make old findings new.
 */
export function readBaseline({ name, text }: Source): Baseline | Diagnostic {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    return fault(name, `the baseline is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(entries)) return fault(name, 'the baseline is no list of findings');
  const known = new Map<string, number>();
  for (const [index, entry] of (entries as readonly unknown[]).entries()) {
    const { code, file, message } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof code !== 'string' || typeof file !== 'string' || typeof message !== 'string')
      return fault(name, `entry ${index + 1} of the baseline has no code, file and message`);
    const key = keyOf(code, file, message);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return known;
}

/** Parts findings into those that are new and the number that were known. Each entry of a baseline covers one. */
export function beyond<T extends Diagnostic>(
  baseline: Baseline,
  findings: readonly T[],
): { readonly fresh: readonly T[]; readonly known: number } {
  const open = new Map(baseline);
  const fresh = findings.filter(({ code, source, message }) => {
    const key = keyOf(code, source.name, message);
    const count = open.get(key) ?? 0;
    if (count > 0) open.set(key, count - 1);
    return count === 0;
  });
  return { fresh, known: findings.length - fresh.length };
}

/** A file is the same whichever way its path is written: `./a\b.yml` is `a/b.yml`. */
function keyOf(code: string, file: string, message: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  return `${code}\u0000${path}\u0000${message}`;
}

function fault(name: string, message: string): Diagnostic {
  return aboutFile(name, 'file/baseline', message, 'make one with: assay check RULES --format json > baseline.json');
}
