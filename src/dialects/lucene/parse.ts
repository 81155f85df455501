import { all, any, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Profile } from '../../schema/profile.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Parsed } from '../dialect.ts';
import { assume } from './assumptions.ts';
import { unescaped } from './escape.ts';
import { readTest } from './read-test.ts';
import type { Test } from './read-test.ts';
import { fail, tokenize } from './tokens.ts';
import type { Token, TokenKind } from './tokens.ts';

/**
 * Reads a query_string text as Elasticsearch does, after Lucene's `QueryParser.jj` and Elasticsearch's
 * `QueryStringQueryParser`. The grammar:
 *
 *     query   =  clause ((AND | OR)? clause)*
 *     clause  =  ("+" | "-" | NOT)? (field ":")? (test | "(" query ")")
 *     test    =  word | pattern | quoted | regexp | ("[" | "{") bound TO bound ("]" | "}")
 *
 * It has no precedence. `AND` makes the clauses at both its sides required, `NOT` and `-` one prohibited, and all else
 * is optional; beside something required, an optional clause selects nothing and is dropped with a warning. A group of
 * prohibited clauses alone means everything else, as Elasticsearch rewrites it. Words in a row are one text.
 */
export function parse(source: Source, profile: Profile): Parsed {
  const reading: Reading = { source, profile, tokens: [], at: 0, diagnostics: [], assumptions: new Set() };
  try {
    const tokens = tokenize(source);
    if (tokens.length === 1) fail(source, tokens[0]!.span, 'lucene/empty', 'an empty query finds nothing');
    const started = { ...reading, tokens };
    const where = query(started, '*', 0);
    const { kind, span } = peek(started);
    if (kind !== 'end') fail(source, span, 'syntax', 'this parenthesis closes nothing');
    return {
      queries: [{ logsource: {}, where, then: [] }],
      diagnostics: reading.diagnostics,
      assumptions: [...reading.assumptions],
    };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { queries: [], diagnostics: [...reading.diagnostics, fault.diagnostic], assumptions: [] };
  }
}

interface Reading {
  readonly source: Source;
  readonly profile: Profile;
  readonly tokens: readonly Token[];
  at: number;
  readonly diagnostics: Diagnostic[];
  readonly assumptions: Set<string>;
}

type Occur = 'must' | 'should' | 'not';
interface Clause {
  occur: Occur;
  readonly node: Predicate;
  readonly span: Span;
}

const DEEPEST = 200;

function query(reading: Reading, field: string, depth: number): Predicate {
  if (depth > DEEPEST)
    fail(reading.source, peek(reading).span, 'lucene/too-deep', `parentheses are nested more than ${DEEPEST} deep`);
  const clauses: Clause[] = [];
  do {
    const start = peek(reading).span.start;
    const inRow = words(reading);
    if (inRow !== undefined) {
      const span = { start, end: reading.tokens[reading.at - 1]!.span.end };
      clauses.push({
        occur: 'should',
        node: readTest({ kind: 'text', text: inRow }, field, { ...reading, span }),
        span,
      });
      continue;
    }
    const conjunction = clauses.length > 0 ? take(reading, 'and', 'or')?.kind : undefined;
    const sign = take(reading, '+', '-', 'not')?.kind;
    const node = clause(reading, field, depth);
    const before = clauses.at(-1);
    if (conjunction === 'and' && before && before.occur !== 'not') before.occur = 'must';
    const prohibited = sign === '-' || sign === 'not';
    const occur: Occur = prohibited ? 'not' : sign === '+' || conjunction === 'and' ? 'must' : 'should';
    clauses.push({ occur, node, span: { start, end: reading.tokens[reading.at - 1]!.span.end } });
  } while (peek(reading).kind !== 'end' && peek(reading).kind !== ')');
  return meaning(clauses, reading);
}

function meaning(clauses: readonly Clause[], { source, diagnostics }: Reading): Predicate {
  const optional = clauses.filter(({ occur }) => occur === 'should');
  const signed = clauses.flatMap(({ occur, node }) => (occur === 'must' ? [node] : occur === 'not' ? [not(node)] : []));
  if (!clauses.some(({ occur }) => occur === 'must'))
    return all(optional.length === 0 ? signed : [any(optional.map(({ node }) => node)), ...signed]);
  for (const { span } of optional)
    diagnostics.push({
      code: 'lucene/optional-clause',
      severity: 'warning',
      message: 'this clause only ranks hits: beside a required clause (AND, +), an optional one selects nothing',
      source,
      span,
      hint: 'put the alternatives into parentheses',
    });
  return all(signed);
}

function clause(reading: Reading, outer: string, depth: number): Predicate {
  const field = fieldOf(reading) ?? outer;
  const open = take(reading, '(');
  if (!open) return test(reading, field);
  const inner = query(reading, field, depth + 1);
  if (!take(reading, ')')) {
    fail(reading.source, open.span, 'syntax', 'this parenthesis is never closed');
  }
  refuseRank(reading);
  return inner;
}

