import { literal, normal } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { always, never } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/**
 * Writes a predicate in its plainest form: groups within groups of one kind flattened, doubles and constants dropped,
 * `not not` removed, patterns normal, and `like` of a number's decimal text written as `equal`, so that `EventID: 1`
 * and `EventID: '1'` are one test.
 *
 * It means the same, is never larger, and simplifying it again changes nothing. Parts keep their order and origins;
 * where a group with an origin is dissolved, parts without one inherit it.
 */
export function simplify(where: Predicate): Predicate {
  if (plain.has(where)) return where;
  const simple = simplified(where);
  plain.add(simple);
  return simple;
}

/** Predicates that came out of `simplify`: a part is met again for each event kind that it is mapped to. */
const plain = new WeakSet<Predicate>();

function simplified(where: Predicate): Predicate {
  switch (where.kind) {
    case 'all':
    case 'any':
      return simplifyGroup(where.kind, where.of.map(simplify), where.origin);
    case 'not':
      return simplifyNot(simplify(where.of), where.origin);
    default:
      return simplifyAtom(where);
  }
}

/** A key that is the same for two predicates if and only if they are built alike; origins do not count. */
export function keyOf(node: Predicate): string {
  let key = keys.get(node);
  if (key === undefined) {
    key =
      node.kind === 'all' || node.kind === 'any'
        ? `${node.kind}(${node.of.map(keyOf).join()})`
        : node.kind === 'not'
          ? `not(${keyOf(node.of)})`
          : atomKey(node);
    keys.set(node, key);
  }
  return key;
}

const keys = new WeakMap<Predicate, string>();

function atomKey(atom: Atom): string {
  // Nearly all tests are of this kind, and the general way is slow.
  if (atom.kind === 'like' && typeof atom.field === 'string')
    return `like${atom.cased ? '!' : '~'}${JSON.stringify(atom.field)}${JSON.stringify(atom.pattern)}`;
  const { origin: _, ...rest } = atom;
  return canonical(rest);
}

/** JSON with sorted names. An expression's source is left out: its tree is what it means. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const record = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(record).sort();
  const shown = names.includes('tree') ? ['tree'] : names;
  return `{${shown.map((name) => `${JSON.stringify(name)}:${canonical(record[name])}`).join()}}`;
}

function simplifyGroup(kind: 'all' | 'any', parts: readonly Predicate[], origin: number | undefined): Predicate {
  const seen = new Set<string>();
  const kept: Predicate[] = [];
  for (const part of parts)
    for (const inner of part.kind === kind ? part.of.map((each) => inherit(each, part.origin)) : [part]) {
      if (isConstant(inner, kind === 'all' ? 'any' : 'all')) return inherit(inner, origin);
      const key = keyOf(inner);
      if (!seen.has(key)) kept.push(inner);
      seen.add(key);
    }
  if (kept.length === 1) return inherit(kept[0]!, origin);
  return traced({ kind, of: kept }, origin);
}

function simplifyNot(of: Predicate, origin: number | undefined): Predicate {
  if (of.kind === 'not') return inherit(of.of, origin ?? of.origin);
  if (isConstant(of, 'any')) return traced(always, origin);
  if (isConstant(of, 'all')) return traced(never, origin);
  return traced({ kind: 'not', of }, origin);
}

function simplifyAtom(atom: Atom): Predicate {
  if (atom.kind === 'keyword' && atom.test.kind === 'like')
    return { ...atom, test: { ...atom.test, pattern: normal(atom.test.pattern) } };
  if (atom.kind !== 'like') return atom;
  const pattern = normal(atom.pattern);
  const value = decimal(literal(pattern));
  if (value !== undefined) return traced({ kind: 'equal', field: atom.field, value }, atom.origin);
  return isSame(pattern, atom.pattern) ? atom : { ...atom, pattern };
}

function isSame(a: Pattern, b: Pattern): boolean {
  return a.length === b.length && a.every((piece, index) => piece === b[index]);
}

/** The number of which `text` is the decimal text, as `equal` writes it: no sign, zeros, point or exponent to spare. */
function decimal(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,15}(?:\.\d{1,9})?$/.test(text)) return undefined;
  const value = Number(text);
  return String(value) === text ? value : undefined;
}

function isConstant(node: Predicate, kind: 'all' | 'any'): boolean {
  return node.kind === kind && node.of.length === 0;
}

function inherit(node: Predicate, origin: number | undefined): Predicate {
  return node.origin === undefined ? traced(node, origin) : node;
}

function traced(node: Predicate, origin: number | undefined): Predicate {
  return origin === undefined || node.origin === origin ? node : { ...node, origin };
}
