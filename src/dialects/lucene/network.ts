import { concat, either, optional } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/** Writes an IPv4 network as an expression over dotted quads without leading zeros: what a keyword field holds. */
export function networkRegexp(network: string): Regexp {
  const [address = '', length = '32'] = network.split('/');
  const base = address.split('.').map(Number);
  const octets = base.map((octet, index) => {
    const free = 2 ** Math.max(0, Math.min(8, 8 * (index + 1) - Number(length)));
    const low = Math.floor(octet / free) * free;
    return numbers(low, low + free - 1);
  });
  return concat(octets.flatMap((octet, index) => (index === 0 ? [octet] : [characters('.', '.'), octet])));
}

/** The decimal numbers from `low` to `high`, both below 1,000, as few alternatives. */
function numbers(low: number, high: number): Regexp {
  const rows: { lead: string; from: string; to: string }[] = [];
  for (let number = low; number <= high; number += 1) {
    const text = String(number);
    const [lead, last] = [text.slice(0, -1), text.slice(-1)];
    const row = rows.at(-1);
    if (row?.lead === lead) row.to = last;
    else rows.push({ lead, from: last, to: last });
  }
  const groups = gathered(rows);
  const [ones, tens, ...others] = groups;
  // `[0-9]` and `[1-9][0-9]` are `[1-9]?[0-9]`.
  if (
    ones &&
    tens &&
    ones.leads.length === 0 &&
    tens.leads.length === 1 &&
    ones.from === tens.from &&
    ones.to === tens.to
  )
    groups.splice(0, groups.length, { ...tens, leads: tens.leads.map(optional) }, ...others);
  return either(groups.map(({ leads, from, to }) => concat([...leads, characters(from, to)])));
}

interface Row {
  readonly lead: string;
  readonly from: string;
  readonly to: string;
}

/** Joins rows of the same digits whose leads differ in their last digit only: `10`, `11` .. `19` are `1[0-9]`. */
function gathered(rows: readonly Row[]): { leads: Regexp[]; from: string; to: string }[] {
  const groups: { head: string; first: string; last: string; from: string; to: string }[] = [];
  for (const { lead, from, to } of rows) {
    const [head, digit] = [lead.slice(0, -1), lead.slice(-1)];
    const group = groups.at(-1);
    if (group && digit !== '' && group.first !== '' && group.head === head && group.from === from && group.to === to)
      group.last = digit;
    else groups.push({ head, first: digit, last: digit, from, to });
  }
  return groups.map(({ head, first, last, from, to }) => ({
    leads: [...head].map((digit) => characters(digit, digit)).concat(first === '' ? [] : [characters(first, last)]),
    from,
    to,
  }));
}

function characters(from: string, to: string): Regexp {
  return { kind: 'set', ranges: [[from.codePointAt(0)!, to.codePointAt(0)!]] };
}
