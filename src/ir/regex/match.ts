import { alphabetOf } from './alphabet.ts';
import { anchorOrder, programsOf } from './program.ts';
import type { Programs } from './program.ts';
import { Irregular, regularOf } from './regular.ts';
import type { Regex, RegexNode } from './tree.ts';
import { walkerOf } from './walk.ts';
import type { Walker } from './walk.ts';

/** Tells whether an expression is found anywhere in a text. */
export type Matcher = (text: string) => boolean;

/**
 * Makes a matcher whose time grows linearly with the text whatever the expression, or says in a sentence why there is
 * none: back-references, and atomic groups or possessive repeats that hold a part of several lengths.
 *
 * Characters are code points; half a surrogate pair is one. Line anchors know the line feed alone, and `line-start`
 * also holds after a line feed that ends the text (in PCRE it does not). Word borders are ASCII. A look-around costs one
 * pass over the text. What a matcher learns of its automaton it keeps, within some 15 MB and as much for each look-around.
 */
export function compileRegex(regex: Regex): Matcher | { refused: string } {
  try {
    const tree = regularOf(regex.tree);
    return matcherOf(programsOf(tree), !startsAtEdge(tree));
  } catch (fault) {
    if (fault instanceof Irregular) return { refused: fault.message };
    throw fault;
  }
}

function matcherOf({ main, looks, sets }: Programs, everywhere: boolean): Matcher {
  const alphabet = alphabetOf(sets);
  const search = walkerOf(main, alphabet, everywhere);
  const asked = looks.reduce((bits, { program }) => bits | program.bits, main.bits);
  if (asked === 0) return (text) => searchPlain(search, text);
  const anchors = asked & ((1 << anchorOrder.length) - 1);
  if (looks.length === 0 && (asked & ~edges) === 0) return (text) => searchBetweenEdges(search, text, anchors);
  const scouts = looks.map(({ program, backward }) => ({ walker: walkerOf(program, alphabet, true), backward }));
  return (text) => {
    const conditions = anchorsOf(text, anchors);
    for (const [index, { walker, backward }] of scouts.entries()) {
      const bit = 1 << (anchorOrder.length + index);
      if (backward) scoutBack(walker, text, conditions, bit);
      else scout(walker, text, conditions, bit);
    }
    return searchUnder(search, text, conditions);
  };
}

function searchPlain(walker: Walker, text: string): boolean {
  walker.begin();
  const at = walker.stride(text, 0, text.length, 0);
  return at === -1 || (at >= 0 && walker.accepts(0));
}

/** For conditions that can hold only at the first and the last two positions. */
function searchBetweenEdges(walker: Walker, text: string, asked: number): boolean {
  walker.begin();
  let at = 0;
  for (const end of [Math.min(1, text.length), text.length - 1, text.length]) {
    if (end <= at) continue;
    at = walker.stride(text, at, end, anchorsAt(text, at, asked));
    if (at < 0) return at === -1;
  }
  return walker.accepts(anchorsAt(text, text.length, asked));
}

function searchUnder(walker: Walker, text: string, conditions: Int32Array): boolean {
  walker.begin();
  for (let at = 0; at < text.length;) {
    const now = conditions[at]!;
    let end = at + 1;
    while (end < text.length && conditions[end] === now) end += 1;
    at = walker.stride(text, at, end, now);
    if (at < 0) return at === -1;
  }
  return walker.accepts(conditions[text.length]!);
}

/** Sets `bit` at each position where a match that began anywhere before ends. */
function scout(walker: Walker, text: string, conditions: Int32Array, bit: number): void {
  walker.begin();
  for (let at = 0; ;) {
    const now = conditions[at]!;
    if (walker.accepts(now)) conditions[at] = now | bit;
    if (at >= text.length) return;
    const code = codeAt(text, at);
    walker.read(now, code);
    at += code > 0xffff ? 2 : 1;
  }
}

/** The same from the end of the text, for a program that reads backwards. */
function scoutBack(walker: Walker, text: string, conditions: Int32Array, bit: number): void {
  walker.begin();
  for (let at = text.length; ;) {
    const now = conditions[at]!;
    if (walker.accepts(now)) conditions[at] = now | bit;
    if (at <= 0) return;
    const code = codeBefore(text, at);
    walker.read(now, code);
    at -= code > 0xffff ? 2 : 1;
  }
}

/** The code point that begins at `at`. */
function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff ? text.codePointAt(at)! : code;
}

/** The code point that ends before `at`. */
function codeBefore(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  if (code < 0xdc00 || code > 0xdfff || at < 2) return code;
  const pair = text.codePointAt(at - 2)!;
  return pair > 0xffff ? pair : code;
}

/** The conditions that hold at each position of `text`, of the anchors in `asked`. */
function anchorsOf(text: string, asked: number): Int32Array {
  const conditions = new Int32Array(text.length + 1);
  if (asked !== 0) for (let at = 0; at <= text.length; at += 1) conditions[at] = anchorsAt(text, at, asked);
  return conditions;
}

/** The anchors of `asked` that hold at `at`, by their bits in the order of `anchorOrder`. */
function anchorsAt(text: string, at: number, asked: number): number {
  const end = text.length;
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  let bits = 0;
  if (at === 0) bits |= 0b001001;
  else if (before === 0x0a) bits |= 0b001000;
  if (at === end) bits |= 0b010110;
  else if (after === 0x0a) bits |= at === end - 1 ? 0b010010 : 0b010000;
  if (isWord(before) !== isWord(after)) bits |= 0b100000;
  return bits & asked;
}

/** The anchors that hold at the edges of a text alone: of `anchorOrder`, the first three. */
const edges = 0b000111;

/** Of `NaN`, which stands past the edges, too. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}

/** Whether a match can begin at the start of a text only. */
function startsAtEdge(node: RegexNode): boolean {
  switch (node.kind) {
    case 'anchor':
      return node.at === 'text-start';
    case 'concat':
      return node.of[0] !== undefined && startsAtEdge(node.of[0]);
    case 'either':
      return node.of.length > 0 && node.of.every(startsAtEdge);
    default:
      return false;
  }
}
