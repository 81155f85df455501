import type { Span } from '../../text/source.ts';

/** Blanks out comments (three backticks around them, outside of quotation marks), so that every offset stays. */
export function withoutComments(text: string): string {
  if (!text.includes('```')) return text;
  let result = '';
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = closing(text, at);
    else if (text.startsWith('```', at)) {
      const end = text.indexOf('```', at + 3);
      if (end === -1) break;
      result += text.slice(kept, at) + text.slice(at, end + 3).replace(/[^\n]/g, ' ');
      kept = end + 3;
      at = end + 2;
    }
  }
  return result + text.slice(kept);
}

/** Where the quotation mark at `at` is closed, or the end. */
function closing(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/**
 * Finds the queries of a text. To Splunk a line break is a blank, so a text is one query, with two exceptions that
 * converters and their users write, one query a line:
 *
 * - an empty line, where the next line does not begin with a pipe;
 * - lines of which each is one group in parentheses (and commands after it), or follows a `table`, which can take no
 *   condition; unless some line begins with a pipe, as a query over several lines has it.
 *
 * `joined` says that other lines, which could have been queries of their own, were read as one.
 */
export function queriesIn(text: string): { readonly queries: readonly Span[]; readonly joined: boolean } {
  const lines = outerLines(text);
  const perLine = !lines.some(({ start, end }) => /^\s*\|/.test(text.slice(start, end)));
  const queries: Span[] = [];
  let gap = false;
  let joined = false;
  for (const line of lines) {
    const words = text.slice(line.start, line.end).trim();
    const last = queries.at(-1);
    if (words === '') {
      gap = true;
      continue;
    }
    const before = last && text.slice(last.start, last.end).trim();
    const divides =
      before === undefined || (!goesOn(before, words) && (gap || (perLine && standsAlone(before, words))));
    if (divides || !last) queries.push(line);
    else queries[queries.length - 1] = { start: last.start, end: line.end };
    joined ||= perLine && !divides && before !== undefined && !goesOn(before, words);
    gap = false;
  }
  return { queries, joined };
}

/** Whether one of the two lines can't do without the other. */
function goesOn(before: string, words: string): boolean {
  return /^(?:\||(?:OR|AND|by|as)\b)/i.test(words) || /(?:[|,=(]|\b(?:OR|AND|NOT|by|as|IN))$/i.test(before);
}

function standsAlone(before: string, words: string): boolean {
  if (isGroup(before) && isGroup(words)) return true;
  return /\|\s*(?:table|fields)\s[^|"]*$/.test(before) && /^(?:\(|[^\s,"=()]+\s*(?:!?=|IN\s*\())/.test(words);
}

/** `(...)` or `(...) | ...`. */
function isGroup(query: string): boolean {
  if (!query.startsWith('(')) return false;
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    if (query[at] === '"') at = closing(query, at);
    else if (query[at] === '(') depth += 1;
    else if (query[at] === ')' && (depth -= 1) === 0) return /^\s*(?:\||$)/.test(query.slice(at + 1));
  }
  return false;
}

/** The lines of a text, where line breaks inside quotation marks, parentheses and brackets do not count. */
function outerLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (letter === '"') at = closing(text, at);
    else if (letter === '(' || letter === '[') depth += 1;
    else if (letter === ')' || letter === ']') depth = Math.max(0, depth - 1);
    else if (letter === '\n' && depth === 0) {
      lines.push({ start, end: at });
      start = at + 1;
    }
  }
  return [...lines, { start, end: text.length }];
}
