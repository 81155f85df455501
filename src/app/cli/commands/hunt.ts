import { planHunt } from '../../../engine/plan.ts';
import type { Plan } from '../../../engine/plan.ts';
import type { RuleLabel } from '../../../engine/hit.ts';
import type { Input } from '../../../events/read-events.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { aboutFile } from '../../../text/diagnostic.ts';
import { STANDARD_INPUT, inflateNatively, listFiles, openEvents, readText, writeTo } from '../../files.ts';
import { huntFiles, newAccount } from '../../hunting.ts';
import type { Account, HostedHit } from '../../hunting.ts';
import { valueOf, valuesOf } from '../command.ts';
import type { Options, Run } from '../command.ts';
import { count, counted, size } from '../figures.ts';
import { csvHeader, csvLine, ndjsonLine } from '../hit-lines.ts';
import { rulesTable, tableLines } from '../hit-table.ts';
import { reportSkipped } from '../report-skipped.ts';
import { hasError, loadRules } from '../rules.ts';
import { exclusion, rankOf, ruleFilter } from '../select-rules.ts';
import { summaryOf } from '../summary.ts';
import type { Summary } from '../summary.ts';
import type { Terminal } from '../terminal.ts';
import { timeWindow } from '../time-window.ts';
import type { Window } from '../time-window.ts';
import { usageFault } from '../usage.ts';
import { reportPage } from '../../report/page.ts';

/** `assay hunt`: rules over events. Hits are results; only what could not be read changes the exit status. */
export const run: Run = async (paths, options, terminal) => {
  const started = performance.now();
  const ready = await prepare(paths, options);
  const { diagnostics } = ready;
  for (const each of diagnostics.filter(({ severity }) => severity !== 'info')) terminal.report(each);
  if (ready.plan === undefined) return 2;
  const { plan, inputs, inWindow } = ready;

  const writer = writers[valueOf(options, 'format') ?? 'table']!(terminal);
  const account = newAccount();
  await writer.begin?.();
  for await (const hits of huntFiles(plan, inputs, inflateNatively, inWindow, account)) {
    for (const hit of hits) await writer.hit(hit);
    terminal.progress(`${counted(account.events, 'event')}, ${counted(total(account), 'hit')}`);
  }
  terminal.progress('');
  const summary = summaryOf(plan, account, (performance.now() - started) / 1000);
  await writer.end?.(summary, account);

  const faults = reportSkipped(account.files, new Set(paths), terminal);
  const file = valueOf(options, 'summary');
  const unwritten = file === undefined ? undefined : writeTo(file, `${JSON.stringify(summary, null, 2)}\n`);
  if (unwritten) terminal.report(unwritten);
  return hasError(diagnostics) || faults || unwritten ? 2 : 0;
};

/** All that a hunt needs, or only diagnostics, of which at least one is an error that makes it pointless. */
type Prepared = { readonly diagnostics: readonly Diagnostic[] } & (
  { readonly plan?: never } | { readonly plan: Plan; readonly inputs: readonly Input[]; readonly inWindow: Window }
);

