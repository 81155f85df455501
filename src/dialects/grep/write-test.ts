/**
 * Tests of a value as it stands in a line of JSON, behind `"KEY": ?`: in quotation marks, or bare where it may be a number
 * or a boolean, and in a list where the profile says that the field may have several values.
 */
import { normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Keyword, OfKind } from '../../ir/predicate.ts';
import { isFoldClosed, meaningOf } from '../../ir/regex/code-set.ts';
import { pcre } from '../../ir/regex/flavours.ts';
import { printRegex } from '../../ir/regex/print.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import { networkRegex } from '../network-regex.ts';
import { bareLike, bareRegex } from './bare.ts';
import { alternatives, escapeRegex, likeWay, UNIT } from './json-literal.ts';
import type { Way } from './json-literal.ts';
import { plainForm, toJsonText, Unsayable } from './json-text.ts';
import { patternIn } from './pattern-in.ts';
import { insideOf } from './scan.ts';
import { anchor, row } from './tree.ts';

/** The tests that look at one value of a field by its text. */
export type ValueAtom = OfKind<'like' | 'regex' | 'equal' | 'cidr'>;

/** What stands before the key in a line. */
export const BEFORE = '.*[ ,{]';
/** Perhaps the beginning of a list, and its elements before the one that is looked at. */
export const LIST = String.raw`(?:\[(?:[^"\]]|"${UNIT}*+")*)?`;
/** What stands before an element that has no quotation marks. */
export const ELEMENT = '(?<=[ ,:[])';
/** The first character of any value but null. */
export const VALUE = String.raw`["\-\dft]`;
/** From the start of a line to some text in it: whole texts, and what is between them. */
export const TEXTS = `(?:[^"]|"${UNIT}*+")*`;
/** The end of a text that is no key. */
export const NO_KEY = '"(?! ?:)';

/** The line from its start to the key: `.*[ ,{]"Image":`. A quotation mark inside of a text has a backslash before it. */
export function existenceTest(field: string): string {
  return `${BEFORE}${escapeRegex(JSON.stringify(field))}:`;
}

/** The field has a value: what follows its key begins one. */
export function presenceTest(field: string, several: boolean): string {
  return `${existenceTest(field)} ?${several ? LIST : ''}${VALUE}`;
}

/** What the line has where one of `tests` holds of `field`. */
export function fieldTest(field: string, tests: readonly ValueAtom[], several: boolean): string {
  const ways = tests.flatMap(waysOf);
  const quoted = ways.filter(({ kind }) => kind !== 'bare');
  const bare = bareOf(ways).map((body) => (several ? ELEMENT + body : body));
  const value = joined([...(quoted.length > 0 ? [`"${factored(quoted)}`] : []), ...bare]);
  return `${existenceTest(field)} ?${several ? LIST : ''}${value}`;
}

/** What a line has in which some value, not a key, passes the test. */
export function keywordTest({ test }: Keyword): string {
  const ways = test.kind === 'regex' ? regexWays(test.regex.tree) : likeWays(test.pattern, test.cased);
  const bodies = ways
    .filter(({ kind }) => kind !== 'bare')
    .map((way) => {
      const lead = way.kind === 'inside' || way.kind === 'end' ? `${UNIT}*` : '';
      const rest = way.kind === 'inside' || way.kind === 'start' ? `${UNIT}*+` : '';
      return `"${lead}${alternatives([way])}${rest}${NO_KEY}`;
    });
  return `${TEXTS}${joined([...bodies, ...bareOf(ways).map((body) => ELEMENT + body)])}`;
}

/** Each bare way once, in an order that does not hang on that of the tests. */
function bareOf(ways: readonly Way[]): string[] {
  return [...new Set(ways.filter(({ kind }) => kind === 'bare').map(({ body }) => body))].sort();
}

function joined(ways: readonly string[]): string {
  return ways.length === 1 ? ways[0]! : `(?:${ways.join('|')})`;
}

