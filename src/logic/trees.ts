import { inNetwork } from '../ir/cidr.ts';
import type { CodeRange, RegexNode } from '../ir/regex/tree.ts';
import { codesOf } from './codes.ts';

/** Builders of small expressions, for the languages that are no pattern of an author's. */
function set(...ranges: readonly CodeRange[]): RegexNode {
  return { kind: 'set', ranges, fold: false };
}

function concat(...of: readonly RegexNode[]): RegexNode {
  return { kind: 'concat', of };
}

function either(...of: readonly RegexNode[]): RegexNode {
  return { kind: 'either', of };
}

function repeat(of: RegexNode, min: number, max: number | null): RegexNode {
  return { kind: 'repeat', of, min, max, greed: 'greedy' };
}

function anchored(...of: readonly RegexNode[]): RegexNode {
  return concat({ kind: 'anchor', at: 'text-start' }, ...of, { kind: 'anchor', at: 'very-end' });
}

function text(characters: string): RegexNode {
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
const dot = set([0x2e, 0x2e]);

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
const colon = text(':');
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

/**
 * The addresses of a network. `exact` for IPv4; of IPv6, whose addresses have many spellings, `node` takes whatever
 * is made of the same characters.
 */
export interface NetworkTree {
  readonly node: RegexNode;
  readonly exact: boolean;
  readonly samples: readonly string[];
}

export function networkTree(network: string): NetworkTree {
  const [address = '', prefix] = network.split('/');
  const quads = address.split('.').map(Number);
  const bits = prefix === undefined ? 32 : Number(prefix);
  if (address.includes(':')) {
    const samples = [address, `${address.replace(/::?0*$/, '')}::1`, address.toUpperCase()];
    return {
      node: anchored(repeat(set([0x25, 0x25], [0x2e, 0x2e], [0x30, 0x3a], [0x41, 0x5a], [0x61, 0x7a]), 2, null)),
      exact: false,
      samples: samples.filter((sample) => inNetwork(sample, network)),
    };
  }
  if (quads.length !== 4 || !inNetwork(address, network)) return { node: either(), exact: true, samples: [] };
  const parts = quads.map((quad, index) => {
    const free = 2 ** Math.min(8, Math.max(0, 8 * (index + 1) - bits));
    const low = quad - (quad % free);
    return [low, low + free - 1] as const;
  });
  const nodes = parts.flatMap(([low, high], index) => [...(index > 0 ? [dot] : []), decimals(low, high)]);
  const host = parts.map(([low, high], index) => (index === 3 ? Math.min(low + 1, high) : low));
  return { node: anchored(...nodes), exact: true, samples: [host.join('.'), parts.map(([low]) => low).join('.')] };
}

/** The decimal texts, without leading zeros, of the whole numbers from `low` to `high`. */
function decimals(low: number, high: number): RegexNode {
  const ends = [9, 99, 255].filter((end) => end >= low);
  return either(
    ...ends.flatMap((end, index) => {
      const from = index === 0 ? low : ends[index - 1]! + 1;
      return from > high ? [] : [fixedWidth(String(from), String(Math.min(end, high)))];
    }),
  );
}

/** The digit texts between two of the same width. */
function fixedWidth(low: string, high: string): RegexNode {
  if (low === '') return concat();
  const [a, b] = [low.charCodeAt(0), high.charCodeAt(0)];
  const [x, y] = [low.slice(1), high.slice(1)];
  const [zeros, nines] = ['0'.repeat(x.length), '9'.repeat(x.length)];
  if (a === b) return concat(set([a, a]), fixedWidth(x, y));
  const from = x === zeros ? a : a + 1;
  const to = y === nines ? b : b - 1;
  return either(
    ...(from > a ? [concat(set([a, a]), fixedWidth(x, nines))] : []),
    ...(from <= to ? [concat(set([from, to]), digits(x.length))] : []),
    ...(to < b ? [concat(set([b, b]), fixedWidth(zeros, y))] : []),
  );
}
