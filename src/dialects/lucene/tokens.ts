import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';

/**
 * A token of Lucene's classic query syntax, as its grammar `QueryParser.jj` divides a text.
 *
 * `term` is a bare word, `sign` a `+`, `-` or `!` before a blank, which is a word too, `prefix` one that ends in its only `*`, `wildcard` any other with `*` or `?`; their text is
 * as written, escapes included. `quoted` and `regexp` are without their delimiters. The blanks between tokens are
 * ASCII's and the ideographic space; other blanks of Unicode are letters.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly span: Span;
}

export type TokenKind =
  | 'and' | 'or' | 'not' | '+' | '-' | '(' | ')' | ':' | '^' | '[' | '{' | ']' | '}'
  | 'term' | 'sign' | 'prefix' | 'wildcard' | 'star' | 'quoted' | 'regexp' | 'fuzzy' | 'bound' | 'to' | 'end'; // prettier-ignore

const BLANK = ' \t\n\r\u3000';
const NEVER_BARE = `${BLANK}+-!():^[]"{}~*?/`;

/** Divides a text into tokens, the last one `end`. Throws a SyntaxFault where Lucene would report a lexical error. */
export function tokenize(source: Source): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while ((at = pastBlanks(source.text, at)) < source.text.length) {
    const token = nextToken(source, at);
    tokens.push(token);
    at = token.span.end;
    if (token.kind === '[' || token.kind === '{') at = rangeTokens(source, at, tokens);
  }
  tokens.push({ kind: 'end', text: '', span: { start: source.text.length, end: source.text.length } });
  return tokens;
}

/** Stops the reading with a diagnostic at `span`. */
export function fail(source: Source, span: Span, code: string, message: string, hint?: string): never {
  const diagnostic = { code, severity: 'error', message, source, span } as const;
  throw new SyntaxFault(hint === undefined ? diagnostic : { ...diagnostic, hint });
}

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.includes(text[at]!)) at += 1;
  return at;
}

function nextToken(source: Source, start: number): Token {
  const { text } = source;
  const token = (kind: TokenKind, end: number, inner = text.slice(start, end)): Token => ({
    kind,
    text: inner,
    span: { start, end },
  });
  const first = text[start]!;
  switch (first) {
    case '"': {
      const close = closingQuote(text, start);
      if (close === -1) fail(source, { start, end: start + 1 }, 'lucene/open-quote', 'this quote is never closed');
      return token('quoted', close + 1, text.slice(start + 1, close));
    }
    case '/': {
      const close = closingSlash(text, start);
      if (close === -1)
        fail(
          source,
          { start, end: start + 1 },
          'lucene/open-regexp',
          'this `/` begins an expression that is never closed',
          'escape it, `\\/`, or quote the value',
        );
      return token('regexp', close + 1, text.slice(start + 1, close));
    }
    case '~': {
      let end = start + 1;
      while (end < text.length && !NEVER_BARE.includes(text[end]!) && text[end] !== '\\') end += 1;
      return token('fuzzy', end);
    }
    case '!':
    case '+':
    case '-':
      if (start + 1 < text.length && BLANK.includes(text[start + 1]!)) return token('sign', start + 1);
      return token(first === '!' ? 'not' : first, start + 1);
    case '(':
    case ')':
    case ':':
    case '^':
    case '[':
    case '{':
      return token(first, start + 1);
    case ']':
    case '}':
      return fail(source, { start, end: start + 1 }, 'syntax', `\`${first}\` closes nothing`);
    default:
      return word(source, start);
  }
}

/** A bare word with or without wildcards. `AND`, `OR`, `NOT`, `&&` and `||` are operators only when they stand alone. */
function word(source: Source, start: number): Token {
  const { text } = source;
  let wildcards = 0;
  let star = -1;
  let end = start;
  for (; end < text.length; end += 1) {
    const character = text[end]!;
    if (character === '\\') {
      end += 1;
      if (end === text.length)
        fail(
          source,
          { start: end - 1, end },
          'lucene/lone-backslash',
          'a backslash can not end a query',
          'write it twice',
        );
    } else if (character === '*' || character === '?') {
      wildcards += 1;
      if (character === '*') star = end;
    } else if (NEVER_BARE.includes(character) && (end === start || (character !== '-' && character !== '+'))) break;
  }
  const raw = text.slice(start, end);
  const span = { start, end };
  if (raw === 'AND' || raw === '&&') return { kind: 'and', text: raw, span };
  if (raw === 'OR' || raw === '||') return { kind: 'or', text: raw, span };
  if (raw === 'NOT') return { kind: 'not', text: raw, span };
  if (raw === '*') return { kind: 'star', text: raw, span };
  if (wildcards === 0) return { kind: 'term', text: raw, span };
  return { kind: wildcards === 1 && star === end - 1 ? 'prefix' : 'wildcard', text: raw, span };
}

function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** The longest `/.../` there is: an escaped slash closes the expression only if no other one does. */
function closingSlash(text: string, start: number): number {
  let last = -1;
  for (let at = text.indexOf('/', start + 1); at !== -1; at = text.indexOf('/', at + 1)) {
    last = at;
    if (text[at - 1] !== '\\') return at;
  }
  return last;
}

/** The inside of `[a TO b]`, where other rules hold: everything but a blank and a closing bracket is part of a bound. */
function rangeTokens(source: Source, from: number, tokens: Token[]): number {
  const { text } = source;
  let at = from;
  while ((at = pastBlanks(text, at)) < text.length) {
    const start = at;
    const first = text[at]!;
    if (first === ']' || first === '}') {
      tokens.push({ kind: first, text: first, span: { start, end: at + 1 } });
      return at + 1;
    }
    const close = first === '"' ? text.indexOf('"', at + 1) : -1;
    if (close > at + 1) at = close + 1;
    else while (at < text.length && !' ]}'.includes(text[at]!)) at += 1;
    const raw = text.slice(start, at);
    tokens.push({ kind: raw === 'TO' ? 'to' : 'bound', text: raw, span: { start, end: at } });
  }
  return at;
}
