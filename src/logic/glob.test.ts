import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../ir/fold.ts';
import { compilePattern } from '../ir/match-pattern.ts';
import { many, one } from '../ir/pattern.ts';
import { codesOf, letters } from './codes.ts';
import { disjoint, fitsCodes, globMachine, globOf, includedIn, isDecisive } from './glob.ts';
import type { Glob } from './glob.ts';
import { runs } from './machine.ts';
import { product } from './product.ts';
import { patterns } from './testing/arbitrary.ts';
import { textsOf } from './testing/oracle.ts';

const texts = [
  ...textsOf(['a', 'A', 'b', 'k'], 4),
  'K',
  '\u212a',
  'a\u212a',
  '\u{1f600}',
  'a\u{1f600}b',
  'bbbbb',
  'aaaaab',
];
const globs = fc.tuple(patterns(['a', 'A', 'b', 'k', '\u{1f600}']), fc.boolean());

describe('globs', () => {
  it('take what the reference takes, matched and run', () => {
    fc.assert(
      fc.property(globs, ([pattern, cased]) => {
        const glob = globOf(pattern, cased);
        const [reference, machine] = [compilePattern(pattern, cased), globMachine(glob)];
        const wrong = texts.filter((text) => {
          const wanted = reference(text);
          const fits = fitsCodes(glob, codesOf(glob.cased ? text : fold(text)));
          return fits !== wanted || runs(machine, codesOf(text)) !== wanted;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('are included or disjoint only if no text says otherwise', () => {
    fc.assert(
      fc.property(globs, globs, ([p, pCased], [q, qCased]) => {
        const [a, b] = [compilePattern(p, pCased), compilePattern(q, qCased)];
        const [left, right] = [globOf(p, pCased), globOf(q, qCased)];
        if (includedIn(left, right)) expect(texts.filter((text) => a(text) && !b(text))).toEqual([]);
        if (disjoint(left, right)) expect(texts.filter((text) => a(text) && b(text))).toEqual([]);
        expect(disjoint(right, left)).toBe(disjoint(left, right));
      }),
      { numRuns: 2000 },
    );
  });

  it('are not included in a decisive one unless a look says so', () => {
    fc.assert(
      fc.property(globs, globs, ([p, pCased], [q, qCased]) => {
        const [inner, outer] = [globOf(p, pCased), globOf(q, qCased)];
        if (!isDecisive(outer) || includedIn(inner, outer)) return;
        const [inside, outside] = [globMachine(inner), globMachine(outer)];
        const cells = letters([...inside.sets, ...outside.sets], [], new Set());
        expect(product([inside], [outside], cells, { left: 1e6 }).kind).toBe('text');
      }),
      { numRuns: 1000 },
    );
  });

  it('are known to be included or disjoint in the usual cases', () => {
    const glob = (...pattern: Parameters<typeof globOf>[0]): Glob => globOf(pattern, false);
    expect(includedIn(glob(many, '\\CMD.exe'), glob(many, 'cmd', many))).toBe(true);
    expect(includedIn(glob('a', one, many), glob('a', many))).toBe(true);
    expect(includedIn(glob('a', many), glob('a', one, many))).toBe(false);
    expect(includedIn(globOf(['A'], true), glob('a'))).toBe(true);
    expect(includedIn(glob('a'), globOf(['A'], true))).toBe(false);
    expect(disjoint(glob('a', many), glob('b', many))).toBe(true);
    expect(disjoint(glob('a', many), glob(many, 'b'))).toBe(false);
    expect(disjoint(glob(one, one), glob(many, 'abc'))).toBe(true);
  });

  it('have about as many states as elements', () => {
    const machine = globMachine(globOf([many, 'comsvcs.dll', many, 'MiniDump', many, 'full'], false));
    const states = new Set<number>([machine.start]);
    for (const state of states)
      for (const code of codesOf('comsvdlminuf.p x')) {
        const next = machine.step(state, machine.symbol(code));
        if (next >= 0) states.add(next);
      }
    expect(states.size).toBeLessThanOrEqual(28);
  });
});
