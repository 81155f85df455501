import type { RegexNode } from './tree.ts';

/** Most states that an expression may have with its counted repeats written out. */
export const MOST_STATES = 50_000;

/** Largest count of a repeat. */
export const MOST_REPEATS = 1000;

/**
 * How many states an automaton needs for `node`, counted repeats written out: `a{3}` needs three. Larger numbers than
 * `MOST_STATES` are not exact.
 */
export function statesOf(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
    case 'anchor':
    case 'backref':
      return 1;
    case 'concat':
    case 'either':
      return node.of.reduce((sum, part) => sum + statesOf(part), 1);
    case 'group':
      return statesOf(node.of);
    case 'look':
      return 1 + statesOf(node.of);
    case 'repeat':
      return 1 + statesOf(node.of) * Math.max(1, node.max ?? node.min + 1);
  }
}

/** How many code points a match of `node` may have; null: no bound, and so for a back-reference. */
export function widthOf(node: RegexNode): { readonly min: number; readonly max: number | null } {
  switch (node.kind) {
    case 'set':
      return { min: 1, max: 1 };
    case 'anchor':
    case 'look':
      return { min: 0, max: 0 };
    case 'backref':
      return { min: 0, max: null };
    case 'group':
      return widthOf(node.of);
    case 'concat':
      return node.of
        .map(widthOf)
        .reduce((a, b) => ({ min: a.min + b.min, max: a.max === null || b.max === null ? null : a.max + b.max }), none);
    case 'either': {
      const [first = none, ...rest] = node.of.map(widthOf);
      return rest.reduce(
        (a, b) => ({
          min: Math.min(a.min, b.min),
          max: a.max === null || b.max === null ? null : Math.max(a.max, b.max),
        }),
        first,
      );
    }
    case 'repeat': {
      const { min, max } = widthOf(node.of);
      const most = max === 0 ? 0 : max === null || node.max === null ? null : max * node.max;
      return { min: min * node.min, max: node.max === 0 ? 0 : most };
    }
  }
}

const none = { min: 0, max: 0 };
