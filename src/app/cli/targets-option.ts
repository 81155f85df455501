import type { Setting } from '../../formats/envelope.ts';
import { findTarget, targets } from '../../formats/targets.ts';
import type { Target } from '../../formats/targets.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { valuesOf } from './command.ts';
import type { Options } from './command.ts';
import { unknownName, usageFault } from './usage.ts';

/** The targets that `--to` names, each once, with what `--set` decides about them; `all` is every target. */
export function wantedTargets(options: Options): { readonly found: readonly Target[] } | Diagnostic {
  const named = namedTargets(options);
  return 'code' in named ? named : withSettings(named.found, valuesOf(options, 'set', 'whole'));
}

function namedTargets(options: Options): { readonly found: readonly Target[] } | Diagnostic {
  const names = valuesOf(options, 'to', 'commas');
  if (names.length === 0) return usageFault('--to names no target');
  if (names.includes('all')) return { found: targets };
  const strange = names.find((name) => !findTarget(name));
  if (strange !== undefined) return unknownName('target', strange, [...targets.map(({ name }) => name), 'all']);
  return { found: [...new Set(names)].map((name) => findTarget(name)!) };
}

/** Reads `name=value`, of which each target with an envelope takes what it knows; what none knows is a mistake. */
function withSettings(
  targets: readonly Target[],
  assignments: readonly string[],
): { readonly found: readonly Target[] } | Diagnostic {
  const known = new Map<string, Setting>();
  for (const { envelope } of targets) for (const setting of envelope?.settings ?? []) known.set(setting.name, setting);
  const chosen = new Map<string, string>();
  for (const assignment of assignments) {
    const [, name, value] = /^([^=]*)=([^]*)$/.exec(assignment) ?? [];
    if (name === undefined || value === undefined)
      return usageFault(`--set takes name=value, and '${assignment}' is none`, 'see assay targets');
    const setting = known.get(name);
    if (!setting && known.size === 0) return usageFault(`--set ${name}: none of the targets leaves anything to decide`);
    if (!setting) return unknownName('setting', name, [...known.keys()]);
    const fault = setting.fault(value);
    if (fault !== undefined) return usageFault(`--set ${name}: '${value}' is ${fault}`, setting.what);
    chosen.set(name, value);
  }
  const settings = Object.fromEntries(chosen);
  return { found: targets.map((target) => (target.envelope ? { ...target, settings } : target)) };
}
