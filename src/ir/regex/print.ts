import { isFoldClosed, meaningOf, sizeOf } from './code-set.ts';
import { edgeOf } from './edges.ts';
import type { Edge } from './edges.ts';
import type { Flavour } from './flavours.ts';
import { parseRegex } from './parse.ts';
import { holds, numberGroups } from './groups.ts';
import { Lack, lack } from './lack.ts';
import { printAnchor } from './print-anchor.ts';
import { foldRuns, joined } from './print-case.ts';
import type { Case } from './print-case.ts';
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
  try {
    const text = printTree(regex.tree, flavour);
    return { text: flavour.native && keepsText(regex) ? flagged(regex) : text };
  } catch (fault) {
    if (fault instanceof Lack || fault instanceof Irregular) return { refused: fault.message };
    throw fault;
  }
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
  const mayBeEmpty = widthOf(tree).min === 0;
  const captured = captures <= flavour.mostGroups;

  const cases = new Map<RegexNode, Case>();
  const caseOf = (node: RegexNode): Case => {
    let found = cases.get(node);
    if (!found) cases.set(node, (found = findCase(node)));
    return found;
  };
  const findCase = (node: RegexNode): Case => {
    switch (node.kind) {
      case 'set':
        return node.fold ? (byFlag(node) ? 'fold' : 'any') : isFoldClosed(node.ranges) ? 'any' : 'plain';
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
  const byFlag = (set: RegexNode & { kind: 'set' }): boolean =>
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
        if (!flavour.backReferences) lack(flavour, 'a back-reference');
        if (node.fold && !place.folded) lack(flavour, 'a back-reference that folds case');
        return `\\${typeof node.to === 'string' ? numbers.get(node.to) : node.to}`;
      }
    }
  };

  const writeSet = (node: RegexNode & { kind: 'set' }, { folded, looped }: Place): string => {
    if (node.fold && folded && byFlag(node)) return printSet(node.ranges, flavour);
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
      if (sizeOf(high) > 20) lack(flavour, 'a class of characters beyond U+FFFF');
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
    const runs = place.folded || flavour.flags !== 'scoped' ? [] : foldRuns(parts.map(caseOf));
    for (let at = 0; at < parts.length;) {
      const run = runs[at] ?? 0;
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
    if (count > flavour.mostRepeats) lack(flavour, `a repeat of more than ${flavour.mostRepeats} times`);
    const times = place.times * Math.max(1, count);
    if (times > flavour.mostNested)
      lack(flavour, `repeats within repeats, more than ${flavour.mostNested} times in all`);
    const inner: Place = { folded: place.folded, last: false, after: 0, looped: max === null && min <= 1, times };
    const written = of.kind === 'group' || of.kind === 'backref' ? write(of, inner) : writeAtom(of, inner);
    const body = written ?? grouped(of, inner);
    const text = `${body}${quantifier(min, max)}`;
    if (greed !== 'possessive') return greed === 'lazy' ? `${text}?` : text;
    return flavour.held === 'possessive' ? `${text}+` : `(?>${text})`;
  };
  /** A set as one thing to repeat. A pair of units is none, nor is `(?!)` everywhere. */
  const writeAtom = (node: RegexNode, place: Place): string | undefined => {
    if (node.kind !== 'set' || node.ranges.length === 0) return undefined;
    const written = writeSet(node, place);
    const whole = flavour.astral || (singleOf(node.ranges) ?? 0) <= 0xffff || written.startsWith('(');
    return whole ? written : undefined;
  };

  const writeLook = (node: RegexNode & { kind: 'look' }, place: Place): string => {
    if (node.ahead ? !flavour.ahead : flavour.behind === 'none') lack(flavour, 'a look-around');
    if (!node.ahead) {
      const ways = node.of.kind === 'either' ? node.of.of : [node.of];
      for (const { min, max } of ways.map(widthOf)) {
        if (flavour.behind !== 'any' && max === null) lack(flavour, 'a look-behind without a bound');
        if (flavour.behind === 'fixed' && min !== max) lack(flavour, 'a look-behind whose width varies');
      }
    }
    const inner: Place = { folded: place.folded, last: node.ahead, after: 0, looped: false, times: place.times };
    return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${writeInside(node.of, inner)})`;
  };

  const writeAnchor = (at: Anchor, { last, after }: Place, before: Edge, next: Edge): string =>
    printAnchor({ at, last, after, before, next, mayBeEmpty }, flavour);

  /** The first character that `node` is written with, for what stands before it. */
  const startOf = (node: RegexNode | undefined): string => (node?.kind === 'set' ? printSet(node.ranges, flavour) : '');

  const start: Place = { folded: false, last: true, after: 0, looped: false, times: 1 };
  if (flavour.flags !== 'none' && caseOf(tree) === 'fold')
    return `(?${flavour.foldFlag})${write(tree, { ...start, folded: true })}`;
  return writeInside(tree, start);
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

/** The stretches of a range of units that are no halves of pairs. */
function withoutHalves(from: number, to: number): [number, number][] {
  const stretches: [number, number][] = [
    [from, Math.min(to, 0xd7ff)],
    [Math.max(from, 0xe000), to],
  ];
  return stretches.filter(([low, high]) => low <= high);
}
