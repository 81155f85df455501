import { ansi, plain } from '../demo/draw.ts';
import type { RuleLabel } from '../../engine/hit.ts';
import type { HostedHit } from '../hunting.ts';
import { fitted, printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const LEVEL = 13;
const TIME = 19;

/** One hit in two lines: when, how bad, what and where; then the record and the values that matched. */
export function tableLines({ hit, host }: HostedHit, { width, styled }: Terminal): string {
  const ink = styled ? ansi : plain;
  const { rule, time, from, matched } = hit;
  const when = (time?.slice(0, 19).replace('T', ' ') ?? 'no time').padEnd(TIME);
  const title = printable(rule.title);
  const first = `${when}  ${(rule.level ?? '-').padEnd(LEVEL)}  `;
  const tail = host === null ? '' : `  ${printable(host)}`;
  const values = matched
    .filter(({ selection }) => selection !== 'logsource')
    .map(({ field, value }) => (field === '' ? value : `${field}: ${value}`));
  const second = `  ${printable([`${from.file}:${from.record}`, ...new Set(values)].join('  '))}`;
  const room = width ?? Infinity;
  return `${first}${ink.strong(fitted(title, room - first.length - tail.length))}${tail}\n${ink.faint(fitted(second, room))}\n`;
}

/** The rules that hit, most severe and most frequent first, each with its author and licence. */
export function rulesTable(hits: ReadonlyMap<RuleLabel, number>, rank: (level: string | null) => number): string {
  const rows = [...hits].toSorted(
    ([a, m], [b, n]) => rank(b.level) - rank(a.level) || n - m || (a.title < b.title ? -1 : 1),
  );
  return rows
    .map(([{ level, title, id, author, license, file }, count]) => {
      const credit = [author ?? 'no author', license].filter((part) => part !== null).join(', ');
      const source = id === file || id.startsWith(`${file}#`) ? id : `${id}, ${file}`;
      return `${String(count).padStart(7)}  ${(level ?? '-').padEnd(LEVEL)}  ${printable(title)}\n${' '.repeat(LEVEL + 11)}${printable(`by ${credit}  (${source})`)}\n`;
    })
    .join('');
}
