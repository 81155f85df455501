import { Cursor } from '../../text/cursor.ts';
import type { Source, Span } from '../../text/source.ts';

/** A word of a command as the command gets it, and where each of its characters, and its end, stand in the text. */
export interface Word {
  readonly text: string;
  readonly places: readonly number[];
  readonly span: Span;
}

/** A command: assignments before it, its words, and files are told by the program. */
export interface Command {
  readonly assignments: ReadonlyMap<string, string>;
  readonly words: readonly Word[];
  readonly span: Span;
}

/** Commands joined by `|`. */
export type Pipeline = readonly Command[];

/**
 * Reads command lines as bash does before it runs them: words, quotation marks, pipes, redirections, comments.
 * Throws `SyntaxFault` for what bash refuses, and for what only a running shell can know: variables, substitutions.
 *
 *     lines    = pipeline ((newline | ';') pipeline)*
 *     pipeline = command ('|' command)*
 *     command  = (NAME '=' word)* word+ redirections
 */
export function parseShell(source: Source): Pipeline[] {
  const cursor = new Cursor(source, '(?:[ \\t]|\\\\\\r?\\n)*');
  const pipelines: Pipeline[] = [];
  for (;;) {
    while (cursor.take(/\r?\n|#[^\n]*/));
    if (cursor.done) return pipelines;
    const commands = [readCommand(cursor)];
    while (cursor.take(/\|(?![|&])/)) {
      while (cursor.take(/\r?\n|#[^\n]*/));
      commands.push(readCommand(cursor));
    }
    pipelines.push(commands);
    if (cursor.done || cursor.take(/;(?![;&])|\r?\n|(?=#)/)) continue;
    const [, sign = ''] = cursor.take(/(&&|\|\||;;|[&()|]|[^])/) ?? [];
    const span = { start: cursor.at - sign.length, end: cursor.at };
    if (/^(?:&|\|\|)/.test(sign)) cursor.fail('grep/shell', `'${sign}' between commands is not read`, span);
    cursor.fail('grep/shell', `bash does not expect '${sign}' here`, span, 'put the expression between apostrophes');
  }
}

function readCommand(cursor: Cursor): Command {
  const { start } = cursor.here();
  const assignments = new Map<string, string>();
  for (;;) {
    const name = cursor.take(/([A-Za-z_]\w*)=/);
    if (!name) break;
    assignments.set(name[1]!, readWord(cursor)?.text ?? '');
  }
  const words: Word[] = [];
  for (;;) {
    if (cursor.take(/\d?(?:>>|>&|>\||[<>])(?![(<])/)) {
      if (!readWord(cursor)) cursor.fail('grep/shell', 'a redirection needs a file');
      continue;
    }
    if (cursor.sees(/#/)) break;
    const word = readWord(cursor);
    if (!word) break;
    words.push(word);
  }
  if (words.length === 0)
    cursor.fail('grep/shell', cursor.done ? 'a command is missing' : 'bash expects a command here');
  return { assignments, words, span: { start, end: cursor.at } };
}

interface Writing {
  text: string;
  readonly places: number[];
}

function readWord(cursor: Cursor): Word | undefined {
  if (!cursor.sees(/[^\s|&;()<>]/)) return undefined;
  cursor.take(/(?=[^])/);
  const { start } = cursor.here();
  const { text } = cursor.source;
  cursor.at = start;
  const word: Writing = { text: '', places: [] };
  for (;;) {
    const sign = text[cursor.at];
    if (sign === undefined || /[\s|&;()<>]/.test(sign)) break;
    if (sign === "'") readQuoted(cursor, word);
    else if (sign === '"') readDouble(cursor, word);
    else if (sign === '\\') readEscape(cursor, word);
    else if (sign === '$' && text[cursor.at + 1] === "'") readAnsi(cursor, word);
    else {
      refuseExpansion(cursor);
      put(word, sign, cursor.at);
      cursor.at += 1;
    }
  }
  return { text: word.text, places: [...word.places, cursor.at], span: { start, end: cursor.at } };
}

function put(word: Writing, text: string, at: number): void {
  word.text += text;
  for (let index = 0; index < text.length; index += 1) word.places.push(at);
}

function readQuoted(cursor: Cursor, word: Writing): void {
  const { text } = cursor.source;
  const start = cursor.at;
  const end = text.indexOf("'", start + 1);
  if (end === -1)
    cursor.fail('grep/shell', 'the quotation mark is not closed', { start, end: start + 1 }, "end it with '");
  word.text += text.slice(start + 1, end);
  for (let at = start + 1; at < end; at += 1) word.places.push(at);
  cursor.at = end + 1;
}

/** Between `"` a backslash is itself, but before five characters. */
function readDouble(cursor: Cursor, word: Writing): void {
  const { text } = cursor.source;
  const start = cursor.at;
  cursor.at += 1;
  for (;;) {
    const sign = text[cursor.at];
    if (sign === undefined)
      cursor.fail('grep/shell', 'the quotation mark is not closed', { start, end: start + 1 }, 'end it with "');
    if (sign === '"') break;
    const escaped = sign === '\\' ? /^[$`"\\\n]/.exec(text.slice(cursor.at + 1, cursor.at + 2))?.[0] : undefined;
    if (escaped !== undefined) {
      if (escaped !== '\n') put(word, escaped, cursor.at);
      cursor.at += 2;
      continue;
    }
    refuseExpansion(cursor);
    put(word, sign, cursor.at);
    cursor.at += 1;
  }
  cursor.at += 1;
}

function readEscape(cursor: Cursor, word: Writing): void {
  const next = cursor.source.text[cursor.at + 1];
  // At the very end it is itself.
  if (next !== '\n') put(word, next ?? '\\', cursor.at);
  cursor.at += next === undefined ? 1 : 2;
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\u0007', b: '\b', e: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"', '?': '?',
}; // prettier-ignore

/** `$'..'`, where backslashes are escapes as in C. */
function readAnsi(cursor: Cursor, word: Writing): void {
  const { text } = cursor.source;
  const start = cursor.at;
  cursor.at += 2;
  for (;;) {
    const sign = text[cursor.at];
    if (sign === undefined)
      cursor.fail('grep/shell', 'the quotation mark is not closed', { start, end: start + 2 }, "end it with '");
    if (sign === "'") break;
    const code = /^\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|([0-7]{1,3}))/i.exec(text.slice(cursor.at, cursor.at + 7));
    if (code) {
      const value = code[3] === undefined ? Number.parseInt(code[1] ?? code[2]!, 16) : Number.parseInt(code[3], 8);
      put(word, String.fromCharCode(value), cursor.at);
      cursor.at += code[0].length;
      continue;
    }
    const escaped = sign === '\\' ? ANSI[text[cursor.at + 1] ?? ''] : undefined;
    put(word, escaped ?? sign, cursor.at);
    cursor.at += escaped === undefined ? 1 : 2;
  }
  cursor.at += 1;
}

/** What only a running shell can put in its place. */
function refuseExpansion(cursor: Cursor): void {
  const { text } = cursor.source;
  const rest = text.slice(cursor.at, cursor.at + 2);
  const span = { start: cursor.at, end: cursor.at + 1 };
  if (rest[0] === '`' || /^\$[\w({@*#?$!-]/.test(rest))
    cursor.fail('grep/shell', 'the shell puts something else in this place', span, "put it between apostrophes: '..'");
}
