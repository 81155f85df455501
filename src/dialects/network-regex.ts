import type { RegexNode } from '../ir/regex/tree.ts';

/**
 * An expression for the addresses of an IPv4 network, as texts: dotted quads without leading zeros, which is how
 * `cidr` reads them (`src/ir/README.md`). For languages and fields that hold addresses as texts.
 *
 *     10.0.0.0/12     10\.(?:[0-9]|1[0-5])\.(?:[1-9]?[0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])\. ...
 */
export function networkRegex(network: string): RegexNode {
  const [address = '', length = '32'] = network.split('/');
  const octets = address.split('.').map((octet, index) => {
    const free = 2 ** Math.max(0, Math.min(8, 8 * (index + 1) - Number(length)));
    const low = Math.floor(Number(octet) / free) * free;
    return numbers(low, low + free - 1);
  });
  return row(octets.flatMap((octet, index) => (index === 0 ? [octet] : [digits('.', '.'), octet])));
}

/** Numbers that differ in their last digit, and perhaps the one before it: `1[0-4][0-9]`. */
interface Group {
  readonly head: string;
  /** The digit before the last one, from and to; empty for numbers of one digit. */
  readonly first: string;
  readonly to: string;
  readonly last: readonly [from: string, to: string];
}

/** The decimal numbers from `low` to `high`, both below 1,000, as few alternatives. */
function numbers(low: number, high: number): RegexNode {
  const groups: Group[] = [];
  for (const [lead, from, to] of rows(low, high)) {
    const [head, digit] = [lead.slice(0, -1), lead.slice(-1)];
    const before = groups.at(-1);
    const joins = before && before.first !== '' && digit !== '' && before.head === head;
    if (joins && before.last[0] === from && before.last[1] === to) groups[groups.length - 1] = { ...before, to: digit };
    else groups.push({ head, first: digit, to: digit, last: [from, to] });
  }
  const [ones, tens] = groups;
  const whole = ones?.first === '' && ones.last.join('') === '09' && tens?.last.join('') === '09' && tens.head === '';
  const of = (whole ? groups.slice(1) : groups).map(({ head, first, to, last }, index): RegexNode => {
    const second = first === '' ? [] : [digits(first, to)];
    const lead = whole && index === 0 ? second.map(optional) : second;
    return row([...[...head].map((digit) => digits(digit, digit)), ...lead, digits(...last)]);
  });
  return of.length === 1
    ? of[0]!
    : { kind: 'group', of: { kind: 'either', of }, capture: null, name: null, atomic: false };
}

/** Runs of numbers that differ in their last digit alone, as what is before it, and that digit from and to. */
function rows(low: number, high: number): (readonly [lead: string, from: string, to: string])[] {
  const found: [string, string, string][] = [];
  for (let number = low; number <= high; number += 1) {
    const text = String(number);
    const [lead, last] = [text.slice(0, -1), text.slice(-1)];
    const row = found.at(-1);
    if (row?.[0] === lead) row[2] = last;
    else found.push([lead, last, last]);
  }
  return found;
}

function row(of: readonly RegexNode[]): RegexNode {
  return of.length === 1 ? of[0]! : { kind: 'concat', of };
}

function digits(from: string, to: string): RegexNode {
  return { kind: 'set', ranges: [[from.codePointAt(0)!, to.codePointAt(0)!]], fold: false };
}

function optional(of: RegexNode): RegexNode {
  return { kind: 'repeat', of, min: 0, max: 1, greed: 'greedy' };
}
