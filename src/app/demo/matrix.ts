import { planHunt } from '../../engine/plan.ts';
import type { Detection } from '../../ir/detection.ts';
import type { Raw } from '../../ir/event.ts';
import { openEvent } from '../../schema/shapes.ts';

/** A command line that somebody might run, and what Windows records of the program behind it. */
export interface Example {
  readonly line: string;
  /** Full path of the program. */
  readonly image: string;
  /** The original file name in the program's version resource; `-` if it has none. */
  readonly version: string;
  /** Whether it dumps LSASS; otherwise it only looks like it. */
  readonly attack: boolean;
  /** As Sysmon lists them: `MD5=..,IMPHASH=..`. */
  readonly hashes?: string;
  /** A file that the program leaves behind. */
  readonly writes?: string;
}

/** Detections that are judged together: one publication, or a pack of rules. */
export interface Column {
  /** What stands over the column: short, unique. */
  readonly name: string;
  readonly title: string;
  readonly publisher: string;
  readonly detections: readonly Detection[];
}

/** Which columns detect which examples: `cells[row][column]`. */
export interface Matrix {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly example: Example; readonly cells: readonly boolean[] }[];
}

/** Hunts what each example leaves in the logs with the detections of each column. One hit by one of them is enough. */
export function compareOn(examples: readonly Example[], columns: readonly Column[]): Matrix {
  const plans = columns.map(({ detections }) => planHunt(detections));
  const rows = examples.map((example) => {
    const events = eventsOf(example).map(openEvent);
    return { example, cells: plans.map((plan) => events.some((event) => plan.match(event).length > 0)) };
  });
  return { columns, rows };
}

/** What Sysmon and the Security log record of an example: the start of the process, and the file where it writes one. */
export function eventsOf({ line, image, version, hashes, writes }: Example): Raw[] {
  const sysmon = { Channel: 'Microsoft-Windows-Sysmon/Operational', Image: image };
  const created: Raw = {
    ...sysmon,
    EventID: 1,
    CommandLine: line,
    OriginalFileName: version,
    ...(hashes !== undefined && { Hashes: hashes }),
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    ParentCommandLine: 'cmd.exe',
  };
  const audited: Raw = {
    Channel: 'Security',
    EventID: 4688,
    NewProcessName: image,
    CommandLine: line,
    ParentProcessName: 'C:\\Windows\\System32\\cmd.exe',
  };
  return writes === undefined
    ? [created, audited]
    : [created, audited, { ...sysmon, EventID: 11, TargetFilename: writes }];
}

/**
 * Says in words what the matrix shows, the last column being the pack and the others the publications.
 *
 *     Of 15 attacks the publications 000 to 004 see 1, 3, 2, 3 and 6 ..., the five together 9, and the pack 15.
 */
export function readingOf({ columns, rows }: Matrix): string {
  const attacks = rows.filter(({ example }) => example.attack);
  const harmless = rows.filter(({ example }) => !example.attack);
  const pack = columns.length - 1;
  const others = columns.slice(0, pack);
  const seenBy = (column: number) => attacks.filter(({ cells }) => cells[column]).length;
  const together = attacks.filter(({ cells }) => cells.slice(0, pack).some(Boolean)).length;
  const unseen = attacks.filter(({ cells }) => !cells.slice(0, pack).some(Boolean));
  const alarms = harmless.flatMap(({ example, cells }) =>
    columns.flatMap(({ name }, column) => (cells[column] ? [`${name} on "${example.line}"`] : [])),
  );
  return [
    `Of ${attacks.length} attacks ${listed(others.map(({ name }, column) => `${name} sees ${seenBy(column)}`))};`,
    `together they see ${together} and the pack ${seenBy(pack)}.`,
    unseen.length > 0 ? `None of them sees ${listed(unseen.map(({ example }) => `"${example.line}"`))}.` : '',
    alarms.length > 0 ? `False alarms: ${listed(alarms)}.` : `None takes any of the ${harmless.length} harmless lines.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
