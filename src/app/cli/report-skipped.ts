import { aboutFile } from '../../text/diagnostic.ts';
import type { FileAccount } from '../hunting.ts';
import { counted } from './figures.ts';
import type { Terminal } from './terminal.ts';

/**
 * Says of each file how much of it could not be read, and the first reason. Returns true if a file that a person named
 * (`named`) gave no event at all for a reason that concerns the whole file: then the input was bad. A broken record, or
 * a foreign file in a folder, is only worth a warning.
 */
export function reportSkipped(
  files: ReadonlyMap<string, FileAccount>,
  named: ReadonlySet<string>,
  terminal: Terminal,
): boolean {
  let bad = false;
  for (const [file, { events, skipped, unlisted, replaced }] of files) {
    const [first] = skipped;
    if (first) {
      const whole = first.record === null && events === 0;
      const records = skipped.length + unlisted;
      const where = first.record === null ? '' : `record ${first.record}: `;
      const severity = whole && named.has(file) ? 'error' : 'warning';
      const message = whole
        ? first.reason
        : records === 1
          ? `${where}${first.reason}`
          : `${counted(records, 'record')} could not be read; the first, ${where}${first.reason}`;
      terminal.report({ ...aboutFile(file, whole ? 'events/unreadable' : 'events/skipped', message), severity });
      bad ||= severity === 'error';
    }
    if (replaced > 0) {
      const message = `${counted(replaced, 'record')} with bytes that are no UTF-8; each was read as U+FFFD`;
      terminal.report({ ...aboutFile(file, 'events/encoding', message), severity: 'warning' });
    }
  }
  return bad;
}
