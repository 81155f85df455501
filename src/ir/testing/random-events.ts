import * as fc from 'fast-check';
import { evaluate } from '../evaluate.ts';
import { eventOf, textOf } from '../event.ts';
import type { Raw, Scalar, Value } from '../event.ts';
import { foldClass } from '../fold.ts';
import { atomsOf } from '../predicate.ts';
import type { Atom, Cidr, Compare, Field, Predicate } from '../predicate.ts';
import type { Pattern } from '../pattern.ts';
import type { RegexNode } from '../regex/tree.ts';
import { fieldNames, texts } from './random.ts';

/**
 * Random events that are likely to tell two predicates apart, drawn from what `predicate` itself says.
 *
 * - 4 in 8 aim at a hit: an assignment of values that makes each needed test true (a hole is filled with nothing, a
 *   letter, a line break or an emoji); 2 in 8 aim at a miss in the same way; 2 in 8 take for each field some value
 *   out of all the values that any test of the predicate suggests.
 * - Then, in half of them, one to three fields are bent: other case, the Kelvin sign for k and the long s for s, a
 *   letter more in front or behind, a letter less, a line break behind, the value among others in an array, an array of
 *   arrays, missing, null, '', [], an object, a number, a boolean, some unrelated text.
 * - A dotted name is now and then nested as objects.
 *
 * `random.test.ts` checks that each kind of atom is hit and missed in a fair share.
 */
export function eventsFor(predicate: Predicate): fc.Arbitrary<Raw> {
  const named = fieldsNamed(predicate);
  const pool = fc.record(
    Object.fromEntries(named.map((field) => [field, fc.oneof(...suggestions(predicate, field))])),
  ) as fc.Arbitrary<Assignment>;
  return fc
    .oneof(
      { arbitrary: aim(predicate, true), weight: 4 },
      { arbitrary: aim(predicate, false), weight: 2 },
      { arbitrary: pool, weight: 2 },
    )
    .chain((assigned) => bent(assigned, named))
    .chain((assigned) => fc.boolean().map((nest) => (nest ? nested(assigned) : assigned)));
}

type Assignment = { readonly [field: string]: Value };

/** Values that make `predicate` come out as `wanted`, as far as one look at each atom by itself can tell. */
function aim(predicate: Predicate, wanted: boolean): fc.Arbitrary<Assignment> {
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      if (predicate.of.length === 0) return fc.constant({});
      const parts = predicate.of.map((part) => aim(part, wanted));
      if ((predicate.kind === 'all') !== wanted) return fc.oneof(...parts);
      return fc.tuple(fc.boolean(), ...parts).map(([gather, ...found]) => found.reduce((a, b) => merged(a, b, gather)));
    }
    case 'not':
      return aim(predicate.of, !wanted);
    default:
      return wanted
        ? hit(predicate)
        : fc.oneof(
            fc.constant({}),
            hit(predicate).chain((found) => bentAll(found)),
          );
  }
}

/** Two values of one field become an array, or the later one wins. */
function merged(a: Assignment, b: Assignment, gather: boolean): Assignment {
  const both = { ...a };
  for (const [field, value] of Object.entries(b))
    set(both, field, gather && Object.hasOwn(a, field) ? [a[field]!, value] : value);
  return both;
}

/** `__proto__` must become a field like any other. */
function set(object: Record<string, Value>, field: string, value: Value): void {
  Object.defineProperty(object, field, { value, enumerable: true, configurable: true, writable: true });
}

function hit(atom: Atom): fc.Arbitrary<Assignment> {
  switch (atom.kind) {
    case 'exists':
      return named(atom.field, fc.constantFrom<Value>(null, '', 'x', []));
    case 'sameAs':
      return fc.tuple(texts(), fc.constantFrom('', 'x')).map(([text, more]) => {
        const whole = { whole: text, contains: more + text + more, startswith: text + more, endswith: more + text };
        const found: Record<string, Value> = {};
        if (typeof atom.other === 'string') set(found, atom.other, text);
        if (typeof atom.field === 'string') set(found, atom.field, whole[atom.relation]);
        return found;
      });
    case 'keyword':
      return fc.tuple(fieldNames(), valueOf(atom)).map(([field, value]) => Object.fromEntries([[field, value]]));
    default:
      return named(atom.field, valueOf(atom));
  }
}

