/**
 * Expressions over a value turned into expressions over the value as JSON writes it between quotation marks, and back.
 *
 * `"` and `\` get a backslash, seven control characters have a letter (`\n`), the others and halves of surrogate pairs a
 * number (`\u001f`): RFC 8259, section 7, as `JSON.stringify` applies it. Letters beyond ASCII may be numbers as well.
 * One character of a value is so one *unit* of one, two or six characters, and an expression must never begin to match
 * inside of a unit: everything here reads whole units.
 */
import { everything, newline } from '../../ir/regex/classes.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import { codeSet, complement, contains, meaningOf, setNode, sizeOf } from '../../ir/regex/code-set.ts';
import type { CodeRange, RegexNode } from '../../ir/regex/tree.ts';
import { ahead, alike, behind, dot, either, letter, notAhead, oneOf, repeat, row, text } from './tree.ts';

/** Thrown where an expression can't be said of JSON text; caught where a test is written. */
export class Unsayable extends Error {
  override readonly name = 'Unsayable';
}

/** What the letter after a backslash stands for. */
const SHORT: Readonly<Record<string, number>> = { '"': 0x22, '\\': 0x5c, b: 8, t: 9, n: 10, f: 12, r: 13 };
const shortCodes: CodeSet = codeSet(Object.values(SHORT).map((code): CodeRange => [code, code]));
const controls: CodeSet = [[0, 0x1f]];
const halves: CodeSet = [[0xd800, 0xdfff]];
const signs: CodeSet = [
  [0x22, 0x22],
  [0x5c, 0x5c],
];
/** Code points that JSON writes by their number alone. */
const numbered: CodeSet = codeSet([...less(controls, shortCodes), ...halves]);
const neverPlain: CodeSet = codeSet([...controls, ...halves, ...signs]);

const backslash = text('\\');
const fourDigits = repeat(dot, 4, 4);
/** Classes with more letters than this, or with one of ASCII, are sought as they stand, not by their numbers. */
const FEW = 8;

/** One unit, whichever: `(?:[^"\\]|\\u.{4}|\\[^u])`. */
export const unit: RegexNode = unitOf(everything);
type SetNode = Extract<RegexNode, { kind: 'set' }>;

/** How JSON may write one character out of `set`. */
export function unitOf(set: CodeSet): RegexNode {
  const open = contains(set, 0x10ffff);
  const plain = open ? less(codeSet([...set, ...controls, ...halves]), signs) : less(set, neverPlain);
  const ways: RegexNode[] = [];
  if (plain.length > 0) ways.push(setNode(plain));
  ways.push(...byNumber(set), ...byLetter(set));
  return either(ways);
}

function byNumber(set: CodeSet): RegexNode[] {
  const wanted = meet(set, numbered);
  if (sizeOf(meet(wanted, halves)) === sizeOf(halves)) {
    const missing = [...members(less(numbered, wanted))].map((code) => row(digitsOf(code)));
    const except = missing.length > 0 ? [notAhead(either(missing))] : [];
    return [row([...backslash, ...text('u'), ...except, fourDigits])];
  }
  if (meet(wanted, halves).length > 0) throw new Unsayable('JSON may write half a surrogate pair in several ways');
  const foreign = contains(complement([[0, 0x7f]]), set[0]?.[0] ?? 0) ? less(set, halves) : [];
  const codes = [...members(wanted), ...(sizeOf(foreign) <= FEW ? [...members(foreign)].filter(isLetter) : [])];
  return codes.map((code) => row(numberOf(code)));
}

function isLetter(code: number): boolean {
  return code < 0x10000 && /\p{L}/u.test(String.fromCodePoint(code));
}

function numberOf(code: number): RegexNode[] {
  const point = String.fromCodePoint(code);
  return Array.from({ length: point.length }, (_, at) => point.charCodeAt(at)).flatMap((half) => [
    ...backslash,
    ...text('u'),
    ...digitsOf(half),
  ]);
}

function digitsOf(half: number): RegexNode[] {
  return text(half.toString(16).padStart(4, '0'), false);
}

