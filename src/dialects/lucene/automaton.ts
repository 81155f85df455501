import type { Alphabet } from '../../ir/regex/alphabet.ts';

/** An automaton without choice, over the cells of an alphabet. It starts in state 0, and every state reads every cell. */
export interface Automaton {
  readonly accepting: readonly boolean[];
  /** The state that a cell leads to from a state, at `state * alphabet.size + cell`. */
  readonly steps: readonly number[];
  readonly alphabet: Alphabet;
  /** The state from which nothing is accepted for want of a way on, if there is one. */
  readonly dead: number | undefined;
}

/** Thrown where an automaton would have too many states, or take too long to make. */
export class TooComplex extends Error {}

/** Accepts what the automaton does not. */
export function reverse({ accepting, steps, alphabet }: Automaton): Automaton {
  return { accepting: accepting.map((accepts) => !accepts), steps, alphabet, dead: undefined };
}

/** Accepts what both automata do. Throws TooComplex above `most` states. */
export function meet(one: Automaton, two: Automaton, most: number): Automaton {
  const { alphabet } = one;
  const cells = alphabet.size;
  const pairs: (readonly [number, number])[] = [];
  const known = new Map<number, number>();
  const steps: number[] = [];
  let dead: number | undefined;
  const stateOf = (a: number, b: number): number => {
    const hopeless = a === one.dead || b === two.dead;
    const key = hopeless ? -1 : a * two.accepting.length + b;
    let state = known.get(key);
    if (state === undefined) {
      if (pairs.length >= most) throw new TooComplex();
      known.set(key, (state = pairs.push([a, b]) - 1));
      if (hopeless) dead = state;
    }
    return state;
  };
  stateOf(0, 0);
  for (let state = 0; state < pairs.length; state += 1) {
    const [a, b] = pairs[state]!;
    for (let cell = 0; cell < cells; cell += 1)
      steps.push(state === dead ? state : stateOf(one.steps[a * cells + cell]!, two.steps[b * cells + cell]!));
  }
  const accepting = pairs.map(([a, b], state) => state !== dead && one.accepting[a]! && two.accepting[b]!);
  return { accepting, steps, alphabet, dead };
}

/** For each state, whether a value can still be accepted from there. */
export function hopeful({ accepting, steps, alphabet }: Automaton): readonly boolean[] {
  const before = accepting.map((): number[] => []);
  for (const [at, to] of steps.entries()) before[to]!.push(Math.floor(at / alphabet.size));
  const found = accepting.slice();
  const open = accepting.flatMap((accepts, state) => (accepts ? [state] : []));
  for (let state = open.pop(); state !== undefined; state = open.pop())
    for (const from of before[state]!)
      if (!found[from]) {
        found[from] = true;
        open.push(from);
      }
  return found;
}
