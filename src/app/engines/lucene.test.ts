import { afterAll, describe, expect, it } from 'vitest';
import { esQs } from '../../dialects/lucene/es-qs.ts';
import { eventOf, textOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Kind } from '../../ir/predicate.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { luceneEngine } from './lucene.ts';
import { agreement } from './testing/agreement.ts';

const engine = luceneEngine();
const availability = await engine.available();
afterAll(() => engine.close());

const count = process.env['LONG'] ? 6000 : 150;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const everyKind: readonly Kind[] = ['like', 'term', 'regex', 'equal', 'compare', 'cidr', 'exists', 'sameAs', 'keyword'];

/** A profile of one kind of field, by Sigma's names. */
function allOf(type: Profile['defaultType']): Profile {
  return { ...profiles.raw, types: {}, defaultType: type };
}

/** Whether every value is one that a field of this type takes, and written as JSON and Elasticsearch write it. */
function values(fit: (text: string) => boolean): (event: Raw) => boolean {
  return (event) => [...eventOf(event).values()].every(([, value]) => fit(textOf(value)));
}

const numbers = values((text) => String(Number(text)) === text);
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const address = new RegExp(`^(?:${octet}(?:\\.${octet}){3}|(?!::ffff:)[\\da-f:]+:[\\da-f:]*)$`, 'i');
const addresses = values((text) => address.test(text));

/** Letters that a lower-casing normaliser does not fold as Unicode does, of which the profile's assumption speaks. */
const plainCase = (event: Raw) => !/[ſςİẞΣ\u212a]/.test(JSON.stringify(event));

describe.skipIf(!availability.ok)(`Lucene${availability.ok ? '' : ` (skipped: ${availability.install})`}`, () => {
  it.each([
    ['keyword fields', profiles.raw, everyKind, () => true],
    ['winlogbeat', profiles.winlogbeat, everyKind, () => true],
    ['wildcard fields', allOf({ kind: 'wildcard' }), everyKind, () => true],
    [
      'folded keywords',
      allOf({ kind: 'keyword', folded: true }),
      ['like', 'equal', 'exists', 'term', 'cidr'],
      plainCase,
    ],
    ['numbers', allOf({ kind: 'number' }), ['equal', 'compare', 'exists'], numbers],
    ['addresses', allOf({ kind: 'ip' }), ['cidr', 'exists'], addresses],
    ['words', allOf({ kind: 'text', analyzer: 'standard' }), ['like', 'equal', 'exists'], plainCase],
  ] as const)('%s: what is printed selects what the predicate means', async (_, profile, kinds, holds) => {
    const found = await agreement({ dialect: esQs, engine, profile, kinds, count, seed, holds });
    expect(found.faults, `seed ${seed}`).toEqual([]);
    expect(found.alike).toBeGreaterThan(count / 2);
    if (process.env['LONG']) console.log(profile.name, profile.defaultType, { ...found, faults: 0, seed });
  });

  it('says in the engine’s own words why a query fails', async () => {
    const [ran] = await engine.run(['f:/(/'], [{ f: 'a' }], profiles.raw);
    expect(ran).toMatchObject({ kind: 'failed' });
  });

  it('refuses what the automaton has no room for, where Lucene would, and not long before', async () => {
    const texts = ['f:/.*a.{5}b.*/', 'f:/.*a.{20}b.*/'];
    const ran = await engine.run(texts, [{ f: 'a' }], profiles.raw);
    expect(ran.map(({ kind }) => kind)).toEqual(['hits', 'failed']);
    const printed = [5, 20].map((size) =>
      esQs.print(
        {
          logsource: {},
          where: {
            kind: 'like',
            field: 'f',
            cased: true,
            pattern: [many, 'a', ...Array.from({ length: size }, () => one), 'b', many],
          },
          then: [],
        },
        profiles.raw,
      ),
    );
    expect(printed.map(({ kind }) => kind)).toEqual(['text', 'refused']);
  });
});
