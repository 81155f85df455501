import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duckdb } from '../../dialects/sql/duckdb.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import type { Kind } from '../../ir/predicate.ts';
import { hostileFields, plainFields } from '../../ir/testing/hostile.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { duckdbEngine } from './duckdb.ts';
import { agreement } from './testing/agreement.ts';

const engine = duckdbEngine();
const availability = await engine.available();

const count = process.env['LONG'] ? 4000 : 120;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const kinds: readonly Kind[] = ['like', 'term', 'regex', 'equal', 'compare', 'cidr', 'exists', 'sameAs', 'keyword'];

const lists: Profile = {
  ...profiles.raw,
  name: 'lists',
  multiValued: [...plainFields, ...hostileFields.filter((field) => field !== 'IN')],
};

/** Whether every field has one value, or may have several. */
function fits(event: Raw, { multiValued }: Profile): boolean {
  const names = [...eventOf(event).values()].map(([name]) => name);
  return names.every((name, index) => multiValued.includes(name) || names.indexOf(name) === index);
}

const words = ['a', 'b', 'ab', 'AB', '', 'a%b', '1', '10', ' 2.5 ', 'x', 'a\nb', 'A'];
const vocabulary: readonly Raw[] = [
  ...words.map((a) => ({ a })),
  ...words.map((b) => ({ a: 'a', b })),
  ...words.map((b) => ({ b })),
  { a: 'Ab', b: 'aB', Data: ['a', 'B'] },
  { Data: ['x'] },
  {},
];

const test = fc.constantFrom(
  `"a" = 'a'`, `a <> 'b'`, `"a" != "b"`, `a = b`, `"a" LIKE 'a%'`, `"a" NOT LIKE '%b'`, `"a" ILIKE 'A_'`, `b NOT ILIKE '%B%'`,
  `"a" LIKE 'a$%b' ESCAPE '$'`, `"a" IN ('a', 'ab')`, `"a" NOT IN ('a', 'b')`, `"a" IN ('x', NULL)`, `"a" NOT IN ('x', NULL)`,
  `"a" IS NULL`, `"b" IS NOT NULL`, `regexp_matches("a", 'b')`, `regexp_matches("a", 'B$', 'i')`, `regexp_matches("a", '(?i)^a')`,
  `regexp_matches("a", 'a.b')`, `regexp_matches("a", 'a.b', 's')`, `regexp_matches("a", 'a$')`, `regexp_matches("a", '(?m)a$')`,
  `"a" ~ 'a.*'`, `"b" SIMILAR TO 'a|b'`, `regexp_full_match("a", 'a|x')`, `lower("a") = 'ab'`, `lower("a") = 'AB'`,
  `lower("a") LIKE '%b'`, `lower("a") = lower("b")`, `contains("a", 'b')`, `contains(lower("a"), 'b')`, `starts_with("a", 'a')`,
  `ends_with("a", 'b')`, `contains("a", "b")`, `starts_with("a", "b")`, `list_contains("Data", 'a')`,
  `len(list_filter("Data", lambda v: lower(v) = 'b')) > 0`, `len(list_filter("Data", lambda v: v LIKE '%')) > 0`,
  `TRY_CAST("a" AS DOUBLE) > 1`, `TRY_CAST("a" AS DOUBLE) <> 10`, `TRY_CAST("b" AS DOUBLE) <= 2.5`, `TRUE`, `FALSE`, `NULL`,
); // prettier-ignore

/** Conditions made of tests, in every way that the grammar has to put them together. */
const { conditions } = fc.letrec<{ conditions: string }>((tie) => ({
  conditions: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { arbitrary: test, weight: 5 },
    {
      arbitrary: fc
        .tuple(tie('conditions'), fc.constantFrom(' AND ', ' OR ', ' and '), tie('conditions'))
        .map((parts) => parts.join('')),
      weight: 4,
    },
    { arbitrary: tie('conditions').map((of) => `NOT ${of}`), weight: 2 },
    { arbitrary: tie('conditions').map((of) => `(${of})`), weight: 3 },
    {
      arbitrary: fc
        .tuple(tie('conditions'), fc.constantFrom('TRUE', 'FALSE'))
        .map(([of, value]) => `COALESCE(${of}, ${value})`),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(
          tie('conditions'),
          fc.constantFrom('IS TRUE', 'IS NOT TRUE', 'IS FALSE', 'IS NOT FALSE', 'IS NULL', 'IS NOT NULL'),
        )
        .map(([of, what]) => `(${of}) ${what}`),
      weight: 2,
    },
  ),
}));

describe.skipIf(!availability.ok)(`DuckDB${availability.ok ? '' : ` (skipped: ${availability.install})`}`, () => {
  it.each([
    ['columns of text', profiles.raw],
    ['columns of lists', lists],
  ] as const)('%s: what is printed selects what the predicate means', async (_, profile) => {
    const holds = (event: Raw) => fits(event, profile);
    const excuse = /case of their names/;
    const found = await agreement({ dialect: duckdb, engine, profile, kinds, count, seed, holds, excuse });
    expect(found.faults, `seed ${seed}`).toEqual([]);
    expect(found.alike).toBeGreaterThan(count / 2);
    if (process.env['LONG']) console.log(profile.name, { ...found, faults: 0, seed });
  });

  it('our reader means what DuckDB does, text by text', async () => {
    const texts = [...new Set(fc.sample(conditions, { numRuns: count * 8, seed }))].map(
      (condition) => `SELECT * FROM events WHERE ${condition}`,
    );
    const ran = await engine.run(texts, vocabulary, profiles.raw);
    const faults: string[] = [];
    for (const [index, text] of texts.entries()) {
      const { queries, diagnostics } = duckdb.parse({ name: 'query', text }, profiles.raw);
      const [real, where] = [ran[index]!, queries[0]?.where];
      if (real.kind === 'failed' || !where) {
        if (real.kind === 'hits' || where) faults.push(`${text}: ${diagnostics[0]?.message} ${JSON.stringify(real)}`);
        continue;
      }
      const read = vocabulary.map((event) => evaluate(where, eventOf(event)));
      if (read.join() !== real.hits.join()) faults.push(`${text}\n  we ${read.join()}\n  DuckDB ${real.hits.join()}`);
    }
    expect(faults.slice(0, 10), `seed ${seed}`).toEqual([]);
    if (process.env['LONG']) console.log({ texts: texts.length, seed });
  });

  it('runs several queries over several events', async () => {
    const events = [{ Image: 'C:\\a.exe' }, { Image: 'C:\\b.exe', Data: ['x', 'y'] }, {}];
    const texts = [
      `SELECT * FROM events WHERE "Image" LIKE 'C:\\%'`,
      `SELECT * FROM events WHERE list_contains("Data", 'y')`,
      'SELECT * FROM events WHERE nonsense(',
    ];
    const [all, list, none] = await engine.run(texts, events, profiles.raw);
    expect(all).toEqual({ kind: 'hits', hits: [true, true, false] });
    expect(list).toEqual({ kind: 'hits', hits: [false, true, false] });
    expect(none).toMatchObject({ kind: 'failed' });
  });
});
