import { foldClosure, setNode } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import { notNewline } from '../../ir/regex/classes.ts';
import type { Anchor, Greed, RegexNode } from '../../ir/regex/tree.ts';

/** Builds expression trees in the form in which `parseRegex` gives them: no group but those that hold, nothing nested without need. */
export function row(parts: readonly RegexNode[]): RegexNode {
  const of = parts.flatMap((part) => (part.kind === 'concat' ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind: 'concat', of };
}

/** Any of some parts; of none it is what matches nothing. */
export function either(parts: readonly RegexNode[]): RegexNode {
  if (parts.length === 0) return never;
  return parts.length === 1 ? parts[0]! : { kind: 'either', of: parts };
}

export function repeat(of: RegexNode, min: number, max: number | null, greed: Greed = 'greedy'): RegexNode {
  return { kind: 'repeat', of, min, max, greed };
}

export function ahead(of: RegexNode): RegexNode {
  return { kind: 'look', of, ahead: true, negative: false };
}

export function notAhead(of: RegexNode): RegexNode {
  return { kind: 'look', of, ahead: true, negative: true };
}

export function behind(of: RegexNode): RegexNode {
  return { kind: 'look', of, ahead: false, negative: false };
}

export function anchor(at: Anchor): RegexNode {
  return { kind: 'anchor', at };
}

/** Matches nothing: `(?!)`. */
export const never: RegexNode = notAhead({ kind: 'concat', of: [] });
export const dot: RegexNode = setNode(notNewline);
const letters = new Map<string, RegexNode>();

/** One character, and unless `cased` those that fold as it does. */
export function letter(code: number, cased: boolean): RegexNode {
  const key = `${code}${cased}`;
  let node = letters.get(key);
  if (!node) letters.set(key, (node = setNode(cased ? [[code, code]] : foldClosure([[code, code]]))));
  return node;
}

/** The characters of a text, one after another. */
export function text(of: string, cased = true): RegexNode[] {
  return [...of].map((character) => letter(character.codePointAt(0)!, cased));
}

/** One out of the characters of `of`. */
export function oneOf(of: string): RegexNode {
  return setNode(setOf(of));
}

export function setOf(of: string): CodeSet {
  const codes = [...of].map((character) => character.codePointAt(0)!).sort((a, b) => a - b);
  const set: [number, number][] = [];
  for (const code of codes) {
    const last = set.at(-1);
    if (last && last[1] >= code - 1) last[1] = code;
    else set.push([code, code]);
  }
  return set;
}

/** Tells whether two trees are built alike; what captures, and how greedy a part is, does not count. */
export function alike(a: RegexNode, b: RegexNode): boolean {
  if (a === b) return true;
  if (a.kind === 'group' && !a.atomic) return alike(a.of, b);
  if (b.kind === 'group' && !b.atomic) return alike(a, b.of);
  switch (a.kind) {
    case 'set':
      return b.kind === 'set' && a.fold === b.fold && sameRanges(a.ranges, b.ranges);
    case 'concat':
    case 'either':
      return b.kind === a.kind && a.of.length === b.of.length && a.of.every((part, at) => alike(part, b.of[at]!));
    case 'repeat':
      return (
        b.kind === 'repeat' &&
        a.min === b.min &&
        a.max === b.max &&
        (a.greed === 'possessive') === (b.greed === 'possessive') &&
        alike(a.of, b.of)
      );
    case 'group':
      return b.kind === 'group' && alike(a.of, b.of);
    case 'anchor':
      return b.kind === 'anchor' && a.at === b.at;
    case 'look':
      return b.kind === 'look' && a.ahead === b.ahead && a.negative === b.negative && alike(a.of, b.of);
    case 'backref':
      return b.kind === 'backref' && a.to === b.to && a.fold === b.fold;
  }
}

function sameRanges(a: CodeSet, b: CodeSet): boolean {
  return a === b || (a.length === b.length && a.every(([from, to], at) => from === b[at]![0] && to === b[at]![1]));
}
