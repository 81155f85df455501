import { everything, wordCodes } from '../ir/regex/classes.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import { meaningOf } from '../ir/regex/code-set.ts';
import type { Anchor, RegexNode } from '../ir/regex/tree.ts';

/** A place in the expression; `next` is where it goes on. The first node is `accept`. */
export type Node =
  | { readonly kind: 'accept' }
  | { readonly kind: 'read'; readonly set: number; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'anchor'; readonly at: Anchor; readonly next: number }
  | { readonly kind: 'ahead' | 'behind'; readonly look: number; readonly negative: boolean; readonly next: number };

/**
 * An expression as a graph. `exact` is false where the graph accepts more texts than the expression: back-references,
 * atomic groups, possessive repeats, huge bounds, and looks one way inside looks the other way are read as the nearest
 * thing that takes all that they take.
 */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly sets: readonly CodeSet[];
  /** What look-aheads must find from their place on, and look-behinds up to their place. */
  readonly ahead: readonly Graph[];
  readonly behind: readonly Graph[];
  readonly exact: boolean;
  /** The characters that a word border sets apart from others. */
  readonly word: CodeSet;
}

/** Nodes for the copies of a repeated part beyond which a bound is given up. */
const MOST_NODES = 6000;

/** The sets of a graph and of the looks in it. */
export function setsOf({ sets, ahead, behind }: Graph): CodeSet[] {
  return [...sets, ...[...ahead, ...behind].flatMap(setsOf)];
}

/** Which way the graph being built looks: the expression itself, or the inside of a look. */
type Way = 'text' | 'ahead' | 'behind';

/** Builds the graph of "the text contains a match of `tree`". */
export function graphOf(tree: RegexNode, word: CodeSet = wordCodes): Graph {
  return graphFor(tree, word, 'text');
}

function graphFor(tree: RegexNode, word: CodeSet, way: Way): Graph {
  const nodes: Node[] = [{ kind: 'accept' }];
  const sets: CodeSet[] = [];
  const setIds = new Map<string, number>();
  const looks: { readonly ahead: Graph[]; readonly behind: Graph[] } = { ahead: [], behind: [] };
  let exact = true;
  const add = (node: Node): number => nodes.push(node) - 1;
  const read = (set: CodeSet, next: number): number => {
    const key = set.join(';');
    let id = setIds.get(key);
    if (id === undefined) setIds.set(key, (id = sets.push(set) - 1));
    return add({ kind: 'read', set: id, next });
  };
  const loop = (body: (again: number) => number, next: number): number => {
    const fork = add({ kind: 'fork', next: [] });
    nodes[fork] = { kind: 'fork', next: [body(fork), next] };
    return fork;
  };
  const build = (node: RegexNode, next: number): number => {
    switch (node.kind) {
      case 'set':
        return read(meaningOf(node), next);
      case 'concat':
        return node.of.reduceRight((then, part) => build(part, then), next);
      case 'either':
        return add({ kind: 'fork', next: node.of.map((part) => build(part, next)) });
      case 'group':
        if (node.atomic) exact = false;
        return build(node.of, next);
      case 'anchor':
        // Whether it holds before a line break depends on what follows, which a look-behind can't wait for.
        if (way === 'behind' && node.at === 'text-end') exact = false;
        return add({ kind: 'anchor', at: node.at, next });
      case 'look':
        return look(node, next);
      case 'backref':
        exact = false;
        return loop((again) => read(everything, again), next);
      case 'repeat':
        return repeat(node, next);
    }
  };
  const look = ({ of, ahead, negative }: RegexNode & { kind: 'look' }, next: number): number => {
    const kind = ahead ? 'ahead' : 'behind';
    const graph = way === 'text' || way === kind ? graphFor(of, word, kind) : null;
    if (graph?.exact) return add({ kind, look: looks[kind].push(graph) - 1, negative, next });
    exact = false;
    return next;
  };
  const repeat = (node: RegexNode & { kind: 'repeat' }, next: number): number => {
    const room = Math.max(1, Math.floor(MOST_NODES / sizeOf(node.of)));
    const min = Math.min(node.min, room);
    const max = node.max === null || node.max > room ? null : node.max;
    if (min !== node.min || max !== node.max || node.greed === 'possessive') exact = false;
    let then = next;
    if (max === null) then = loop((again) => build(node.of, again), next);
    else
      for (let left = max - min; left > 0; left -= 1) then = add({ kind: 'fork', next: [build(node.of, then), next] });
    for (let left = min; left > 0; left -= 1) then = build(node.of, then);
    return then;
  };
  const first = build(tree, 0);
  const floats = way !== 'ahead' && !startsAtEdge(tree);
  const start = floats ? loop((again) => read(everything, again), first) : first;
  return { nodes, start, sets, ...looks, exact, word };
}

/** How many nodes a part needs, bounds counted as `graphOf` counts them. */
function sizeOf(node: RegexNode): number {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'group':
      return sizeOf(node.of);
    case 'repeat': {
      const size = sizeOf(node.of);
      const copies = Math.max(node.min, node.max ?? 0) + 1;
      return Math.min(size * copies, MOST_NODES + size) + 1;
    }
    default:
      return 1;
  }
}

/** Whether a match can only begin where the text does. */
function startsAtEdge(node: RegexNode): boolean {
  switch (node.kind) {
    case 'anchor':
      return node.at === 'text-start';
    case 'concat':
      return node.of[0] !== undefined && startsAtEdge(node.of[0]);
    case 'either':
      return node.of.length > 0 && node.of.every(startsAtEdge);
    case 'group':
      return startsAtEdge(node.of);
    default:
      return false;
  }
}

/** For each node the least number of code points to be read until `accept`, conditions taken as passable. */
export function leastReads(nodes: readonly Node[]): number[] {
  const least = nodes.map(() => Infinity);
  least[0] = 0;
  const sources: [from: number, cost: number][][] = nodes.map(() => []);
  for (const [from, node] of nodes.entries()) {
    if (node.kind === 'fork') for (const to of node.next) sources[to]!.push([from, 0]);
    else if (node.kind !== 'accept') sources[node.next]!.push([from, node.kind === 'read' ? 1 : 0]);
  }
  let now = [0];
  for (let reads = 0; now.length > 0; reads += 1) {
    const later: number[] = [];
    for (let at = now.pop(); at !== undefined; at = now.pop()) {
      if (least[at]! < reads) continue;
      for (const [from, cost] of sources[at]!) {
        if (least[from]! <= reads + cost) continue;
        least[from] = reads + cost;
        (cost === 0 ? now : later).push(from);
      }
    }
    now = later;
  }
  return least;
}
