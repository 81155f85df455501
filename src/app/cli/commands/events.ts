import { jsonOf } from '../../../events/exact-integers.ts';
import { isEvent } from '../../../events/reading.ts';
import { readEvents } from '../../../events/read-events.ts';
import { inflateNatively, listFiles, openEvents } from '../../files.ts';
import { accountOf, newAccount, noteOf } from '../../hunting.ts';
import type { Run } from '../command.ts';
import { counted } from '../figures.ts';
import { reportSkipped } from '../report-skipped.ts';

/** `assay events`: any event file as one JSON object a line. */
export const run: Run = async (paths, _options, terminal) => {
  const { found, faults } = listFiles(paths, () => true);
  for (const fault of faults) terminal.report(fault);
  let bad = faults.length > 0;
  const account = newAccount();
  for (const path of found) {
    const input = openEvents(path);
    if ('code' in input) {
      terminal.report(input);
      bad = true;
      continue;
    }
    for await (const { file, readings } of readEvents(input, inflateNatively)) {
      const own = accountOf(account, file);
      for (const reading of readings) {
        noteOf(own, reading);
        if (isEvent(reading)) await terminal.write(`${jsonOf(reading.raw)}\n`);
      }
      terminal.progress(counted(own.events, 'event'));
    }
  }
  terminal.progress('');
  return reportSkipped(account.files, new Set(found), terminal) || bad ? 2 : 0;
};
