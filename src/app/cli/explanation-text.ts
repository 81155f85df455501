import type { Explanation, Finding, QueryExplanation } from '../../engine/explain.ts';
import { fitted, printable } from './terminal.ts';

/** An explanation as an indented outline: each part of the rule, whether it holds, and the values that it looked at. */
export function explanationText({ selected, queries }: Explanation): string {
  const verdict = selected ? 'selected' : 'not selected';
  return `${verdict}\n\n${queries.map(queryText).join('\n')}`;
}

function queryText(query: QueryExplanation): string {
  if (query.kind === 'outside')
    return `no   the log source wants ${printable(query.wanted.join(' or '))}; this is ${printable(query.found)}\n`;
  const stages = query.stages === 0 ? '' : `     then it counts or orders such events, which one event does not show\n`;
  return `     as ${printable(query.eventKind)}\n${findingLines(query.finding, 0, null).join('\n')}\n${stages}`;
}

/** Longer values are cut: the whole event is at hand. */
const LONGEST = 300;

function findingLines(finding: Finding, depth: number, above: string | null): string[] {
  const { holds, text, selection, of, values } = finding;
  const name = selection !== null && selection !== above ? `${printable(selection)}: ` : '';
  const found =
    values === null || of.length > 0
      ? ''
      : values.length === 0
        ? '   (no value)'
        : `   (${values.map((value) => fitted(printable(value), LONGEST)).join(' | ')})`;
  const line = `${holds ? 'yes' : 'no '}  ${'  '.repeat(depth)}${name}${printable(text)}${found}`;
  return [line, ...of.flatMap((part) => findingLines(part, depth + 1, selection ?? above))];
}
