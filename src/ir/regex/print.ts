import { isFoldClosed, meaningOf, sizeOf } from './code-set.ts';
import { newline, wordCodes } from './classes.ts';
import type { Flavour } from './flavours.ts';
import { parseRegex } from './parse.ts';
import { printSet, singleOf } from './print-set.ts';
import { Irregular, regularOf } from './regular.ts';
import { widthOf } from './size.ts';
import type { Anchor, Regex, RegexNode } from './tree.ts';

/**
 * Writes an expression for a language, so that it finds there what `regex` means here, or says what that language lacks.
 *
 *     printRegex(parse('^(?i)a.b$'), re2)   // { text: '(?i)^a.b\\n?$' }
 *
 * The result looks for a match anywhere in a text; a language that compares whole values must be given `.*` around it.
 * One difference may be left, in languages that fold ASCII alone: the long s and the Kelvin sign under `(?i)`.
 */
export function printRegex(regex: Regex, flavour: Flavour): { text: string } | { refused: string } {
  if (flavour.native && keepsText(regex)) return { text: flagged(regex) };
  try {
    return { text: printTree(regex.tree, flavour) };
  } catch (fault) {
    if (fault instanceof Lack || fault instanceof Irregular) return { refused: fault.message };
    throw fault;
  }
}

/** Thrown where a flavour can't say a thing; caught in `printRegex`. */
class Lack extends Error {
  override readonly name = 'Lack';
}

function flagged({ source, flags }: Regex): string {
  const letters = `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotAll ? 's' : ''}`;
  return letters === '' ? source : `(?${letters})${source}`;
}

/**
 * Whether the text as written is PCRE, holds on one line, and still says what the tree says. What `parseRegex` reads
 * beyond PCRE2 (`\u0041`, a dash beside a class) and `^` at the lines' starts, which differs, are written anew.
 */
function keepsText({ source, flags, tree }: Regex): boolean {
  if (/[\u0000-\u001f\u007f]|\\u|\\[dDwWsShHvVNpP](?:\{[^}]*\})?-(?!\])|:\]-(?!\])/.test(source)) return false;
  const read = parseRegex(source, flags);
  const same = 'regex' in read && JSON.stringify(read.regex.tree) === JSON.stringify(tree);
  return same && !JSON.stringify(tree).includes('"line-start"');
}

/** Whether a part wants to be read with `(?i)`, or without, or does not care; `mixed`: some of it does, some does not. */
type Case = 'fold' | 'plain' | 'any' | 'mixed';

/** Where a part stands: whether `(?i)` holds, whether it ends the expression, and how much certainly follows. */
interface Place {
  readonly folded: boolean;
  readonly last: boolean;
  readonly after: number;
  /** Directly within `*` or `+`. */
  readonly looped: boolean;
  /** The product of the counts around it. */
  readonly times: number;
}

