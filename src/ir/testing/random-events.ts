import * as fc from 'fast-check';
import type { Raw, Value } from '../event.ts';
import { atomsOf } from '../predicate.ts';
import type { Atom, Field, Predicate } from '../predicate.ts';
import { fieldNames, texts } from './random.ts';
import { bends, listed, passes, valueOf } from './random-values.ts';
import type { Bend } from './random-values.ts';

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
    case 'exists':
      return wanted ? hit(predicate) : fc.constant({});
    default:
      return wanted ? hit(predicate) : fc.oneof(fc.constant({}), hit(predicate).chain(bentAll), miss(predicate));
  }
}

/** For tests whose values are listed, one that fails; for others whatever the test suggests. */
function miss(atom: Exclude<Atom, { kind: 'exists' }>): fc.Arbitrary<Assignment> {
  if (atom.kind !== 'compare' && atom.kind !== 'cidr') return hit(atom);
  const values = listed(atom);
  const failing = values.filter((value) => !passes(atom, value));
  return named(atom.field, fc.constantFrom(...(failing.length > 0 ? failing : values)));
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
