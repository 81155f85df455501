import type { Piece } from '../../ir/pattern.ts';
import { many } from '../../ir/pattern.ts';
import type { Profile } from '../../schema/profile.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import { patternOf } from './text.ts';

/** What the functions that read one text share. Kibana's grammar heeds blanks, so the place is counted by hand. */
export interface Reader {
  readonly source: Source;
  /** The source's text, or its beginning up to where the query ends. */
  readonly text: string;
  readonly profile: Profile;
  readonly assumptions: Set<string>;
  readonly diagnostics: Diagnostic[];
  at: number;
  /** How many parentheses and negations are open. */
  depth: number;
}

/** A name or a value: `bare` ones are trimmed, and may have wildcards, or be no text but null. */
export interface Literal {
  readonly kind: 'quoted' | 'bare' | 'pattern' | 'null';
  /** Of a pattern, its pieces; of others, one text, or none for the empty text. */
  readonly pieces: readonly Piece[];
  readonly span: Span;
}

/** Stops the reading with a diagnostic at `span`. */
export function fail({ source }: Reader, span: Span, code: string, message: string, hint?: string): never {
  const diagnostic = { code, severity: 'error', message, source, span } as const;
  throw new SyntaxFault(hint === undefined ? diagnostic : { ...diagnostic, hint });
}

/** The character at the place, as a span. */
export function here({ at }: Reader): Span {
  return { start: at, end: at + 1 };
}

const SPACE = ' \t\r\n\u00a0';

export function skipSpace(reader: Reader): void {
  while (reader.at < reader.text.length && SPACE.includes(reader.text[reader.at]!)) reader.at += 1;
}

/** Consumes `and` or `or` with the blanks that must stand at both its sides; false, without moving, if it is not there. */
export function takeOperator(reader: Reader, word: 'and' | 'or'): boolean {
  const before = reader.at;
  skipSpace(reader);
  if (reader.at > before && keywordAt(reader.text, reader.at, word)) {
    reader.at += word.length;
    skipSpace(reader);
    return true;
  }
  reader.at = before;
  return false;
}

/** Consumes `not` with the blanks behind it; false, without moving, if it is not there. */
export function takeNot(reader: Reader): boolean {
  if (!keywordAt(reader.text, reader.at, 'not')) return false;
  reader.at += 3;
  skipSpace(reader);
  return true;
}

/** Whether the word stands at the place, in any case, and a blank behind it. */
function keywordAt(text: string, at: number, word: string): boolean {
  const behind = text[at + word.length];
  return behind !== undefined && SPACE.includes(behind) && text.slice(at, at + word.length).toLowerCase() === word;
}

/** Consumes a quoted or a bare literal; undefined, without moving, if neither begins here. */
export function takeLiteral(reader: Reader): Literal | undefined {
  return reader.text[reader.at] === '"' ? takeQuoted(reader) : takeBare(reader);
}

function takeQuoted(reader: Reader): Literal {
  const { text } = reader;
  const start = reader.at;
  let inner = '';
  let at = start + 1;
  while (text[at] !== '"') {
    if (at >= text.length)
      fail(reader, { start, end: start + 1 }, 'kibana/open-quote', 'this quotation mark is never closed');
    const escape = text[at] === '\\' ? (blankOrCode(text, at) ?? escapedIn(text, at, '\\"')) : undefined;
    inner += escape?.text ?? text[at]!;
    at = escape?.end ?? at + 1;
  }
  reader.at = at + 1;
  return { kind: 'quoted', pieces: inner === '' ? [] : [inner], span: { start, end: reader.at } };
}

interface Escape {
  readonly text: string;
  readonly end: number;
}

/** `\t`, `\r`, `\n`, and `\u0041`. */
function blankOrCode(text: string, at: number): Escape | undefined {
  const blank = { t: '\t', r: '\r', n: '\n' }[text[at + 1] ?? ''];
  if (blank !== undefined) return { text: blank, end: at + 2 };
  const digits = text[at + 1] === 'u' ? text.slice(at + 2, at + 6) : '';
  if (!/^[\da-f]{4}$/i.test(digits)) return undefined;
  return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
}

function escapedIn(text: string, at: number, characters: string): Escape | undefined {
  const next = text[at + 1];
  return next !== undefined && characters.includes(next) ? { text: next, end: at + 2 } : undefined;
}

const SPECIAL = '\\():<>"*{}';

/** A bare literal goes on to the next special character, ` and `, ` or `, or `not `, the last even inside of a word. */
function takeBare(reader: Reader): Literal | undefined {
  const { text } = reader;
  const start = reader.at;
  const pieces: Piece[] = [];
  let run = '';
  let at = start;
  while (at < text.length) {
    const letter = text[at]!;
    if (letter === '*') {
      pieces.push(run, many);
      run = '';
      at += 1;
    } else if (letter === '\\') {
      const escape = blankOrCode(text, at) ?? escapedIn(text, at, SPECIAL) ?? escapedWord(text, at);
      if (!escape) {
        const hint = 'write `\\\\` for a backslash';
        return fail(
          reader,
          { start: at, end: at + 1 },
          'kibana/escape',
          'a backslash must escape something here',
          hint,
        );
      }
      run += escape.text;
      at = escape.end;
    } else if (SPECIAL.includes(letter) || isKeyword(text, at)) break;
    else {
      run += letter;
      at += 1;
    }
  }
  if (at === start) return undefined;
  reader.at = at;
  const span = { start, end: start + text.slice(start, at).trimEnd().length };
  const wild = pieces.length > 0;
  if (wild) return { kind: 'pattern', pieces: patternOf([...pieces, run]), span };
  const trimmed = run.trim();
  if (trimmed === 'null') return { kind: 'null', pieces: [], span };
  return { kind: 'bare', pieces: trimmed === '' ? [] : [trimmed], span };
}

function escapedWord(text: string, at: number): Escape | undefined {
  const [word] = /^(?:or|and|not)/i.exec(text.slice(at + 1, at + 4)) ?? [];
  return word === undefined ? undefined : { text: word, end: at + 1 + word.length };
}

function isKeyword(text: string, at: number): boolean {
  if (SPACE.includes(text[at]!)) return keywordAt(text, at + 1, 'or') || keywordAt(text, at + 1, 'and');
  return (text[at] === 'n' || text[at] === 'N') && keywordAt(text, at, 'not');
}
