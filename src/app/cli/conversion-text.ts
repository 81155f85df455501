import { jsonOf } from '../../events/exact-integers.ts';
import type { Detection } from '../../ir/detection.ts';
import type { Conversed, Conversion } from '../../prove/convert.ts';
import { printable } from './terminal.ts';

/** What a converted query is worth, in lines: what it was made of, its verdict, and the events that show it. */
export function notesOn({ detection, target, profile }: Conversion, query: Conversed): string[] {
  return [
    detection.title,
    credit(detection),
    `${target.name} in the fields of ${profile.name}: ${verdictOf(query)}`,
    ...query.losses.map(({ effect, why }) => `${effect}: ${why}`),
    ...(query.missed ? [`it misses this event: ${jsonOf(query.missed)}`] : []),
    ...(query.extra ? [`it also takes this event: ${jsonOf(query.extra)}`] : []),
    ...query.assumptions.map((assumption) => `assumed: ${assumption}`),
  ].map(printable);
}

function credit({ id, name, author, license, file }: Detection): string {
  return `rule ${id ?? name}, by ${author ?? 'no author'}${license === null ? '' : `, ${license}`} (${file})`;
}

function verdictOf({ verdict, basis, except, reason }: Conversed): string {
  const limits = except.length === 0 ? '' : ` but for ${except.join(', ')}`;
  const why = reason === null ? '' : `: ${reason}`;
  return verdict === 'refused' ? `refused${why}` : `${verdict}${limits}, ${basis}${why}`;
}

/** How a language writes comments, by the extension of its files: around each line, or it has none. */
const comments: Readonly<Record<string, readonly [open: string, close: string]>> = {
  spl: ['``` ', ' ```'],
  spl2: ['// ', ''],
  kql: ['// ', ''],
  eql: ['// ', ''],
  esql: ['// ', ''],
  sql: ['-- ', ''],
  ps1: ['# ', ''],
  sh: ['# ', ''],
};

/** zsh, into which people paste, takes a line that begins with `#` for a command unless it is told otherwise. */
const SHELL_SIGNS = /[;&|`$<>()]/g;

/**
 * Writes lines as comments of a language, or undefined if it has none. A line can't end its comment: line breaks were
 * taken out before, and SPL's closing marks are broken up here.
 */
export function commented(lines: readonly string[], extension: string): string | undefined {
  const marks = comments[extension];
  if (!marks) return undefined;
  const [open, close] = marks;
  const inert = (line: string) => (extension === 'sh' ? line.replace(SHELL_SIGNS, ' ') : line.replaceAll('```', "'''"));
  return lines.map((line) => `${open}${inert(line)}${close}\n`).join('');
}
