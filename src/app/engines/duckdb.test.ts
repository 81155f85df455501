import { describe, expect, it } from 'vitest';
import { duckdb } from '../../dialects/sql/duckdb.ts';
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