function byLetter(set: CodeSet): RegexNode[] {
  const wanted = Object.keys(SHORT).filter((sign) => contains(set, SHORT[sign]!));
  if (wanted.length === 0) return [];
  const missing = Object.keys(SHORT).filter((sign) => !wanted.includes(sign));
  const sign = wanted.length > 4 ? setNode(complement(oneOfSet([...missing, 'u']))) : oneOf(wanted.join(''));
  return [row([...backslash, sign])];
}

function oneOfSet(of: readonly string[]): CodeSet {
  return (oneOf(of.join('')) as SetNode).ranges;
}

/** The opening quotation mark is behind; a quotation mark that is part of a value has a backslash before it. */
const atStart = behind(row([setNode(complement([[0x5c, 0x5c]])), ...text('"')]));
const atEnd = ahead(row(text('"')));
const breakOrEnd = ahead(row([repeat(unitOf(newline), 0, 1), ...text('"')]));

/**
 * What `node` finds in a value, to be found in the value's JSON text, at a place where a unit begins. Captures are let go.
 * Throws `Unsayable` for look-arounds, back-references and borders of words, which would have to see half a unit.
 */
export function toJsonText(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set':
      return unitOf(meaningOf(node));
    case 'concat':
      return row(node.of.map(toJsonText));
    case 'either':
      return either(node.of.map(toJsonText));
    case 'repeat':
      return { ...node, of: toJsonText(node.of) };
    case 'group':
      return node.atomic ? { ...node, of: toJsonText(node.of) } : toJsonText(node.of);
    case 'anchor':
      if (node.at === 'text-start') return atStart;
      if (node.at === 'very-end') return atEnd;
      if (node.at === 'text-end') return breakOrEnd;
      throw new Unsayable(
        /line/.test(node.at)
          ? 'a line of a value can not be told inside a line of JSON'
          : 'the border of a word can not be told beside a character that JSON escapes',
      );
    case 'look':
      throw new Unsayable('a look-around would have to look at parts of a value that JSON escapes');
    case 'backref':
      throw new Unsayable('a back-reference can not be said beside the tests of other fields');
  }
}

/** The same expression without captures, nested alternatives, and sets side by side: the form in which it is written. */
export function plainForm(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set':
      return setNode(meaningOf(node));
    case 'concat':
      return row(node.of.map(plainForm));
    case 'either':
      return either(joinedSets(node.of.map(plainForm).flatMap((way) => (way.kind === 'either' ? way.of : [way]))));
    case 'repeat':
      return { ...node, of: plainForm(node.of) };
    case 'group':
      return node.atomic ? { ...node, of: plainForm(node.of) } : plainForm(node.of);
    case 'anchor':
    case 'look':
    case 'backref':
      return node;
  }
}

/** Sets that stand beside each other as one, so that an expression is written in one way only. */
function joinedSets(ways: readonly RegexNode[]): RegexNode[] {
  const found: RegexNode[] = [];
  for (const way of ways) {
    const last = found.at(-1);
    if (way.kind === 'set' && last?.kind === 'set')
      found[found.length - 1] = setNode(codeSet([...meaningOf(last), ...meaningOf(way)]));
    else found.push(way);
  }
  return found;
}

/** The reverse of `toJsonText`, or undefined where `node` may match something else than whole units. */
export function fromJsonText(node: RegexNode): RegexNode | undefined {
  if (alike(node, unit)) return anyCode;
  switch (node.kind) {
    case 'set':
    case 'concat':
      return fromRow(node.kind === 'concat' ? node.of : [node]);
    case 'either': {
      const ways = node.of.map(fromJsonText);
      if (!ways.every((way) => way !== undefined)) return undefined;
      return either(joinedSets(ways));
    }
    case 'repeat':
    case 'group': {
      const of = fromJsonText(node.of);
      return of && (node.kind === 'group' && !node.atomic ? of : { ...node, of });
    }
    case 'look':
      if (alike(node, atStart)) return { kind: 'anchor', at: 'text-start' };
      if (alike(node, atEnd)) return { kind: 'anchor', at: 'very-end' };
      return alike(node, breakOrEnd) ? { kind: 'anchor', at: 'text-end' } : undefined;
    default:
      return undefined;
  }
}

