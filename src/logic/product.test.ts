import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, letters } from './codes.ts';
import { globMachine, globOf } from './glob.ts';
import { graphOf } from './graph.ts';
import type { Machine } from './machine.ts';
import { runs } from './machine.ts';
import { product } from './product.ts';
import { regexMachine } from './regex-machine.ts';
import { patterns } from './testing/arbitrary.ts';
import { expressions } from './testing/expressions.ts';
import { textsOf } from './testing/oracle.ts';

const texts = textsOf(['a', 'b', '\n', '_'], 5).map(codesOf);
const machines: fc.Arbitrary<Machine> = fc.oneof(
  fc.tuple(patterns(['a', 'A', 'b', '_']), fc.boolean()).map(([pattern, cased]) => globMachine(globOf(pattern, cased))),
  expressions(false).map((regex) => regexMachine(graphOf(regex.tree))),
);
const some = (least: number) => fc.array(machines, { minLength: least, maxLength: 3 });
const enough = () => ({ left: 10_000_000 });
const nothing = new Set<number>();

describe('product', () => {
  it('finds a text that all of some and none of others take, or proves that there is none', () => {
    const runCount = process.env['LONG'] === '1' ? 30_000 : 800;
    fc.assert(
      fc.property(some(1), some(0), (inside, outside) => {
        const cells = letters(
          [...inside, ...outside].flatMap(({ sets }) => sets),
          [],
          nothing,
        );
        const found = product(inside, outside, cells, enough());
        const fits = (codes: readonly number[]) =>
          inside.every((each) => runs(each, codes)) && !outside.some((each) => runs(each, codes));
        if (found.kind === 'text') expect(fits(codesOf(found.text))).toBe(true);
        else expect(texts.filter(fits)).toEqual([]);
        expect(found.kind).not.toBe('limit');
      }),
      { numRuns: runCount },
    );
  });

  it('stops when its budget is spent', () => {
    const machine = globMachine(globOf(['abcdefghij'], false));
    const never = globMachine(globOf(['b'], false));
    expect(product([machine, never], [], letters(machine.sets, [], nothing), { left: 100 }).kind).toBe('none');
    const long = globMachine(globOf(['a'.repeat(50)], false));
    expect(product([long], [], letters(long.sets, [], nothing), { left: 100 }).kind).toBe('limit');
  });
});
