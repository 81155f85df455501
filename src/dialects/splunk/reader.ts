import { Cursor } from '../../text/cursor.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Rendering } from '../../ir/predicate.ts';
import type { Noted } from './assumptions.ts';
import { unescaped } from './text.ts';

/** What the functions that read one query share. */
export interface Reader {
  readonly cursor: Cursor;
  readonly noted: Noted;
  /** What `_raw` holds, according to the profile. */
  readonly raw: Rendering;
  /** Fields that hold numbers, according to the profile: compared by `=`, they are compared as numbers are written. */
  readonly numbers: ReadonlySet<string>;
  /** How many parentheses, `NOT`s and calls are open. */
  depth: number;
  /** Nodes that uses of computed fields came to so far. */
  unfolded: number;
}

export function readerOf(source: Source, noted: Noted, raw: Rendering): Reader {
  return { cursor: new Cursor(source), noted, raw, numbers: new Set(), depth: 0, unfolded: 0 };
}

const DEEPEST = 200;

/** Operands joined by one rank of operators are a tree as deep as they are many. */
export const MOST_STEPS = 1000;

/** Commands in one pipeline; each may copy what is known of the fields so far. */
export const MOST_COMMANDS = 1000;

/** Reads something inside something else; deeper than any person writes is a mistake. */
export function within<T>(reader: Reader, read: () => T): T {
  reader.depth += 1;
  if (reader.depth > DEEPEST) reader.cursor.fail('splunk/depth', `more than ${DEEPEST} levels of nesting`);
  const result = read();
  reader.depth -= 1;
  return result;
}

/** The span from `start` to where the cursor stands. */
export function since(cursor: Cursor, start: number): Span {
  return { start, end: Math.max(cursor.at, start + 1) };
}

/**
 * Consumes a text between two `mark`s and gives what stands between them, still escaped; undefined, without moving, if
 * none begins here. Written as a loop because a regular expression would need memory in proportion to the text.
 */
export function between(cursor: Cursor, mark: '"' | "'"): string | undefined {
  const start = cursor.here().start;
  const { text } = cursor.source;
  if (text[start] !== mark) return undefined;
  let at = start + 1;
  while (at < text.length && text[at] !== mark) at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length)
    cursor.fail('splunk/quote', `a text begins here and has no closing ${mark}`, { start, end: start + 1 });
  cursor.at = at + 1;
  return text.slice(start + 1, at);
}

/** A quoted text as it is meant; undefined if none begins here. */
export function quotedText(reader: Reader): string | undefined {
  const inner = between(reader.cursor, '"');
  if (inner !== undefined && /(?:^|[^\\])(?:\\\\)*\\(?!["\\])/.test(inner)) reader.noted.add('loneBackslash');
  return inner === undefined ? undefined : unescaped(inner);
}

/** Consumes `pattern` after any blanks and gives its text without them, or undefined without moving. */
export function taken({ cursor }: Reader, pattern: RegExp): string | undefined {
  return cursor.take(pattern)?.[0].trimStart();
}

/** Like `taken`, but a mismatch is a mistake in the text: `expected a field`. */
export function expected({ cursor }: Reader, pattern: RegExp, what: string): string {
  return cursor.expect(pattern, what)[0].trimStart();
}