function printTree(whole: RegexNode, flavour: Flavour): string {
  const tree = flavour.held === 'none' && holds(whole) ? regularOf(whole) : whole;
  const numbers = new Map<string, number>();
  const captures = numberGroups(tree, numbers);
  const lack = (what: string): never => {
    throw new Lack(`${flavour.title} can not say it: ${what}`);
  };
  const captured = captures <= flavour.mostGroups;

  const caseOf = (node: RegexNode): Case => {
    switch (node.kind) {
      case 'set':
        return node.fold ? (flagged(node) ? 'fold' : 'any') : isFoldClosed(node.ranges) ? 'any' : 'plain';
      case 'backref':
        return node.fold ? 'fold' : 'plain';
      case 'anchor':
        return flavour.border === null && /border/.test(node.at) ? 'plain' : 'any';
      case 'concat':
      case 'either':
        return node.of.map(caseOf).reduce(joined, 'any');
      default:
        return caseOf(node.of);
    }
  };
  const flagged = (set: RegexNode & { kind: 'set' }): boolean =>
    flavour.folds === 'unicode' || set.ranges.every(([, to]) => to < 0x80);

  const write = (node: RegexNode, place: Place): string => {
    switch (node.kind) {
      case 'set':
        return writeSet(node, place);
      case 'concat':
        return writeConcat(node.of, place);
      case 'either':
        return node.of.length === 0 ? flavour.never : node.of.map((part) => writeInside(part, place)).join('|');
      case 'group':
        if (node.atomic) return `(?>${writeInside(node.of, place)})`;
        return `${captured ? '(' : '(?:'}${writeInside(node.of, place)})`;
      case 'repeat':
        return writeRepeat(node, place);
      case 'anchor':
        return writeAnchor(node.at, place, null, null);
      case 'look':
        return writeLook(node, place);
      case 'backref': {
        if (!flavour.backReferences) lack('a back-reference');
        if (node.fold && !place.folded) lack('a back-reference that folds case');
        return `\\${typeof node.to === 'string' ? numbers.get(node.to) : node.to}`;
      }
    }
  };

  const writeSet = (node: RegexNode & { kind: 'set' }, { folded, looped }: Place): string => {
    if (node.fold && folded && flagged(node)) return printSet(node.ranges, flavour);
    const set = meaningOf(node);
    if (flavour.astral || set.length === 0 || set.at(-1)![1] <= 0xffff) return printSet(set, flavour);
    return writeUnits(set, looped);
  };

  /** Where a character is a UTF-16 unit, one beyond U+FFFF is two. Halves are no characters and may match. */
  const writeUnits = (set: readonly (readonly [number, number])[], looped: boolean): string => {
    const low = set.filter(([from]) => from <= 0xffff).map(([from, to]) => [from, Math.min(to, 0xffff)] as const);
    const high = set.filter(([, to]) => to > 0xffff).map(([from, to]) => [Math.max(from, 0x10000), to] as const);
    const holdsAll = sizeOf(high) === 0x100000;
    if (holdsAll && looped) return printSet(set, flavour);
    const pairs = holdsAll ? ['[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]'] : [];
    if (!holdsAll) {
      if (sizeOf(high) > 20) lack('a class of characters beyond U+FFFF');
      for (const [from, to] of high)
        for (let code = from; code <= to; code += 1) pairs.push(printSet([[code, code]], flavour));
    }
    const units = low.flatMap(([from, to]) => withoutHalves(from, to));
    return `(?:${[...(units.length > 0 ? [printSet(units, flavour)] : []), ...pairs].join('|')})`;
  };

  const writeConcat = (parts: readonly RegexNode[], place: Place): string => {
    let text = '';
    let after = place.after;
    const following = parts.map(() => 0);
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      following[at] = after;
      after += widthOf(parts[at]!).min;
    }
    const placeOf = (at: number, folded: boolean): Place => ({
      folded,
      last: place.last && at === parts.length - 1,
      after: following[at]!,
      looped: false,
      times: place.times,
    });
    const writePart = (at: number, folded: boolean): string => {
      const part = parts[at]!;
      const inner = placeOf(at, folded);
      if (part.kind === 'anchor')
        return writeAnchor(part.at, inner, edgeOf(parts[at - 1], 'last'), edgeOf(parts[at + 1], 'first'));
      const written = part.kind === 'either' ? grouped(part, inner) : write(part, inner);
      return part.kind === 'backref' && /[0-9]/.test(startOf(parts[at + 1])) ? `(?:${written})` : written;
    };
    for (let at = 0; at < parts.length;) {
      const run = place.folded || flavour.flags !== 'scoped' ? 0 : foldRun(parts.slice(at).map(caseOf));
      if (run === 0 || (run === 1 && (isLetter(parts[at]!) || parts[at]!.kind === 'either'))) {
        text += writePart(at, place.folded);
        at += 1;
        continue;
      }
      let inside = '';
      for (const end = at + run; at < end; at += 1) inside += writePart(at, true);
      text += `(?${flavour.foldFlag}:${inside})`;
    }
    return text;
  };

  /** What stands between parentheses that are there already. */
  const writeInside = (node: RegexNode, place: Place): string =>
    node.kind === 'concat' || (node.kind === 'either' && !foldsWhole(node, place))
      ? write(node, place)
      : writeConcat([node], place);

  /** A part in parentheses of its own, with `(?i)` if all of it wants that. */
  const grouped = (node: RegexNode, place: Place): string =>
    foldsWhole(node, place)
      ? `(?${flavour.foldFlag}:${write(node, { ...place, folded: true })})`
      : `(?:${writeInside(node, place)})`;

  const foldsWhole = (node: RegexNode, { folded }: Place) =>
    !folded && flavour.flags === 'scoped' && caseOf(node) === 'fold';

  const writeRepeat = (node: RegexNode & { kind: 'repeat' }, place: Place): string => {
    const { of, min, max, greed } = node;
    const count = Math.max(min, max ?? 0);
    if (count > flavour.mostRepeats) lack(`a repeat of more than ${flavour.mostRepeats} times`);
    const times = place.times * Math.max(1, count);
    if (times > flavour.mostNested) lack(`repeats within repeats, more than ${flavour.mostNested} times in all`);
    const inner: Place = { folded: place.folded, last: false, after: 0, looped: max === null && min <= 1, times };
    const written = write(of, inner);
    const bare = of.kind === 'set' || of.kind === 'group' || of.kind === 'backref';
    const body = bare && (of.kind !== 'set' || isAtom(of, written)) ? written : grouped(of, inner);
    const text = `${body}${quantifier(min, max)}`;
    if (greed !== 'possessive') return greed === 'lazy' ? `${text}?` : text;
    return flavour.held === 'possessive' ? `${text}+` : `(?>${text})`;
  };
  /** A pair of units is no atom, nor is `(?!)` everywhere. */
  const isAtom = (set: RegexNode & { kind: 'set' }, written: string) =>
    set.ranges.length > 0 && (flavour.astral || (singleOf(set.ranges) ?? 0) <= 0xffff || written.startsWith('('));

  const writeLook = (node: RegexNode & { kind: 'look' }, place: Place): string => {
    if (node.ahead ? !flavour.ahead : flavour.behind === 'none') lack('a look-around');
    if (!node.ahead) {
      const ways = node.of.kind === 'either' ? node.of.of : [node.of];
      for (const { min, max } of ways.map(widthOf)) {
        if (flavour.behind !== 'any' && max === null) lack('a look-behind without a bound');
        if (flavour.behind === 'fixed' && min !== max) lack('a look-behind whose width varies');
      }
    }
    const inner: Place = { folded: place.folded, last: node.ahead, after: 0, looped: false, times: place.times };
    return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${writeInside(node.of, inner)})`;
  };

  const writeAnchor = (at: Anchor, place: Place, before: Edge, next: Edge): string => {
    const line = printSet(newline, flavour);
    switch (at) {
      case 'text-start':
        return '^';
      case 'very-end':
        return flavour.veryEnd;
      case 'text-end':
        if (flavour.textEnd !== null) return flavour.textEnd;
        if (place.last) return `${line}?${flavour.veryEnd}`;
        return flavour.ahead ? `(?=${line}?${flavour.veryEnd})` : lack('a $ that something may follow');
      case 'line-start':
        if (flavour.lineStart !== null && (flavour.lineStartAtEnd || place.after > 0)) return flavour.lineStart;
        return `(?<![^${line}])`;
      case 'line-end':
        return flavour.lineEnd ?? `(?![^${line}])`;
      case 'word-border':
      case 'no-word-border':
        if (at === 'no-word-border' && flavour.byBytes && widthOf(tree).min === 0)
          lack('a \\B that it would find inside of a character');
        return flavour.border?.[at === 'word-border' ? 0 : 1] ?? borderByLook(at === 'word-border', before, next);
    }
  };
  const borderByLook = (border: boolean, before: Edge, next: Edge): string => {
    const word = printSet(wordCodes, flavour);
    const [behind, notBehind, ahead, notAhead] = [`(?<=${word})`, `(?<!${word})`, `(?=${word})`, `(?!${word})`];
    if (next !== null) return (next === 'word') === border ? notBehind : behind;
    if (before !== null) return (before === 'word') === border ? notAhead : ahead;
    return border ? `(?:${behind}${notAhead}|${notBehind}${ahead})` : `(?:${behind}${ahead}|${notBehind}${notAhead})`;
  };
  /** The first character that `node` is written with, for what stands before it. */
  const startOf = (node: RegexNode | undefined): string => (node?.kind === 'set' ? printSet(node.ranges, flavour) : '');

  const start: Place = { folded: false, last: true, after: 0, looped: false, times: 1 };
  if (flavour.flags !== 'none' && caseOf(tree) === 'fold')
    return `(?${flavour.foldFlag})${write(tree, { ...start, folded: true })}`;
  return writeInside(tree, start);
}

function joined(a: Case, b: Case): Case {
  if (a === 'any' || a === b) return b;
  return b === 'any' ? a : 'mixed';
}

/** How many parts from the first on go into one group with `(?i)`; it begins and ends with one that wants it. */
function foldRun(cases: readonly Case[]): number {
  if (cases[0] !== 'fold') return 0;
  const end = cases.findIndex((part) => part === 'plain' || part === 'mixed');
  return cases.slice(0, end === -1 ? undefined : end).lastIndexOf('fold') + 1;
}

/** A letter in both cases is shorter in brackets than in a group. */
function isLetter(node: RegexNode): boolean {
  return node.kind === 'set' && sizeOf(node.ranges) === 1;
}

function quantifier(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** Whether the character at a part's edge is of a word, or is none; null where it may be either, or the text may end. */
type Edge = 'word' | 'other' | null;

function edgeOf(node: RegexNode | undefined, side: 'first' | 'last'): Edge {
  switch (node?.kind) {
    case 'set': {
      const set = meaningOf(node);
      if (set.length === 0) return null;
      const inWord = set.every(([from, to]) => wordCodes.some(([low, high]) => from >= low && to <= high));
      if (inWord) return 'word';
      return set.every(([from, to]) => wordCodes.every(([low, high]) => to < low || from > high)) ? 'other' : null;
    }
    case 'group':
      return edgeOf(node.of, side);
    case 'repeat':
      return node.min > 0 ? edgeOf(node.of, side) : null;
    case 'concat':
      return edgeOf(node.of.at(side === 'first' ? 0 : -1), side);
    case 'either': {
      const edges = new Set(node.of.map((part) => edgeOf(part, side)));
      return edges.size === 1 ? [...edges][0]! : null;
    }
    default:
      return null;
  }
}

/** The stretches of a range of units that are no halves of pairs. */
function withoutHalves(from: number, to: number): [number, number][] {
  const stretches: [number, number][] = [
    [from, Math.min(to, 0xd7ff)],
    [Math.max(from, 0xe000), to],
  ];
  return stretches.filter(([low, high]) => low <= high);
}

/** Notes the number of each named group, and counts the groups that capture. */
function numberGroups(node: RegexNode, numbers: Map<string, number>): number {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.reduce((sum, part) => sum + numberGroups(part, numbers), 0);
    case 'group':
      if (node.name !== null && node.capture !== null) numbers.set(node.name, node.capture);
      return Number(node.capture !== null) + numberGroups(node.of, numbers);
    case 'repeat':
    case 'look':
      return numberGroups(node.of, numbers);
    default:
      return 0;
  }
}

/** Whether something in `node` gives nothing back. */
function holds(node: RegexNode): boolean {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.some(holds);
    case 'group':
      return node.atomic || holds(node.of);
    case 'repeat':
      return node.greed === 'possessive' || holds(node.of);
    case 'look':
      return holds(node.of);
    default:
      return false;
  }
}