async function prepare(paths: readonly string[], options: Options): Promise<Prepared> {
  const rules = valuesOf(options, 'rules', 'whole');
  if (rules.includes(STANDARD_INPUT) && paths.includes(STANDARD_INPUT))
    return { diagnostics: [usageFault('rules and events can not both come from standard input')] };
  const filter = ruleFilter(options);
  const inWindow = timeWindow(options);
  const nonsense = [filter, inWindow].filter((each): each is Diagnostic => typeof each !== 'function');
  if (typeof filter !== 'function' || typeof inWindow !== 'function') return { diagnostics: nonsense };

  const diagnostics: Diagnostic[] = [];
  const loaded = await loadRules(rules);
  diagnostics.push(...loaded.diagnostics);
  let detections = loaded.detections.filter(filter);
  if (loaded.detections.length > 0 && detections.length === 0)
    diagnostics.push(
      aboutFile('assay', 'rules/none-left', 'no rule has the level, status and tag that were asked for'),
    );
  const list = valueOf(options, 'exclude');
  if (list !== undefined) {
    const text = await readText(list);
    if ('code' in text) diagnostics.push(text);
    else {
      const { excluded, diagnostics: unknown } = exclusion(text, loaded.detections);
      diagnostics.push(...unknown);
      detections = detections.filter((detection) => !excluded.has(detection));
    }
  }

  const files = listFiles(paths, () => true);
  diagnostics.push(...files.faults);
  const inputs: Input[] = [];
  for (const file of files.found) {
    const input = openEvents(file);
    if ('code' in input) diagnostics.push(input);
    else inputs.push(input);
  }
  if (files.found.length === 0 && files.faults.length === 0)
    diagnostics.push(aboutFile(paths.join(', '), 'events/none', 'the folder is empty'));
  const pointless = detections.length === 0 || inputs.length === 0;
  if (pointless && hasError(diagnostics)) return { diagnostics };
  return { diagnostics, plan: planHunt(detections), inputs, inWindow };
}

/** How hits are written in one format. */
interface Writer {
  begin?(): Promise<void>;
  hit(found: HostedHit): Promise<void> | void;
  end?(summary: Summary, account: Account): Promise<void>;
}

const writers: Readonly<Record<string, (terminal: Terminal) => Writer>> = {
  ndjson: (terminal) => ({ hit: ({ hit }) => terminal.write(ndjsonLine(hit)) }),
  csv: (terminal) => ({ begin: () => terminal.write(csvHeader), hit: (found) => terminal.write(csvLine(found)) }),
  table: tableWriter,
  html: pageWriter,
};

function tableWriter(terminal: Terminal): Writer {
  const rules = new Map<string, { label: RuleLabel; hits: number }>();
  return {
    async hit(found) {
      const label = found.hit.rule;
      const known = rules.get(label.id);
      if (known) known.hits += 1;
      else rules.set(label.id, { label, hits: 1 });
      await terminal.write(tableLines(found, terminal));
    },
    async end(summary, account) {
      const hits = new Map([...rules.values()].map(({ label, hits }) => [label, hits] as const));
      if (rules.size > 0) await terminal.write(`\n   HITS  LEVEL          RULE\n${rulesTable(hits, rankOf)}\n`);
      await terminal.write(`${sentences(summary, account).join('\n')}\n`);
    },
  };
}

/** Hits that a page shows; beyond, a page is too large for a browser, and the counts still hold. */
const SHOWN = 2000;

function pageWriter(terminal: Terminal): Writer {
  const found: HostedHit[] = [];
  return {
    hit: (hit) => void (found.length < SHOWN && found.push(hit)),
    end: (summary, account) => terminal.write(reportPage({ found, summary, account })),
  };
}

/** What was done, in sentences: the last lines of a table. */
function sentences({ events, bytes, seconds, skipped, rules }: Summary, account: Account): string[] {
  const files = [...account.files.values()].filter((file) => file.events > 0).length;
  const idle = rules.notRunnable.length + rules.needsValues.length;
  return [
    `${counted(total(account), 'hit')} of ${counted(account.hits.size, 'rule')} in ${counted(events, 'event')} (${counted(files, 'file')}, ${size(bytes)}, ${seconds.toFixed(1)} s).`,
    `${count(rules.runnable)} of ${counted(rules.loaded, 'rule')} could run${idle === 0 ? '' : `; --summary FILE says why the others could not`}.`,
    ...(skipped.length === 0
      ? []
      : [`${counted(unread(account), 'record or file', 'records or files')} could not be read.`]),
  ];
}

function unread({ files }: Account): number {
  let records = 0;
  for (const { skipped, unlisted } of files.values()) records += skipped.length + unlisted;
  return records;
}

function total({ hits }: Account): number {
  let sum = 0;
  for (const hit of hits.values()) sum += hit;
  return sum;
}
