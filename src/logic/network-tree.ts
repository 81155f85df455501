import { inNetwork } from '../ir/cidr.ts';
import type { RegexNode } from '../ir/regex/tree.ts';
import { anchored, colon, concat, dot, either, repeat, set, text } from './trees.ts';

/** The texts that are addresses of a network, every spelling of them, as an expression; and a few of them. */
export interface NetworkTree {
  readonly tree: RegexNode;
  readonly samples: readonly string[];
}

/** Reads a network such as `10.0.0.0/8` or `fc00::/7`. What is no network has no addresses. */
export function networkTree(network: string): NetworkTree {
  const [address = '', prefix] = network.split('/');
  if (!inNetwork(address, network)) return { tree: either(), samples: [] };
  const wide = address.includes(':');
  const groups = wide ? groupsOf(address) : address.split('.').map(Number);
  const bits = prefix === undefined ? 128 : Number(prefix);
  const parts = groups.map((group, index) => free(group, bits, wide ? 16 : 8, index));
  const written = wide ? sixes(parts) : fours(parts.map(([low, high]) => decimals(low, high)));
  return { tree: anchored(written), samples: samplesOf(address, parts, network) };
}

/** The values that a part of the address may have: `[low, high]`. */
type Part = readonly [low: number, high: number];

/** The values of the part at `index`, given how many bits of the whole are fixed. */
function free(group: number, bits: number, width: number, index: number): Part {
  const open = 2 ** Math.min(width, Math.max(0, width * (index + 1) - bits));
  const low = group - (group % open);
  return [low, low + open - 1];
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const quad = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [a = 0, b = 0, c = 0, d = 0] = quad?.slice(1).map(Number) ?? [];
  const plain = quad
    ? address.slice(0, quad.index) + [a * 256 + b, c * 256 + d].map((each) => each.toString(16)).join(':')
    : address;
  const [left = '', right = ''] = plain.split('::');
  const read = (half: string) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [read(left), read(right)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function samplesOf(address: string, parts: readonly Part[], network: string): string[] {
  const [low, high] = parts.at(-1)!;
  const host = Math.min(low + 1, high);
  const lows = parts.map(([first]) => first);
  const dotted = [[...lows.slice(0, -1), host], lows].map((each) => each.join('.'));
  const groups = lows.map((each) => each.toString(16));
  const colons = [[...groups.slice(0, -1), host.toString(16)], groups].map((each) => each.join(':'));
  const short = colons.map((each) => each.replace(/(?:^|:)0(?::0)+(?::|$)/, '::'));
  const offered = parts.length === 4 ? dotted : [...short, address, ...colons, address.toUpperCase()];
  return [...new Set(offered)].filter((each) => inNetwork(each, network));
}

function fours(octets: readonly RegexNode[]): RegexNode {
  return concat(...octets.flatMap((octet, index) => (index === 0 ? [octet] : [dot, octet])));
}

/**
 * Eight groups, or fewer around a `::` that stands for one zero group at least; the last two groups may be written as
 * four octets.
 */
function sixes(parts: readonly Part[]): RegexNode {
  const shapes: RegexNode[] = [];
  const open = (from: number, to: number) => parts.slice(from, to).every(([low]) => low === 0);
  for (const last of [8, 6]) {
    const quad = last === 6 ? [fours([6, 7].flatMap((index) => octets(parts[index]!)))] : [];
    const written = (from: number, to: number) => [...parts.slice(from, to).map(hex)];
    shapes.push(joined([...written(0, last), ...quad]));
    for (let left = 0; left < last; left += 1)
      for (let right = 0; left + right < last; right += 1)
        if (open(left, last - right))
          shapes.push(concat(joined(written(0, left)), text('::'), joined([...written(last - right, last), ...quad])));
  }
  return either(...shapes);
}

function joined(groups: readonly RegexNode[]): RegexNode {
  return concat(...groups.flatMap((group, index) => (index === 0 ? [group] : [colon, group])));
}

/** The two octets of a group. */
function octets([low, high]: Part): RegexNode[] {
  const same = low >> 8 === high >> 8;
  return [decimals(low >> 8, high >> 8), same ? decimals(low & 255, high & 255) : decimals(0, 255)];
}

/** A group of up to four hexadecimal digits, leading zeros allowed. */
function hex([low, high]: Part): RegexNode {
  if (low === 0 && high === 0xffff) return repeat(hexDigits(0, 15), 1, 4);
  return either(
    ...[1, 2, 3, 4].flatMap((width) => {
      const most = Math.min(high, 16 ** width - 1);
      const digits = (value: number) =>
        [...value.toString(16).padStart(width, '0')].map((each) => Number.parseInt(each, 16));
      return low > most ? [] : [fixedWidth(digits(low), digits(most), hexDigits, 15)];
    }),
  );
}

/** The decimal texts, without leading zeros, of the whole numbers from `low` to `high`, at most 255. */
function decimals(low: number, high: number): RegexNode {
  const ends = [9, 99, 255].filter((end) => end >= low);
  return either(
    ...ends.flatMap((end, index) => {
      const from = index === 0 ? low : ends[index - 1]! + 1;
      const digits = (value: number) => [...String(value)].map(Number);
      return from > high ? [] : [fixedWidth(digits(from), digits(Math.min(end, high)), tenDigits, 9)];
    }),
  );
}

function tenDigits(low: number, high: number): RegexNode {
  return set([0x30 + low, 0x30 + high]);
}

function hexDigits(low: number, high: number): RegexNode {
  return set(
    ...(low <= 9 ? [[0x30 + low, 0x30 + Math.min(high, 9)] as const] : []),
    ...[0x41, 0x61].flatMap((a) => (high > 9 ? [[a + Math.max(low, 10) - 10, a + high - 10] as const] : [])),
  );
}

/** The texts of as many digits that lie between `low` and `high`; `nine` is the greatest digit. */
function fixedWidth(
  low: readonly number[],
  high: readonly number[],
  digit: (low: number, high: number) => RegexNode,
  nine: number,
): RegexNode {
  const [a, ...x] = low;
  const [b, ...y] = high;
  if (a === undefined || b === undefined) return concat();
  if (a === b) return concat(digit(a, a), fixedWidth(x, y, digit, nine));
  const from = x.every((each) => each === 0) ? a : a + 1;
  const to = y.every((each) => each === nine) ? b : b - 1;
  const any = repeat(digit(0, nine), x.length, x.length);
  const nines = x.map(() => nine);
  const zeros = x.map(() => 0);
  return either(
    ...(from > a ? [concat(digit(a, a), fixedWidth(x, nines, digit, nine))] : []),
    ...(from <= to ? [concat(digit(from, to), any)] : []),
    ...(to < b ? [concat(digit(b, b), fixedWidth(zeros, y, digit, nine))] : []),
  );
}
