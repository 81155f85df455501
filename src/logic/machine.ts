import type { CodeSet } from '../ir/regex/code-set.ts';

/**
 * A deterministic automaton whose states are made as they are needed.
 *
 * A state is a number, `DEAD` where no continuation is accepted. Code points that no set of `sets` tells apart have
 * the same symbol.
 */
export interface Machine {
  readonly sets: readonly CodeSet[];
  readonly start: number;
  symbol(code: number): number;
  step(state: number, symbol: number): number;
  /** Whether a text that ends here is in the language. */
  accepts(state: number): boolean;
  /** Whether every text that goes on from here is known to be in the language. */
  universal(state: number): boolean;
  /** A number of further code points below which nothing is accepted. */
  distance(state: number): number;
  /** What making states has cost so far, in steps of some 30 nanoseconds. */
  cost(): number;
}

export const DEAD = -1;

/** Runs the machine over a text. */
export function runs(machine: Machine, codes: readonly number[]): boolean {
  let state = machine.start;
  for (const code of codes) {
    state = machine.step(state, machine.symbol(code));
    if (state === DEAD) return false;
  }
  return machine.accepts(state);
}

/** What looking for an answer may cost; whoever works takes from it, and gives up when nothing is left. */
export interface Budget {
  left: number;
}