function named(field: Field, value: fc.Arbitrary<Value>): fc.Arbitrary<Assignment> {
  return value.map((drawn) => Object.fromEntries([[typeof field === 'string' ? field : 'text', drawn]]));
}

type ValueAtom = Exclude<Atom, { kind: 'exists' | 'sameAs' }>;

/** A value that passes the test, in nearly all cases. */
function valueOf(atom: ValueAtom): fc.Arbitrary<Value> {
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
      return passing(atom, atom.part === 'number' ? around(atom.value) : moments);
    case 'cidr':
      return passing(atom, addresses);
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
  const good = values.filter((v) => evaluate({ ...atom, field: 'v' }, eventOf({ v })));
  if (good.length === 0) return fc.constantFrom(...values);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...good), weight: 9 },
    { arbitrary: fc.constantFrom(...values), weight: 1 },
  );
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

/** All values that the atoms of the predicate suggest, whatever field they name, and some that none does. */
function suggestions(predicate: Predicate, field: string): fc.Arbitrary<Value>[] {
  const own = [...atomsOf(predicate)].filter((atom) => atom.kind !== 'exists' && atom.kind !== 'sameAs');
  const here = own.filter((atom) => atom.kind === 'keyword' || atom.field === field);
  return [fc.constantFrom<Value>('x', '', null, 7, true), ...(here.length > 0 ? here : own).slice(0, 8).map(valueOf)];
}

function fieldsNamed(predicate: Predicate): string[] {
  const fields = new Set<string>();
  for (const atom of atomsOf(predicate)) {
    if (atom.kind === 'keyword') continue;
    if (typeof atom.field === 'string') fields.add(atom.field);
    if (atom.kind === 'sameAs' && typeof atom.other === 'string') fields.add(atom.other);
  }
  return [...fields];
}

type Bend = (value: Scalar) => Value | undefined;

const bends: readonly Bend[] = [
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

function bent(assigned: Assignment, fields: readonly string[]): fc.Arbitrary<Assignment> {
  const names = [...new Set([...Object.keys(assigned), ...fields])];
  if (names.length === 0) return fc.constant(assigned);
  const bending = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...bends)), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    fc.constant(assigned),
    bending.map((chosen) => chosen.reduce((sofar, [field, bend]) => bendOne(sofar, field, bend), assigned)),
  );
}

function bentAll(assigned: Assignment): fc.Arbitrary<Assignment> {
  return fc
    .constantFrom(...bends)
    .map((bend) => Object.keys(assigned).reduce((sofar, field) => bendOne(sofar, field, bend), assigned));
}

function bendOne(assigned: Assignment, field: string, bend: Bend): Assignment {
  const { [field]: value, ...others } = Object.hasOwn(assigned, field) ? assigned : { ...assigned, [field]: 'x' };
  const scalar = typeof value === 'object' || value === undefined ? 'x' : value;
  const changed = bend(scalar);
  const result: Record<string, Value> = {};
  for (const [name, other] of Object.entries(others)) set(result, name, other);
  if (changed !== undefined) set(result, field, changed);
  return result;
}

/** `{'a.b': 1}` as `{a: {b: 1}}`, unless that would swallow another field. */
function nested(assigned: Assignment): Raw {
  const result: Record<string, Value> = {};
  for (const [field, value] of Object.entries(assigned)) {
    const dot = field.indexOf('.');
    const head = field.slice(0, dot);
    if (dot <= 0 || Object.hasOwn(assigned, head) || Object.hasOwn(result, head)) set(result, field, value);
    else set(result, head, Object.fromEntries([[field.slice(dot + 1), value]]));
  }
  return result;
}
