import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Regex } from '../ir/regex/tree.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { regexes, regexOf } from '../ir/testing/random.ts';
import { pcre, writePcre } from './pcre.ts';

const test = (regex: Regex): Predicate => ({ kind: 'regex', field: 'f', regex });

describe('the PCRE flavour', () => {
  it('keeps the source of an expression that is written in it', () => {
    for (const source of ['a.c', '^\\d+$', '(?i)x', '[a-c]*?', '(?<n>a)\\k<n>', '(?=a)b', '\\bfoo\\B'])
      expect(pcre(regexOf(source))).toBe(source);
    expect(pcre(regexOf('a', { ignoreCase: true, dotAll: true }))).toBe('(?is)a');
    expect(pcre(regexOf('a\nb\\\n'))).toBe('a\\x0ab\\x0a');
  });

  it('writes anew what only our reader knows', () => {
    expect(pcre(regexOf('\\u0041b'))).toBe('Ab');
    expect(pcre(regexOf('a\\\\u0041'))).toBe('a\\\\u0041');
    expect(pcre({ ...regexOf('a|b'), source: 'something else' })).toBe('a|b');
  });

  it.each([
    '(?i)a[b-d]',
    '(?s).(?-s).',
    '(?m)^a$',
    'a\\z|b$',
    '(?:ab|c)*?d++',
    '(?>a|b)c',
    '(?<!x)y(?=z)',
    '[^\\n\\]\\-^]',
    '\\x{1F600}{2,3}',
    'a{0}',
    '(?!)',
  ])('%s means the same when written from its tree', (source) => {
    const regex = regexOf(source);
    const again = regexOf(writePcre(regex.tree));
    fc.assert(
      fc.property(eventsFor(test(regex)), (event) => {
        expect(evaluate(test(again), eventOf(event))).toBe(evaluate(test(regex), eventOf(event)));
      }),
      { numRuns: 50 },
    );
  });

  it('any expression means the same when written from its tree', () => {
    const cases = regexes().chain((regex) =>
      fc.tuple(fc.constant(regex), fc.array(eventsFor(test(regex)), { minLength: 5 })),
    );
    fc.assert(
      fc.property(cases, ([regex, events]) => {
        const again = regexOf(writePcre(regex.tree));
        for (const event of events)
          expect(evaluate(test(again), eventOf(event))).toBe(evaluate(test(regex), eventOf(event)));
      }),
      { numRuns: 500 },
    );
  });
});
