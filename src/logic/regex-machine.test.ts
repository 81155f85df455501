import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../ir/regex/match.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import { codesOf } from './codes.ts';
import { graphOf } from './graph.ts';
import { DEAD, runs } from './machine.ts';
import { regexMachine } from './regex-machine.ts';
import { textsOf } from './testing/oracle.ts';
import { expressions } from './testing/expressions.ts';

const runCount = process.env['LONG'] === '1' ? 40_000 : 1500;
const texts = [
  ...textsOf(['a', 'b', '\n', '_'], 4),
  ...textsOf(['A', 'k', ' ', '1'], 3),
  'K',
  '\u212a',
  'a\u212ab',
  'ab\n\n',
];

describe('regexMachine', () => {
  it('agrees with the matcher, and takes no less where it is not exact', () => {
    let inexact = 0;
    fc.assert(
      fc.property(expressions(true), (regex) => {
        const matcher = compileRegex(regex);
        const graph = graphOf(regex.tree);
        const machine = regexMachine(graph);
        inexact += Number(!graph.exact);
        if (typeof matcher !== 'function') return;
        const wrong = texts.filter((text) => {
          const taken = runs(machine, codesOf(text));
          return (graph.exact || !taken) && taken !== matcher(text);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: runCount },
    );
    expect(inexact / runCount).toBeLessThan(0.1);
  });

  it('is never dead or too far away where a match is still to come', () => {
    fc.assert(
      fc.property(expressions(true), fc.constantFrom(...texts), (regex, text) => {
        const machine = regexMachine(graphOf(regex.tree));
        const codes = codesOf(text);
        if (!runs(machine, codes)) return;
        let state = machine.start;
        for (const [index, code] of codes.entries()) {
          expect(machine.distance(state)).toBeLessThanOrEqual(codes.length - index);
          state = machine.step(state, machine.symbol(code));
          expect(state).not.toBe(DEAD);
        }
      }),
      { numRuns: runCount },
    );
  });

  it('gives up a bound that would cost too much, and says so', () => {
    const read = (source: string) => {
      const parsed = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
      if ('fault' in parsed) throw new Error(parsed.fault.message);
      return graphOf(parsed.regex.tree);
    };
    expect(read('^(?:a{1,90}){1,90}$').exact).toBe(false);
    expect(read('^(?:a{1,90}){1,90}$').nodes.length).toBeLessThan(20_000);
    expect(read('^a{1,900}$').exact).toBe(true);
    expect(read('(?<=a(?=b))c').exact).toBe(false);
  });
});
