import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import type { ValueClass } from './domain.ts';
import { relate } from './relate.ts';
import type { Relation } from './relate.ts';
import { pairs, patterns, predicates } from './testing/arbitrary.ts';
import { expressions } from './testing/expressions.ts';
import type { Shown, State } from './testing/oracle.ts';
import { enumerate, enumerateSlowly, statesOf } from './testing/oracle.ts';

const long = process.env['LONG'] === '1';

/** Fails where the answer denies an event that the enumeration has, or names one that is not as it says. */
function judge(a: Predicate, b: Predicate, answer: Relation, shown: Shown): void {
  const { relation } = answer;
  if (shown.onlyA) expect(['superset', 'overlap', 'disjoint', 'unknown']).toContain(relation);
  if (shown.onlyB) expect(['subset', 'overlap', 'disjoint', 'unknown']).toContain(relation);
  if (shown.both) expect(relation).not.toBe('disjoint');
  expect(answer.aNever && (shown.onlyA || shown.both)).toBe(false);
  expect(answer.bNever && (shown.onlyB || shown.both)).toBe(false);
  expect(answer.aAlways && (shown.onlyB || shown.neither)).toBe(false);
  expect(answer.bAlways && (shown.onlyA || shown.neither)).toBe(false);
  const check = (event: Raw | null, inA: boolean, inB: boolean) => {
    if (event) expect([evaluate(a, eventOf(event)), evaluate(b, eventOf(event))]).toEqual([inA, inB]);
  };
  check(answer.onlyA, true, false);
  check(answer.onlyB, false, true);
  check(answer.both, true, true);
}

const mirror = {
  equivalent: 'equivalent',
  subset: 'superset',
  superset: 'subset',
  overlap: 'overlap',
  disjoint: 'disjoint',
  unknown: 'unknown',
} as const;

interface Law {
  readonly runs: number;
  readonly atoms: fc.Arbitrary<Atom>;
  readonly fields: readonly string[];
  readonly states: readonly State[];
  readonly exclude?: readonly ValueClass[];
  /** The share of pairs that may stay undecided. */
  readonly unknown?: number;
  /** How the truth is found. */
  readonly oracle?: typeof enumerate;
}

function law(title: string, { runs, atoms, fields, states, exclude = [], unknown = 0, oracle = enumerate }: Law): void {
  it(title, { timeout: long ? 0 : 60_000 }, () => {
    let undecided = 0;
    fc.assert(
      fc.property(pairs(predicates(atoms), atoms), ([a, b]) => {
        const answer = relate(a, b, { exclude });
        judge(a, b, answer, oracle(a, b, fields, states));
        const back = relate(b, a, { exclude });
        if (answer.relation === 'unknown' || back.relation === 'unknown') undecided += 1;
        else expect(back.relation).toBe(mirror[answer.relation]);
      }),
      { numRuns: runs },
    );
    expect(undecided / runs).toBeLessThanOrEqual(unknown);
  });
}

const letters = ['a', 'A', 'b', '1'];
const field = fc.constantFrom('f', 'g');
const likes = fc.record({ kind: fc.constant('like' as const), field, pattern: patterns(letters), cased: fc.boolean() });
const exists = fc.record({ kind: fc.constant('exists' as const), field });
const keywords = fc.record({
  kind: fc.constant('keyword' as const),
  test: fc.record({ kind: fc.constant('like' as const), pattern: patterns(letters), cased: fc.boolean() }),
});
const numbers = fc.record({ kind: fc.constant('equal' as const), field, value: fc.constantFrom(1, 11) });
const globs: fc.Arbitrary<Atom> = fc.oneof(
  { weight: 10, arbitrary: likes },
  { weight: 1, arbitrary: exists },
  { weight: 1, arbitrary: numbers },
);

const sames = fc.record({
  kind: fc.constant('sameAs' as const),
  field,
  other: field,
  relation: fc.constantFrom('whole' as const, 'contains' as const, 'startswith' as const, 'endswith' as const),
  cased: fc.boolean(),
});
const rendered = fc.record({
  kind: fc.constant('like' as const),
  field: fc.record({
    rendered: fc.constantFrom('json-line' as const, 'event-xml' as const, 'windows-message' as const),
  }),
  pattern: patterns(['a', '"f":"', '"', '\\', '<', '1', ':']).map((inner) => [many, ...inner, many]),
  cased: fc.boolean(),
});

