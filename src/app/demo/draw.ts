import { printable } from '../cli/terminal.ts';
import type { Matrix } from './matrix.ts';
import { readingOf } from './matrix.ts';
import type { Deed, Incident, Timeline } from './timeline.ts';

/** How a text is set off: by ANSI codes on a terminal, not at all elsewhere. Nothing is told by it alone. */
export interface Ink {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** For files and pipes. */
export const plain: Ink = { strong: (text) => text, faint: (text) => text };

/** For terminals. */
export const ansi: Ink = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
};

/** Of the longest usual level, `critical`. */
const LEVEL = 8;

/**
 * Draws a timeline: a line for each incident, below it what was done, and below that the rules that saw it.
 * Lines are at most `width` columns long, but for names that are longer themselves.
 */
export function drawTimeline({ incidents }: Timeline, width: number, ink: Ink): string {
  return incidents.map((incident) => drawIncident(incident, width, ink)).join('\n\n');
}

function drawIncident({ time, host, user, deeds }: Incident, width: number, ink: Ink): string {
  const clock = time === null ? 'no time' : `${time.slice(0, 10)} ${time.slice(11, 19)}`;
  const head = ink.strong([clock, host, user ?? ''].filter((part) => part !== '').join('  '));
  return [head, ...deeds.flatMap((deed) => drawDeed(deed, width, ink))].join('\n');
}

function drawDeed({ what, events, rules }: Deed, width: number, ink: Ink): string[] {
  const seen = ink.faint(`(${events.join(', ')})`);
  return [
    ...wrapped(printable(what), width - 2).map((line) => `  ${line}`),
    ...rules.map(({ level, title }, index) => {
      const mark = `    ${(level ?? '-').padEnd(LEVEL)}  ${title}`;
      return index === 0 ? `${mark}  ${seen}` : mark;
    }),
  ];
}

/**
 * Draws a matrix as a table: a row for each example, a column for each set of detections, `●` where it detects and `·`
 * where it does not; then the names of the columns, and the reading. At most `width` columns.
 */
export function drawMatrix(matrix: Matrix, width: number, ink: Ink): string {
  const { columns, rows } = matrix;
  const cell = Math.max(...columns.map(({ name }) => name.length)) + 2;
  const first = width - cell * columns.length;
  const line = (text: string, cells: readonly string[]) =>
    `${text.padEnd(first)}${cells.map((each) => each.padStart(cell)).join('')}`.trimEnd();
  const part = (title: string, attack: boolean) => [
    ink.faint(title),
    ...rows
      .filter(({ example }) => example.attack === attack)
      .flatMap(({ example, cells }) => {
        const [head, ...rest] = wrapped(printable(example.line), first - 2);
        const marks = cells.map((hit) => (hit ? '●' : '·'));
        return [line(`  ${head}`, marks), ...rest.map((more) => `    ${more}`)];
      }),
  ];
  const header = line(
    'Command line',
    columns.map(({ name }) => name),
  );
  const names = columns.map(({ name, title, publisher }) => `  ${name.padEnd(cell)}${title} (${publisher})`);
  return [
    ink.strong(header),
    ...part('Attacks', true),
    ...part('Harmless', false),
    '',
    ...names,
    '',
    ...wrapped(readingOf(matrix), width),
  ].join('\n');
}

/** Breaks a text at blanks, and where a word is longer than a line, inside it. A line holds at least one character. */
export function wrapped(text: string, width: number): string[] {
  const most = Math.max(width, 1);
  const lines: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const blank = rest.lastIndexOf(' ', most);
    const at = blank > most / 3 ? blank : most;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
