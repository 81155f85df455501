import type { Budget, Machine } from './machine.ts';
import { DEAD } from './machine.ts';

/** A text that all of some languages have and none of others; or that there is none; or that the search was cut short. */
export type Product =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' } | { readonly kind: 'limit' };

/**
 * Looks for a text over `letters` that every machine of `inside` accepts and none of `outside`.
 *
 * Walks all machines at once, from the state that promises the shortest text onwards. `none` is certain, given that
 * `letters` holds a member of every cell that the machines' sets make.
 */
export function product(
  inside: readonly Machine[],
  outside: readonly Machine[],
  letters: readonly number[],
  budget: Budget,
): Product {
  const machines = [...inside, ...outside];
  const symbols = machines.map((machine) => letters.map((code) => machine.symbol(code)));
  const start = machines.map((machine) => machine.start);
  const open = new Queue();
  const known = new Set<string>();
  const from: number[] = [];
  const letter: number[] = [];
  const depth: number[] = [];
  const tuples: number[][] = [];

  const enter = (tuple: number[], parent: number, code: number): void => {
    let promise = 0;
    for (let i = 0; i < inside.length; i += 1) {
      if (tuple[i] === DEAD) return;
      promise += inside[i]!.distance(tuple[i]!);
    }
    if (promise === Infinity) return;
    for (let i = inside.length; i < machines.length; i += 1)
      if (tuple[i] !== DEAD && machines[i]!.universal(tuple[i]!)) return;
    const key = tuple.join();
    if (known.has(key)) return;
    known.add(key);
    const length = parent < 0 ? 0 : depth[parent]! + 1;
    from.push(parent);
    letter.push(code);
    depth.push(length);
    open.add(tuples.push(tuple) - 1, 2 * promise + length);
  };
  const wins = (tuple: readonly number[]): boolean =>
    machines.every((machine, i) => (tuple[i] !== DEAD && machine.accepts(tuple[i]!)) === i < inside.length);
  const spell = (at: number): string => {
    const codes: number[] = [];
    for (; from[at]! >= 0; at = from[at]!) codes.push(letter[at]!);
    return codes.reverse().reduce((text, code) => text + String.fromCodePoint(code), '');
  };

  const costs = () => machines.reduce((sum, machine) => sum + machine.cost(), 0);
  let before = costs();
  enter(start, -1, 0);
  for (let at = open.take(); at !== undefined; at = open.take()) {
    const tuple = tuples[at]!;
    if (wins(tuple)) return { kind: 'text', text: spell(at) };
    const spent = costs();
    budget.left -= letters.length * (machines.length + 4) + spent - before;
    before = spent;
    if (budget.left < 0) return { kind: 'limit' };
    for (let i = 0; i < letters.length; i += 1) {
      const next = tuple.map((state, m) => (state === DEAD ? DEAD : machines[m]!.step(state, symbols[m]![i]!)));
      enter(next, at, letters[i]!);
    }
  }
  return { kind: 'none' };
}

/** The least rank first, among equals the latest. */
class Queue {
  readonly #buckets: number[][] = [];
  #least = 0;

  add(item: number, rank: number): void {
    while (this.#buckets.length <= rank) this.#buckets.push([]);
    this.#buckets[rank]!.push(item);
    this.#least = Math.min(this.#least, rank);
  }

  take(): number | undefined {
    for (; this.#least < this.#buckets.length; this.#least += 1) {
      const item = this.#buckets[this.#least]!.pop();
      if (item !== undefined) return item;
    }
    return undefined;
  }
}
