import type { Conversion } from '../../prove/convert.ts';
import { worst } from '../../prove/verdict.ts';
import type { Verdict } from '../../prove/verdict.ts';
import { csvRow } from './csv.ts';
import { count, counted } from './figures.ts';
import { fitted, printable } from './terminal.ts';

/** What a rule is worth in one target: the worst of its queries, and why it is not exact. */
export interface Standing {
  readonly rule: string;
  readonly title: string;
  readonly target: string;
  readonly verdict: Verdict;
  /** Named classes of events outside of which the verdict holds. */
  readonly except: readonly string[];
  /** A sentence a cause; empty where the verdict is exact without exceptions. */
  readonly reasons: readonly string[];
}

/** Sums up a conversion, so that thousands of rules are shown side by side without keeping their queries. */
export function standingOf({ detection, target, queries }: Conversion): Standing {
  const { verdict, except, reason } = worst(queries);
  const losses = queries.flatMap((query) =>
    query.losses.filter(({ effect }) => verdict !== 'refused' || effect === 'refused').map(({ why }) => why),
  );
  const given = losses.length > 0 || reason === null ? losses : [reason];
  const causes = given.length > 0 ? given : except;
  return {
    rule: detection.id ?? detection.name,
    title: detection.title,
    target: target.name,
    verdict,
    except,
    reasons: verdict === 'exact' && except.length === 0 ? [] : [...new Set(causes)],
  };
}

const SIGNS = { exact: '=', wider: '>', narrower: '<', differs: '#', unknown: '?', refused: '-' } as const;

const LEGEND =
  '= exact   ~ exact but for a named class of events   > wider   < narrower   # differs   ? unknown   - refused\n';

/** Columns of a page without a terminal to fit in. */
const USUAL_WIDTH = 120;

/** A line a rule, a column a target; the names of the targets stand above, each over a line that leads to its column. */
export function matrixText(standings: readonly Standing[], width = USUAL_WIDTH): string {
  const targets = targetsOf(standings);
  const rules = rowsOf(standings);
  const longest = Math.max(0, ...rules.map(([first]) => printable(first!.title).length));
  const widest = Math.max(0, ...targets.map((target, index) => 2 * index + target.length));
  const room = Math.max(20, Math.min(longest, width - 2 - widest));
  const heads = targets.map((target, index) => `${' '.repeat(room + 2)}${'| '.repeat(index)}${target}\n`);
  const lines = rules.map((cells) => {
    const signs = targets.map((target) => signOf(cells.find((cell) => cell.target === target)));
    return `${fitted(printable(cells[0]!.title), room).padEnd(room)}  ${signs.join(' ')}\n`;
  });
  return `${heads.join('')}${lines.join('')}\n${LEGEND}`;
}

function signOf(standing: Standing | undefined): string {
  if (!standing) return ' ';
  return standing.verdict === 'exact' && standing.except.length > 0 ? '~' : SIGNS[standing.verdict];
}

/** How often each verdict was reached in each target, and under it the reasons, most frequent first. */
export function summaryText(standings: readonly Standing[]): string {
  return targetsOf(standings)
    .map((target) => {
      const cells = standings.filter((cell) => cell.target === target);
      const reasons = tally(cells.flatMap((cell) => cell.reasons.map((why) => `${wordOf(cell)}: ${why}`)));
      const shown = reasons.slice(0, MOST_REASONS).map(([why, times]) => `${count(times).padStart(8)}  ${why}\n`);
      const rest =
        reasons.length > MOST_REASONS
          ? `${' '.repeat(10)}and ${counted(reasons.length - MOST_REASONS, 'other reason')}\n`
          : '';
      const verdicts = tally(cells.map(wordOf)).map(([word, times]) => `${count(times)} ${word}`);
      return `${target}: ${verdicts.join(', ')}\n${shown.map(printableLine).join('')}${rest}`;
    })
    .join('\n');
}

/** Reasons shown for a target; `conversions.json` holds all of them. */
const MOST_REASONS = 12;

function printableLine(line: string): string {
  return `${printable(line.trimEnd())}\n`;
}

function wordOf({ verdict, except }: Standing): string {
  return verdict === 'exact' && except.length > 0 ? 'exact with exceptions' : verdict;
}

/** The matrix as a table of words for a spreadsheet: rule, title, and a column for each target. */
export function matrixCsv(standings: readonly Standing[]): string {
  const targets = targetsOf(standings);
  const lines = rowsOf(standings).map((cells) => {
    const words = targets.map((target) => {
      const cell = cells.find((each) => each.target === target);
      return cell
        ? [cell.verdict, ...(cell.except.length > 0 ? ['but for', cell.except.join(', ')] : [])].join(' ')
        : '';
    });
    return csvRow([cells[0]!.rule, cells[0]!.title, ...words]);
  });
  return [csvRow(['rule', 'title', ...targets]), ...lines].join('');
}

function targetsOf(standings: readonly Standing[]): string[] {
  return [...new Set(standings.map(({ target }) => target))];
}

/** The cells of each rule, in the order of the rules. */
function rowsOf(standings: readonly Standing[]): Standing[][] {
  const rows = new Map<string, Standing[]>();
  for (const each of standings) rows.set(each.rule, [...(rows.get(each.rule) ?? []), each]);
  return [...rows.values()];
}

function tally(words: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
