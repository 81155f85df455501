import type { Raw, Value } from '../../ir/event.ts';
import { textOf } from '../../ir/event.ts';
import type { Origin } from '../../ir/detection.ts';
import type { Comparison, Failed, Why } from '../../prove/compare.ts';
import type { Mark } from '../../prove/marks.ts';
import { pointAt } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { positionOf } from '../../text/source.ts';
import { remarksOn } from './comparison-json.ts';
import { printable } from './terminal.ts';

/** Two sides by their letters, and the texts that the places of each point into. */
export interface Named {
  readonly letters: readonly [string, string];
  readonly sources: readonly [Source, Source];
}

/** A comparison for a person: the relation in a sentence, then an event for each difference and what it comes from. */
export function comparisonText(comparison: Comparison, { letters, sources }: Named): string {
  const { relation, assumptions, why } = comparison;
  const [a, b] = letters;
  const whyOf = (side: 'a' | 'b') => why.find((each) => each.side === side);
  return [
    ...remarksOn(comparison, letters).before.map((remark) => `${printable(remark)}.\n`),
    `${sentence(comparison, letters)}\n`,
    ...remarksOn(comparison, letters).after.map((remark) => `${printable(remark)}.\n`),
    ...(relation.onlyA ? [witness(`Only ${a} selects`, relation.onlyA, whyOf('b'), b, sources[1])] : []),
    ...(relation.onlyB ? [witness(`Only ${b} selects`, relation.onlyB, whyOf('a'), a, sources[0])] : []),
    ...(relation.both && relation.relation !== 'equivalent' ? [witness('Both select', relation.both)] : []),
    ...(assumptions.length === 0 ? [] : [`Assumed:\n${assumptions.map((each) => `  ${printable(each)}\n`).join('')}`]),
  ].join('\n');
}

/** The relation in a sentence. */
export function sentence({ relation }: Comparison, [a, b]: readonly [string, string]): string {
  switch (relation.relation) {
    case 'equivalent':
      return `${a} and ${b} are equivalent: they select the same events.`;
    case 'subset':
      return `${a} is contained in ${b}: all that ${a} selects ${b} selects too, and more.`;
    case 'superset':
      return `${b} is contained in ${a}: all that ${b} selects ${a} selects too, and more.`;
    case 'overlap':
      return `${a} and ${b} overlap: each selects events that the other misses.`;
    case 'disjoint':
      return `${a} and ${b} are disjoint: no event is selected by both.`;
    case 'unknown':
      return `It is not known how ${a} and ${b} stand to each other: ${printable(relation.reason ?? 'a limit was reached')}.`;
  }
}

function witness(title: string, event: Raw, why?: Why, refusing = '', source?: Source): string {
  const lines = [`${title}:`, ...eventLines(event, why)];
  if (!why || !source) return `${lines.join('\n')}\n`;
  if (why.failed.length === 0) return `${lines.join('\n')}\n\n  ${refusing} takes no such event at all.\n`;
  const told = why.failed.slice(0, REASONS).flatMap((failed) => ['', ...reasonLines(failed, refusing, source)]);
  const rest = why.failed.length - REASONS;
  const reasons = rest > 0 ? [...told, '', `  and ${rest} more`] : told;
  return `${lines.join('\n')}\n${reasons.map((line) => `${line}\n`).join('')}`;
}

/** A field a line; `>` before those at issue, and a caret under the characters that count. */
function eventLines(event: Raw, why: Why | undefined): string[] {
  const missing = (why?.fields ?? []).filter((field) => !Object.hasOwn(event, field));
  const names = [...Object.keys(event), ...missing];
  const width = Math.max(0, ...names.map((name) => printable(name).length));
  return names.flatMap((name) => {
    const lead = `${why?.fields.includes(name) === true ? '  > ' : '    '}${printable(name).padEnd(width)}  `;
    const value = event[name];
    if (value === undefined) return [`${lead}(missing)`];
    const carets = caretsUnder(
      value,
      (why?.found ?? []).filter(({ field }) => field === name),
    );
    return [`${lead}${shown(value)}`, ...(carets === '' ? [] : [' '.repeat(lead.length) + carets])];
  });
}

/** A value in one line: as it is if that is plain, else as JSON, so that nothing in it hides. */
function shown(value: Value): string {
  return isPlain(value) ? printable(textOf(value)) : printable(JSON.stringify(value));
}

function isPlain(value: Value): value is string | number | boolean {
  return (typeof value === 'string' && /^[^\u0000-\u001f\u007f]+$/.test(value)) || typeof value === 'number';
}

function caretsUnder(value: Value, found: readonly Mark[]): string {
  if (typeof value === 'object') return '';
  const plain = isPlain(value);
  const text = String(value);
  const column = (at: number) =>
    plain ? printable(text.slice(0, at)).length : printable(JSON.stringify(text.slice(0, at))).length - 1;
  const cells = Array.from({ length: column(text.length) }, () => ' ');
  for (const { value: marked, start, end } of found) if (marked === text) cells.fill('^', column(start), column(end));
  return cells.join('').trimEnd();
}

/** Reasons that are shown. */
const REASONS = 4;
/** Alternatives that are listed; a rule may have hundreds. */
const LISTED = 4;
/** Places of the rule that are shown for one reason. */
const PLACES = 2;

function reasonLines({ tests, wanted, origins }: Failed, side: string, source: Source): string[] {
  const listed = tests.slice(0, LISTED).map(printable);
  const [only, ...more] = listed;
  const said =
    more.length === 0
      ? [`  ${side} ${wanted ? 'wants' : 'does not want'}: ${only}`]
      : [`  ${side} wants one of these${wanted ? '' : ' not to be so'}:`, ...listed.map((test) => `    ${test}`)];
  return [
    ...said,
    ...(tests.length > LISTED ? [`    and ${tests.length - LISTED} more`] : []),
    ...origins.slice(0, PLACES).flatMap((origin) => placeLines(origin, source)),
  ];
}

/** The place in the rule, where its text is at hand: a part may come from a file that another refers to. */
function placeLines({ span, part, file }: Origin, source: Source): string[] {
  if (file !== undefined && file !== source.name) return [`    from ${printable(file)}, ${printable(part)}`];
  const { line, column } = positionOf(source, span.start);
  const excerpt = pointAt(source, span).split('\n');
  return [
    '',
    `    ${printable(source.name)}:${line}:${column}, ${printable(part)}`,
    ...excerpt.map((each) => `    ${each}`),
  ];
}

/** Relations among several sides as a table: what the side of the row is to that of the column. */
export function matrixText(
  count: number,
  letterOf: (index: number) => string,
  cell: (a: number, b: number) => string,
): string {
  const letters = Array.from({ length: count }, (_, index) => letterOf(index));
  const rows = letters.map((letter, a) => [letter, ...letters.map((_, b) => (a < b ? cell(a, b) : ''))]);
  const all = [['', ...letters], ...rows];
  const widths = ['', ...letters].map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map(
      (row) =>
        `${row
          .map((text, column) => text.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
