import { explainMatch } from '../../../engine/explain.ts';
import type { Explanation } from '../../../engine/explain.ts';
import { isEvent, limits } from '../../../events/reading.ts';
import type { EventRead } from '../../../events/reading.ts';
import { parseRecord } from '../../../events/parse-record.ts';
import { readEvents } from '../../../events/read-events.ts';
import { openEvent } from '../../../schema/shapes.ts';
import { aboutFile } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { inflateNatively, openEvents } from '../../files.ts';
import type { Run } from '../command.ts';
import { explanationText } from '../explanation-text.ts';
import { hasError, loadRules, pickOf } from '../rules.ts';
import type { Pick } from '../rules.ts';
import type { Detection } from '../../../ir/detection.ts';
import { printable } from '../terminal.ts';

/** `assay explain`: why a rule selects an event or not. */
export const run: Run = async ([ruleWord = '', eventWord = ''], _options, terminal) => {
  const rule = pickOf(ruleWord);
  const { detections, diagnostics } = await loadRules([rule.path]);
  for (const each of diagnostics.filter(({ severity }) => severity !== 'info')) terminal.report(each);
  const chosen = detections.filter((each) => isPicked(each, rule));
  const event = await findEvent(eventWord);
  if ('code' in event) terminal.report(event);
  if (detections.length > 0 && chosen.length === 0)
    terminal.report(
      aboutFile(rule.path, 'rules/none', `it has no rule #${rule.number}`, `it has ${listed(detections)}`),
    );
  if ('code' in event || chosen.length === 0) return 2;

  const recorded = openEvent(event.read.raw);
  const { file } = event;
  const where = file === undefined ? '' : ` ${file}, record ${event.read.record}`;
  for (const detection of chosen) {
    const why: Explanation = explainMatch(detection, recorded);
    await terminal.write(`${printable(detection.title)} (${detection.id ?? detection.name})\n`);
    await terminal.write(`event${printable(where)}: ${recorded.time ?? 'no time'}\n\n`);
    await terminal.write(`${explanationText(why)}\n`);
  }
  return hasError(diagnostics) ? 2 : 0;
};

/** A rule of a file with several is called `FILE#N`; the only one answers to `FILE#1`. */
function isPicked({ name, file }: Detection, { path, number }: Pick): boolean {
  return number === undefined || name === `${path}#${number}` || (number === 1 && name === file);
}

function listed(detections: readonly Detection[]): string {
  return detections.map(({ name, title }) => `${name} '${printable(title)}'`).join(', ');
}

/** The event that a word of the command line names: JSON, a file with one event, or `FILE#N`. */
async function findEvent(word: string): Promise<{ readonly read: EventRead; readonly file?: string } | Diagnostic> {
  if (word.trimStart().startsWith('{')) {
    const reading = parseRecord(word, 1, limits);
    return isEvent(reading) ? { read: reading } : aboutFile('<event>', 'events/unreadable', reading.skipped);
  }
  const { path, number } = pickOf(word);
  const input = openEvents(path);
  if ('code' in input) return input;
  let first: { read: EventRead; file: string } | undefined;
  let reason: string | undefined;
  let seen = 0;
  for await (const { file, readings } of readEvents(input, inflateNatively))
    for (const reading of readings) {
      if (!isEvent(reading)) {
        if (number === undefined || reading.record === number) reason ??= reading.skipped;
        continue;
      }
      seen += 1;
      if (number !== undefined && reading.record === number) return { read: reading, file };
      first ??= { read: reading, file };
      if (number === undefined && seen > 1)
        return aboutFile(
          path,
          'events/several',
          'it holds more than one event',
          `choose one: ${path}#${first.read.record}`,
        );
    }
  if (number === undefined && first) return first;
  if (reason !== undefined) return aboutFile(path, 'events/unreadable', reason);
  return aboutFile(path, 'events/none', number === undefined ? 'it holds no event' : `it has no record ${number}`);
}
