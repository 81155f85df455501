import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fitsAutomaton, statesOf } from './automaton-size.ts';
import { TooComplex } from './automaton.ts';
import { parseRegexp } from './parse-regexp.ts';
import { automatonOf } from './places.ts';
import { anyCharacter, anyText, concat, either, emptyText, nothing, writeRegexp } from './regexp.ts';
import type { Regexp } from './regexp.ts';

function read(text: string): Regexp {
  const parsed = parseRegexp(text);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return parsed.regexp;
}

test.each([
  ['abc', 5],
  ['.*abc', 4],
  ['.*a.{5}', 64],
  ['.*(cat|cot)x', 5],
  ['(ab|cb){3}', 8],
  ['.*a.*&.*b.*', 4],
  ['~(abc)', 5],
  ['(~(abc))x', 6],
  ['#', 1],
  ['()', 2],
])('%s has %d states', (text, states) => {
  expect(statesOf(read(text))).toBe(states);
});

describe('fitsAutomaton', () => {
  it('takes texts with anything between them, however long', () => {
    expect(fitsAutomaton(read(`.*${'abcd'.repeat(2000)}.*x`.slice(0, 900)))).toBe(true);
  });

  it.each(['.*a.{9}', '.*a[^b]{4,10}c.*', '.*[^a]{1000,}.*', '((.*){11}){5}', '(a{1000}){2}'])('takes %s', (text) => {
    expect(fitsAutomaton(read(text))).toBe(true);
  });

  it.each([
    '.*a.{12}',
    '.*a[^b]{4,12}c.*',
    '(a{1000}){1000}',
    // Its parts are small, but what Lucene makes of them is not: TooComplexToDeterminizeException.
    '([ab]{0,7}[^a]{11})*',
    '~(.*a.{12})',
    // Lucene keeps account of which of the texts it has seen: TooComplexToDeterminizeException.
    '.*a.*|.*b.*|.*c.*|.*d.*|.*e.*|.*f.*|.*g.*|.*h.*|.*i.*|.*j.*|.*k.*|.*l.*|.*m.*|.*n.*|.*o.*',
    '.*a.{8}b.*&.*c.{8}d.*',
    '(((()|a){0,1000}){0,1000}){0,1000}',
  ])('refuses %s', (text) => {
    expect(fitsAutomaton(read(text))).toBe(false);
  });
});

test('the automaton accepts what the expression says', () => {
  fc.assert(
    fc.property(
      expressions(),
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A'), maxLength: 7 })),
      (of, texts) => {
        let automaton;
        try {
          automaton = automatonOf(of, 500);
        } catch (fault) {
          fc.pre(!(fault instanceof TooComplex));
          throw fault;
        }
        const { accepting, steps, alphabet } = automaton;
        for (const text of ['', ...texts]) {
          let state = 0;
          for (const character of text)
            state = steps[state * alphabet.size + alphabet.cellOf(character.codePointAt(0)!)]!;
          expect(accepting[state], `${writeRegexp(of)} on '${text}'`).toBe(endsOf(of, text, 0).has(text.length));
        }
      },
    ),
    { numRuns: 500 },
  );
});

/** Where a piece of `text` that fits may end when it starts at `from`. */
function endsOf(node: Regexp, text: string, from: number): ReadonlySet<number> {
  const then = (starts: ReadonlySet<number>, next: Regexp) =>
    new Set([...starts].flatMap((at) => [...endsOf(next, text, at)]));
  switch (node.kind) {
    case 'set': {
      const code = text.codePointAt(from);
      return new Set(code !== undefined && node.ranges.some(([a, b]) => a <= code && code <= b) ? [from + 1] : []);
    }
    case 'concat':
      return node.of.reduce<ReadonlySet<number>>(then, new Set([from]));
    case 'either':
      return new Set(node.of.flatMap((part) => [...endsOf(part, text, from)]));
    case 'both':
      return node.of
        .map((part) => endsOf(part, text, from))
        .reduce((a, b) => new Set([...a].filter((end) => b.has(end))));
    case 'except': {
      const inside = endsOf(node.of, text, from);
      const all = Array.from({ length: text.length - from + 1 }, (_, length) => from + length);
      return new Set(all.filter((end) => !inside.has(end)));
    }
    case 'repeat': {
      let at: ReadonlySet<number> = new Set([from]);
      for (let round = 0; round < node.min; round += 1) at = then(at, node.of);
      // More rounds than there are characters reach nothing new.
      const rounds = Math.min(node.max === null ? Infinity : node.max - node.min, text.length);
      const ends = new Set(at);
      for (let round = 0; round < rounds; round += 1) for (const end of (at = then(at, node.of))) ends.add(end);
      return ends;
    }
  }
}

function expressions(): fc.Arbitrary<Regexp> {
  const set = (...ranges: [number, number][]): Regexp => ({ kind: 'set', ranges });
  const leaves = fc.constantFrom(
    set([0x61, 0x61]),
    set([0x62, 0x62]),
    set([0x41, 0x41], [0x61, 0x61]),
    set([0x61, 0x62]),
    set([0, 0x60], [0x62, 0x10ffff]),
    anyCharacter,
    anyText,
    emptyText,
    nothing,
  );
  return fc.letrec<{ node: Regexp }>((tie) => {
    const parts = fc.array(tie('node'), { minLength: 1, maxLength: 4 });
    return {
      node: fc.oneof(
        { maxDepth: 4 },
        { arbitrary: leaves, weight: 3 },
        { arbitrary: parts.map(concat), weight: 4 },
        { arbitrary: parts.map((of): Regexp => ({ kind: 'concat', of })), weight: 2 },
        { arbitrary: parts.map(either), weight: 3 },
        { arbitrary: parts.map((of): Regexp => ({ kind: 'both', of })), weight: 1 },
        { arbitrary: tie('node').map((of): Regexp => ({ kind: 'except', of })), weight: 1 },
        {
          arbitrary: fc
            .tuple(tie('node'), fc.constantFrom([0, 1], [0, null], [1, null], [2, null], [2, 4], [0, 3], [3, 3]))
            .map(([of, [min, max]]): Regexp => ({ kind: 'repeat', of, min: min!, max: max! })),
          weight: 3,
        },
      ),
    };
  }).node;
}
