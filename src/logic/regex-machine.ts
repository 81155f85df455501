import { newline } from '../ir/regex/classes.ts';
import { contains } from '../ir/regex/code-set.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import type { Anchor } from '../ir/regex/tree.ts';
import { cellOf, partition } from './codes.ts';
import type { Partition } from './codes.ts';
import type { Graph } from './graph.ts';
import { leastReads, setsOf } from './graph.ts';
import type { Machine } from './machine.ts';
import { DEAD } from './machine.ts';

/** What stands beside a position: the text's edge, a line break, a character of a word, or another. */
type Side = 'edge' | 'break' | 'word' | 'other';

/** What a thread knows of the end: nothing, that the code point being read is the last, or that the text is over. */
const OPEN = 0;
const LAST = 1;
const OVER = 2;

/** An automaton of a graph, over the cells that all parts of an expression share. */
interface Runner {
  /** The state before anything is read, given what stands before. */
  readonly enter: (side: Side) => number;
  readonly step: (state: number, cell: number) => number;
  /** Whether the graph is accepting here, given what stands after. */
  readonly accepts: (state: number, after: Side) => boolean;
  readonly universal: (state: number) => boolean;
  readonly distance: (state: number) => number;
  readonly cost: () => number;
}

/** The code points divided by all sets of an expression, and what each cell is to an anchor. */
interface Cells {
  readonly partition: Partition;
  readonly sideOf: readonly Side[];
}

/** The automaton of the texts that contain a match. */
export function regexMachine(graph: Graph): Machine {
  const sets = [...setsOf(graph), graph.word, newline];
  const cells = cellsOf(sets, graph.word);
  const runner = runnerOf(graph, cells, 'anywhere');
  return {
    sets,
    start: runner.enter('edge'),
    symbol: (code) => cellOf(cells.partition, code),
    step: runner.step,
    accepts: (state) => runner.accepts(state, 'edge'),
    universal: runner.universal,
    distance: runner.distance,
    cost: runner.cost,
  };
}

function cellsOf(sets: readonly CodeSet[], word: CodeSet): Cells {
  const divided = partition(sets);
  const sideOf = divided.first.map((code): Side => {
    if (contains(word, code)) return 'word';
    return contains(newline, code) ? 'break' : 'other';
  });
  return { partition: divided, sideOf };
}

/**
 * Runs a graph.
 *
 * A state is the set of places that a reader may be in, with the kind of the previous character and the states of the
 * look-behinds, which run beside: whether an anchor may be passed is known only when the next character is. A `$`
 * before a final line break is passed on the condition that the text is over after it. A look-ahead is passed on the
 * condition that its own automaton, run from there, accepts the rest (or, negative, does not): the place carries it
 * along as a `Duty`. A match that may end `anywhere` stays found whatever follows; one that ends `here` is found only
 * where it ends.
 */
