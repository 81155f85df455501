import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.ts';
import { eventOf, scalarsOf, textOf } from '../event.ts';
import { fold } from '../fold.ts';
import type { Atom, Kind, Predicate } from '../predicate.ts';
import { eventsFor } from './random-events.ts';
import { hostileFields, hostileTexts } from './hostile.ts';
import { atoms, patterns, predicates, regexes } from './random.ts';

const SEED = 20_240_501;
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number) => fc.sample(arbitrary, { numRuns: count, seed: SEED });

const kinds: readonly Exclude<Kind, 'all' | 'any' | 'not'>[] = [
  'like',
  'term',
  'regex',
  'equal',
  'compare',
  'cidr',
  'exists',
  'sameAs',
  'keyword',
];

/** The share of events drawn for predicates of which the predicate is true. */
function hitRate(of: fc.Arbitrary<Predicate>, count: number): number {
  const drawn = sample(
    of.chain((predicate) => eventsFor(predicate).map((event) => ({ predicate, event }))),
    count,
  );
  return drawn.filter(({ predicate, event }) => evaluate(predicate, eventOf(event))).length / count;
}

describe('the random generator', () => {
  it.each(kinds)('%s: hits and misses both occur in a fair share', (kind) => {
    const rate = hitRate(atoms([kind]), 1500);
    expect(rate).toBeGreaterThan(0.2);
    // Nearly everything that happens to a field leaves it there.
    expect(rate).toBeLessThan(kind === 'exists' ? 0.95 : 0.8);
  });

  it('nested predicates: hits and misses both occur in a fair share', () => {
    const rate = hitRate(predicates(), 1500);
    expect(rate).toBeGreaterThan(0.25);
    expect(rate).toBeLessThan(0.75);
  });

  it('draws every kind of atom, alike often, and `like` more often', () => {
    const counts = new Map<Kind, number>();
    for (const { kind } of sample(atoms(), 3000)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const kind of kinds) expect(counts.get(kind), kind).toBeGreaterThan(kind === 'like' ? 800 : 150);
  });

  it('draws every connective, constants and four levels of depth', () => {
    const drawn = sample(predicates(), 2000);
    const depth = (node: Predicate): number =>
      node.kind === 'all' || node.kind === 'any'
        ? 1 + Math.max(0, ...node.of.map(depth))
        : node.kind === 'not'
          ? 1 + depth(node.of)
          : 0;
    const depths = drawn.map(depth);
    expect(depths.filter((each) => each === 0).length).toBeGreaterThan(200);
    expect(depths.filter((each) => each >= 3).length).toBeGreaterThan(200);
    const text = JSON.stringify(drawn);
    expect(text).toContain('{"kind":"all","of":[]}');
    expect(text).toContain('{"kind":"any","of":[]}');
    expect(text.match(/"kind":"not"/g)?.length).toBeGreaterThan(200);
  });

  it('draws every hostile field name and text', () => {
    const drawn = sample(atoms(['like']), 12_000) as Extract<Atom, { kind: 'like' }>[];
    const fields = new Set(drawn.map(({ field }) => field));
    expect(hostileFields.filter((field) => !fields.has(field))).toEqual([]);
    const pieces = new Set(drawn.flatMap(({ pattern }) => pattern));
    expect(hostileTexts.filter((text) => !pieces.has(text))).toEqual([]);
  });

  it('draws patterns of every form', () => {
    const forms = new Map<string, number>();
    for (const pattern of sample(patterns(), 3000)) {
      const form = pattern
        .map((piece) => (typeof piece === 'string' ? 'a' : piece.wild === 'many' ? '*' : '?'))
        .join('');
      forms.set(form, (forms.get(form) ?? 0) + 1);
    }
    for (const form of ['', 'a', '*', 'a*', '*a', '*a*', 'a*a', 'a?', '?'])
      expect(forms.get(form), `'${form}'`).toBeGreaterThan(5);
  });

  it('draws regular expressions that the reference can match, with and without each flag', () => {
    const drawn = sample(regexes(), 500);
    expect(drawn.filter(({ flags }) => flags.ignoreCase).length).toBeGreaterThan(50);
    expect(drawn.filter(({ flags }) => flags.multiline).length).toBeGreaterThan(50);
    expect(drawn.filter(({ flags }) => flags.dotAll).length).toBeGreaterThan(50);
    expect(drawn.filter(({ source }) => /["\\]/.test(source)).length).toBeGreaterThan(100);
  });

  it('draws events with letters that only fold alike, arrays, objects, null, empty and missing fields', () => {
    const predicate: Predicate = { kind: 'like', field: 'f', pattern: ['ask'], cased: false };
    const values = sample(eventsFor(predicate), 3000).map((event) => event['f']);
    const count = (test: (value: (typeof values)[number]) => boolean) => values.filter(test).length;
    expect(count((value) => value === undefined)).toBeGreaterThan(50);
    expect(count((value) => value === null)).toBeGreaterThan(50);
    expect(count((value) => value === '')).toBeGreaterThan(50);
    expect(count((value) => Array.isArray(value) && value.length === 0)).toBeGreaterThan(20);
    expect(count((value) => Array.isArray(value) && value.length > 0)).toBeGreaterThan(50);
    expect(count((value) => typeof value === 'object' && value !== null && !Array.isArray(value))).toBeGreaterThan(20);
    const texts = values.flatMap(scalarsOf).map(textOf);
    for (const wanted of ['ask', 'ASK', 'a\u017f\u212A', 'askx', 'xask', 'as', 'sk', 'ask\n', '1'])
      expect(texts.filter((text) => text === wanted).length, wanted).toBeGreaterThan(20);
    expect(fold('a\u017f\u212A')).toBe('ask');
  });
});
