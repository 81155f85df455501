import { add, building } from '../offsets.ts';
import type { Building, Offsets } from '../offsets.ts';

/**
 * A text as a program receives it from a shell, and where in the script it stands.
 *
 * `variables` are the places of plain variables, `$name`, which are taken to be unset and so leave nothing behind;
 * `expansion` is the first place of any other thing that the shell puts something in for. `lost` counts the backslashes
 * that it took away.
 */
export interface Piece {
  readonly text: string;
  readonly offsets: Offsets;
  readonly variables: readonly number[];
  readonly expansion: number | undefined;
  readonly lost: number;
}

/** One simple command: its words, and what it reads from standard input if that is a here-document. */
export interface Command {
  readonly words: readonly Piece[];
  readonly input: Piece | undefined;
  readonly start: number;
}

/** Where a script can't be read as the shell would. */
export interface ShellFault {
  readonly at: number;
  readonly message: string;
}

/**
 * Divides a script into simple commands as POSIX shells do (XCU 2.2, 2.3, 2.7.4): quotes, backslashes, comments and
 * here-documents. Loops, functions and pipes are read as the words that they are written with.
 */
export function readCommands(text: string): { readonly commands: readonly Command[] } | ShellFault {
  const commands: Command[] = [];
  let words: Piece[] = [];
  let input: Piece | undefined;
  let start = 0;
  let waiting: {
    readonly delimiter: string;
    readonly isQuoted: boolean;
    readonly tabs: boolean;
    readonly at: number;
  }[] = [];
  let at = 0;
  const flush = () => {
    if (words.length > 0) commands.push({ words, input, start });
    [words, input] = [[], undefined];
  };
  while (at < text.length) {
    const next = text[at]!;
    if (next === ' ' || next === '\t' || next === '\r') at += 1;
    else if (text.startsWith('\\\n', at)) at += 2;
    else if (next === '#') at = lineEnd(text, at);
    else if (next === '\n') {
      at += 1;
      for (const each of waiting) {
        const found = hereDocument(text, at, each.delimiter, each.tabs);
        if (!found) return { at: each.at, message: `no line \`${each.delimiter}\` ends this here-document` };
        input = each.isQuoted ? verbatim(text, found.lines) : expanded(text, found.lines);
        at = found.end;
      }
      waiting = [];
      flush();
    } else if (next === ';' || next === '|' || next === '&') {
      at += 1;
      // What waits for the end of the line belongs to this command.
      if (waiting.length === 0) flush();
    } else if (text.startsWith('<<', at) && text[at + 2] !== '<') {
      const tabs = text[at + 2] === '-';
      const place = at;
      at += tabs ? 3 : 2;
      while (text[at] === ' ' || text[at] === '\t') at += 1;
      const from = at;
      const word = readWord(text, at);
      if ('message' in word) return word;
      at = word.end;
      const isQuoted = /["'\\]/.test(text.slice(from, at));
      waiting.push({ delimiter: word.piece.text, isQuoted, tabs, at: place });
    } else if (next === '<' || next === '>' || next === '(' || next === ')') at += 1;
    else {
      const word = readWord(text, at);
      if ('message' in word) return word;
      if (words.length === 0) start = at;
      words.push(word.piece);
      at = word.end;
    }
  }
  const [open] = waiting;
  if (open) return { at: open.at, message: `no line \`${open.delimiter}\` ends this here-document` };
  flush();
  return { commands };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

interface Received extends Building {
  readonly variables: number[];
  expansion: number | undefined;
  lost: number;
}

function receiving(): Received {
  return { ...building(), variables: [], expansion: undefined, lost: 0 };
}

function received(into: Received, end: number): Piece {
  add(into, '', end);
  const { parts, offsets, variables, expansion, lost } = into;
  return { text: parts.join(''), offsets, variables, expansion, lost };
}

function readWord(text: string, from: number): { readonly piece: Piece; readonly end: number } | ShellFault {
  const word = receiving();
  let at = from;
  for (; at < text.length && !' \t\r\n;|&<>()'.includes(text[at]!); at += 1) {
    const next = text[at]!;
    if (next === "'") {
      const close = text.indexOf("'", at + 1);
      if (close === -1) return { at, message: 'this quote is never closed' };
      add(word, text.slice(at + 1, close), at + 1);
      at = close;
    } else if (next === '"') {
      const open = at;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) at = unit(text, at, '$`"\\\n', word);
      if (at >= text.length) return { at: open, message: 'this quote is never closed' };
    } else if (next === '\\') {
      at += 1;
      word.lost += 1;
      if (at < text.length && text[at] !== '\n') add(word, text[at]!, at);
    } else at = unit(text, at, '', word);
  }
  return { piece: received(word, at), end: at };
}

/** Reads one character, or an escape of one of `escapable`, or notes an expansion. Returns the offset of its last unit. */
function unit(text: string, at: number, escapable: string, into: Received): number {
  const next = text[at]!;
  const after = text[at + 1] ?? '';
  if (next === '\\' && after !== '' && escapable.includes(after)) {
    into.lost += 1;
    if (after !== '\n') add(into, after, at + 1);
    return at + 1;
  }
  const [variable] = next === '$' ? (/^\$[A-Za-z_]\w*/.exec(text.slice(at, at + LONGEST_NAME)) ?? []) : [];
  if (variable !== undefined) {
    into.variables.push(at);
    return at + variable.length - 1;
  }
  // Outside of quotes, `$'...'` and `$"..."` are quotes of their own.
  const begins = escapable === '' ? /[\w({@*#?$!'"-]/ : /[\w({@*#?$!-]/;
  if (next === '`' || (next === '$' && begins.test(after))) into.expansion ??= at;
  add(into, next, at);
  return at;
}

const LONGEST_NAME = 200;

interface Lines {
  /** Start and end of each line, its line break included. */
  readonly lines: readonly (readonly [start: number, end: number])[];
  readonly end: number;
}

function hereDocument(text: string, from: number, delimiter: string, tabs: boolean): Lines | undefined {
  const lines: (readonly [number, number])[] = [];
  for (let at = from; at < text.length;) {
    const end = lineEnd(text, at);
    const start = tabs ? pastTabs(text, at) : at;
    const isLast = end - start === delimiter.length && text.startsWith(delimiter, start);
    if (isLast) return { lines, end: Math.min(end + 1, text.length) };
    lines.push([start, Math.min(end + 1, text.length)]);
    at = end + 1;
  }
  return undefined;
}

function pastTabs(text: string, from: number): number {
  let at = from;
  while (text[at] === '\t') at += 1;
  return at;
}

function verbatim(text: string, lines: Lines['lines']): Piece {
  const body = receiving();
  for (const [start, end] of lines) add(body, text.slice(start, end), start);
  return received(body, lines.at(-1)?.[1] ?? 0);
}

/** Without quotes around its delimiter, a here-document is read as if it stood in double quotes. */
function expanded(text: string, lines: Lines['lines']): Piece {
  const body = receiving();
  for (const [start, end] of lines)
    for (let at = start; at < end; at += 1) {
      ORDINARY.lastIndex = at;
      const run = ORDINARY.exec(text)?.[0].slice(0, end - at) ?? '';
      add(body, run, at);
      at += run.length;
      if (at < end) at = unit(text, at, '$`\\\n', body);
    }
  return received(body, lines.at(-1)?.[1] ?? 0);
}

/** What a shell leaves as it is between double quotes, within a line. */
const ORDINARY = /[^\\$`\n]*\n?/y;
