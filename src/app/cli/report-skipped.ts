import { aboutFile } from '../../text/diagnostic.ts';
import type { Severity } from '../../text/diagnostic.ts';
import type { Flag } from '../../events/reading.ts';
import type { FileAccount } from '../hunting.ts';
import { counted } from './figures.ts';
import type { Terminal } from './terminal.ts';

/** What was wrong with records that were read all the same. */
const damage: Readonly<Record<Flag, string>> = {
  torn: 'written only in part: read, and what is missing is empty or zero',
  size: 'of a wrong size: read up to the next one',
  recovered: 'found behind damage to the file: read, but others may be lost',
};

/**
 * Says of each file how much of it could not be read, and the first reason. Returns true if a file that a person named
 * (`named`) gave no event at all for a reason that concerns the whole file: then the input was bad. A broken record, or
 * a foreign file in a folder, is only worth a warning, and foreign files of one kind are worth one.
 */
export function reportSkipped(
  files: ReadonlyMap<string, FileAccount>,
  named: ReadonlySet<string>,
  terminal: Pick<Terminal, 'report'>,
): boolean {
  const foreign = new Map<string, string[]>();
  const say = (file: string, code: string, severity: Severity, message: string) =>
    terminal.report({ ...aboutFile(file, code, message), severity });
  let bad = false;
  for (const [file, { events, skipped, unlisted, replaced, flagged }] of files) {
    const [first] = skipped;
    if (first && first.record === null && events === 0) {
      bad ||= named.has(file);
      if (named.has(file)) say(file, 'events/unreadable', 'error', first.reason);
      else foreign.set(first.reason, [...(foreign.get(first.reason) ?? []), file]);
    } else if (first) {
      const reason = `${first.record === null ? '' : `record ${first.record}: `}${first.reason}`;
      const records = skipped.length + unlisted;
      const others = `${counted(records, 'record')} could not be read; the first, ${reason}`;
      say(file, 'events/skipped', 'warning', records === 1 ? reason : others);
    }
    if (replaced > 0)
      say(
        file,
        'events/encoding',
        'warning',
        `${counted(replaced, 'record')} with bytes that are no UTF-8, or characters that XML can't hold, read as U+FFFD`,
      );
    for (const [flag, records] of flagged)
      say(file, 'events/damaged', 'warning', `${counted(records, 'record')} ${damage[flag]}`);
  }
  for (const [reason, alike] of foreign) {
    const more = alike.length === 1 ? '' : ` (so are ${counted(alike.length - 1, 'other')} like it)`;
    say(alike[0]!, 'events/unreadable', 'warning', `passed over${more}: ${reason}`);
  }
  return bad;
}
