import type { Alphabet } from './alphabet.ts';
import type { Program } from './program.ts';

/** Entries of a walker's memory (places of states and moves between them) at which it is emptied: some 20 MB. */
const MOST_KEPT = 1_000_000;

/** How often the memory may be emptied within one text before the walker goes on without it. */
const MOST_EMPTIED = 2;

/**
 * Runs one program over texts, a code point at a time, all places at once (Thompson), so the time is linear in the text.
 *
 * What it finds out is kept as an automaton that grows as texts need it, and is thrown away when it gets large. A state
 * is the set of places after a code point, before the conditions of the next position are known; a move depends on
 * those conditions and on the next code point's cell.
 */
export interface Walker {
  /** Begins a text. `everywhere`: a match may begin at every position. */
  begin(): void;
  /** Whether a match ends here, given the conditions that hold here. Ask before `read`, with the same conditions. */
  accepts(conditions: number): boolean;
  /** Moves over a code point; false when no match can come any more. */
  read(conditions: number, code: number): boolean;
}

interface State {
  readonly places: Int32Array;
  /** By context: whether a match ends here, as 0 or 1. */
  readonly accepts: (number | undefined)[];
  /** By context and cell. */
  readonly moves: (State | undefined)[];
}

/** Makes a walker. `everywhere`: a match may begin at every position of a text, not at the first only. */
export function walkerOf({ places, start, bits }: Program, alphabet: Alphabet, everywhere: boolean): Walker {
  const width = alphabet.size;
  const stamps = new Int32Array(places.length);
  let stamp = 0;
  const open: number[] = [];

  /** Follows forks from `from`, and tests where the conditions are known; keeps the other places, unsorted. */
  const follow = (from: Iterable<number>, conditions: number | null, found: number[]): void => {
    for (const place of from) open.push(place);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (stamps[at] === stamp) continue;
      stamps[at] = stamp;
      const place = places[at]!;
      if (place.kind === 'fork') for (const next of place.next) open.push(next);
      else if (place.kind === 'test' && conditions !== null) {
        if (((conditions >>> place.bit) & 1) === Number(place.holds)) open.push(place.next);
      } else found.push(at);
    }
  };

  const resolved = (from: Int32Array, conditions: number): number[] => {
    stamp += 1;
    const found: number[] = [];
    follow(from, conditions, found);
    return found;
  };

  /** The places after reading `cell`. */
  const after = (from: readonly number[], cell: number): Int32Array => {
    stamp += 1;
    const found: number[] = [];
    const next: number[] = [];
    for (const at of from) {
      const place = places[at]!;
      if (place.kind === 'read' && alphabet.inside[place.set]![cell] === 1) next.push(place.next);
    }
    if (everywhere) next.push(start);
    follow(next, null, found);
    return Int32Array.from(found).sort();
  };

  const states = new Map<string, State>();
  const contexts = new Map<number, number>();
  let kept = 0;
  let emptied = 0;
  let lastConditions = -1;
  let lastContext = 0;

  const stateOf = (at: Int32Array): State => {
    const key = at.join();
    let state = states.get(key);
    if (!state) {
      kept += at.length + 8;
      states.set(key, (state = { places: at, accepts: [], moves: [] }));
    }
    return state;
  };
  const contextOf = (conditions: number): number => {
    if (bits === 0) return 0;
    const asked = conditions & bits;
    if (asked === lastConditions) return lastContext;
    let context = contexts.get(asked);
    if (context === undefined) contexts.set(asked, (context = contexts.size));
    lastConditions = asked;
    return (lastContext = context);
  };

  const first = (() => {
    stamp += 1;
    const found: number[] = [];
    follow([start], null, found);
    return Int32Array.from(found).sort();
  })();

  let state = stateOf(first);
  return {
    begin() {
      emptied = 0;
      state = stateOf(first);
    },
    accepts(conditions) {
      const context = contextOf(conditions);
      const known = state.accepts[context];
      if (known !== undefined) return known === 1;
      const accepting = resolved(state.places, conditions).includes(0);
      state.accepts[context] = Number(accepting);
      return accepting;
    },
    read(conditions, code) {
      const cell = alphabet.cellOf(code);
      const index = contextOf(conditions) * width + cell;
      let next = state.moves[index];
      if (!next) {
        const at = after(resolved(state.places, conditions), cell);
        if (kept > MOST_KEPT) {
          states.clear();
          contexts.clear();
          lastConditions = -1;
          kept = 0;
          emptied += 1;
        }
        next = emptied > MOST_EMPTIED ? { places: at, accepts: [], moves: [] } : stateOf(at);
        state.moves[index] = next;
        kept += 1;
      }
      state = next;
      return next.places.length > 0;
    },
  };
}
