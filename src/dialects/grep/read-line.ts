/**
 * Reads an expression that `print` has written as tests of fields. Whatever is read is written again and compared, so
 * that what means more than one thing, or something else, is left to be read as a test of the whole line.
 */
import { all, always, any, never as nothing, not } from '../../ir/predicate.ts';
import type { OfKind, Predicate } from '../../ir/predicate.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Noted } from './assumptions.ts';
import { UNIT } from './json-literal.ts';
import { fromJsonText, plainForm, Unsayable } from './json-text.ts';
import { foreignLetter, readPatterns } from './read-pattern.ts';
import { alternativesOf, closing, insideOf } from './scan.ts';
import { alike, anchor, either, never, row } from './tree.ts';
import {
  BEFORE,
  ELEMENT,
  existenceTest,
  fieldTest,
  keywordTest,
  LIST,
  NO_KEY,
  presenceTest,
  TEXTS,
} from './write-test.ts';
import type { ValueAtom } from './write-test.ts';

/** The predicate that `expression` was written for, or undefined where it is none of ours. */
export function readLine(expression: string, profile: Profile, noted: Noted): Predicate | undefined {
  if (!expression.startsWith('^')) return undefined;
  const found: Noted = new Set();
  const reading: Reading = { several: new Set(profile.multiValued), noted: found };
  const read = readConditions(expression.slice(1), 0, reading);
  if (read) for (const each of found) noted.add(each);
  return read;
}

interface Reading {
  readonly several: ReadonlySet<string>;
  readonly noted: Noted;
}

/** Groups within groups beyond which an expression is none of ours. */
const MOST_DEPTH = 200;

/** `(?=..)(?!..)(?:..|..)`: all of them. */
function readConditions(text: string, depth: number, reading: Reading): Predicate | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const parts: Predicate[] = [];
  for (let at = 0; at < text.length;) {
    const opening = text.slice(at, at + 3);
    const end = closing(text, at);
    if (end === -1) return undefined;
    const inner = text.slice(at + 3, end);
    const part =
      opening === '(?='
        ? readTest(inner, reading)
        : opening === '(?!'
          ? readNegation(inner, depth, reading)
          : opening === '(?:'
            ? readChoice(inner, depth, reading)
            : undefined;
    if (!part) return undefined;
    parts.push(part);
    at = end + 1;
  }
  return parts.length === 0 ? always : all(parts);
}

function readNegation(inner: string, depth: number, reading: Reading): Predicate | undefined {
  if (inner === '') return nothing;
  const of = readTest(inner, reading) ?? readConditions(inner, depth + 1, reading);
  return of && not(of);
}

function readChoice(inner: string, depth: number, reading: Reading): Predicate | undefined {
  const ways = alternativesOf(inner).map((way) => readConditions(way, depth + 1, reading));
  return ways.every((way) => way !== undefined) ? any(ways) : undefined;
}

function readTest(text: string, reading: Reading): Predicate | undefined {
  if (text.startsWith(`${BEFORE}"`)) return readFieldTest(text, reading);
  if (text.startsWith(TEXTS)) return readKeyword(text);
  return text.startsWith('.*(?:') ? readWhole(text, reading) : undefined;
}

/** `.*(?:..)`: a test of the line as a whole. */
function readWhole(text: string, { noted }: Reading): Predicate | undefined {
  const inner = insideOf(text.slice(2), '(?:');
  const read = inner === undefined ? undefined : parseRegex(inner, noFlags);
  if (!read || 'fault' in read) return undefined;
  noted.add('lines');
  return { kind: 'regex', field: { rendered: 'json-line' }, regex: read.regex };
}

const noFlags = { ignoreCase: false, multiline: false, dotAll: false };