/** Reads `name:`, in which `*:` is the default field. */
function fieldOf(reading: Reading): string | undefined {
  const name = peek(reading);
  if ((name.kind !== 'term' && name.kind !== 'star') || reading.tokens[reading.at + 1]?.kind !== ':') return undefined;
  reading.at += 2;
  const field = unescaped(name.text);
  if (field === undefined) fail(reading.source, name.span, 'lucene/escape', '`\\u` needs four hexadecimal digits');
  if (field === '*.keyword') {
    reading.assumptions.add(assume.subfields);
    return '*';
  }
  if (field !== '*' && field.includes('*'))
    fail(
      reading.source,
      name.span,
      'lucene/field-pattern',
      `'${field}' stands for every field of such a name`,
      'name the fields one by one',
    );
  return field;
}

function test(reading: Reading, field: string): Predicate {
  const token = peek(reading);
  const span = token.span;
  const read = (test: Test, whole: Span = span) => {
    refuseRank(reading);
    return readTest(test, field, { ...reading, span: whole });
  };
  if (token.kind === '[' || token.kind === '{') return read(...range(reading));
  reading.at += 1;
  switch (token.kind) {
    case 'term':
      return read({ kind: 'text', text: plain(reading, token) });
    case 'sign':
      return read({ kind: 'text', text: token.text });
    case 'quoted':
      return read({ kind: 'quoted', text: plain(reading, token) });
    case 'star':
      return read({ kind: 'present' });
    case 'prefix':
      return read({
        kind: 'pattern',
        pattern: [plain(reading, { ...token, text: token.text.slice(0, -1) }), { wild: 'many' }],
      });
    case 'wildcard':
      return read({ kind: 'pattern', pattern: wildcards(token.text) });
    case 'regexp':
      return read({ kind: 'regexp', text: token.text });
    default:
      reading.at -= 1;
      return fail(
        reading.source,
        span,
        'syntax',
        token.kind === 'end'
          ? 'the query ends where a test is due'
          : 'expected a test: a field and a value, or a group',
      );
  }
}

/**
 * Reads words that stand in a row without any operator: they are one text. A word that something binds from the right
 * is none of them: `a b AND c` is `a`, then `b AND c`.
 */
function words(reading: Reading): string | undefined {
  const next = (ahead: number) => reading.tokens[reading.at + ahead]?.kind;
  const joins = (ahead: number) => next(ahead) === 'term' && !binding.has(next(ahead + 1)!);
  if (next(0) !== 'term' || !joins(1)) return undefined;
  const texts: string[] = [];
  do {
    texts.push(plain(reading, peek(reading)));
    reading.at += 1;
  } while (joins(0));
  return texts.join(' ');
}

const binding: ReadonlySet<TokenKind> = new Set([':', 'star', 'fuzzy', '^', 'and', 'or']);

function plain({ source }: Reading, { text, span }: Token): string {
  return unescaped(text) ?? fail(source, span, 'lucene/escape', '`\\u` needs four hexadecimal digits');
}

/** Reads a pattern: `\x` is x, `*` and `?` are holes; `\u0041` is no escape here, other than in plain words. */
function wildcards(text: string): (string | { wild: 'many' | 'one' })[] {
  const pieces: (string | { wild: 'many' | 'one' })[] = [];
  for (const [part] of text.matchAll(/\\[\s\S]|[*?]|[^\\*?]+/g))
    pieces.push(part === '*' ? { wild: 'many' } : part === '?' ? { wild: 'one' } : part.replace(/^\\/, ''));
  return pieces;
}

function range(reading: Reading): [Test, Span] {
  const open = reading.tokens[reading.at]!;
  reading.at += 1;
  const low = bound(reading);
  if (!take(reading, 'to'))
    fail(reading.source, peek(reading).span, 'syntax', 'expected TO between the bounds of the range');
  const high = bound(reading);
  const close = take(reading, ']', '}');
  if (!close) fail(reading.source, open.span, 'syntax', 'this range is never closed');
  const test: Test = { kind: 'range', low, high, withLow: open.kind === '[', withHigh: close.kind === ']' };
  return [test, { start: open.span.start, end: close.span.end }];
}

function bound(reading: Reading): string | null {
  const token = take(reading, 'bound', 'to');
  if (!token) return fail(reading.source, peek(reading).span, 'syntax', 'expected a bound of the range');
  if (token.text === '*') return null;
  return plain(reading, { ...token, text: token.text.replace(/^"([\s\S]*)"$/, '$1') });
}

/** Fuzziness, slop and boosts have no meaning for a detection, or none that this program knows. */
function refuseRank(reading: Reading): void {
  const token = peek(reading);
  if (token.kind === 'fuzzy')
    fail(reading.source, token.span, 'lucene/fuzzy', 'a fuzzy word or a phrase with gaps (`~`) has no exact meaning');
  if (token.kind === '^')
    fail(
      reading.source,
      token.span,
      'lucene/boost',
      'a boost (`^`) ranks hits, which a detection has no use for',
      'leave it out',
    );
}

function peek({ tokens, at }: Reading): Token {
  return tokens[Math.min(at, tokens.length - 1)]!;
}

function take(reading: Reading, ...kinds: readonly TokenKind[]): Token | undefined {
  const token = peek(reading);
  if (!kinds.includes(token.kind)) return undefined;
  reading.at += 1;
  return token;
}
