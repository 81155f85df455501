import type { Detection } from '../../ir/detection.ts';
import type { Source } from '../../text/source.ts';
import { aboutFile } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { valueOf, valuesOf } from './command.ts';
import type { Options } from './command.ts';
import { unknownName } from './usage.ts';

/** Levels of Sigma in ascending order. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;

/** Tells which detections a person asked for with `--level`, `--status` and `--tag`; a fault where they ask for nonsense. */
export function ruleFilter(options: Options): ((detection: Detection) => boolean) | Diagnostic {
  const level = valueOf(options, 'level')?.toLowerCase();
  if (level !== undefined && !isOneOf(levels, level)) return unknownName('level', level, levels);
  const wanted = valuesOf(options, 'status', 'commas').map((status) => status.toLowerCase());
  const strange = wanted.find((status) => !isOneOf(statuses, status));
  if (strange !== undefined) return unknownName('status', strange, statuses);
  const least = level === undefined ? -1 : rankOf(level);
  const tags = valuesOf(options, 'tag', 'commas').map(fullTag);
  return (detection) =>
    (least === -1 || rankOf(detection.level) >= least) &&
    (wanted.length === 0 || wanted.includes(detection.status?.toLowerCase() ?? '')) &&
    (tags.length === 0 || detection.tags.some((tag) => tags.some((other) => isBelow(tag.toLowerCase(), other))));
}

/** The place of a level among the levels, from 0; -1 for a rule without level, which no `--level` selects. */
export function rankOf(level: string | null): number {
  return (levels as readonly (string | null)[]).indexOf(level?.toLowerCase() ?? null);
}

function isOneOf(known: readonly string[], word: string): boolean {
  return known.includes(word);
}

/** `T1003.001` is short for `attack.t1003.001`. */
function fullTag(tag: string): string {
  const lower = tag.toLowerCase();
  return /^(?:t|ta|s|g|m|c|ds)\d{4}/.test(lower) ? `attack.${lower}` : lower;
}

function isBelow(tag: string, other: string): boolean {
  return tag === other || tag.startsWith(`${other}.`);
}

/**
 * Reads a list of rules to leave out: an id, or the end of a rule's path, on each line; `#` begins a comment.
 * What is in the list but not among the rules is worth a warning: it may be mistyped.
 */
export function exclusion(
  list: Source,
  detections: readonly Detection[],
): { readonly excluded: ReadonlySet<Detection>; readonly diagnostics: readonly Diagnostic[] } {
  const excluded = new Set<Detection>();
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const line of list.text.split('\n')) {
    const entry = line.replace(/(?:^|\s)#.*$/, '').trim();
    const found = entry === '' ? [] : detections.filter((detection) => isNamed(detection, entry));
    for (const each of found) excluded.add(each);
    if (entry !== '' && found.length === 0) {
      const at = start + line.indexOf(entry);
      diagnostics.push({
        ...aboutFile(list.name, 'exclude/unknown', 'no rule has this id, and no file of a rule this path'),
        severity: 'warning',
        source: list,
        span: { start: at, end: at + entry.length },
      });
    }
    start += line.length + 1;
  }
  return { excluded, diagnostics };
}

function isNamed({ id, name, file }: Detection, entry: string): boolean {
  const path = entry.replaceAll('\\', '/');
  const own = file.replaceAll('\\', '/');
  return id?.toLowerCase() === entry.toLowerCase() || name === entry || own === path || own.endsWith(`/${path}`);
}
