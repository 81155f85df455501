import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { esQs } from '../../dialects/lucene/es-qs.ts';
import { graylog } from '../../dialects/lucene/graylog.ts';
import { fixtureRules } from '../../dialects/testing/fixtures.ts';
import { readSigma } from '../../formats/sigma/read.ts';
import { findTarget } from '../../formats/targets.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf, textOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Kind, Predicate } from '../../ir/predicate.ts';
import { regexOf } from '../../ir/testing/random.ts';
import { queryOf } from '../../dialects/testing/agreement.ts';
import { prove } from '../../prove/prove.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { luceneEngine } from './lucene.ts';
import { agreement } from './testing/agreement.ts';

const engine = luceneEngine();
const graylogs = luceneEngine('graylog');
const availability = await engine.available();
afterAll(() => Promise.all([engine.close(), graylogs.close()]));

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

/** Letters that a lower-casing analyser does not fold as Unicode does, of which an assumption speaks, and half pairs. */
const plainCase = (event: Raw, where: Predicate) =>
  !/[ſςİẞΣ\u212a]|\\ud[89a-f]/.test(JSON.stringify(event) + JSON.stringify(where));
/** Tests without a field take for granted that what they seek stands in a keyword field. */
const keywordsOnly = (event: Raw) => !('@timestamp' in event);

/** Events over few values, so that texts over the same few words tell them apart. */
const words = ['a', 'b', 'ab', 'a b', 'A', '', 'a*', 'AND', '-', 'a/b'];
const vocabulary: readonly Raw[] = [
  ...words.map((f) => ({ f })),
  ...words.map((g) => ({ f: 'a', g })),
  ...words.map((g) => ({ g })),
  { f: ['a', 'b'], g: 'ab' },
  {},
];

/** Rows of the pieces that query texts are made of, sensible ones more often than not. */
const queryTexts = fc
  .array(
    fc.oneof(
      {
        arbitrary: fc.constantFrom('a', 'b', 'f:a', 'f:b', 'g:a', 'f:"a b"', 'g:ab', 'f:a*', 'g:*b', 'f:/a.*/', '*:*'),
        weight: 8,
      },
      { arbitrary: fc.constantFrom('AND', 'OR', 'NOT', '&&', '||', '!', '+', '-'), weight: 6 },
      {
        arbitrary: fc.constantFrom('(', ')', 'f:(', 'g:(', '-(', '+f:a', '-g:b', '_exists_:g', 'f:*', '!f:b'),
        weight: 4,
      },
      {
        arbitrary: fc.constantFrom(
          '"a b"',
          'a\\ b',
          '?',
          'a?',
          'f:a\\*',
          'f:[* TO *]',
          '"',
          ':',
          'f:',
          '/a/',
          'f:""',
          'f:>',
          'a-b',
          'f:\\AND',
          'f:a\\/b',
          '\u3000',
          '\u00a0',
          'f:/a|b&@/',
          'f:/~(a)/',
          'f:/"a*"/',
          'f:/[ab]{1,2}/',
          'f:/a\\/b/',
        ),
        weight: 2,
      },
    ),
    { minLength: 1, maxLength: 7 },
  )
  .chain((parts) => fc.constantFrom(' ', ' ', ' ', '').map((blank) => parts.join(blank)));

/** Every text of up to `length` of the letters. */
function lists(letters: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  const shorter = lists(letters, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => letters.map((letter) => text + letter))])];
}

const expressions = [
  'a', '^a', 'a$', '^a$', '^$', '$', '^', 'a.b', '^.$', 'a|b', '^a|b$', '^(a|b)$', '(^a|b)b', 'a(b$|a)', '(^| )a( |$)',
  '\\ba', 'a\\b', '\\bab\\b', '\\Ba', 'a\\B', '\\b', '\\B', '\\b_', '(\\ba)?b', '\\b[ab]+\\b', '[ab]+\\b ', '[a ]+\\b', ' \\b',
  '(?m)^a', '(?m)a$', '(?m)^a$', '(?m)^$', 'a\\Z', 'a\\z', '\\Aa', 'a\\nb',
  '(?=a)', '(?!a)', '^(?!a)', '^(?!.*b)a', '^(?=.*a)(?=.*b)', 'a(?=b)', 'a(?!b)', 'a(?!.*b)', '(?<=a)b', '(?<!a)b', '(?<=^a)b',
  '(?<! )a', '^(?!a|b).', '(?=a|b)..b', 'a(?=b$)', 'a{2,3}', '(ab){2}', '^(a|b){3}$', '(?s)a.b', '(?i)AB', '[^a]b', '^[^ab]+$',
]; // prettier-ignore

