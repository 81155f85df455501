import { jsonOf } from '../../../events/exact-integers.ts';
import { compare } from '../../../prove/compare.ts';
import type { Comparison } from '../../../prove/compare.ts';
import type { Side } from '../../../prove/side.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';
import { comparisonJson, faultJson, letterOf, remarksOn } from '../comparison-json.ts';
import { comparisonText, matrixText, sentence } from '../comparison-text.ts';
import { wantedProfile } from '../profile-option.ts';
import { findSide } from '../sides.ts';
import type { FoundSide } from '../sides.ts';
import { printable } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { unknownName } from '../usage.ts';

/** `assay compare`: how detections stand to each other. Whatever comes out is a result; only bad input is not. */
export const run: Run = async (words, options, terminal) => {
  const ignored = valueOf(options, 'ignore');
  const profile = await wantedProfile(options, (each) => terminal.report(each));
  const faults = [
    ...(ignored === undefined || ignored === 'logsource'
      ? []
      : [unknownName('thing to ignore', ignored, ['logsource'])]),
    ...(profile !== undefined && 'code' in profile ? [profile] : []),
  ];
  for (const fault of faults) terminal.report(fault);
  if (faults.length > 0 || (profile !== undefined && 'code' in profile)) return 2;

  const isJson = valueOf(options, 'format') === 'json';
  const sides: Readable[] = [];
  for (const [index, word] of words.entries()) {
    const found = await findSide(word, profile);
    if ('fault' in found) return refuse(found.fault, letterOf(index), isJson, terminal);
    for (const each of found.diagnostics.filter(({ severity }) => severity === 'warning')) terminal.report(each);
    sides.push(found);
  }
  const cells = [...pairs(sides.length)].map(([a, b]) => ({
    a,
    b,
    comparison: compare(sides[a]!.side, sides[b]!.side, { ignoreLogSource: ignored === 'logsource', profile }),
  }));
  if (isJson) await terminal.write(`${JSON.stringify(jsonFor(words, cells), null, 2)}\n`);
  else await terminal.write(textFor(words, sides, cells));
  return 0;
};

type Readable = Exclude<FoundSide, { fault: Diagnostic }>;

interface Cell {
  readonly a: number;
  readonly b: number;
  readonly comparison: Comparison;
}

async function refuse(fault: Diagnostic, side: string, isJson: boolean, terminal: Terminal): Promise<2> {
  if (isJson) await terminal.write(`${JSON.stringify(faultJson(side, fault), null, 2)}\n`);
  terminal.report(fault);
  return 2;
}

function* pairs(count: number): Generator<readonly [number, number]> {
  for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += 1) yield [a, b];
}

/** Two sides: their comparison. More: the words that name them, and a cell for each pair by their places in that list. */
function jsonFor(words: readonly string[], cells: readonly Cell[]) {
  const [only, ...more] = cells;
  if (only && more.length === 0) return comparisonJson(only.comparison);
  return { items: words, cells: cells.map(({ a, b, comparison }) => ({ a, b, ...comparisonJson(comparison) })) };
}

function textFor(words: readonly string[], sides: readonly Readable[], cells: readonly Cell[]): string {
  const legend = sides.map(({ side }, index) => {
    const title = side.kind === 'rule' ? `  ${printable(side.detection.title)}` : '';
    return `${letterOf(index)}  ${printable(words[index]!)}${title}\n`;
  });
  const [only, ...more] = cells;
  if (only && more.length === 0) {
    const [a, b] = sides as readonly [Readable, Readable];
    const text = comparisonText(only.comparison, { letters: ['A', 'B'], sources: [a.source, b.source] });
    return `${legend.join('')}\n${text}${logsApart(a.side, b.side, only.comparison)}`;
  }
  const relation = (a: number, b: number) =>
    relations[cells.find((cell) => cell.a === a && cell.b === b)!.comparison.relation.relation];
  return `${legend.join('')}\n${matrixText(sides.length, letterOf, relation)}\n${cells.map(pairText).join('\n')}`;
}

/** Detections for different logs are disjoint whatever they ask: what they ask may be what a person wants compared. */
function logsApart(a: Side, b: Side, { relation }: Comparison): string {
  if (relation.relation !== 'disjoint') return '';
  const asked = compare(a, b, { ignoreLogSource: true }).relation.relation;
  if (asked === 'disjoint' || asked === 'unknown') return '';
  const said = asked === 'equivalent' ? 'equivalent' : asked === 'overlap' ? 'overlapping' : `contained (${asked})`;
  return `\nWhat they ask of an event besides its log is ${said}: see --ignore logsource.\n`;
}

/** What the side of a row is to that of a column. */
const relations = {
  equivalent: 'equivalent',
  subset: 'contained in',
  superset: 'contains',
  overlap: 'overlaps',
  disjoint: 'disjoint',
  unknown: 'unknown',
} as const;

/** A pair among several, briefly: compared by themselves they show more. */
function pairText({ a, b, comparison }: Cell): string {
  const letters = [letterOf(a), letterOf(b)] as const;
  const { onlyA, onlyB } = comparison.relation;
  const { before, after } = remarksOn(comparison, letters);
  return [
    sentence(comparison, letters),
    ...[...before, ...after].map((remark) => `  ${remark}.`),
    ...(onlyA ? [`  only ${letters[0]}: ${printable(jsonOf(onlyA))}`] : []),
    ...(onlyB ? [`  only ${letters[1]}: ${printable(jsonOf(onlyB))}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
