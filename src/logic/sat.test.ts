import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Solver } from './sat.ts';

const literal = (variables: number) =>
  fc.tuple(fc.integer({ min: 1, max: variables }), fc.boolean()).map(([v, positive]) => (positive ? v : -v));

function bruteForce(variables: number, clauses: readonly (readonly number[])[]): boolean {
  for (let bits = 0; bits < 1 << variables; bits += 1) {
    const holds = (each: number) => ((bits >> (Math.abs(each) - 1)) & 1) === (each > 0 ? 1 : 0);
    if (clauses.every((clause) => clause.some(holds))) return true;
  }
  return false;
}

describe('Solver', () => {
  it('agrees with trying every assignment, one question after another over a growing set of clauses', () => {
    const rounds = fc.array(
      fc.tuple(
        fc.array(fc.array(literal(8), { minLength: 1, maxLength: 4 }), { maxLength: 14 }),
        fc.array(literal(8), { maxLength: 3 }),
      ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(rounds, (steps) => {
        const solver = new Solver();
        for (let v = 0; v < 8; v += 1) solver.variable();
        const all: number[][] = [];
        for (const [clauses, assumptions] of steps) {
          for (const clause of clauses) solver.clause(clause);
          all.push(...clauses);
          const wanted = bruteForce(8, [...all, ...assumptions.map((each) => [each])]);
          expect(solver.solve(assumptions)).toBe(wanted ? 'model' : 'none');
          if (!wanted) continue;
          expect(all.every((clause) => clause.some((each) => solver.holds(each)))).toBe(true);
          expect(assumptions.every((each) => solver.holds(each))).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('proves that seven pigeons do not fit in six holes', () => {
    const solver = new Solver();
    const sits = Array.from({ length: 7 }, () => Array.from({ length: 6 }, () => solver.variable()));
    for (const pigeon of sits) solver.clause(pigeon);
    for (let hole = 0; hole < 6; hole += 1)
      for (let a = 0; a < 7; a += 1) for (let b = 0; b < a; b += 1) solver.clause([-sits[a]![hole]!, -sits[b]![hole]!]);
    expect(solver.solve([])).toBe('none');
    expect(solver.conflicts).toBeGreaterThan(50);
    expect(solver.solve([sits[0]![0]!])).toBe('none');
  });

  it('stops at its limit', () => {
    const solver = new Solver();
    const sits = Array.from({ length: 12 }, () => Array.from({ length: 11 }, () => solver.variable()));
    for (const pigeon of sits) solver.clause(pigeon);
    for (let hole = 0; hole < 11; hole += 1)
      for (let a = 0; a < 12; a += 1)
        for (let b = 0; b < a; b += 1) solver.clause([-sits[a]![hole]!, -sits[b]![hole]!]);
    expect(solver.solve([], 200)).toBe('limit');
  });

  it('leaves free variables false', () => {
    const solver = new Solver();
    const [a, b, c] = [solver.variable(), solver.variable(), solver.variable()];
    solver.clause([a, b]);
    expect(solver.solve([])).toBe('model');
    expect([a, b, c].filter((each) => solver.holds(each)).length).toBe(1);
  });
});
