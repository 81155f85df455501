import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseShell } from '../../dialects/grep/parse-shell.ts';
import { readTarget } from '../../formats/read-target.ts';
import { extensionOf, findTarget, targets } from '../../formats/targets.ts';
import type { Target } from '../../formats/targets.ts';
import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { relate } from '../../logic/relate.ts';
import type { Profile } from '../../schema/profile.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { duckdbEngine } from '../engines/duckdb.ts';
import { kustoChecker } from '../engines/kusto-checker.ts';
import { run } from './commands/convert.ts';
import { runBoxed } from './testing/bash-box.ts';
import { CANARY, classics, corpus, outputs, ruleOf, selectionsOf } from './testing/hostile-rules.ts';
import type { Output } from './testing/hostile-rules.ts';
import { kustoCode, LINE_END, powershellCode, sqlCode, withoutComments } from './testing/scan.ts';

/** What a target makes of each text as a value and as the name of a field, in its own names and in any. */
function outputsOf({ texts, target }: { readonly texts: readonly string[]; readonly target: Target }): Output[] {
  return texts.flatMap((about) => {
    const [values, names] = selectionsOf(about);
    return [
      [ruleOf({ about, selection: values! }), target.profile] as const,
      [ruleOf({ about, selection: names! }), profiles.raw] as const,
    ].flatMap(([rule, profile]) => (rule ? outputs(rule, target, profile) : []));
  });
}

const made = new Map<string, readonly Output[]>();

/** What a target makes of the whole corpus. */
function allOf(name: string): readonly Output[] {
  const found = made.get(name) ?? outputsOf({ texts: corpus, target: findTarget(name)! });
  made.set(name, found);
  return found;
}

/** What a text, its comments included, means to the target's own reader. */
function meaningOf({ whole, target, profile }: Output): Predicate {
  const { queries, diagnostics } = readTarget({ name: 'output', text: whole }, target, profile);
  if (queries.length === 0) throw new Error(`not read: ${diagnostics[0]?.message}\n${whole}`);
  return any(queries.map(({ where }) => where));
}

const canaries = new Map<string, Predicate>();

/** What the canary alone means there. */
function canaryIn(target: Target, profile: Profile): Predicate {
  const key = `${target.name} ${profile.name}`;
  const plain = ruleOf({ about: 'plain', selection: { 'CommandLine|contains': CANARY } })!;
  const found = canaries.get(key) ?? meaningOf(outputs(plain, target, profile)[0]!);
  canaries.set(key, found);
  return found;
}

/** What is wrong with a text, whatever its language: it takes events without the canary, or its comment ends early. */
function faultOf(output: Output): string | undefined {
  const { target, profile, whole, bare } = output;
  if (withoutComments(whole, extensionOf(target)).trim() !== bare.trim()) return `the comment ends early:\n${whole}`;
  const { onlyA, relation, reason } = relate(meaningOf(output), canaryIn(target, profile));
  if (onlyA !== null) return `takes ${JSON.stringify(onlyA)}:\n${whole}`;
  return relation === 'unknown' ? `undecided, ${reason}:\n${whole}` : undefined;
}