/** Any one character of a value. */
export const anyCode: RegexNode = setNode(everything);

function fromRow(parts: readonly RegexNode[]): RegexNode | undefined {
  const read: RegexNode[] = [];
  for (let at = 0; at < parts.length;) {
    const part = parts[at]!;
    if (isBackslash(part)) {
      const escape = readEscape(parts, at + 1);
      if (!escape) return undefined;
      read.push(escape.node);
      at = escape.next;
      continue;
    }
    const node = part.kind === 'set' ? plainSet(part) : fromJsonText(part);
    if (!node) return undefined;
    read.push(node);
    at += 1;
  }
  return row(read);
}

function isBackslash(node: RegexNode | undefined): boolean {
  return node?.kind === 'set' && node.ranges.length === 1 && node.ranges[0]![0] === 0x5c && node.ranges[0]![1] === 0x5c;
}

const plain = new Map<string, RegexNode>();

function plainSet(node: SetNode): RegexNode | undefined {
  const [only] = node.ranges;
  if (node.ranges.length === 1 && only![0] === only![1] && !contains(neverPlain, only![0])) return node;
  const key = JSON.stringify(node.ranges) + String(node.fold);
  const found = plain.get(key);
  if (found) return found;
  const set = meaningOf(node);
  if (meet(set, signs).length > 0) return undefined;
  const read = setNode(less(set, neverPlain));
  if (plain.size < 10_000) plain.set(key, read);
  return read;
}

function readEscape(parts: readonly RegexNode[], at: number): { node: RegexNode; next: number } | undefined {
  const sign = parts[at];
  if (sign?.kind !== 'set') return undefined;
  const set = meaningOf(sign);
  if (!contains(set, 0x75) || less(set, numberSigns).length > 0) {
    if (contains(set, 0x75)) return undefined;
    const codes = Object.keys(SHORT).filter((short) => contains(set, short.charCodeAt(0)));
    return { node: setNode(codeSet(codes.map((short): CodeRange => [SHORT[short]!, SHORT[short]!]))), next: at + 1 };
  }
  const digits = parts[at + 1];
  if (digits && alike(digits, fourDigits)) return { node: setNode(numbered), next: at + 2 };
  if (digits?.kind === 'look' && parts[at + 2] && alike(parts[at + 2]!, fourDigits)) {
    const ways = digits.of.kind === 'either' ? digits.of.of : [digits.of];
    const missing = ways.map((way) => (way.kind === 'concat' ? readNumber(way.of, 0) : undefined));
    if (digits.negative && digits.ahead && missing.every((code) => code !== undefined))
      return { node: setNode(less(numbered, codeSet(missing.map((code): CodeRange => [code, code])))), next: at + 3 };
    return undefined;
  }
  const first = readNumber(parts, at + 1);
  if (first === undefined) return undefined;
  if (first < 0xd800 || first > 0xdbff) return { node: letter(first, true), next: at + 5 };
  const second = isBackslash(parts[at + 5]) ? readNumber(parts, at + 7) : undefined;
  if (second === undefined) return undefined;
  return { node: letter(String.fromCharCode(first, second).codePointAt(0)!, true), next: at + 11 };
}

/** `u`, perhaps where case does not count. */
const numberSigns: CodeSet = [
  [0x55, 0x55],
  [0x75, 0x75],
];

function readNumber(parts: readonly RegexNode[], at: number): number | undefined {
  let digits = '';
  for (const part of parts.slice(at, at + 4)) {
    if (part.kind !== 'set' || sizeOf(part.ranges) !== 1) return undefined;
    digits += String.fromCharCode(part.ranges[0]![0]);
  }
  return /^[\da-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function less(set: CodeSet, taken: CodeSet): CodeSet {
  return complement(codeSet([...complement(set), ...taken]));
}

function meet(a: CodeSet, b: CodeSet): CodeSet {
  return less(a, complement(b));
}

function* members(set: CodeSet): Generator<number> {
  for (const [from, to] of set) for (let code = from; code <= to; code += 1) yield code;
}
