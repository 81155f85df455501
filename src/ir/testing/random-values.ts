import * as fc from 'fast-check';
import { evaluate } from '../evaluate.ts';
import { eventOf, textOf } from '../event.ts';
import type { Scalar, Value } from '../event.ts';
import { foldClass } from '../fold.ts';
import type { Pattern } from '../pattern.ts';
import type { Atom, Cidr, Compare } from '../predicate.ts';
import type { RegexNode } from '../regex/tree.ts';

/** Atoms that look at the values of a field one by one. */
export type ValueAtom = Exclude<Atom, { kind: 'exists' | 'sameAs' }>;

/** A value that passes the test, in nearly all cases. */
export function valueOf(atom: ValueAtom): fc.Arbitrary<Value> {
  switch (atom.kind) {
    case 'like':
      return instance(atom.pattern);
    case 'term':
      return fc
        .tuple(fc.constantFrom('', 'a ', '\\', '-', 'x', '_', '.'), fc.constantFrom('', ' b', '/', ',', 'x', '_', '\n'))
        .map(([before, after]) => before + atom.term + after);
    case 'regex':
      return instanceOfRegex(atom.regex.tree);
    case 'equal':
      return fc.constantFrom<Value>(atom.value, String(atom.value));
    case 'compare':
    case 'cidr':
      return passing(atom, listed(atom));
    case 'keyword':
      return atom.test.kind === 'like' ? instance(atom.test.pattern) : instanceOfRegex(atom.test.regex.tree);
  }
}

const filling = fc.constantFrom('', '', 'x', 'Zz', ' ', '\n', '😀', '*', '\\');

function instance(pattern: Pattern): fc.Arbitrary<string> {
  const pieces = pattern.map((piece) => {
    if (typeof piece === 'string') return fc.constant(piece);
    return piece.wild === 'many' ? filling : fc.constantFrom('x', '*', '\n', '😀', '?');
  });
  return fc.tuple(...pieces).map((parts) => parts.join(''));
}

function instanceOfRegex(tree: RegexNode): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('', '', 'z'), exampleOf(tree), fc.constantFrom('', '', 'z', '\n'))
    .map((parts) => parts.join(''));
}

function exampleOf(node: RegexNode): fc.Arbitrary<string> {
  switch (node.kind) {
    case 'set': {
      const ends = node.ranges.flatMap(([from, to]) => [from, to, Math.min(to, Math.max(from, 0x62))]);
      return ends.length === 0 ? fc.constant('') : fc.constantFrom(...ends.map((code) => String.fromCodePoint(code)));
    }
    case 'concat':
      return fc.tuple(...node.of.map(exampleOf)).map((parts) => parts.join(''));
    case 'either':
      return node.of.length === 0 ? fc.constant('') : fc.oneof(...node.of.map(exampleOf));
    case 'repeat': {
      const most = Math.min(node.max ?? node.min + 2, node.min + 2);
      return fc
        .array(exampleOf(node.of), { minLength: Math.min(node.min, 20), maxLength: Math.max(Math.min(most, 22), 0) })
        .map((parts) => parts.join(''));
    }
    case 'group':
      return exampleOf(node.of);
    default:
      return fc.constant('');
  }
}

/** Nine times in ten one of `values` that passes the test, if one does, else any. */
function passing(atom: Compare | Cidr, values: readonly Value[]): fc.Arbitrary<Value> {
  const good = values.filter((value) => passes(atom, value));
  if (good.length === 0) return fc.constantFrom(...values);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...good), weight: 9 },
    { arbitrary: fc.constantFrom(...values), weight: 1 },
  );
}

/** Whether the value passes the test. */
export function passes(atom: Compare | Cidr, value: Value): boolean {
  return evaluate({ ...atom, field: 'v' }, eventOf({ v: value }));
}

/** The values that are drawn for a test of numbers, dates or addresses. */
export function listed(atom: Compare | Cidr): readonly Value[] {
  if (atom.kind === 'cidr') return addresses;
  return atom.part === 'number' ? around(atom.value) : moments;
}

function around(bound: number): readonly Value[] {
  return [bound, String(bound), bound + 1, String(bound - 1), ` ${bound} `, `${bound}.0`, `0x${bound}`, 'x'];
}

const moments: readonly Value[] = [
  '2024-05-01T10:11:12.345Z',
  '2024-05-01 18:53:00',
  '2024/12/31 23:59:59',
  '2021-01-01T00:00:00+02:00',
  '2024-02-31T05:00:00',
  '2024-05-11',
  '2025-03-10 05:01:02',
  '2023-10-23T11:18:31Z',
  // The same figures as other parts.
  '2011-05-18 00:10:00',
  '2024-01-05 05:23:00',
  '2024-11-31 10:05:00',
  '2024-10-23 18:01:00',
  '2024-12-10 23:11:00',
];

const addresses: readonly Value[] = [
  '10.0.0.0',
  '10.255.0.1',
  '11.0.0.1',
  '127.0.0.1',
  '192.168.1.77',
  '192.168.2.1',
  'fe80::1',
  'FE80:0:0:0:0:0:0:1',
  'fc00::12',
  'fdff::',
  '2001:db8::1',
  '::ffff:10.0.0.1',
  '010.0.0.1',
  '10.0.0.0/8',
];

/** A change of a value that a language may or may not care about. */
export type Bend = (value: Scalar) => Value | undefined;

/** Every change; undefined takes the field away. */
export const bends: readonly Bend[] = [
  (value) => textOf(value).toUpperCase(),
  (value) => textOf(value).toLowerCase(),
  (value) => foreign(textOf(value)),
  (value) => `${textOf(value)}x`,
  (value) => `x${textOf(value)}`,
  (value) => `${textOf(value)} `,
  (value) => `${textOf(value)}\n`,
  (value) => textOf(value).slice(1),
  (value) => textOf(value).slice(0, -1),
  (value) => textOf(value).replaceAll('\\', ''),
  (value) => textOf(value).replaceAll('\\', '\\\\'),
  (value) => textOf(value).replace(/[*?%_.]/g, 'z'),
  (value) => ['x', value],
  (value) => [['x'], [value, null]],
  (value) => ({ g: value }),
  () => undefined,
  () => null,
  () => '',
  () => [],
  () => 1,
  () => '1',
  () => false,
  () => 'something else',
];

/** Replaces each letter by another one that folds alike, where Unicode has one outside of ASCII. */
function foreign(text: string): string {
  return [...text]
    .map((letter) => {
      const alike = foldClass(letter.codePointAt(0)!);
      return String.fromCodePoint(alike.find((code) => code > 0x7f) ?? letter.codePointAt(0)!);
    })
    .join('');
}
