import { findTarget, targets } from '../../formats/targets.ts';
import type { Target } from '../../formats/targets.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { valuesOf } from './command.ts';
import type { Options } from './command.ts';
import { unknownName, usageFault } from './usage.ts';

/** The targets that `--to` names, each once; `all` is every target. */
export function wantedTargets(options: Options): { readonly found: readonly Target[] } | Diagnostic {
  const names = valuesOf(options, 'to', 'commas');
  if (names.length === 0) return usageFault('--to names no target');
  if (names.includes('all')) return { found: targets };
  const strange = names.find((name) => !findTarget(name));
  if (strange !== undefined) return unknownName('target', strange, [...targets.map(({ name }) => name), 'all']);
  return { found: [...new Set(names)].map((name) => findTarget(name)!) };
}
