import type { DemoContent } from './content.ts';
import { drawMatrix, drawTimeline, wrapped } from './draw.ts';
import type { Ink } from './draw.ts';
import { compareOn } from './matrix.ts';
import { timelineOf } from './timeline.ts';

/** Columns: at least so many that the table holds together, at most so many that a line can be followed. */
const columns = { least: 88, most: 120 };

/**
 * The text of `assay demo`: what the rule pack finds in the bundled morning, then what the five publications and the
 * pack detect of a list of command lines. Everything shown is computed from `content` at this moment. `room` is what a
 * line may fill, in columns; a narrower terminal than 88 breaks lines by itself.
 */
export function drawDemo({ pack, publications, examples, events }: DemoContent, room: number, ink: Ink): string {
  const width = Math.min(Math.max(room, columns.least), columns.most);
  const timeline = timelineOf(pack, events);
  const own = { name: 'pack', title: `${pack.length} rules of our own`, publisher: 'content/rules', detections: pack };
  const matrix = compareOn(examples, [...publications, own]);
  return [
    ink.strong('A morning in a small domain'),
    `${pack.length} rules hunted ${timeline.events} events of four computers; ${timeline.hits} were hit.`,
    '',
    drawTimeline(timeline, width, ink),
    '',
    ink.strong('Who detects what'),
    ...wrapped(
      'Each command line as Sysmon and the Security log record it, put to five publications and the pack.',
      width,
    ),
    '',
    drawMatrix(matrix, width, ink),
    '',
  ].join('\n');
}
