import { Cursor } from '../../../text/cursor.ts';
import { SyntaxFault } from '../../../text/diagnostic.ts';
import type { Span } from '../../../text/source.ts';
import { readAggregation } from './aggregation.ts';
import type { Aggregation } from './aggregation.ts';
import type { Report } from '../report.ts';
import { placesIn } from '../yaml/place.ts';
import type { Place } from '../yaml/place.ts';
import type { ScalarNode } from '../yaml/tree.ts';

/**
 * A condition over the names of selections.
 *
 *     condition   = either [ '|' aggregation ]
 *     either      = both { 'or' both }
 *     both        = negation { 'and' negation }
 *     negation    = 'not' negation | primary
 *     primary     = '(' either ')' | count 'of' ( 'them' | pattern ) | name
 *     count       = '1' | 'any' | 'all' | number
 *
 * Words count in any case. `aggregation` is Sigma 1's (`aggregation.ts`). Numbers other than 1 are no part of the
 * specification; they are read as "at least so many of", as Elastic's and others' tools do.
 */
export type Condition =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'some'; readonly least: number | 'all'; readonly pattern: string; readonly span: Span }
  | { readonly kind: 'not'; readonly of: Condition; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[]; readonly span: Span };

export interface ReadCondition {
  readonly search: Condition;
  readonly aggregation: Aggregation | null;
}

/** Parentheses and `not`s inside one another. */
const DEEPEST = 200;

/** Reads a condition; refuses it with the place inside the YAML where it goes wrong. Spans are places in the file. */
export function readCondition(node: ScalarNode, report: Report): ReadCondition {
  const cursor = new Cursor({ name: report.source.name, text: node.text });
  const place = placesIn(report.source, node);
  try {
    const search = readEither(cursor, place, 0);
    const aggregation = cursor.take(/\|/) ? readAggregation(cursor, place) : null;
    if (!cursor.done) cursor.fail('sigma/condition', ...unexpected(cursor));
    return { search, aggregation };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    const { code, message, span, hint } = fault.diagnostic;
    const at = Math.min(span.start, node.text.length);
    return report.refuse(
      code as 'sigma/condition',
      message,
      place({ start: at, end: Math.max(at + 1, span.end) }),
      hint,
    );
  }
}

/** The name of a selection, or a pattern of names; blanks before it are outside the group. */
const NAME = /([^\s()|,<>=]+)/;

function readEither(cursor: Cursor, place: Place, depth: number): Condition {
  return readChain(cursor, place, 'or', () => readBoth(cursor, place, depth));
}

function readBoth(cursor: Cursor, place: Place, depth: number): Condition {
  return readChain(cursor, place, 'and', () => readNegation(cursor, place, depth));
}

function readChain(cursor: Cursor, place: Place, kind: 'and' | 'or', next: () => Condition): Condition {
  const start = cursor.here().start;
  const of = [next()];
  while (cursor.take(kind === 'and' ? /and(?![\w*-])/i : /or(?![\w*-])/i)) of.push(next());
  return of.length === 1 ? of[0]! : { kind, of, span: place({ start, end: cursor.at }) };
}

function readNegation(cursor: Cursor, place: Place, depth: number): Condition {
  if (depth > DEEPEST) cursor.fail('sigma/too-deep', `the condition is nested more than ${DEEPEST} levels deep`);
  const { start } = cursor.here();
  if (!cursor.take(/not(?![\w*-])/i)) return readPrimary(cursor, place, depth);
  const of = readNegation(cursor, place, depth + 1);
  return { kind: 'not', of, span: place({ start, end: cursor.at }) };
}

function readPrimary(cursor: Cursor, place: Place, depth: number): Condition {
  const { start } = cursor.here();
  if (cursor.take(/\(/)) {
    const inner = readEither(cursor, place, depth + 1);
    if (!cursor.take(/\)/)) cursor.fail('sigma/condition', ...missingClose(cursor, start));
    return inner;
  }
  const count = cursor.take(/(\d+|any|all)\s+of(?![\w*-])/i)?.[1]?.toLowerCase();
  if (count !== undefined) {
    if (count === '0') cursor.fail('sigma/condition', "'0 of' is always true", { start, end: cursor.at });
    const pattern = cursor.take(NAME)?.[1];
    if (pattern === undefined)
      return cursor.fail(
        'sigma/condition',
        `'${count} of' needs 'them' or a pattern`,
        undefined,
        'write 1 of selection_*',
      );
    const least = count === 'all' ? 'all' : count === 'any' ? 1 : Number(count);
    return { kind: 'some', least, pattern, span: place({ start, end: cursor.at }) };
  }
  const name = cursor.take(NAME)?.[1];
  if (name === undefined || /^(?:and|or|not)$/i.test(name)) {
    if (name !== undefined) cursor.at = start;
    const found = name === undefined ? unexpected(cursor)[0] : `expected the name of a selection before '${name}'`;
    return cursor.fail('sigma/condition', found);
  }
  return { kind: 'name', name, span: place({ start, end: cursor.at }) };
}

function missingClose(cursor: Cursor, open: number): [message: string, span: Span] {
  const span = cursor.done ? { start: open, end: open + 1 } : cursor.here();
  return [cursor.done ? "this '(' is never closed" : `expected ')', 'and' or 'or'`, span];
}

/** What to say where a condition goes on although it should have ended. */
function unexpected(cursor: Cursor): [message: string, span: Span | undefined, hint: string | undefined] {
  if (cursor.done) return ['the condition ends where the name of a selection is expected', undefined, undefined];
  const { start } = cursor.here();
  const rest = cursor.source.text.slice(start);
  if (rest.startsWith(')')) return ["this ')' closes nothing", undefined, undefined];
  const [word = ''] = /^\S+/.exec(rest) ?? [];
  const hint = /^(?:&|\|\||!)/.test(word) ? 'write and, or, not' : undefined;
  return [`expected 'and' or 'or' before '${word}'`, { start, end: start + word.length }, hint];
}
