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
  readonly rows: readonly Row[];
}

/** An example and, for each column, whether it detects it. */
export interface Row {
  readonly example: Example;
  readonly cells: readonly boolean[];
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
 *     Of 16 attacks 000 sees 1, 001 sees 3 and 002 sees 2; together they see 5 and the pack 15. The pack alone sees ..
 */
export function readingOf({ columns, rows }: Matrix): string {
  const attacks = rows.filter(({ example }) => example.attack);
  const pack = columns.length - 1;
  const byOthers = ({ cells }: Row) => cells.slice(0, pack).some(Boolean);
  const seen = columns.map((_, column) => attacks.filter(({ cells }) => cells[column]).length);
  const alone = attacks.filter((row) => row.cells[pack] && !byOthers(row));
  const unseen = attacks.filter(({ cells }) => !cells.some(Boolean));
  const alarms = columns.flatMap(({ name }, column) =>
    rows.filter(({ example, cells }) => !example.attack && cells[column]).map((row) => `${name} on ${quoted(row)}`),
  );
  const counts = columns.slice(0, pack).map(({ name }, column) => `${name} sees ${seen[column]}`);
  return [
    `Of ${attacks.length} attacks ${listed(counts)};`,
    `together they see ${attacks.filter(byOthers).length} and the pack ${seen[pack]}.`,
    ...(alone.length > 0 ? [`The pack alone sees ${listed(alone.map(quoted))}.`] : []),
    ...(unseen.length > 0 ? [`Nobody sees ${listed(unseen.map(quoted))}.`] : []),
    alarms.length > 0 ? `False alarms: ${listed(alarms)}.` : 'There is no false alarm.',
  ].join(' ');
}

function quoted({ example }: Row): string {
  return `"${example.line}"`;
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
