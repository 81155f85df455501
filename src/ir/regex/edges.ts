import { wordCodes } from './classes.ts';
import { meaningOf } from './code-set.ts';
import type { RegexNode } from './tree.ts';

/** Whether the character at a part's edge is of a word, or is none; null where it may be either, or the text may end. */
export type Edge = 'word' | 'other' | null;

/** What stands at the first or last place of `node`, or of no node at all. */
export function edgeOf(node: RegexNode | undefined, side: 'first' | 'last'): Edge {
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
