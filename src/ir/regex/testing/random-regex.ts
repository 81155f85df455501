import * as fc from 'fast-check';
import { complement, foldClosure, setNode } from '../code-set.ts';
import { blanks, digits, everything, newline, notNewline, wordCodes } from '../classes.ts';
import type { Anchor, RegexNode } from '../tree.ts';

/**
 * Random trees: sets that cut the letters of `randomTexts` in many ways, folded and not, every anchor, groups that
 * capture, both kinds of look-around in both directions, counted, lazy and unbounded repeats, empty parts.
 * `held` adds atomic groups and possessive repeats.
 */
export function randomTrees({ held }: { held: boolean } = { held: false }): fc.Arbitrary<RegexNode> {
  let captures = 0;
  const { node } = fc.letrec<{ node: RegexNode }>((tie) => {
    const parts = fc.array(tie('node'), { minLength: 0, maxLength: 3 });
    return {
      node: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        { arbitrary: sets, weight: 10 },
        { arbitrary: anchors, weight: 2 },
        { arbitrary: parts.map((of): RegexNode => ({ kind: 'concat', of })), weight: 6 },
        { arbitrary: parts.map((of): RegexNode => ({ kind: 'either', of })), weight: 4 },
        {
          arbitrary: fc
            .record({
              of: tie('node'),
              counts: fc.constantFrom<[number, number | null]>(
                [0, null],
                [1, null],
                [0, 1],
                [2, 2],
                [0, 2],
                [1, 3],
                [2, null],
              ),
              greed: fc.constantFrom('greedy', 'greedy', 'lazy', held ? 'possessive' : 'lazy'),
            })
            .map(({ of, counts: [min, max], greed }): RegexNode => ({ kind: 'repeat', of, min, max, greed })),
          weight: 5,
        },
        {
          arbitrary: tie('node').map((of): RegexNode => ({
            kind: 'group',
            of,
            capture: (captures += 1),
            name: null,
            atomic: false,
          })),
          weight: 1,
        },
        {
          arbitrary: fc
            .record({ of: tie('node'), ahead: fc.boolean(), negative: fc.boolean() })
            .map((drawn): RegexNode => ({ kind: 'look', ...drawn })),
          weight: 2,
        },
        {
          arbitrary: tie('node').map((of): RegexNode =>
            held ? { kind: 'group', of, capture: null, name: null, atomic: true } : of,
          ),
          weight: held ? 2 : 1,
        },
      ),
    };
  });
  return node;
}

/** Short texts over few letters, so that random trees match some: cases, folds, a pair, its halves, line breaks. */
export function randomTexts(): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...letters), { maxLength: 10 }).map((drawn) => drawn.join(''));
}

const letters = [
  'a',
  'a',
  'b',
  'b',
  'A',
  'k',
  'K',
  '\u212a',
  's',
  'ſ',
  '1',
  '_',
  ' ',
  '\n',
  '\n',
  '\r',
  'é',
  '😀',
  '\ud83d',
  '\ude00',
];

const point = fc
  .constantFrom(...letters)
  .map((letter): [number, number] => [letter.codePointAt(0)!, letter.codePointAt(0)!]);

const sets: fc.Arbitrary<RegexNode> = fc.oneof(
  { arbitrary: point.map((range) => setNode([range])), weight: 6 },
  { arbitrary: point.map((range) => setNode(foldClosure([range]))), weight: 2 },
  { arbitrary: point.map((range) => setNode(complement([range]))), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      ...[
        notNewline,
        everything,
        digits,
        wordCodes,
        complement(wordCodes),
        blanks,
        newline,
        [[0x61, 0x7a]] as const,
      ].map(setNode),
    ),
    weight: 4,
  },
  { arbitrary: fc.constant(setNode(foldClosure([[0x61, 0x7a]]))), weight: 1 },
  { arbitrary: fc.constant(setNode([])), weight: 1 },
);

const anchors: fc.Arbitrary<RegexNode> = fc
  .constantFrom<Anchor>('text-start', 'text-end', 'very-end', 'line-start', 'line-end', 'word-border', 'no-word-border')
  .map((at) => ({ kind: 'anchor', at }));
