import type { Span } from '../../text/source.ts';

/** Blanks out comments (as in C, outside of quotation marks), so that every offset stays. */
export function withoutComments(text: string): string {
  if (!text.includes('/*')) return text;
  let result = '';
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"' || text[at] === "'") at = closing(text, at);
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) break;
      result += text.slice(kept, at) + text.slice(at, end + 2).replace(/[^\n]/g, ' ');
      kept = end + 2;
      at = end + 1;
    }
  }
  return result + text.slice(kept);
}

/** Where the mark at `at` is closed, or the end. */
function closing(text: string, at: number): number {
  const end = text.indexOf(text[at]!, at + 1);
  return end === -1 ? text.length : end;
}

/**
 * Finds the queries of a text. To LogPoint a line break is a blank, so a text is one query, with two exceptions that
 * converters and their users write, one query a line: an empty line, where the next does not begin with a pipe; and
 * two lines that each are one test or one group, at least one of them a group in parentheses.
 *
 *     hash_import="09D2..."
 *     (event_id="11" target_file="*.dmp")
 */
export function queriesIn(text: string): readonly Span[] {
  const queries: Span[] = [];
  let gap = false;
  let before = { unit: false, group: false };
  for (const line of outerLines(text)) {
    const words = text.slice(line.start, line.end).trim();
    const last = queries.at(-1);
    if (words === '') {
      gap = true;
      continue;
    }
    const group = isGroup(words);
    const shape = { unit: group || isTest(words), group };
    const apart = gap || (before.unit && shape.unit && (before.group || shape.group));
    if (last === undefined || (apart && !goesOn(text.slice(last.start, last.end), words))) {
      queries.push(line);
      before = shape;
    } else {
      queries[queries.length - 1] = { start: last.start, end: line.end };
      before = { unit: false, group: false };
    }
    gap = false;
  }
  return queries;
}

/** Whether one of the two lines can't do without the other. */
function goesOn(before: string, words: string): boolean {
  const end = before.slice(-40).trimEnd();
  return /^(?:\||(?:OR|AND|by|as)\b)/i.test(words) || /(?:[|,=([-]|\b(?:OR|AND|NOT|by|as|IN))$/i.test(end);
}

/** One test of a field, and commands after it. */
function isTest(query: string): boolean {
  return /^-?[\w."]+\s*(?:!?=\s*|IN\s*)(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^\s"'()[\]|]+)\s*(?:\||$)/i.test(query);
}

/** `(...)` or `(...) | ...`. */
function isGroup(query: string): boolean {
  if (!query.startsWith('(')) return false;
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    if (query[at] === '"' || query[at] === "'") at = closing(query, at);
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
    if (letter === '"' || letter === "'") at = closing(text, at);
    else if (letter === '(' || letter === '[') depth += 1;
    else if (letter === ')' || letter === ']') depth = Math.max(0, depth - 1);
    else if (letter === '\n' && depth === 0) {
      lines.push({ start, end: at });
      start = at + 1;
    }
  }
  return [...lines, { start, end: text.length }];
}
