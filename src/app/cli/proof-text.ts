import type { Proof } from '../../prove/prove.ts';
import type { Executed, Tally } from '../../prove/run-engine.ts';
import { jsonOf } from '../../events/exact-integers.ts';
import { count, counted } from './figures.ts';
import { fitted, printable } from './terminal.ts';

/** A proof in a line, and below it whatever is not as it should be. */
export function proofText(proof: Proof): string {
  const { detection, target, verdict, basis, except, reason, engines, failures, missed, extra } = proof;
  const limits = except.length === 0 ? '' : ` but for ${except.join(', ')}`;
  const runs = Object.entries(engines).map(([name, executed]) => `; ${name}: ${executedText(executed)}`);
  const notes = [
    ...(failures.length > 0 ? failures.map((failure) => `FAILED: ${failure}`) : reason === null ? [] : [reason]),
    ...(missed ? [`it misses this event: ${jsonOf(missed)}`] : []),
    ...(extra ? [`it also takes this event: ${jsonOf(extra)}`] : []),
  ];
  const head = `${target.name}  ${verdict}${limits}, ${basis}${runs.join('')}  ${fitted(printable(detection.title), TITLE)}`;
  return [head, ...notes.map((note) => `    ${printable(note)}`)].map((line) => `${line}\n`).join('');
}

const TITLE = 100;

function executedText(executed: Executed): string {
  switch (executed.kind) {
    case 'run': {
      const { events, agree, told } = executed;
      const differ = told === 0 ? '' : `, ${count(told)} differ as told`;
      return `${count(agree)} of ${counted(events, 'event')} agree${differ}`;
    }
    case 'skipped':
      return 'skipped';
    case 'failed':
      return 'failed';
    case 'nothing':
      return `not run, ${executed.why}`;
  }
}

/** What engines made of all rules, by class of value, and which engines were not there. */
export interface Totals {
  readonly classes: Map<string, Map<string, Tally>>;
  readonly skipped: Map<string, string>;
  rules: number;
  failed: number;
  readonly verdicts: Map<string, number>;
}

/** Adds a proof to the totals. */
export function addTo(totals: Totals, { verdict, engines, failures }: Proof): void {
  totals.rules += 1;
  totals.failed += Number(failures.length > 0);
  totals.verdicts.set(verdict, (totals.verdicts.get(verdict) ?? 0) + 1);
  for (const [name, executed] of Object.entries(engines)) {
    if (executed.kind === 'skipped') totals.skipped.set(name, executed.install);
    if (executed.kind !== 'run') continue;
    const classes = totals.classes.get(name) ?? new Map<string, Tally>();
    totals.classes.set(name, classes);
    for (const [of, tally] of executed.classes) classes.set(of, sum(classes.get(of), tally));
  }
}

function sum(a: Tally | undefined, b: Tally): Tally {
  return a ? { events: a.events + b.events, agree: a.agree + b.agree, told: a.told + b.told } : b;
}

/** The totals as tables and sentences: the last lines of the output. */
export function totalsText({ classes, skipped, rules, failed, verdicts }: Totals): string {
  const tables = [...classes].map(([name, found]) => classTable(name, found));
  const counts = [...verdicts].map(([verdict, number]) => `${count(number)} ${verdict}`).join(', ');
  return [
    ...tables,
    ...[...skipped].map(([name, install]) => `${name} is not installed and was skipped; to install it: ${install}\n`),
    `${counted(rules, 'proof')}: ${counts}. ${failed === 0 ? 'None' : count(failed)} failed.\n`,
  ].join('\n');
}

function classTable(engine: string, classes: ReadonlyMap<string, Tally>): string {
  const all = [...classes.values()].reduce((a, b) => sum(a, b));
  const rows = [...classes, ['all', all] as const];
  const width = Math.max(...rows.map(([of]) => of.length), engine.length);
  const figures = [...rows.map(([, { events }]) => count(events).length), 'events'.length];
  const column = (text: string) => text.padStart(Math.max(...figures) + 2);
  const line = (of: string, ...cells: readonly string[]) => `${of.padEnd(width)}${cells.map(column).join('')}\n`;
  return [
    line(engine, 'events', 'agree', 'told'),
    ...rows.map(([of, { events, agree, told }]) => line(of, count(events), count(agree), count(told))),
  ].join('');
}
