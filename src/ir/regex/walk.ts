import type { Alphabet } from './alphabet.ts';
import type { Program } from './program.ts';

/** Entries of a walker's tables, and places of its states, at which both are emptied: some 15 MB. */
const MOST_KEPT = 1_000_000;

/** How often the tables may be emptied within one text before the walker goes on without them. */
const MOST_EMPTIED = 2;

/** Table entries below the first state's number: a move not yet known, a match that ends here, no match any more. */
const UNKNOWN = 0;
const FOUND = 1;
const DEAD = 2;
const FIRST_STATE = 3;

/**
 * Runs one program over texts, a code point at a time, in all places at once (Thompson): linear in the text.
 *
 * What it finds out is kept as an automaton that grows as texts need it and is thrown away when it gets large. A state
 * is the set of places after a code point, before the conditions of the next position are known: a move depends on
 * those conditions (its context) and on the cell of the next code point.
 *
 * After `begin`, either `stride` alone moves it on, to find out whether there is a match, or `read` alone.
 */
export interface Walker {
  begin(): void;
  /** Whether a match ends here, given the conditions that hold here. */
  accepts(conditions: number): boolean;
  /** Moves over one code point, given the conditions before it. */
  read(conditions: number, code: number): void;
  /**
   * Moves over the code points of `text` from `at` until `end`, at all of whose positions `conditions` hold. Returns
   * where it stopped: -1 if a match ends on the way, -2 if none can come any more.
   */
  stride(text: string, at: number, end: number, conditions: number): number;
}

/** Makes a walker. `everywhere`: a match may begin at every position of a text, not at the first only. */
export function walkerOf(program: Program, alphabet: Alphabet, everywhere: boolean): Walker {
  const { bits } = program;
  const { ascii, cellOf, size: width } = alphabet;
  const { first, resolve, after } = stepsOf(program, alphabet, everywhere);

  const states = new Map<string, number>();
  const placesOf: Int32Array[] = [];
  /** By context: moves by state and cell. */
  const tables: Int32Array<ArrayBuffer>[] = [];
  const contexts = new Map<number, number>();
  let kept = 0;
  let emptied = 0;
  let state = 0;
  let lastAsked = -1;
  let lastContext = 0;

  const empty = () => {
    states.clear();
    contexts.clear();
    placesOf.length = 0;
    tables.length = 0;
    kept = 0;
    lastAsked = -1;
  };
  const stateOf = (places: Int32Array): number => {
    if (places.length === 0) return DEAD;
    const key = places.join();
    let id = states.get(key);
    if (id === undefined) {
      id = placesOf.push(places) - 1 + FIRST_STATE;
      states.set(key, id);
      kept += places.length + 10;
    }
    return id;
  };
  const contextOf = (conditions: number): number => {
    const asked = conditions & bits;
    if (asked === lastAsked) return lastContext;
    let context = contexts.get(asked);
    if (context === undefined) contexts.set(asked, (context = contexts.size));
    lastAsked = asked;
    return (lastContext = context);
  };
  const tableOf = (context: number): Int32Array => {
    const old = tables[context];
    const wanted = (placesOf.length + FIRST_STATE) * width;
    if (old && old.length >= wanted) return old;
    const table = new Int32Array(Math.max(wanted * 2, 16 * width));
    if (old) table.set(old);
    return (tables[context] = table);
  };
  const enter = (conditions: number, cell: number, entry: number): number => {
    tableOf(contextOf(conditions))[state * width + cell] = entry;
    return entry;
  };
  /** Works out a move from the resolved places, and enters it into the table. */
  const move = (from: Int32Array, conditions: number, cell: number): number => {
    const to = after(from, cell);
    if (kept > MOST_KEPT || placesOf.length * width * contexts.size > MOST_KEPT) {
      empty();
      emptied += 1;
      return stateOf(to);
    }
    return enter(conditions, cell, stateOf(to));
  };
  const resolved = (conditions: number) => resolve(placesOf[state - FIRST_STATE]!, conditions);

  /** Goes on without tables. */
  const strideBare = (text: string, start: number, end: number, conditions: number): number => {
    let places = placesOf[state - FIRST_STATE]!;
    let at = start;
    while (at < end) {
      const from = resolve(places, conditions);
      if (from[0] === 0) return -1;
      const code = text.codePointAt(at)!;
      places = after(from, cellOf(code));
      if (places.length === 0) return -2;
      at += code > 0xffff ? 2 : 1;
    }
    empty();
    state = stateOf(places);
    return at;
  };

  return {
    begin() {
      emptied = 0;
      state = stateOf(first);
    },
    accepts(conditions) {
      return state !== DEAD && resolved(conditions)[0] === 0;
    },
    read(conditions, code) {
      if (state === DEAD) return;
      const cell = cellOf(code);
      const known = tables[contextOf(conditions)]?.[state * width + cell] ?? UNKNOWN;
      state = known === UNKNOWN ? move(resolved(conditions), conditions, cell) : known;
    },
    stride(text, start, end, conditions) {
      if (state === DEAD) return -2;
      let table = tableOf(contextOf(conditions));
      let at = start;
      while (at < end) {
        const code = text.charCodeAt(at);
        let cell: number;
        let next: number;
        if (code < 128) {
          cell = ascii[code]!;
          next = at + 1;
        } else {
          const whole = text.codePointAt(at)!;
          cell = cellOf(whole);
          next = at + (whole > 0xffff ? 2 : 1);
        }
        let to = table[state * width + cell]!;
        if (to < FIRST_STATE) {
          if (to === UNKNOWN) {
            const from = resolved(conditions);
            to = from[0] === 0 ? enter(conditions, cell, FOUND) : move(from, conditions, cell);
            table = tableOf(contextOf(conditions));
          }
          if (to === FOUND) return -1;
          if (to === DEAD) return -2;
          if (emptied > MOST_EMPTIED) {
            state = to;
            return strideBare(text, next, end, conditions);
          }
        }
        state = to;
        at = next;
      }
      return at;
    },
  };
}

