import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { all, any, mapAtoms, not } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { atoms, predicates, regexOf } from '../ir/testing/random.ts';
import { simplify } from '../passes/simplify.ts';
import { blame } from './blame.ts';
import { marks } from './marks.ts';

const like = (field: string, ...pattern: Pattern): Atom => ({ kind: 'like', field, pattern, cased: false });
const event = eventOf({ f: 'abc', g: 'x' });

describe('blame', () => {
  it('lists each part of an all that fails, and what holds under a not', () => {
    const where = all([like('f', 'abc'), like('g', 'y'), not(like('f', many, 'b', many))]);
    expect(blame(where, event)).toEqual([
      { tests: [like('g', 'y')], wanted: true },
      { tests: [like('f', many, 'b', many)], wanted: false },
    ]);
  });

  it('takes the items of a list as one, and of unlike alternatives the nearest', () => {
    const list = any([like('g', 'y'), like('g', 'z')]);
    expect(blame(list, event)).toEqual([{ tests: [like('g', 'y'), like('g', 'z')], wanted: true }]);
    const far = all([like('f', 'q'), like('g', 'q')]);
    expect(blame(any([far, like('g', 'y')]), event)).toEqual([{ tests: [like('g', 'y')], wanted: true }]);
  });

  it('is empty for what holds, and for what never can', () => {
    expect(blame(like('f', 'abc'), event)).toEqual([]);
    expect(blame(any([]), event)).toEqual([]);
  });

  it('names tests that, coming out otherwise, change the answer', () => {
    const plain = predicates(atoms(['like', 'equal', 'exists'])).map(simplify);
    const cases = plain.chain((where) => fc.record({ where: fc.constant(where), raw: eventsFor(where) }));
    fc.assert(
      fc.property(cases, ({ where, raw }) => {
        const opened = eventOf(raw);
        const blamed = blame(where, opened);
        if (evaluate(where, opened)) expect(blamed).toEqual([]);
        // Each entry's first test is made to come out as wanted: then the whole holds, if anything can make it.
        const outcome = new Map<Atom, boolean>(blamed.map(({ tests, wanted }) => [tests[0]!, wanted]));
        const changed = mapAtoms(where, (atom): Predicate => {
          const forced = outcome.get(atom);
          return forced === undefined ? atom : forced ? all([]) : any([]);
        });
        if (blamed.length > 0) expect(evaluate(changed, opened)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('marks', () => {
  const marked = (where: Predicate, raw: Raw) =>
    marks(where, eventOf(raw)).map(({ field, value, start, end }) => `${field}:${value.slice(start, end)}`);

  it('finds the literal parts of a pattern in their order, the last at the end', () => {
    expect(marked(like('f', many, 'ab', many, 'b'), { f: 'xABxabB' })).toEqual(['f:AB', 'f:B']);
    expect(marks(like('f', many, 'b'), eventOf({ f: 'bab' }))).toEqual([
      { field: 'f', value: 'bab', start: 2, end: 3 },
    ]);
  });

  it('finds the stretch that an expression needs, and marks the whole where no part is needed', () => {
    const test: Atom = { kind: 'regex', field: 'f', regex: regexOf('(^|[^a-z])dump([^a-z]|$)') };
    expect(marked(test, { f: 'a dump b' })).toEqual(['f:dump']);
    expect(marked(test, { f: 'dump dump' })).toEqual(['f:dump dump']);
  });

  it('marks nothing for what is absent, and the value of a keyword wherever it stands', () => {
    expect(marked(not(like('f', 'a')), { f: 'b' })).toEqual([]);
    const keyword: Atom = { kind: 'keyword', test: { kind: 'like', pattern: [many, 'b', many], cased: false } };
    expect(marked(keyword, { f: 'a', g: 'abc' })).toEqual(['g:b']);
  });
});