function readFieldTest(text: string, { several, noted }: Reading): Predicate | undefined {
  const [key = ''] = /^(?:[^"\\]|\\\\\\\\|\\\\?[^])*?"(?=:)/u.exec(text.slice(BEFORE.length + 1)) ?? [];
  const field = readKey(key);
  const start = field === undefined ? '' : existenceTest(field);
  if (field === undefined || !text.startsWith(start)) return undefined;
  if (field.includes('.')) noted.add('dotted');
  const many = several.has(field);
  if (text === start) return { kind: 'exists', field };
  if (text === presenceTest(field, many)) return { kind: 'like', field, pattern: [{ wild: 'many' }], cased: false };
  const before = `${start} ?${many ? LIST : ''}`;
  if (!text.startsWith(before)) return undefined;
  for (const tests of readings(text.slice(before.length), field)) {
    if (tests.length > 0 && isWritten(() => fieldTest(field, tests, many), text)) return any(tests);
  }
  return undefined;
}

function readKey(key: string): string | undefined {
  const [read, ...others] = readPatterns(key) ?? [];
  if (!read?.closed || others.length > 0) return undefined;
  const [name = '', ...holes] = read.pattern;
  return typeof name === 'string' && holes.length === 0 ? name : undefined;
}

/** Whether `write` gives that text, or one that says the same in another spelling: `[Aa]` for `(?i:a)`. */
function isWritten(write: () => string, text: string): boolean {
  try {
    const again = write();
    return again === text || alike(treeOf(again), treeOf(text));
  } catch (fault) {
    if (fault instanceof Unsayable) return false;
    throw fault;
  }
}

function treeOf(text: string): RegexNode {
  const read = parseRegex(text, noFlags);
  return 'fault' in read ? never : plainForm(read.regex.tree);
}

/** What the test of a value may have been written for, the likelier first. */
function* readings(value: string, field: string): Generator<readonly ValueAtom[]> {
  const ways = alternativesIn(value).filter((way) => way.startsWith('"'));
  const quoted = ways.map((way) => way.slice(1));
  if (quoted.length !== 1) return;
  const [text = ''] = quoted;
  const patterns = readPatterns(text);
  if (patterns) yield patterns.map(({ pattern, cased }) => ({ kind: 'like', field, pattern, cased }));
  const parts = alternativesIn(text).map((way) => readGroup(way, field));
  if (parts.every((part) => part !== undefined)) yield parts.flat();
  const whole = readRegex(text, field);
  if (whole) yield [whole];
}

/** The alternatives of a value: `(?:"11"|11)`. */
function alternativesIn(text: string): string[] {
  const inner = insideOf(text, '(?:');
  return inner === undefined || foreignLetter(inner) !== undefined ? [text] : alternativesOf(inner);
}

/** Ways of one kind behind one hole: `(?:..)*(?:a|b)"`. */
function readGroup(text: string, field: string): ValueAtom[] | undefined {
  const hole = isOpen(text) ? `${UNIT}*` : '';
  const end = text.endsWith('"') && !text.endsWith('\\"') ? '"' : '';
  const body = text.slice(hole.length, text.length - end.length);
  const atoms = bodiesIn(body).flatMap((way): (ValueAtom | undefined)[] => {
    const patterns = readPatterns(`${hole}${way}${end}`);
    // Alternatives in the middle of a text are those of a person's own expression.
    if (patterns?.length !== 1) return [readRegex(`${hole}${way}${end}`, field)];
    return patterns.map(({ pattern, cased }) => ({ kind: 'like', field, pattern, cased }));
  });
  return atoms.every((atom) => atom !== undefined) ? atoms : undefined;
}

/** As `alternativesIn`; those of a group that folds fold each. */
function bodiesIn(text: string): string[] {
  const folded = insideOf(text, '(?i:');
  return folded === undefined ? alternativesIn(text) : alternativesOf(folded).map((way) => `(?i:${way})`);
}

function readRegex(text: string, field: string): OfKind<'regex'> | undefined {
  const regex = readExpression(text);
  return regex && { kind: 'regex', field, regex };
}

/** Whether it may begin anywhere in a value. A lazy run is never the printer's own hole, but one of the expression. */
function isOpen(text: string): boolean {
  return text.startsWith(`${UNIT}*`) && !/[?+]/.test(text[UNIT.length + 1] ?? '');
}

/** An expression over the text behind an opening quotation mark as one over the value. */
function readExpression(text: string): Regex | undefined {
  const open = isOpen(text);
  const closed = text.endsWith('"') && !text.endsWith('\\"');
  const read = parseRegex(text.slice(open ? UNIT.length + 1 : 0, closed ? -1 : undefined), noFlags);
  const tree = 'fault' in read ? undefined : fromJsonText(read.regex.tree);
  if (!tree) return undefined;
  const parts: RegexNode[] = [...(open ? [] : [anchor('text-start')]), tree, ...(closed ? [anchor('very-end')] : [])];
  return { source: '', flags: noFlags, tree: row(parts) };
}

/** `TEXTS` and then the tests of a text that is no key. */
function readKeyword(text: string): Predicate | undefined {
  const values = alternativesIn(text.slice(TEXTS.length))
    .filter((way) => !way.startsWith(ELEMENT))
    .map(keywordValue);
  if (!values.every((value) => value !== undefined)) return undefined;
  for (const test of keywordTests(values)) {
    const keyword: OfKind<'keyword'> = { kind: 'keyword', test };
    if (isWritten(() => keywordTest(keyword), text)) return keyword;
  }
  return undefined;
}

/** What the way says of the text behind its opening quotation mark. */
function keywordValue(way: string): string | undefined {
  if (!way.startsWith('"') || !way.endsWith(NO_KEY)) return undefined;
  const rest = `${UNIT}*+`;
  const inner = way.slice(1, -NO_KEY.length);
  return inner.endsWith(rest) ? inner.slice(0, -rest.length) : `${inner}"`;
}

function* keywordTests(values: readonly string[]): Generator<OfKind<'keyword'>['test']> {
  const [only = ''] = values;
  const patterns = values.length === 1 ? (readPatterns(only) ?? []) : [];
  if (patterns.length === 1) yield { kind: 'like', pattern: patterns[0]!.pattern, cased: patterns[0]!.cased };
  const trees = values.map((value) => readExpression(value)?.tree);
  if (trees.every((tree) => tree !== undefined))
    yield { kind: 'regex', regex: { source: '', flags: noFlags, tree: either(trees) } };
}