/** The two halves of a step, from places to places. */
interface Steps {
  readonly first: Int32Array;
  /** The places reached through the tests that hold, place 0, which accepts, before all others. */
  resolve(places: Int32Array, conditions: number): Int32Array;
  /** The places after reading a code point of `cell`, tests not yet passed; sorted, so that a set has one form. */
  after(resolved: Int32Array, cell: number): Int32Array;
}

function stepsOf({ places, start, bits }: Program, { inside }: Alphabet, everywhere: boolean): Steps {
  const stamps = new Int32Array(places.length);
  const open: number[] = [];
  let stamp = 0;

  /** Follows forks from the `open` places, and tests where the conditions are known; returns the other places. */
  const follow = (conditions: number | null): number[] => {
    stamp += 1;
    const found: number[] = [];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (stamps[at] === stamp) continue;
      stamps[at] = stamp;
      const place = places[at]!;
      if (place.kind === 'fork') for (const next of place.next) open.push(next);
      else if (place.kind === 'test' && conditions !== null) {
        if (((conditions >>> place.bit) & 1) === Number(place.holds)) open.push(place.next);
      } else if (at === 0) found.unshift(0);
      else found.push(at);
    }
    return found;
  };

  open.push(start);
  const first = Int32Array.from(follow(null)).sort();
  return {
    first,
    resolve(from, conditions) {
      if (bits === 0) return from;
      for (const at of from) open.push(at);
      return Int32Array.from(follow(conditions));
    },
    after(resolved, cell) {
      for (const at of resolved) {
        const place = places[at]!;
        if (place.kind === 'read' && inside[place.set]![cell] === 1) open.push(place.next);
      }
      if (everywhere) open.push(start);
      return Int32Array.from(follow(null)).sort();
    },
  };
}