function runnerOf(graph: Graph, cells: Cells, ends: 'anywhere' | 'here'): Runner {
  const { nodes } = graph;
  const sticky = ends === 'anywhere';
  const width = cells.sideOf.length;
  const ahead = graph.ahead.map((inner) => runnerOf(inner, cells, 'anywhere'));
  const behind = graph.behind.map((inner) => runnerOf(inner, cells, 'here'));
  const sideMatters = nodes.some((node) => node.kind === 'anchor' || node.kind === 'ahead');
  const readers = graph.sets.map((set) => cells.partition.first.map((code) => contains(set, code)));
  const least = leastReads(nodes);
  const places = placesOf(nodes.length);

  let cost = 0;
  const states: State[] = [];
  const closures: Map<Side, readonly number[]>[] = [];
  const known = new Map<string, number>();
  const next: (number | undefined)[] = [];
  const state = (reached: readonly number[], before: Side, behindStates: readonly number[]): number => {
    const wins = sticky && reached.includes(OPEN);
    const kept = wins ? [OPEN] : reached;
    const beside = wins ? [] : behindStates;
    const side = wins || !sideMatters ? 'edge' : before;
    const key = `${side}:${beside.join()}:${kept.join()}`;
    let id = known.get(key);
    if (id === undefined) {
      known.set(key, (id = states.length));
      states.push({ places: kept, before: side, behind: beside });
      closures.push(new Map());
      for (let cell = 0; cell < width; cell += 1) next.push(undefined);
      cost += width >> 3;
    }
    return id;
  };
  /** The places reached without reading; `after` null: conditions stay, since what follows is not known. */
  const closure = (from: readonly number[], here: Omit<State, 'places'>, after: Side | null): number[] => {
    const seen = new Set<number>();
    const kept: number[] = [];
    const open = [...from];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const { node: at, end, duties } = places.of(place);
      const node = nodes[at]!;
      if (after !== null && end === OVER && after !== 'edge') continue;
      if (node.kind === 'fork') for (const to of node.next) open.push(places.id(to, end, duties));
      else if (node.kind === 'accept' || node.kind === 'read' || after === null) kept.push(place);
      else if (node.kind === 'anchor') {
        if (node.at === 'text-end' && after === 'break') open.push(places.id(node.next, LAST, duties));
        else if (passes(node.at, here.before, after)) open.push(places.id(node.next, end, duties));
      } else if (node.kind === 'behind') {
        if (behind[node.look]!.accepts(here.behind[node.look]!, after) !== node.negative)
          open.push(places.id(node.next, end, duties));
      } else {
        const duty = { look: node.look, negative: node.negative, state: ahead[node.look]!.enter(here.before) };
        const more = withDuty(duty, duties);
        if (more) open.push(places.id(node.next, end, more));
      }
    }
    cost += 10 + 4 * seen.size;
    return kept.sort((a, b) => a - b);
  };
  /** The duties with one more; null: it can't be met. */
  const withDuty = (duty: Duty, duties: readonly Duty[]): readonly Duty[] | null => {
    const settled = duty.state === DEAD ? false : ahead[duty.look]!.universal(duty.state) ? true : null;
    if (settled !== null) return settled === duty.negative ? null : duties;
    return duties.some((each) => sameDuty(each, duty)) ? duties : [...duties, duty].sort(inOrder);
  };
  const closed = (from: number, after: Side): readonly number[] => {
    let reached = closures[from]!.get(after);
    if (!reached) closures[from]!.set(after, (reached = closure(states[from]!.places, states[from]!, after)));
    return reached;
  };
  const move = (from: number, cell: number): number => {
    const side = cells.sideOf[cell]!;
    const reached: number[] = [];
    for (const place of closed(from, side)) {
      const { node: at, end, duties } = places.of(place);
      const node = nodes[at]!;
      const to =
        node.kind === 'read' && readers[node.set]![cell] ? node.next : node.kind === 'accept' && sticky ? at : -1;
      if (to === -1) continue;
      let left: readonly Duty[] | null = [];
      for (const duty of duties) left &&= withDuty({ ...duty, state: ahead[duty.look]!.step(duty.state, cell) }, left);
      if (left) reached.push(places.id(to, end === LAST ? OVER : OPEN, left));
    }
    const { before, behind: beside } = states[from]!;
    const behindStates = beside.map((each, look) => (each === DEAD ? DEAD : behind[look]!.step(each, cell)));
    const kept = closure(reached, { before, behind: beside }, null);
    return kept.length === 0 ? DEAD : state(kept, side, behindStates);
  };
  const holds = (place: number, after: Side): boolean => {
    const { node, duties } = places.of(place);
    return node === 0 && duties.every((duty) => ahead[duty.look]!.accepts(duty.state, after) !== duty.negative);
  };
  return {
    enter: (side) =>
      state(
        closure([places.id(graph.start, OPEN, [])], { before: side, behind: [] }, null),
        side,
        behind.map((each) => each.enter(side)),
      ),
    step: (from, cell) => (next[from * width + cell] ??= move(from, cell)),
    accepts: (at, after) => at !== DEAD && closed(at, after).some((place) => holds(place, after)),
    universal: (at) => sticky && states[at]!.places[0] === OPEN,
    distance: (at) => states[at]!.places.reduce((low, place) => Math.min(low, least[places.of(place).node]!), Infinity),
    cost: () => [...ahead, ...behind].reduce((sum, inner) => sum + inner.cost(), cost),
  };
}

interface State {
  readonly places: readonly number[];
  readonly before: Side;
  readonly behind: readonly number[];
}

/** The state of a look-ahead's automaton that must accept the rest of the text, or must not. */
interface Duty {
  readonly look: number;
  readonly negative: boolean;
  readonly state: number;
}

function sameDuty(a: Duty, b: Duty): boolean {
  return inOrder(a, b) === 0;
}

function inOrder(a: Duty, b: Duty): number {
  return a.look - b.look || Number(a.negative) - Number(b.negative) || a.state - b.state;
}

interface Place {
  readonly node: number;
  readonly end: number;
  readonly duties: readonly Duty[];
}

/** Numbers for places. Those without duties come first, so that plain acceptance is `OPEN`, the number 0. */
function placesOf(count: number) {
  const all: Place[] = [];
  for (let node = 0; node < count; node += 1) for (const end of [OPEN, LAST, OVER]) all.push({ node, end, duties: [] });
  const known = new Map<string, number>();
  return {
    of: (id: number): Place => all[id]!,
    id: (node: number, end: number, duties: readonly Duty[]): number => {
      if (duties.length === 0) return node * 3 + end;
      const carried = duties.map(({ look, negative, state }) => `${look},${negative},${state}`);
      const key = `${node},${end};${carried.join(';')}`;
      let id = known.get(key);
      if (id === undefined) known.set(key, (id = all.push({ node, end, duties }) - 1));
      return id;
    },
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