describe.skipIf(!availability.ok)(`Lucene${availability.ok ? '' : ` (skipped: ${availability.install})`}`, () => {
  it.each([
    ['keyword fields', profiles.raw, everyKind, () => true],
    ['winlogbeat', profiles.winlogbeat, everyKind, keywordsOnly],
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

  it.each([
    ['keyword fields', profiles.raw, everyKind, () => true],
    ['its own fields', profiles.graylog, everyKind, (event: Raw) => !('timestamp' in event)],
    ['words', allOf({ kind: 'text', analyzer: 'standard' }), ['like', 'equal', 'exists'], plainCase],
    ['folded keywords', allOf({ kind: 'keyword', folded: true }), ['like', 'equal', 'exists', 'term'], plainCase],
  ] as const)('Graylog, %s: what is printed selects what the predicate means', async (_, profile, kinds, holds) => {
    const found = await agreement({ dialect: graylog, engine: graylogs, profile, kinds, count, seed, holds });
    expect(found.faults, `seed ${seed}`).toEqual([]);
    expect(found.alike).toBeGreaterThan(count / 2);
  });

  it('as Graylog has it, refuses leading wildcards and parameters', async () => {
    const texts = [
      'f:*a',
      'f:?a',
      'f:a*',
      'f:*',
      '*:*',
      'f:/.*a/',
      'f:\\*a',
      'f:\\*a*',
      'f:\\*a?b*',
      'f:"$x$"',
      'f:"$x\\$"',
    ];
    const ran = await graylogs.run(texts, [{ f: 'a' }], profiles.raw);
    expect(ran.map(({ kind }) => kind === 'hits')).toEqual([
      ...[false, false, true, true, true, true, true, false, true, false, true],
    ]);
  });

  it.each(['xpack-watcher', 'kibana-lucene', 'graylog'])('%s: fixture rules are run as judged', async (name) => {
    const target = findTarget(name)!;
    const detections = fixtureRules().flatMap((rule) => readSigma([rule]).detections);
    let ran = 0;
    for await (const { failures, engines, detection } of prove(detections, target, { engines: [engine, graylogs] })) {
      expect(failures, detection.title).toEqual([]);
      if (engines['lucene']?.kind === 'run') ran += 1;
    }
    expect(ran).toBeGreaterThan(20);
  });

  it('our reader takes and means what Lucene does, text by text', async () => {
    const texts = [...new Set(fc.sample(queryTexts, { numRuns: count * 20, seed }))];
    const ran = await engine.run(texts, vocabulary, profiles.raw);
    const faults: string[] = [];
    let accepted = 0;
    for (const [index, text] of texts.entries()) {
      const { queries, diagnostics } = esQs.parse({ name: 'query', text }, profiles.raw);
      const real = ran[index]!;
      const where = queries[0]?.where;
      // Understood, and left out on purpose: ranges over texts, patterns for names.
      if (diagnostics.some(({ code }) => code === 'lucene/range' || code === 'lucene/exists')) continue;
      if ((real.kind === 'hits') !== (where !== undefined))
        faults.push(`${text}: ${real.kind === 'hits' ? `we: ${diagnostics[0]?.message}` : `Lucene: ${real.message}`}`);
      if (real.kind !== 'hits' || !where) continue;
      accepted += 1;
      const read = vocabulary.map((event) => evaluate(where, eventOf(event)));
      if (read.join() !== real.hits.join()) faults.push(`${text}\n  we ${read.join()}\n  Lucene ${real.hits.join()}`);
    }
    expect(faults.slice(0, 10), `seed ${seed}`).toEqual([]);
    expect(accepted).toBeGreaterThan(texts.length / 5);
    if (process.env['LONG']) console.log({ texts: texts.length, accepted, seed });
  });

  it('anchors, borders and look-arounds keep their meaning', async () => {
    const strings = lists(['a', 'b', ' ', '_', '\n'], 4);
    const events = strings.map((f) => ({ f }));
    const printed = expressions.map((source) => {
      const where: Predicate = { kind: 'regex', field: 'f', regex: regexOf(source) };
      return { source, where, printed: esQs.print(queryOf(where), profiles.raw) };
    });
    const said = printed.flatMap((each) =>
      each.printed.kind === 'text' ? [{ ...each, text: each.printed.text }] : [],
    );
    expect(said.map(({ source }) => source)).toEqual(expressions);
    const ran = await engine.run(
      said.map(({ text }) => text),
      events,
      profiles.raw,
    );
    for (const [index, { source, where, text }] of said.entries()) {
      const wanted = events.filter((event) => evaluate(where, eventOf(event)));
      const real = ran[index]!;
      const found = real.kind === 'hits' ? events.filter((_, at) => real.hits[at]) : real.message;
      expect(found, `${source} as ${text}`).toEqual(wanted);
      const { queries, diagnostics } = esQs.parse({ name: source, text }, profiles.raw);
      const read = queries[0] && events.filter((event) => evaluate(queries[0]!.where, eventOf(event)));
      expect(read ?? diagnostics[0]?.message, `${source} as ${text}, read again`).toEqual(wanted);
    }
  });

  it('a list of more values than a query has clauses is packed, and finds them', async () => {
    const names = Array.from({ length: 1100 }, (_, index) => `Tool-${index.toString(36)}.exe`);
    const of = names.map((name): Predicate => ({
      kind: 'like',
      field: 'f',
      pattern: [many, `\\${name}`],
      cased: false,
    }));
    const printed = esQs.print(queryOf({ kind: 'any', of }), profiles.raw);
    expect(printed.kind).toBe('text');
    const text = printed.kind === 'text' ? printed.text : '';
    // Some out of every expression: a look at one event is a look at all values.
    const some = names.filter((_, index) => index % 10 === 0);
    const events = some.flatMap((name) => [{ f: `C:\\${name.toUpperCase()}` }, { f: `C:\\${name}x` }]);
    const [ran] = await engine.run([text], events, profiles.raw);
    expect(ran).toEqual({ kind: 'hits', hits: events.map((_, index) => index % 2 === 0) });
    const [read] = esQs.parse({ name: 'list', text }, profiles.raw).queries;
    expect(events.filter((event) => evaluate(read!.where, eventOf(event)))).toHaveLength(some.length);
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
