import type { CodeSet } from './code-set.ts';
import { meaningOf } from './code-set.ts';
import { Irregular } from './regular.ts';
import { MOST_STATES, statesOf } from './size.ts';
import type { Anchor, RegexNode } from './tree.ts';

/** A place in an expression. The first one of a program accepts. */
export type Place =
  | { readonly kind: 'accept' }
  | { readonly kind: 'read'; readonly set: number; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  /** Goes on where the condition of number `bit` holds, or does not. */
  | { readonly kind: 'test'; readonly bit: number; readonly holds: boolean; readonly next: number };

/** An automaton for one direction of reading. */
export interface Program {
  readonly places: readonly Place[];
  readonly start: number;
  /** The conditions it asks about, one bit each. */
  readonly bits: number;
}

/** A look-around: its truth at every position is found by one pass, a look-ahead's from the end of the text. */
export interface Look {
  readonly program: Program;
  readonly backward: boolean;
}

/** All automata of an expression. Look `i` is condition `anchorOrder.length + i`, and asks only about earlier looks. */
export interface Programs {
  readonly main: Program;
  readonly looks: readonly Look[];
  readonly sets: readonly CodeSet[];
}

/** The anchors in the order of their condition bits. */
export const anchorOrder: readonly Anchor[] = [
  'text-start',
  'text-end',
  'very-end',
  'line-start',
  'line-end',
  'word-border',
];

const MOST_LOOKS = 24;

/** Builds the automata of a tree that `regularOf` made. */
export function programsOf(tree: RegexNode): Programs {
  if (statesOf(tree) > MOST_STATES) {
    throw new Irregular(`the expression has more than ${MOST_STATES} states with its repeats written out`);
  }
  const sets: CodeSet[] = [];
  const setIds = new Map<string, number>();
  const looks: Look[] = [];
  // A repeat is built several times from the same nodes.
  const known = new Map<RegexNode, number>();
  const setId = (node: Extract<RegexNode, { kind: 'set' }>): number => {
    let id = known.get(node);
    if (id !== undefined) return id;
    const set = meaningOf(node);
    const key = set.join(';');
    id = setIds.get(key);
    if (id === undefined) setIds.set(key, (id = sets.push(set) - 1));
    known.set(node, id);
    return id;
  };
  const lookId = (node: Extract<RegexNode, { kind: 'look' }>): number => {
    let id = known.get(node);
    if (id !== undefined) return id;
    const program = programOf(node.of, node.ahead);
    if (looks.length === MOST_LOOKS) throw new Irregular(`the expression has more than ${MOST_LOOKS} look-arounds`);
    id = looks.push({ program, backward: node.ahead }) - 1;
    known.set(node, id);
    return id;
  };

  const programOf = (root: RegexNode, backward: boolean): Program => {
    const places: Place[] = [{ kind: 'accept' }];
    let bits = 0;
    const add = (place: Place): number => places.push(place) - 1;
    const test = (bit: number, holds: boolean, next: number): number => {
      bits |= 1 << bit;
      return add({ kind: 'test', bit, holds, next });
    };
    const build = (node: RegexNode, next: number): number => {
      switch (node.kind) {
        case 'set':
          return add({ kind: 'read', set: setId(node), next });
        case 'concat':
          return backward
            ? node.of.reduce((then, part) => build(part, then), next)
            : node.of.reduceRight((then, part) => build(part, then), next);
        case 'either':
          return add({ kind: 'fork', next: node.of.map((part) => build(part, next)) });
        case 'group':
          return build(node.of, next);
        case 'repeat':
          return repeat(node, next);
        case 'anchor':
          return node.at === 'no-word-border'
            ? test(anchorOrder.indexOf('word-border'), false, next)
            : test(anchorOrder.indexOf(node.at), true, next);
        case 'look':
          return test(anchorOrder.length + lookId(node), !node.negative, next);
        case 'backref':
          throw new Irregular('a back-reference can not be matched in linear time');
      }
    };
    const repeat = ({ of, min, max }: Extract<RegexNode, { kind: 'repeat' }>, next: number): number => {
      let then = next;
      if (max === null) {
        const ways: number[] = [];
        then = add({ kind: 'fork', next: ways });
        ways.push(build(of, then), next);
      } else
        for (let left = max - min; left > 0; left -= 1) then = add({ kind: 'fork', next: [build(of, then), next] });
      for (let left = min; left > 0; left -= 1) then = build(of, then);
      return then;
    };
    const start = build(root, 0);
    return { places, start, bits };
  };

  const main = programOf(tree, false);
  return { main, looks, sets };
}