const regexes = fc.record({ kind: fc.constant('regex' as const), field, regex: expressions(false) });
const looks = fc.record({ kind: fc.constant('regex' as const), field: fc.constant('f'), regex: expressions(true) });
const few = fc.record({
  kind: fc.constant('like' as const),
  field,
  pattern: patterns(['a', 'b', '\n', '_']),
  cased: fc.boolean(),
});

const terms = fc.record({
  kind: fc.constant('term' as const),
  field: fc.constant('f'),
  term: fc.constantFrom('a', 'b', 'a b', '_a', 'ab', 'A', ' '),
  edge: fc.constantFrom('whole' as const, 'prefix' as const, 'suffix' as const),
  tokenizer: fc.constantFrom('kusto' as const, 'standard' as const),
  cased: fc.boolean(),
});
const compares = fc.record({
  kind: fc.constant('compare' as const),
  field: fc.constant('f'),
  part: fc.constant('number' as const),
  order: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const, '=' as const),
  value: fc.constantFrom(-1, 0, 1, 10, 11),
});
const digits = fc.record({
  kind: fc.constant('like' as const),
  field: fc.constant('f'),
  pattern: patterns(['1', '0', '-']),
  cased: fc.constant(false),
});

describe('relate, against every small event', () => {
  const all = statesOf(letters, 4, 2);
  const single = all.filter((state) => !Array.isArray(state));
  const valued = all.filter((state) => state !== undefined && state !== null);
  const fields = ['f', 'g'];
  const count = (usual: number) => (long ? 50 * usual : usual);
  law('patterns, arrays counted in', { runs: count(1200), atoms: globs, fields, states: all });
  law('patterns, one value a field', {
    runs: count(900),
    atoms: globs,
    fields,
    states: single,
    exclude: ['multi-valued'],
  });
  law('patterns, no field missing', { runs: count(300), atoms: globs, fields, states: valued, exclude: ['missing'] });
  law('expressions', {
    runs: long ? 20_000 : 300,
    atoms: fc.oneof({ weight: 2, arbitrary: regexes }, { weight: 1, arbitrary: few }),
    fields,
    states: statesOf(['a', 'b', '\n', '_'], 4, 1),
  });
  law('expressions that look around', {
    runs: long ? 5000 : 100,
    atoms: fc.oneof({ weight: 2, arbitrary: looks }, { weight: 1, arbitrary: few }),
    fields,
    states: statesOf(['a', 'b', '\n', '_'], 4, 0),
    exclude: ['multi-valued'],
    unknown: 0.05,
  });
  law('words', {
    runs: count(300),
    atoms: fc.oneof({ weight: 2, arbitrary: terms }, { weight: 1, arbitrary: few }),
    fields: ['f'],
    states: statesOf(['a', 'b', ' ', '_'], 4, 2),
  });
  law('numbers', {
    runs: count(300),
    atoms: fc.oneof({ weight: 2, arbitrary: compares }, { weight: 1, arbitrary: digits }),
    fields: ['f'],
    states: [...statesOf(['1', '0', '-', '.', ' '], 4, 1), 1, 0, -1, 10, '1e1', '1e999', '-1e999'],
    unknown: 0.1,
  });
  law('keywords', {
    runs: count(300),
    atoms: fc.oneof({ weight: 3, arbitrary: likes }, { weight: 3, arbitrary: keywords }),
    fields: ['f', 'g', 'z'],
    states: statesOf(letters, 3, 1),
  });
  law('two fields compared', {
    runs: count(200),
    atoms: fc.oneof({ weight: 2, arbitrary: likes }, { weight: 2, arbitrary: sames }),
    fields,
    states: statesOf(['a', 'A', 'b'], 2, 1),
    unknown: 0.1,
    oracle: enumerateSlowly,
  });
  law('two fields compared, one value a field', {
    runs: count(200),
    atoms: fc.oneof({ weight: 2, arbitrary: likes }, { weight: 2, arbitrary: sames }),
    fields,
    states: statesOf(['a', 'A', 'b'], 3, 0),
    exclude: ['multi-valued'],
    unknown: 0.1,
    oracle: enumerateSlowly,
  });
  law('the event as one text', {
    runs: count(200),
    atoms: fc.oneof({ weight: 2, arbitrary: likes }, { weight: 2, arbitrary: rendered }),
    fields,
    states: [...statesOf(['a', '"', '<', '1'], 2, 1), 1, 11, true],
    unknown: 0.3,
    oracle: enumerateSlowly,
  });
});
