import type { Alphabet } from '../../ir/regex/alphabet.ts';
import { TooComplex } from './automaton.ts';
import type { Automaton } from './automaton.ts';

/** A place in an expression, known by what is left to read from it: `free` leads on at once, `moves` by a character. */
export interface Place {
  readonly free: readonly number[];
  readonly moves: readonly Move[];
}

/** One character of the cells of the alphabet that the label holds leads on. */
export interface Move {
  readonly label: number;
  readonly to: number;
}

/** The places of an expression; nothing is left to read at place 0. `labels[label][cell]` is 1 where the label holds it. */
export interface Places {
  readonly places: readonly Place[];
  readonly labels: readonly Uint8Array[];
  readonly alphabet: Alphabet;
}

/**
 * Elementary steps beyond which an expression is too complex: Lucene, which takes the same ones, needs about a second
 * for a million. No rule known needs more than that.
 */
const MOST_WORK = 3_000_000;

/**
 * The automaton without choice of what is left to read at `start`: each of its states is a set of places. Throws
 * TooComplex above `most` states.
 */
export function determinize({ places, labels, alphabet }: Places, start: number, most: number): Automaton {
  const cells = alphabet.size;
  const words = (places.length + 31) >> 5;
  const closures: (readonly number[] | undefined)[] = [];
  const states: Int32Array[] = [];
  const byHash = new Map<number, number[]>();
  const steps: number[] = [];
  let work = 0;

  /** The places that one leads on to before it reads: those that read, and the end. */
  const closed = (place: number): readonly number[] => {
    const seen = new Set([place]);
    for (const each of seen) for (const next of places[each]!.free) seen.add(next);
    work += seen.size;
    return [...seen].filter((each) => each === 0 || places[each]!.moves.length > 0);
  };

  const put = (place: number, set: Int32Array) => {
    const closure = (closures[place] ??= closed(place));
    for (const each of closure) set[each >> 5]! |= 1 << (each & 31);
    work += closure.length;
    if (work > MOST_WORK) throw new TooComplex();
  };

  const stateOf = (set: Int32Array): number => {
    let hash = 0;
    for (let at = 0; at < words; at += 1) hash = Math.imul(hash ^ set[at]!, 0x01000193) + (hash >>> 15);
    let alike = byHash.get(hash);
    if (!alike) byHash.set(hash, (alike = []));
    let state = alike.find((each) => isSame(states[each]!, set));
    if (state === undefined) {
      if (states.length >= most) throw new TooComplex();
      alike.push((state = states.push(set.slice()) - 1));
    }
    return state;
  };

  const scratch = new Int32Array(words);
  put(start, scratch);
  stateOf(scratch);
  const ways = labels.map(() => new Int32Array(words));
  for (let state = 0; state < states.length; state += 1) {
    const open = new Set<number>();
    for (const place of membersOf(states[state]!))
      for (const { label, to } of places[place]!.moves) {
        if (!open.has(label)) ways[label]!.fill(0);
        open.add(label);
        put(to, ways[label]!);
      }
    const here = [...open].map((label) => ({ inside: labels[label]!, way: ways[label]! }));
    const byLabels = new Map<number, number>();
    for (let cell = 0; cell < cells; cell += 1) {
      const kind = labelsOf(cell, here);
      let next = byLabels.get(kind);
      if (next === undefined) {
        scratch.fill(0);
        for (const { inside, way } of here) if (inside[cell] === 1) add(way, scratch);
        byLabels.set(kind, (next = stateOf(scratch)));
        work += words * here.length;
      }
      steps.push(next);
    }
    work += cells * here.length;
  }
  const dead = states.findIndex((set) => set.every((word) => word === 0));
  return {
    accepting: states.map((set) => (set[0]! & 1) === 1),
    steps,
    alphabet,
    dead: dead === -1 ? undefined : dead,
  };
}

function isSame(one: Int32Array, two: Int32Array): boolean {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== two[at]) return false;
  return true;
}

function add(more: Int32Array, set: Int32Array): void {
  for (let at = 0; at < set.length; at += 1) set[at]! |= more[at]!;
}

/** Cells that the same labels hold have one number; where the labels are too many for that, each cell has its own. */
function labelsOf(cell: number, here: readonly { readonly inside: Uint8Array }[]): number {
  if (here.length > 30) return cell;
  let held = 0;
  for (const { inside } of here) held = held * 2 + inside[cell]!;
  return held;
}

function membersOf(set: Int32Array): number[] {
  const members: number[] = [];
  for (let at = 0; at < set.length; at += 1)
    for (let left = set[at]!; left !== 0; left &= left - 1) members.push(at * 32 + 31 - Math.clz32(left & -left));
  return members;
}