describe.each(targets.map(({ name }) => name))('%s', (name) => {
  it('each hostile text is kept in its place', () => {
    const all = allOf(name);
    expect(all.length).toBeGreaterThan(corpus.length / 2);
    expect(all.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  });
});

it('and so are several, in any place of a rule', () => {
  const text = fc.oneof(
    fc.constantFrom(...corpus),
    fc.array(fc.constantFrom(...corpus), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
  );
  const condition = fc.constantFrom('s and c', 'c and not s', '(s or c) and c');
  const drawn = fc.tuple(text, text, fc.nat(5), condition, fc.constantFrom(...targets), fc.boolean());
  fc.assert(
    fc.property(drawn, ([about, hostile, at, joined, target, isRaw]) => {
      const rule = ruleOf({ about, selection: selectionsOf(hostile)[at]!, condition: joined });
      fc.pre(rule !== undefined);
      for (const output of outputs(rule, target, isRaw ? profiles.raw : target.profile))
        expect(faultOf(output)).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

describe('in bash', () => {
  const boxed = (name: string) => runBoxed(allOf(name).map(({ whole }) => whole).join('\n')); // prettier-ignore

  it('grep is given what was meant, and nothing else runs', () => {
    const { calls, ...rest } = boxed('grep');
    expect(rest).toEqual({ status: 0, said: '', files: [] });
    const meant = allOf('grep').flatMap(({ bare }) => parseShell({ name: 'bare', text: bare }).flat());
    const wordsOf = (words: readonly string[]) => words.join('\0');
    expect(calls.map(({ words }) => wordsOf(words)).toSorted()).toEqual(
      meant.map(({ words }) => wordsOf(words.map(({ text }) => text))).toSorted(),
    );
  });

  it('curl is given a watch with the title as it stands, and nothing else runs', () => {
    const { calls, ...rest } = boxed('xpack-watcher');
    expect(rest).toEqual({ status: 0, said: '', files: [] });
    const titles = calls.map(({ input }) => (JSON.parse(input) as { metadata: { title: string } }).metadata.title);
    expect(titles.toSorted()).toEqual(allOf('xpack-watcher').map(({ rule }) => rule.title).toSorted()); // prettier-ignore
    for (const { words } of calls) expect(words.at(-1)).toMatch(/^http:\/\/[\w.:/-]+\/_watcher\/watch\/[\w.-]+$/);
  });
});

it.each(['kusto', 'powershell', 'grep'])('%s is on one line', (name) => {
  expect(allOf(name).filter(({ bare }) => LINE_END.test(bare)).map(({ bare }) => bare)).toEqual([]); // prettier-ignore
});

it('powershell has no words but its own outside of quotation marks', () => {
  const wordsOf = ({ bare }: Output) => powershellCode(bare)?.match(/\$?[A-Za-z_]\w*|[^\w\s]/g) ?? ['unclosed'];
  const plain = outputsOf({ texts: ['plain'], target: findTarget('powershell')! });
  const known = new Set([...plain.flatMap(wordsOf), ...OWN_WORDS]);
  const strange = allOf('powershell').filter((output) => !wordsOf(output).every((word) => known.has(word)));
  expect(strange.map(({ bare }) => bare)).toEqual([]);
});

/** Operators of PowerShell that not every text needs. */
const OWN_WORDS = ['eq', 'ceq', 'like', 'clike', 'match', 'cmatch', 'contains', 'or', 'not', 'null', '$null', 'Count', '@', 'gt', 'ContainsKey']; // prettier-ignore

describe('duckdb', async () => {
  const { ok } = await duckdbEngine().available();
  it('no statement follows', () => {
    for (const { bare } of allOf('duckdb')) expect(sqlCode(bare) ?? 'unclosed', bare).not.toMatch(/;|--|\/\*|unclosed/);
  });

  it.skipIf(!ok)('takes each text for one statement', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    afterAll(() => connection.closeSync());
    for (const { whole } of allOf('duckdb')) {
      const statements = await connection.extractStatements(whole).catch((error: unknown) => String(error));
      expect(typeof statements === 'string' ? statements : statements.count, whole).toBe(1);
    }
  });
});

describe('kusto', async () => {
  const checker = kustoChecker();
  const { ok } = await checker.available();
  it('no statement follows', () => {
    for (const { bare } of allOf('kusto')) expect(kustoCode(bare) ?? 'unclosed', bare).not.toMatch(/;|\/\/|unclosed/);
  });

  it.skipIf(!ok)("takes each classic, but for columns that are in no table, in Microsoft's parser", () => {
    const known = new Set(classics);
    for (const { whole, rule, profile } of allOf('kusto').filter((output) => known.has(output.rule.title)))
      expect(
        checker.check([whole], profile)[0]!.filter(({ code }) => code !== 'KS142' && code !== 'KS204'),
        `${rule.title}\n${whole}`,
      ).toEqual([]);
  });
});

it('files stay in the folder of --out, one for each rule and target, whatever the rules are called', async () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-'));
  afterAll(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, 'rules'));
  const names = [
    '$(touch x)',
    '..',
    '.. ..',
    '...',
    '\n',
    '-rf',
    '--help',
    'con',
    'a;b',
    'a\u0085b',
    '`x`',
    'l'.repeat(200),
  ];
  const rule =
    'title: T\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine: a}, condition: s}\n';
  for (const name of names) writeFileSync(join(home, 'rules', `${name}.yml`), rule);
  const silent = async () => {};
  await run(
    [join(home, 'rules')],
    { out: join(home, 'out'), to: 'all' },
    { write: silent, note: silent, report: () => {}, progress: () => {}, width: undefined, styled: false },
  );
  expect(readdirSync(home).toSorted()).toEqual(['out', 'rules']);
  const found = readdirSync(join(home, 'out'));
  expect(found).toHaveLength(names.length * targets.length + 2);
  for (const name of found)
    expect(name).toMatch(/^[\p{L}\p{N}_.-]+\.(?:csv|json|spl2?|lucene|kuery|sql|ps1|sh|kql|\w+)$/u);
  expect(readFileSync(join(home, 'out', 'matrix.csv'), 'utf8')).toContain('T');
});
