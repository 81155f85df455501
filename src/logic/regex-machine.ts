import type { Anchor, RegexNode } from '../ir/regex/tree.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import { everything, newline, wordCodes } from '../ir/regex/classes.ts';
import { foldClosure } from '../ir/regex/code-set.ts';
import { cellOf, partition } from './codes.ts';
import type { Machine } from './machine.ts';
import { DEAD } from './machine.ts';

/** What stands beside a position: the text's edge, a line break, a character of a word, or another. */
type Side = 'edge' | 'break' | 'word' | 'other';

/** A place in the expression; `next` is where it goes on. The first node is `accept`. */
type Node =
  | { readonly kind: 'accept' }
  | { readonly kind: 'read'; readonly set: number; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number[] }
  | { readonly kind: 'anchor'; readonly at: Anchor; readonly next: number };

/** Copies of a repeated part beyond which a bound is given up. */
const MOST_NODES = 6000;

/**
 * An expression as a graph. `exact` is false where the graph accepts more texts than the expression: look-arounds,
 * back-references, atomic groups, possessive repeats and huge bounds are read as the nearest thing that takes all
 * that they take.
 */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly sets: readonly CodeSet[];
  readonly exact: boolean;
  readonly word: CodeSet;
}

/** Builds the graph of "the text contains a match of `tree`"; `word` are the characters that a word border sets apart. */
export function graphOf(tree: RegexNode, word: CodeSet = wordCodes): Graph {
  const nodes: Node[] = [{ kind: 'accept' }];
  const sets: CodeSet[] = [];
  const setIds = new Map<string, number>();
  let exact = true;
  const add = (node: Node): number => nodes.push(node) - 1;
  const setId = (set: CodeSet): number => {
    const key = set.join(';');
    let id = setIds.get(key);
    if (id === undefined) setIds.set(key, (id = sets.push(set) - 1));
    return id;
  };
  const loop = (body: (next: number) => number, next: number): number => {
    const fork = add({ kind: 'fork', next: [] });
    const node = nodes[fork];
    const inner = body(fork);
    if (node?.kind === 'fork') node.next.push(inner, next);
    return fork;
  };
  const build = (node: RegexNode, next: number): number => {
    switch (node.kind) {
      case 'set':
        return add({ kind: 'read', set: setId(node.fold ? foldClosure(node.ranges) : node.ranges), next });
      case 'concat':
        return node.of.reduceRight((then, part) => build(part, then), next);
      case 'either':
        return add({ kind: 'fork', next: node.of.map((part) => build(part, next)) });
      case 'group':
        if (node.atomic) exact = false;
        return build(node.of, next);
      case 'anchor':
        return add({ kind: 'anchor', at: node.at, next });
      case 'look':
        exact = false;
        return next;
      case 'backref':
        exact = false;
        return loop((again) => add({ kind: 'read', set: setId(everything), next: again }), next);
      case 'repeat':
        return repeat(node, next);
    }
  };
  const repeat = (node: RegexNode & { kind: 'repeat' }, next: number): number => {
    if (node.greed === 'possessive') exact = false;
    const size = sizeOf(node.of);
    const room = Math.max(1, Math.floor(MOST_NODES / size));
    const min = Math.min(node.min, room);
    const max = node.max === null || node.max > room ? null : node.max;
    if (min !== node.min || max !== node.max) exact = false;
    let then = next;
    if (max === null) then = loop((again) => build(node.of, again), next);
    else
      for (let left = max - min; left > 0; left -= 1) then = add({ kind: 'fork', next: [build(node.of, then), next] });
    for (let left = min; left > 0; left -= 1) then = build(node.of, then);
    return then;
  };
  let start = build(tree, 0);
  if (!startsAtEdge(tree)) start = loop((again) => add({ kind: 'read', set: setId(everything), next: again }), start);
  return { nodes, start, sets, exact, word };
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

/** What a thread knows of the end: nothing, that the code point being read is the last, or that the text is over. */
const OPEN = 0;
const LAST = 1;
const OVER = 2;

/**
 * The automaton of the texts that contain a match.
 *
 * A state is the set of places that a reader may be in, together with the kind of the previous character: whether an
 * anchor may be passed is known only when the next character is. A `$` before a final line break is passed on the
 * condition that the text is over after that line break (`OVER`).
 */
export function regexMachine(graph: Graph): Machine {
  const { nodes, sets, word } = graph;
  const bordered = nodes.some((node) => node.kind === 'anchor');
  const all = bordered ? [...sets, word, newline] : sets;
  const cells = partition(all);
  const width = cells.members.length;
  const sideOf = cells.members.map((held): Side => {
    if (!bordered) return 'other';
    if (held.includes(sets.length)) return 'word';
    return held.includes(sets.length + 1) ? 'break' : 'other';
  });
  const readBy = cells.members.map((held) => new Set(held));
  const least = leastReads(nodes);

  const threads: (readonly number[])[] = [];
  const before: Side[] = [];
  const closures: Map<Side, readonly number[]>[] = [];
  const known = new Map<string, number>();
  const next: (number | undefined)[] = [];
  const state = (places: readonly number[], side: Side): number => {
    const wins = places.includes(OPEN);
    const kept = wins ? [OPEN] : places;
    const key = wins || !bordered ? kept.join() : `${side}:${kept.join()}`;
    let id = known.get(key);
    if (id === undefined) {
      known.set(key, (id = threads.length));
      threads.push(kept);
      before.push(side);
      closures.push(new Map());
      for (let symbol = 0; symbol < width; symbol += 1) next.push(undefined);
    }
    return id;
  };
  /** The places reached without reading, given what stands before and after; anchors stay where `after` is not known. */
  const closure = (places: readonly number[], side: Side, after: Side | null): number[] => {
    const seen = new Set<number>();
    const kept: number[] = [];
    const open = [...places];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const end = place % 3;
      const node = nodes[(place - end) / 3]!;
      if (after !== null && end === OVER && after !== 'edge') continue;
      if (node.kind === 'fork') for (const to of node.next) open.push(to * 3 + end);
      else if (node.kind === 'anchor' && after !== null) {
        if (node.at === 'text-end' && after === 'break') open.push(node.next * 3 + LAST);
        else if (passes(node.at, side, after)) open.push(node.next * 3 + end);
      } else kept.push(place);
    }
    return kept.sort((a, b) => a - b);
  };
  const closed = (from: number, after: Side): readonly number[] => {
    let places = closures[from]!.get(after);
    if (!places) closures[from]!.set(after, (places = closure(threads[from]!, before[from]!, after)));
    return places;
  };
  const move = (from: number, symbol: number): number => {
    const side = sideOf[symbol]!;
    const readable = readBy[symbol]!;
    const reached: number[] = [];
    for (const place of closed(from, side)) {
      const end = place % 3;
      const at = (place - end) / 3;
      const node = nodes[at]!;
      const then = end === LAST ? OVER : OPEN;
      if (node.kind === 'accept') reached.push(then);
      else if (node.kind === 'read' && readable.has(node.set)) reached.push(node.next * 3 + then);
    }
    const places = closure(reached, side, null);
    return places.length === 0 ? DEAD : state(places, side);
  };
  const start = state(closure([graph.start * 3], 'edge', null), 'edge');
  return {
    sets: all,
    start,
    symbol: (code) => cellOf(cells, code),
    step: (from, symbol) => (next[from * width + symbol] ??= move(from, symbol)),
    accepts: (at) => closed(at, 'edge').some((place) => place < 3),
    universal: (at) => threads[at]![0] === OPEN,
    distance: (at) => threads[at]!.reduce((low, place) => Math.min(low, least[Math.floor(place / 3)]!), Infinity),
  };
}

/** Whether `at` holds between two neighbours; `text-end` before a final line break is the caller's affair. */
function passes(at: Anchor, before: Side, after: Side): boolean {
  switch (at) {
    case 'text-start':
      return before === 'edge';
    case 'text-end':
    case 'very-end':
      return after === 'edge';
    case 'line-start':
      return before === 'edge' || before === 'break';
    case 'line-end':
      return after === 'edge' || after === 'break';
    case 'word-border':
      return (before === 'word') !== (after === 'word');
    case 'no-word-border':
      return (before === 'word') === (after === 'word');
  }
}

/** For each node the least number of code points to be read until `accept`, anchors taken as passable. */
function leastReads(nodes: readonly Node[]): number[] {
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
