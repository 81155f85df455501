import type { Skipped } from './reading.ts';

/** The text of a record, without its last line break, and the line it begins in. */
export interface Cut {
  readonly line: number;
  readonly text: string;
  readonly isOneLine: boolean;
}

/** Takes the text of a file in order, and is told when there is no more. */
export interface Lines {
  push(text: string): void;
  end(): void;
}

/** Lines of a record. Where there are more, a quote was never closed, and they would all be read at once after that. */
const MOST_LINES = 100_000;

/**
 * Cuts a file of separated values into records: a record is as many lines as it takes to close every quote.
 *
 * `take` says whether such a text of several lines is a record indeed. If not, a quote in its first line was never
 * meant to open a cell: that line is taken by itself, and cutting goes on behind it. So is a record that would be longer
 * than `longest` characters or 100,000 lines. All lines of such a text but the first and the last have their quotes
 * closed, so no line is looked at more than twice.
 */
export function csvLines(longest: number, take: (cut: Cut) => boolean, skip: (skipped: Skipped) => void): Lines {
  /** The beginning of a line whose end has not come; dropped once it is too long. */
  let begun = '';
  let begunLength = 0;
  let line = 0;
  /** Lines of a record whose quote is open, the first of which is number `since`. */
  let open: string[] = [];
  let openLength = 0;
  let since = 0;

  const takeLine = (text: string, number: number): void => {
    const isOdd = quotesIn(text) % 2 === 1;
    if (open.length === 0 && !isOdd) {
      if (!isBlank(text)) take({ line: number, text: unended(text), isOneLine: true });
      return;
    }
    if (open.length === 0) since = number;
    open.push(text);
    openLength += text.length + 1;
    if (openLength > longest || open.length > MOST_LINES) release();
    else if (isOdd && open.length > 1) {
      const cut = { line: since, text: unended(open.join('\n')), isOneLine: false };
      if (take(cut)) forget();
      else release();
    }
  };

  const forget = (): void => {
    open = [];
    openLength = 0;
  };

  /** The first of the open lines is a record by itself, sound or not; the others are looked at again. */
  const release = (): void => {
    const [first, ...others] = open;
    const number = since;
    forget();
    if (first === undefined) return;
    if (first.length > longest) skip({ record: number, skipped: tooLong(first.length, longest) });
    else take({ line: number, text: unended(first), isOneLine: true });
    for (const [index, other] of others.entries()) takeLine(other, number + 1 + index);
  };

  const endLine = (): void => {
    line += 1;
    if (begunLength > longest) {
      skip({ record: line, skipped: tooLong(begunLength, longest) });
    } else takeLine(begun, line);
    begun = '';
    begunLength = 0;
  };

  const begin = (text: string): void => {
    begunLength += text.length;
    begun = begunLength > longest ? '' : begun + text;
  };

  return {
    push(text) {
      let at = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
        begin(text.slice(at, end));
        endLine();
        at = end + 1;
      }
      begin(text.slice(at));
    },
    end() {
      if (begunLength > 0) endLine();
      while (open.length > 0) release();
    },
  };
}

/** A text without what `\r\n` leaves of a line break; those inside of a record belong to a value. */
function unended(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function tooLong(length: number, longest: number): string {
  return `a line of ${length} characters; at most ${longest} are read`;
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

/** Nothing but blanks and separators: spreadsheets leave such lines below a table. */
function isBlank(text: string): boolean {
  return /^[\s,;|]*$/.test(text);
}

/** What separates the cells of a header: the one of comma, semicolon, tab and bar that stands in it most often. */
export function separatorOf(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((each) => ({ each, count: unquoted.split(each).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).each;
}