/** Ways of one kind behind one hole, in a fixed order, so that equal tests give equal texts. */
function factored(ways: readonly Way[]): string {
  const groups = (['inside', 'end', 'start', 'whole'] as const).flatMap((kind) => {
    const alike = ways.filter((way) => way.kind === kind);
    if (alike.length === 0) return [];
    const lead = kind === 'inside' || kind === 'end' ? `${UNIT}*` : '';
    return [`${lead}${alternatives(alike)}${kind === 'end' || kind === 'whole' ? '"' : ''}`];
  });
  return joined(groups);
}

function waysOf(atom: ValueAtom): Way[] {
  switch (atom.kind) {
    case 'like':
      return likeWays(atom.pattern, atom.cased);
    case 'equal':
      return likeWays([String(atom.value)], false);
    case 'cidr':
      return regexWays(row([anchor('text-start'), networkRegex(atom.network), anchor('very-end')]));
    case 'regex':
      return regexWays(atom.regex.tree);
  }
}

function likeWays(written: Pattern, cased: boolean): Way[] {
  const pattern = normal(written);
  const bare = bareLike(pattern, cased).map((body): Way => ({ kind: 'bare', body, fold: 'any' }));
  return [likeWay(pattern, cased), ...bare];
}

function regexWays(tree: RegexNode): Way[] {
  return waysIn(plainForm(tree), false, false);
}

/** `closed`, `ended`: nothing may stand before, behind. Alternatives are ways of their own, however deep they stood. */
function waysIn(tree: RegexNode, startsText: boolean, endsText: boolean): Way[] {
  const parts = [...(tree.kind === 'concat' ? tree.of : [tree])];
  let [closed, ended] = [startsText, endsText];
  for (
    let first = parts[0];
    first && (isAnchor(first, 'text-start') || (!closed && isOptional(first)));
    first = parts[0]
  ) {
    if (first.kind === 'anchor') closed = true;
    parts.shift();
  }
  for (
    let last = parts.at(-1);
    last && (isAnchor(last, 'very-end') || (!ended && isOptional(last)));
    last = parts.at(-1)
  ) {
    if (last.kind === 'anchor') ended = true;
    parts.pop();
  }
  const node = row(parts);
  if (node.kind === 'either') return node.of.flatMap((way) => waysIn(way, closed, ended));
  const like = patternIn(node, closed, ended);
  if (like) return likeWays(like.pattern, like.cased);
  const bare = bareRegex(node, closed, ended).map((way): Way => ({
    kind: 'bare',
    body: expressionOf(way),
    fold: 'any',
  }));
  const kind = closed ? (ended ? 'whole' : 'start') : ended ? 'end' : 'inside';
  return [{ kind, ...bodyOf(node) }, ...bare];
}

function bodyOf(node: RegexNode): Pick<Way, 'body' | 'fold'> {
  const body = expressionOf(toJsonText(node));
  const folded = insideOf(body, '(?i:');
  if (folded !== undefined) return { body: folded, fold: 'fold' };
  // The letters of JSON's own escapes must not fold.
  return { body, fold: !/\\\\[a-z[]/.test(body) && isFolded(node) ? 'any' : 'plain' };
}

/** Whether it means the same where case does not count. */
function isFolded(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return isFoldClosed(meaningOf(node));
    case 'concat':
    case 'either':
      return node.of.every(isFolded);
    case 'repeat':
    case 'group':
    case 'look':
      return isFolded(node.of);
    case 'anchor':
    case 'backref':
      return true;
  }
}

function isAnchor(part: RegexNode | undefined, at: 'text-start' | 'very-end'): boolean {
  return part?.kind === 'anchor' && part.at === at;
}

/** A part that may be nothing says nothing at an open end. */
function isOptional(part: RegexNode | undefined): boolean {
  return part?.kind === 'repeat' && part.min === 0 && part.greed !== 'possessive';
}

/** An expression as one part of a longer one. */
function expressionOf(tree: RegexNode): string {
  const printed = printRegex({ source: '\u0000', flags: noFlags, tree }, pcre);
  if ('refused' in printed) throw new Unsayable(printed.refused);
  const { text } = printed;
  if (text.startsWith('(?i)')) return `(?i:${text.slice(4)})`;
  return tree.kind === 'either' ? `(?:${text})` : text;
}

const noFlags = { ignoreCase: false, multiline: false, dotAll: false };
