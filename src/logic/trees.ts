import type { CodeRange, RegexNode } from '../ir/regex/tree.ts';
import { codesOf } from './codes.ts';

/** One code point out of some ranges. */
export function set(...ranges: readonly CodeRange[]): RegexNode {
  return { kind: 'set', ranges, fold: false };
}

/** One after the other. */
export function concat(...of: readonly RegexNode[]): RegexNode {
  return { kind: 'concat', of };
}

/** One of several; of none, nothing matches. */
export function either(...of: readonly RegexNode[]): RegexNode {
  return { kind: 'either', of };
}

/** `min` to `max` times; null: without bound. */
export function repeat(of: RegexNode, min: number, max: number | null): RegexNode {
  return { kind: 'repeat', of, min, max, greed: 'greedy' };
}

/** The whole text. */
export function anchored(...of: readonly RegexNode[]): RegexNode {
  return concat({ kind: 'anchor', at: 'text-start' }, ...of, { kind: 'anchor', at: 'very-end' });
}

/** The text as it is written. */
export function text(characters: string): RegexNode {
  return concat(...codesOf(characters).map((code) => set([code, code])));
}

const digit = set([0x30, 0x39]);
const optional = (of: RegexNode) => repeat(of, 0, 1);
const some = (of: RegexNode) => repeat(of, 1, null);
const upTo = (of: RegexNode, max: number) => repeat(of, 1, max);

/** What JavaScript's `\s` takes. */
const blank = set(
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
const blanks = repeat(blank, 0, null);
const sign = optional(set([0x2b, 0x2b], [0x2d, 0x2d]));
export const dot = set([0x2e, 0x2e]);

/** The texts that are read as numbers. */
export const numberTree: RegexNode = anchored(
  blanks,
  sign,
  either(concat(some(digit), optional(dot), repeat(digit, 0, null)), concat(dot, some(digit))),
  optional(concat(set([0x45, 0x45], [0x65, 0x65]), sign, upTo(digit, 4))),
  blanks,
);

const digits = (count: number) => repeat(digit, count, count);
const dash = set([0x2d, 0x2d], [0x2f, 0x2f]);
export const colon = text(':');
const fraction = concat(set([0x2c, 0x2c], [0x2e, 0x2e]), upTo(digit, 9));
const zone = either(text('Z'), concat(set([0x2b, 0x2b], [0x2d, 0x2d]), digits(2), optional(colon), digits(2)));
const clock = concat(
  some(set([0x20, 0x20], [0x54, 0x54])),
  digits(2),
  colon,
  digits(2),
  optional(concat(colon, digits(2), optional(fraction))),
  blanks,
  optional(zone),
);

/** The texts that look like points in time; some of them name a day that no calendar has. */
export const momentTree: RegexNode = anchored(
  blanks,
  digits(4),
  dash,
  digits(2),
  dash,
  digits(2),
  optional(clock),
  blanks,
);
