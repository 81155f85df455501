import { foldClass, foldCode } from '../../ir/fold.ts';
import { many, normal, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { codeSet, complement, foldClosure, LAST_CODE } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { CodeRange, Regex } from '../../ir/regex/tree.ts';
import type { Assumption } from './assumptions.ts';
import { parseRegexp } from './parse-regexp.ts';
import type { RegexpFault, RegexpWarning } from './regexp-reader.ts';
import { anyText, isAnyCharacter, isAnyText } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/** A test without its field, for a field or for a keyword. */
export type ReadRegexp =
  | { readonly kind: 'like'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly regex: Regex };

/**
 * Reads a Lucene regular expression as a test of a value: as a pattern where it is one, `.*[cC][oO].*` without regard
 * to case, else as an expression with anchors at both ends where it does not begin or end in `.*`.
 */
export function readRegexp(text: string): Read {
  const parsed = parseRegexp(text);
  return 'fault' in parsed ? parsed : testOf(parsed.regexp, parsed);
}

/**
 * Reads an expression for a field whose normaliser lower-cases: Elasticsearch lower-cases the expression too, its text
 * as it stands, and a value fits if it does so in small letters.
 */
export function readFoldedRegexp(text: string): Read {
  const parsed = parseRegexp(
    [...text].map((each) => (each.toLowerCase().length === each.length ? each.toLowerCase() : each)).join(''),
  );
  return 'fault' in parsed ? parsed : testOf(inAnyCase(parsed.regexp), parsed);
}

/** What a text says, with what is to be said about it, or why it says nothing. */
export type Read =
  | {
      /** Any of these: a choice of patterns is several tests. */
      readonly tests: readonly ReadRegexp[];
      readonly warnings: readonly RegexpWarning[];
      readonly assumptions: readonly Assumption[];
    }
  | { readonly fault: RegexpFault };

type Notes = { readonly warnings: readonly RegexpWarning[]; readonly assumptions: readonly Assumption[] };

function testOf(regexp: Regexp, { warnings, assumptions }: Notes): Read {
  const likes = (regexp.kind === 'either' ? regexp.of : [regexp]).map(patternOf).filter((like) => like !== undefined);
  if (likes.length > 0 && likes.length === (regexp.kind === 'either' ? regexp.of.length : 1))
    return { tests: likes, warnings, assumptions };
  const source = wholeValue(regexp);
  const read =
    source === undefined ? undefined : parseRegex(source, { ignoreCase: false, multiline: false, dotAll: true });
  if (read && 'regex' in read) return { tests: [{ kind: 'regex', regex: read.regex }], warnings, assumptions };
  const message = read ? read.fault.message : 'this use of `&` or `~` inside an expression has no counterpart';
  return { fault: { at: 0, code: 'lucene/regexp', message, hint: undefined } };
}

/** Every small letter of a set stands for all its cases; a capital stands for nothing, since no value has one. */
function inAnyCase(node: Regexp): Regexp {
  switch (node.kind) {
    case 'set': {
      const small = complement(codeSet([...complement(node.ranges), ...capitals()]));
      return { kind: 'set', ranges: foldClosure(small) };
    }
    case 'concat':
    case 'either':
    case 'both':
      return { ...node, of: node.of.map(inAnyCase) };
    case 'repeat':
    case 'except':
      return { ...node, of: inAnyCase(node.of) };
  }
}

let known: CodeSet | undefined;

/** Every code point that folds to another one. */
function capitals(): CodeSet {
  if (known) return known;
  const found: CodeRange[] = [];
  for (let code = 0; code <= LAST_WITH_CASE; code += 1) if (foldCode(code) !== code) found.push([code, code]);
  return (known = codeSet(found));
}

const LAST_WITH_CASE = 0x1ffff;

/** The pattern of an expression made of texts, `.` and `.*`, if its letters agree on whether case counts. */
function patternOf(regexp: Regexp): { kind: 'like'; pattern: Pattern; cased: boolean } | undefined {
  const pieces: Piece[] = [];
  let run = '';
  let cased: boolean | undefined;
  for (const part of regexp.kind === 'concat' ? regexp.of : [regexp]) {
    const spelling = part.kind === 'set' ? spellingOf(part.ranges) : null;
    if (spelling) {
      if (spelling.cased !== undefined && cased !== undefined && cased !== spelling.cased) return undefined;
      cased ??= spelling.cased;
      run += spelling.text;
      continue;
    }
    if (run !== '') pieces.push(run);
    run = '';
    if (isAnyText(part)) pieces.push(many);
    else if (isAnyCharacter(part)) pieces.push(one);
    else return undefined;
  }
  if (run !== '') pieces.push(run);
  return { kind: 'like', pattern: normal(pieces), cased: cased ?? true };
}

/** The character that a set spells; `cased`: its case counts or does not, undefined where it has none. */
interface Spelling {
  readonly text: string;
  readonly cased: boolean | undefined;
}

const spellings = new WeakMap<CodeSet, Spelling | null>();

/** What a set spells, if it is one character or all that fold as one does. A letter's set is one value throughout. */
function spellingOf(ranges: CodeSet): Spelling | null {
  let spelling = spellings.get(ranges);
  if (spelling === undefined) spellings.set(ranges, (spelling = spelled(ranges)));
  return spelling;
}

function spelled(ranges: CodeSet): Spelling | null {
  const code = ranges[0]?.[0];
  if (code === undefined || ranges.some(([from, to]) => from !== to)) return null;
  const alike = foldClass(code);
  if (ranges.length === 1) return { text: String.fromCodePoint(code), cased: alike.length > 1 ? true : undefined };
  const whole = ranges.length === alike.length && ranges.every(([each]) => alike.includes(each));
  return whole ? { text: String.fromCodePoint(alike[0]!), cased: false } : null;
}

/**
 * Writes the expression for a whole value as one that is sought in it. `&` and `~` become looks ahead to the end or back
 * to the start, so they are undefined in the middle of a row.
 */
function wholeValue(regexp: Regexp): string | undefined {
  const texts = rowsOf(regexp)?.map(wholeRow);
  if (!texts || texts.includes(undefined)) return undefined;
  return texts.length === 1 ? texts[0] : `(?:${texts.join('|')})`;
}

const MOST_ROWS = 64;

/** The expression as a choice of rows, in which no choice is left that holds `&` or `~`; undefined if there are too many. */
function rowsOf(node: Regexp): (readonly Regexp[])[] | undefined {
  if (write(node, 0) !== undefined) return [node.kind === 'concat' ? node.of : [node]];
  if (node.kind === 'either') return joinedRows(node.of.map(rowsOf), (rows) => rows.flat());
  if (node.kind !== 'concat') return [[node]];
  return joinedRows(node.of.map(rowsOf), (parts) =>
    parts.reduce(
      (starts, ends) => starts.flatMap((start) => ends.map((end) => [...start, ...end])).slice(0, MOST_ROWS + 1),
      [[]],
    ),
  );
}

function joinedRows(
  parts: readonly ((readonly Regexp[])[] | undefined)[],
  join: (parts: (readonly Regexp[])[][]) => (readonly Regexp[])[],
): (readonly Regexp[])[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  const rows = known.length === parts.length ? join(known) : undefined;
  return rows && rows.length <= MOST_ROWS ? rows : undefined;
}

function wholeRow(parts: readonly Regexp[]): string | undefined {
  const open = parts.length > 0 && isAnyText(parts[0]!);
  const loose = parts.length > 1 && isAnyText(parts.at(-1)!);
  const inner = parts.slice(open ? 1 : 0, loose ? -1 : undefined);
  const texts = inner.map((part, index) => {
    const plain = write(part, 1);
    if (plain !== undefined) return plain;
    if (index === inner.length - 1 && !loose) return met(part, '(?', '\\z)');
    return index === 0 && !open ? met(part, '(?<', ')', '\\A') : undefined;
  });
  if (texts.includes(undefined)) return undefined;
  return `${open ? '' : '\\A'}${texts.join('')}${loose ? '' : '\\z'}`;
}

/** A part met with conditions: each looks ahead from its start or, opened by `(?<`, back from its end. */
function met(node: Regexp, opened: '(?' | '(?<', closed: string, start = ''): string | undefined {
  const parts = node.kind === 'both' ? node.of : [node];
  const plain = parts.findLast(({ kind }) => kind !== 'except') ?? anyText;
  const body = write(plain, 1);
  const looks = parts
    .filter((part) => part !== plain)
    .map((part) => {
      const inner = write(part.kind === 'except' ? part.of : part, 0);
      return inner && `${opened}${part.kind === 'except' ? '!' : '='}${start}(?:${inner})${closed}`;
    });
  if (body === undefined || looks.includes(undefined) || (node.kind !== 'both' && node.kind !== 'except'))
    return undefined;
  return opened === '(?' ? `${looks.join('')}${body}` : `${body}${looks.join('')}`;
}

/** Writes a part in the syntax that `ir/regex` reads, under the flag `s`; `outer`: 0 an alternative, 1 in a row, 2 repeated. */
function write(node: Regexp, outer: 0 | 1 | 2): string | undefined {
  switch (node.kind) {
    case 'set':
      return writeSet(node.ranges);
    case 'concat': {
      const of = node.of.map((part) => write(part, 1));
      if (of.includes(undefined)) return undefined;
      return outer === 2 || of.length === 0 ? `(?:${of.join('')})` : of.join('');
    }
    case 'either': {
      const of = node.of.map((part) => write(part, 0));
      if (of.includes(undefined)) return undefined;
      if (of.length === 0) return '[^\\s\\S]';
      return outer === 0 ? of.join('|') : `(?:${of.join('|')})`;
    }
    case 'repeat': {
      const of = write(node.of, 2);
      if (of === undefined) return undefined;
      const text = `${of}${node.max === null ? (node.min === 0 ? '*' : node.min === 1 ? '+' : `{${node.min},}`) : node.min === 0 && node.max === 1 ? '?' : `{${node.min},${node.max}}`}`;
      return outer === 2 ? `(?:${text})` : text;
    }
    case 'both':
    case 'except':
      return undefined;
  }
}

function writeSet(ranges: readonly CodeRange[]): string {
  if (ranges.length === 0) return '[^\\s\\S]';
  if (ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] === LAST_CODE) return '.';
  const [first] = ranges;
  if (ranges.length === 1 && first![0] === first![1]) return character(first![0], /[\\^$.*+?()[\]{}|/]/);
  const negative = ranges.at(-1)![1] === LAST_CODE;
  const inner = (negative ? complement(ranges) : ranges).map(([from, to]) =>
    from === to ? inClass(from) : `${inClass(from)}-${inClass(to)}`,
  );
  return `[${negative ? '^' : ''}${inner.join('')}]`;
}

function inClass(code: number): string {
  return character(code, /[\\^\]-]/);
}

function character(code: number, reserved: RegExp): string {
  const text = String.fromCodePoint(code);
  if (code < 0x20) return `\\x${code.toString(16).padStart(2, '0')}`;
  return reserved.test(text) ? `\\${text}` : text;
}
