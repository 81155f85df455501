import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { featuresOf } from '../ir/features.ts';
import type { Feature } from '../ir/features.ts';
import { fieldsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { hostileTexts } from '../ir/testing/hostile.ts';
import { predicates } from '../ir/testing/random.ts';
import { render } from '../text/diagnostic.ts';
import { lossesOf } from './dialect.ts';
import { dialects } from './index.ts';
import {
  disagreement,
  faultsOf,
  nestedCases,
  printedAtoms,
  queryOf,
  readBack,
  singleCases,
} from './testing/agreement.ts';
import type { Case } from './testing/agreement.ts';
import { fixtureRules, printRule } from './testing/fixtures.ts';
import { around, breakouts, fragments } from './testing/hostile.ts';
import { filesIn, golden, homeOf, linesOf, writing } from './testing/layout.ts';
import { profilesOf } from './testing/profiles.ts';

/** `npm run fuzz` looks forty times as long. */
const times = process.env['LONG'] ? 40 : 1;
vi.setConfig({ testTimeout: 60_000 * times });

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('%s', (_, dialect) => {
  const home = homeOf(dialect);
  const [standard] = profilesOf(dialect.name);

  describe('golden texts', () => {
    it.each(fixtureRules().map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
      const { text, refused } = printRule(rule, dialect, standard);
      const printed = golden(join(home, 'golden', `${name}.${dialect.extension}`), text);
      const reasons = golden(join(home, 'golden', `${name}.refused.txt`), refused);
      expect(printed ?? '', 'printed text (npm run golden rewrites)').toBe(text ?? '');
      expect(reasons ?? '', 'refusal (npm run golden rewrites)').toBe(refused ?? '');
    });

    it('every golden text is read again', () => {
      for (const { name, path } of filesIn(join(home, 'golden'), dialect.extension)) {
        const source = { name, text: readFileSync(path, 'utf8') };
        const { queries, diagnostics } = dialect.parse(source, standard);
        expect(queries.length, diagnostics.map(render).join('\n')).toBeGreaterThan(0);
      }
    });
  });

  describe('identity', () => {
    const lines = linesOf(join(home, `identity.${dialect.extension}`));

    it('there are lines', () => expect(lines.length).toBeGreaterThan(writing ? -1 : 20));

    it.each(lines)('%s', (line) => {
      const { queries, diagnostics } = dialect.parse({ name: 'identity', text: line }, standard);
      expect(diagnostics.map(render)).toEqual([]);
      expect(queries).toHaveLength(1);
      const printed = dialect.print(queries[0]!, standard);
      expect(printed.kind === 'text' ? printed.text : printed.losses).toBe(line);
    });
  });

  describe('errors', () => {
    const cases = filesIn(join(home, 'errors'), dialect.extension);

    it('there are cases', () => expect(cases.length).toBeGreaterThan(4));

    it.each(cases.map(({ name, path }) => [name, path] as const))('%s', (name, path) => {
      const text = readFileSync(path, 'utf8');
      const { queries, diagnostics } = dialect.parse({ name: `${name}.${dialect.extension}`, text }, standard);
      expect(queries).toEqual([]);
      const shown = `${diagnostics.map(render).join('\n\n')}\n`;
      expect(golden(join(home, 'errors', `${name}.txt`), shown)).toBe(shown);
    });
  });

  describe.each(profilesOf(dialect.name).map((profile) => [profile.name, profile] as const))(
    'with %s',
    (_, profile) => {
      it('answers for every feature', () => {
        const answers = dialect.capabilities(profile);
        for (const [feature, answer] of Object.entries(answers))
          if (answer !== 'exact') expect(answer.why, feature).not.toBe('');
      });

      it('a printed predicate, read again, agrees with it on every event, but for declared losses', () => {
        const agrees = (each: Case): void => {
          expect(faultsOf(dialect, profile, each), JSON.stringify(each.where)).toEqual([]);
        };
        fc.assert(fc.property(nestedCases(dialect, profile), agrees), { numRuns: 600 * times });
      });

      it('so does each single test, and its negation', () => {
        const agrees = (each: Case): void => {
          expect(faultsOf(dialect, profile, each), JSON.stringify(each.where)).toEqual([]);
        };
        fc.assert(fc.property(singleCases(dialect, profile), agrees), { numRuns: 1500 * times });
      });

      it('what is refused has reasons and no text, and what its capabilities refuse is refused', () => {
        const capabilities = dialect.capabilities(profile);
        fc.assert(
          fc.property(predicates(), (where) => {
            const query = queryOf(where);
            const printed = dialect.print(query, profile);
            const declared = lossesOf(capabilities, query).some(({ effect }) => effect === 'refused');
            // The answers are those for fields of the usual type.
            const isUsual = fieldsOf(where).every((field) => !Object.hasOwn(profile.types, field));
            if (declared && isUsual) expect(printed.kind).toBe('refused');
            if (printed.kind !== 'refused') return;
            expect('text' in printed).toBe(false);
            const reasons = printed.losses.filter(({ effect }) => effect === 'refused');
            expect(reasons.length).toBeGreaterThan(0);
            const used = new Set<Feature>(featuresOf(query).map(({ feature }) => feature));
            for (const { feature, why } of reasons) {
              expect(why).not.toBe('');
              expect(used, 'a refusal names a feature that the rule uses').toContain(feature);
            }
          }),
          { numRuns: 300 * times },
        );
      });

      it('prints the same text for the same predicate, and ignores origins', () => {
        fc.assert(
          fc.property(printedAtoms(dialect, profile), (atom) => {
            const [plain, traced] = [atom, { ...atom, origin: 7 }].map((where) =>
              dialect.print(queryOf(where), profile),
            );
            if (plain?.kind !== 'text' || traced?.kind !== 'text') return;
            expect(traced.text).toBe(plain.text);
            for (const { origin } of traced.losses) expect(origin).toBe(7);
          }),
          { numRuns: 200 * times },
        );
      });

      it('no value and no name breaks out of its quotes', () => {
        const witness: Predicate = { kind: 'like', field: 'Canary', pattern: ['canary'], cased: false };
        for (const hostile of [...hostileTexts, ...breakouts])
          for (const where of around(hostile, witness)) {
            const read = readBack(dialect, where, profile);
            if (read.kind === 'refused') continue;
            for (const event of [
              { Canary: 'canary' },
              { Canary: 'x' },
              { f: hostile, Canary: 'canary' },
              { f: hostile },
              {},
            ])
              expect(disagreement(where, read, event)).toBeUndefined();
          }
      });
    },
  );

  it('reading garbage throws nothing, and what is not read has an error', () => {
    const garbage = fc.oneof(
      fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join('')),
      fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        const { queries, diagnostics } = dialect.parse({ name: 'garbage', text }, standard);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        if (queries.length === 0) expect(errors.length).toBeGreaterThan(0);
        for (const { span } of diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.start).toBeLessThanOrEqual(text.length);
        }
        expect(diagnostics.map(render).join('')).toBeTypeOf('string');
      }),
      { numRuns: 3000 * times },
    );
  });

  it('a cut or bent text of its own is read or refused, and throws nothing', () => {
    fc.assert(
      fc.property(
        predicates(printedAtoms(dialect, standard)),
        fc.nat(),
        fc.constantFrom(...fragments),
        (where, at, fragment) => {
          const printed = dialect.print(queryOf(where), standard);
          if (printed.kind === 'refused') return;
          const place = at % (printed.text.length + 1);
          for (const text of [
            printed.text.slice(0, place),
            printed.text.slice(0, place) + fragment + printed.text.slice(place),
          ])
            dialect.parse({ name: 'bent', text }, standard);
        },
      ),
      { numRuns: 500 * times },
    );
  });

  it.each([
    ['parentheses', (deep: number) => '('.repeat(deep) + 'a' + ')'.repeat(deep)],
    ['open parentheses', (deep: number) => '('.repeat(deep)],
    ['negations', (deep: number) => 'NOT '.repeat(deep) + 'a'],
    ['quotation marks', (deep: number) => '"'.repeat(deep)],
    ['backslashes', (deep: number) => '\\'.repeat(deep)],
    ['blanks', (deep: number) => ' '.repeat(deep)],
    ['words', (deep: number) => 'a '.repeat(deep)],
  ])('a hundred thousand %s are read or refused', (_, text) => {
    dialect.parse({ name: 'deep', text: text(100_000) }, standard);
  });
});
