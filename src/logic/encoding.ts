import type { Bank, Ref } from './bank.ts';
import { Solver } from './sat.ts';

/**
 * Predicates of a bank as clauses: a variable for every part, tied to the variables of its own parts in both
 * directions, so that one solver answers questions about truth and falsehood of all of them.
 */
export interface Encoding {
  readonly solver: Solver;
  /** The literal of a predicate; encodes it when first asked for. */
  readonly literal: (ref: Ref) => number;
}

export function encodingOf(bank: Bank): Encoding {
  const solver = new Solver();
  const variables = new Map<number, number>();
  const literal = (ref: Ref): number => {
    const id = Math.abs(ref);
    let variable = variables.get(id);
    if (variable === undefined) {
      variables.set(id, (variable = solver.variable()));
      const node = bank.nodes[id]!;
      if (node.kind === 'all') {
        const parts = node.of.map(literal);
        for (const part of parts) solver.clause([-variable, part]);
        solver.clause([variable, ...parts.map((part) => -part)]);
      }
      // The most frequent of inclusions, which would else be learnt one conflict at a time.
      const outer = bank.uncased(id);
      if (outer !== undefined) solver.clause([-variable, literal(outer)]);
    }
    return ref > 0 ? variable : -variable;
  };
  return { solver, literal };
}

/**
 * Picks literals of a model that suffice to make all of `goals` true, few and preferably negative ones: what is not
 * picked may be as it likes.
 *
 * `holds` tells whether a predicate is true in the model; `cost` what a positive or negative test costs to arrange.
 */
export function implicant(
  bank: Bank,
  goals: readonly Ref[],
  holds: (ref: Ref) => boolean,
  cost: (test: Ref) => number,
): Set<Ref> {
  const prices = new Map<Ref, number>();
  const price = (ref: Ref): number => {
    let known = prices.get(ref);
    if (known !== undefined) return known;
    const node = bank.nodes[Math.abs(ref)]!;
    if (node.kind !== 'all') known = cost(ref);
    else if (ref > 0) known = node.of.reduce((sum, part) => sum + price(part), 0);
    else known = node.of.reduce((least, part) => (holds(-part) ? Math.min(least, price(-part)) : least), Infinity);
    prices.set(ref, known);
    return known;
  };
  const picked = new Set<Ref>();
  const seen = new Set<Ref>();
  const need = (ref: Ref): void => {
    if (seen.has(ref)) return;
    seen.add(ref);
    const node = bank.nodes[Math.abs(ref)]!;
    if (node.kind !== 'all') picked.add(ref);
    else if (ref > 0) node.of.forEach(need);
    else {
      const ways = node.of.filter((part) => holds(-part)).map((part) => -part);
      need(ways.find((way) => seen.has(way)) ?? cheapest(ways, price));
    }
  };
  goals.forEach(need);
  return picked;
}

function cheapest(ways: readonly Ref[], price: (ref: Ref) => number): Ref {
  let best = ways[0]!;
  for (const way of ways) if (price(way) < price(best)) best = way;
  return best;
}
