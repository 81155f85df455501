import { jsonOf } from '../../events/exact-integers.ts';
import type { RuleLabel } from '../../engine/hit.ts';
import { count, counted, size } from '../cli/figures.ts';
import { rankOf } from '../cli/select-rules.ts';
import type { Summary } from '../cli/summary.ts';
import type { Account, HostedHit } from '../hunting.ts';
import { escaped, value } from './html.ts';
import { style } from './style.ts';

/** What a report is made of: the hits that it shows, and the account of all. */
export interface Report {
  readonly found: readonly HostedHit[];
  readonly summary: Summary;
  readonly account: Account;
}

/** A hunt as one HTML page that needs nothing else: no script, no network, no font. */
export function reportPage({ found, summary, account }: Report): string {
  const hits = [...account.hits.values()].reduce((sum, each) => sum + each, 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Hunt: ${counted(hits, 'hit')} - Assay</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>Hunt: ${counted(hits, 'hit')} of ${counted(account.hits.size, 'rule')}</h1>
${strip(found, summary, hits)}
${hits === 0 ? '<p>No rule selected any event. Below is what was read, and which rules could not have fired.</p>' : `${rulesPart(found, account)}\n${hitsPart(found, hits)}`}
${accountPart(summary, account)}
</main>
<footer>Assay. Rules belong to their authors; each is named with its licence.</footer>
</body>
</html>
`;
}

function strip(found: readonly HostedHit[], { events, bytes, seconds, skipped, rules }: Summary, hits: number): string {
  const hosts = new Set(found.map(({ host }) => host).filter((host) => host !== null));
  const blind = rules.notRunnable.length + rules.needsValues.length;
  const severe = found.filter(({ hit }) => rankOf(hit.rule.level) >= rankOf('high')).length;
  const fact = (name: string, figure: number, note: string) =>
    `<div><dt>${name}</dt><dd>${count(figure)}<small>${note}</small></dd></div>`;
  return `<dl class="strip">
${fact('Events read', events, `${size(bytes)}, ${seconds.toFixed(1)} s`)}
${fact('Hits', hits, `by ${counted(rules.runnable, 'rule')} that could run`)}
${fact('High and critical', severe, found.length < hits ? 'of those shown' : 'hits')}
${fact('Hosts with hits', hosts.size, found.length < hits ? 'of those shown' : escaped([...hosts].slice(0, 2).join(', ')))}
${fact('Not read', skipped.length, '<a href="#account">why</a>')}
${fact('Blind rules', blind, '<a href="#account">why</a>')}
</dl>`;
}

function rulesPart(found: readonly HostedHit[], { hits }: Account): string {
  const labels = new Map(found.map(({ hit }) => [hit.rule.id, hit.rule] as const));
  const rows = [...hits].flatMap(([id, number]) => {
    const label = labels.get(id);
    return label ? [{ label, number }] : [];
  });
  const sorted = rows.toSorted((a, b) => rankOf(b.label.level) - rankOf(a.label.level) || b.number - a.number);
  const most = Math.max(...rows.map(({ number }) => number));
  return `<section id="rules">
<h2>Rules</h2>
<div class="scroll"><table>
<thead><tr><th>Level</th><th>Rule</th><th>Author, licence</th><th class="bar"></th><th class="num">Hits</th></tr></thead>
<tbody>
${sorted.map(({ label, number }) => ruleRow(label, number, number / most)).join('\n')}
</tbody>
</table></div>
</section>`;
}

function ruleRow(label: RuleLabel, number: number, share: number): string {
  const credit = [label.author ?? 'no author', label.license].filter((part) => part !== null).join(', ');
  return `<tr><td>${level(label.level)}</td><td>${escaped(label.title)}<br><small>${escaped(label.id)}</small></td><td class="quiet">${escaped(credit)}</td><td class="bar ${levelClass(label.level)}"><i style="width:${(share * 100).toFixed(1)}%"></i></td><td class="num">${count(number)}</td></tr>`;
}

function hitsPart(found: readonly HostedHit[], hits: number): string {
  const note =
    found.length < hits
      ? `<p class="quiet">The first ${count(found.length)} of ${count(hits)} hits; <code>--format ndjson</code> writes all.</p>`
      : '';
  return `<section id="hits">
<h2>Hits</h2>
${note}
<div class="scroll"><table>
<thead><tr><th>Time, UTC</th><th>Level</th><th>Host</th><th>Rule and event</th></tr></thead>
<tbody>
${found.map(hitRow).join('\n')}
</tbody>
</table></div>
</section>`;
}

function hitRow({ hit, host }: HostedHit): string {
  const { rule, time, from, matched, event } = hit;
  const when =
    time === null
      ? 'no time'
      : `<time datetime="${escaped(time)}">${escaped(time.slice(0, 19).replace('T', ' '))}</time>`;
  const values = matched
    .filter(({ selection }) => selection !== 'logsource')
    .map(({ field, value: text }) => `<dt>${escaped(field === '' ? 'anywhere' : field)}</dt><dd>${value(text)}</dd>`);
  return `<tr><td class="time">${when}</td><td>${level(rule.level)}</td><td>${escaped(host ?? '')}</td><td><details><summary>${escaped(rule.title)} <small>${escaped(`${from.file}:${from.record}`)}</small></summary><dl>${[...new Set(values)].join('')}</dl><pre>${value(jsonOf(event))}</pre></details></td></tr>`;
}

function level(name: string | null): string {
  return `<span class="level ${levelClass(name)}">${escaped(name ?? 'none')}</span>`;
}

/** The class of a level; a level that there is not must not become a class of its author's choice. */
function levelClass(name: string | null): string {
  return rankOf(name) === -1 ? 'none' : name!.toLowerCase();
}

/** Rows of a list that a page shows; a list beyond says how many more there are. */
const LONGEST_LIST = 200;

function accountPart({ skipped, rules }: Summary, { files }: Account): string {
  const read = [...files].map(
    ([file, { events, skipped: own, unlisted }]) =>
      `<tr><td>${escaped(file)}</td><td class="num">${count(events)}</td><td class="num">${count(own.length + unlisted)}</td></tr>`,
  );
  const unread = skipped.map(
    ({ file, record, reason }) =>
      `<tr><td>${escaped(record === null ? file : `${file}:${record}`)}</td><td>${escaped(reason)}</td></tr>`,
  );
  const blind = [
    ...rules.needsValues.map(({ id, placeholders }) => [id, `no values for ${placeholders.join(', ')}`] as const),
    ...rules.notRunnable.map(({ id, file, reason }) => [`${id} (${file})`, reason] as const),
  ].map(([id, reason]) => `<tr><td>${escaped(id)}</td><td>${escaped(reason)}</td></tr>`);
  return `<section id="account">
<h2>Account</h2>
<p>Everything that was not looked at, and why. Nothing else was left out.</p>
${table('Files', ['File', 'Events', 'Not read'], read)}
${table('Records not read', ['Record', 'Why'], unread)}
${table('Rules that could not fire', ['Rule', 'Why'], blind)}
</section>`;
}

function table(title: string, heads: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '';
  const more = rows.length - LONGEST_LIST;
  const last = more > 0 ? `<tr><td colspan="${heads.length}" class="quiet">and ${count(more)} more</td></tr>` : '';
  const head = heads
    .map((each) => `<th${each === 'Events' || each === 'Not read' ? ' class="num"' : ''}>${each}</th>`)
    .join('');
  return `<h3>${title}: ${count(rows.length)}</h3>
<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${rows.slice(0, LONGEST_LIST).join('\n')}
${last}</tbody></table></div>`;
}
