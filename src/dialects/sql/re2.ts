import { everything, notNewline } from '../../ir/regex/classes.ts';
import { complement, isFoldClosed, LAST_CODE, meaningOf } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';

/**
 * Writes an expression for RE2 (https://github.com/google/re2/wiki/Syntax), which DuckDB and ClickHouse use, or says
 * why there is none: RE2 has no look-around, back references, atomic groups or possessive repetition.
 *
 * `(?i)` stands in front where the whole expression ignores case; RE2 folds as our table does. `$` is the very end.
 */
export function writeRe2(tree: RegexNode): { readonly text: string } | { readonly refused: string } {
  const sets = [...setsOf(tree)];
  const fold = sets.some((set) => set.fold) && sets.every((set) => set.fold || isFoldClosed(set.ranges));
  const all = sets.some((set) => isSame(meaningOf(set), everything));
  const line = sets.some((set) => isSame(meaningOf(set), notNewline));
  const style: Style = { fold, dotAll: all && !line };
  const flags = `${fold ? 'i' : ''}${style.dotAll ? 's' : ''}`;
  try {
    if (roundsOf(tree) > MOST_ROUNDS) throw new Unsayable(`RE2 repeats nothing more than ${MOST_ROUNDS} times`);
    return { text: `${flags === '' ? '' : `(?${flags})`}${write(tree, 0, true, style)}` };
  } catch (fault) {
    if (fault instanceof Unsayable) return { refused: fault.message };
    throw fault;
  }
}

class Unsayable extends Error {}

const MOST_ROUNDS = 1000;

interface Style {
  readonly fold: boolean;
  readonly dotAll: boolean;
}

type SetNode = Extract<RegexNode, { kind: 'set' }>;

function* setsOf(node: RegexNode): Generator<SetNode> {
  switch (node.kind) {
    case 'set':
      yield node;
      return;
    case 'concat':
    case 'either':
      for (const part of node.of) yield* setsOf(part);
      return;
    case 'repeat':
    case 'group':
      return yield* setsOf(node.of);
    default:
  }
}

/** How often the most repeated part is repeated, counts within counts multiplied. */
function roundsOf(node: RegexNode): number {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return Math.max(1, ...node.of.map(roundsOf));
    case 'group':
      return roundsOf(node.of);
    case 'repeat':
      return Math.max(1, node.min, node.max ?? 0) * roundsOf(node.of);
    default:
      return 1;
  }
}

/** `outer`: 0 an alternative, 1 a part of a row, 2 what a quantifier stands behind. `last`: nothing follows. */
function write(node: RegexNode, outer: 0 | 1 | 2, last: boolean, style: Style): string {
  switch (node.kind) {
    case 'set':
      return writeSet(node, style);
    case 'concat': {
      const end = node.of.length - 1;
      const text = node.of.map((part, index) => write(part, 1, last && index === end, style)).join('');
      return outer === 2 || (text === '' && outer === 1) ? `(?:${text})` : text;
    }
    case 'either': {
      if (node.of.length === 0) return NOTHING;
      const text = node.of.map((part) => write(part, 0, last, style)).join('|');
      return outer === 0 ? text : `(?:${text})`;
    }
    case 'group':
      if (node.atomic) throw new Unsayable('RE2 has no atomic groups');
      return write(node.of, outer, last, style);
    case 'repeat': {
      if (node.greed === 'possessive') throw new Unsayable('RE2 has no possessive repetition');
      const text = write(node.of, 2, last && node.max === 1, style) + quantifier(node.min, node.max);
      return outer === 2 ? `(?:${text})` : text;
    }
    case 'anchor':
      return outer === 2 ? `(?:${anchor(node.at, last)})` : anchor(node.at, last);
    case 'look':
      throw new Unsayable('RE2 has no look-around');
    case 'backref':
      throw new Unsayable('RE2 has no back references');
  }
}

function quantifier(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function anchor(at: Extract<RegexNode, { kind: 'anchor' }>['at'], last: boolean): string {
  switch (at) {
    case 'text-start':
      return '^';
    case 'very-end':
      return '$';
    case 'text-end':
      if (!last)
        throw new Unsayable(
          'RE2 has no end that may stand before a line break, and what follows it forbids to write it out',
        );
      return '\\n?$';
    case 'line-start':
      return '(?m:^)';
    case 'line-end':
      return '(?m:$)';
    case 'word-border':
      return '\\b';
    case 'no-word-border':
      return '\\B';
  }
}

const NOTHING = `[^\\x00-\\x{10FFFF}]`;

function writeSet(node: SetNode, style: Style): string {
  const set = node.fold && style.fold ? node.ranges : meaningOf(node);
  if (set.length === 0) return NOTHING;
  if (isSame(set, everything)) return style.dotAll ? '.' : '(?s:.)';
  if (isSame(set, notNewline) && !style.dotAll) return '.';
  if (set.length === 1 && set[0]![0] === set[0]![1]) return character(set[0]![0], /[\\^$.*+?()[\]{}|]/);
  const negative = set.at(-1)![1] === LAST_CODE;
  const inner = (negative ? complement(set) : set).map(([from, to]) => {
    if (from === to) return inClass(from);
    return `${inClass(from)}${to === from + 1 ? '' : '-'}${inClass(to)}`;
  });
  return `[${negative ? '^' : ''}${inner.join('')}]`;
}

function isSame(a: CodeSet, b: CodeSet): boolean {
  return a.length === b.length && a.every(([from, to], index) => from === b[index]![0] && to === b[index]![1]);
}

function inClass(code: number): string {
  return character(code, /[\\^\][-]/);
}

const SHORT: Readonly<Record<number, string>> = { 0x09: '\\t', 0x0a: '\\n', 0x0d: '\\r' };

function character(code: number, reserved: RegExp): string {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000))
    return SHORT[code] ?? `\\x{${code.toString(16)}}`;
  const text = String.fromCodePoint(code);
  return reserved.test(text) ? `\\${text}` : text;
}
