import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grep } from '../../dialects/grep/index.ts';
import { queryOf } from '../../dialects/testing/agreement.ts';
import type { Raw } from '../../ir/event.ts';
import { foldClass } from '../../ir/fold.ts';
import type { Kind, Predicate } from '../../ir/predicate.ts';
import { hostileFields, hostileTexts, plainFields } from '../../ir/testing/hostile.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { grepEngine, lineOf } from './grep.ts';
import { agreement } from './testing/agreement.ts';

const engine = grepEngine();
const availability = await engine.available();

const count = process.env['LONG'] ? 4000 : 150;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const kinds: readonly Kind[] = ['like', 'regex', 'equal', 'cidr', 'exists', 'keyword'];
/** Letters that got another case in Unicode 16, which PCRE2 10.42 does not know. */
const young = new Set([0x019b, 0x0264, 0x1c89, 0x1c8a]);
const lists: Profile = { ...profiles.raw, name: 'lists', multiValued: [...plainFields, ...hostileFields] };

describe.skipIf(!availability.ok)(`GNU grep${availability.ok ? '' : ` (skipped: ${availability.install})`}`, () => {
  it.each([
    ['one value a field', profiles.raw],
    ['lists', lists],
  ] as const)(
    '%s: what is printed selects what the predicate means',
    async (_, profile) => {
      // A name whose value is an object is no key of a line, though the reference finds it.
      const names = new Set<string>([...plainFields, ...hostileFields]);
      const nests = ([name, value]: [string, unknown]) =>
        names.has(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
      const holds = (event: Raw) => engine.holds!(event, profile) && !Object.entries(event).some(nests);
      const found = await agreement({ dialect: grep, engine, profile, kinds, count, seed, holds });
      expect(found.faults.slice(0, 6), `seed ${seed}`).toEqual([]);
      expect(found.alike).toBeGreaterThan(count / 2);
      if (process.env['LONG']) console.log(profile.name, { ...found, faults: 0, seed });
    },
    600_000,
  );

  it('folds letters as the reference does', async () => {
    const codes = Array.from({ length: 0x2000 }, (_, code) => code).filter(
      (code) => foldClass(code).length > 1 && !young.has(code),
    );
    for (let at = 0; at < codes.length; at += 100) {
      const some = codes.slice(at, at + 100);
      const of = some.map((code): Predicate => ({
        kind: 'like',
        field: 'f',
        pattern: [String.fromCodePoint(code)],
        cased: false,
      }));
      const printed = grep.print(queryOf({ kind: 'any', of }), profiles.raw);
      const events = some.flatMap((code) => foldClass(code)).map((code) => ({ f: String.fromCodePoint(code) }));
      const [ran] = await engine.run([printed.kind === 'text' ? printed.text : ''], events, profiles.raw);
      expect(ran?.kind === 'hits' && events.filter((_, index) => !ran.hits[index])).toEqual([]);
    }
  });

  it('reads values of a megabyte within its limits', async () => {
    const long = `${'a\\"\n'.repeat(250_000)}x`;
    const like = (...pieces: string[]): Predicate => ({
      kind: 'like',
      field: 'f',
      pattern: pieces.flatMap((piece) => [{ wild: 'many' as const }, piece]).concat([{ wild: 'many' }]),
      cased: false,
    });
    const tests = [like('x'), like('a', 'a', 'x'), like('nowhere'), like('a', 'nowhere', 'a')];
    const texts = tests
      .map((where) => grep.print(queryOf(where), profiles.raw))
      .map((each) => (each.kind === 'text' ? each.text : ''));
    const ran = await engine.run(texts, [{ f: long }], profiles.raw);
    expect(ran).toEqual([true, true, false, false].map((hit) => ({ kind: 'hits', hits: [hit] })));
  }, 60_000);

  it('whole lines do the same in bash, whatever the values are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-bash-'));
    try {
      const events = hostileTexts.map((f) => ({ f, g: 1 }));
      writeFileSync(join(folder, 'events.ndjson'), events.map((event) => `${lineOf(event)}\n`).join(''));
      for (const text of hostileTexts) {
        const where: Predicate = { kind: 'like', field: 'f', pattern: [text], cased: true };
        const printed = grep.print(queryOf(where), profiles.raw);
        const command = printed.kind === 'text' ? printed.text : 'false';
        const lines = execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
        expect(lines, command).toBe(`${lineOf({ f: text, g: 1 })}\n`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says why it can not run a text', async () => {
    const [ran] = await engine.run([`grep -P '(' events.ndjson`], [{}], profiles.raw);
    expect(ran).toMatchObject({ kind: 'failed' });
  });
});
