import { literal, normal } from '../ir/pattern.ts';
import { always, never } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { distinct } from './distinct.ts';

/**
 * Writes a predicate in its plainest form: groups within groups of one kind flattened, doubles and constants dropped,
 * `not not` removed, patterns normal, and `like` of a number's decimal text written as `equal`, so that `EventID: 1`
 * and `EventID: '1'` are one test.
 *
 * It means the same, is never larger, and simplifying it again changes nothing. Parts keep their order and origins;
 * where a group with an origin is dissolved, parts without one inherit it.
 */
export function simplify(where: Predicate): Predicate {
  switch (where.kind) {
    case 'all':
    case 'any':
      return plain.has(where) ? where : noted(simplifyGroup(where.kind, where.of.map(simplify), where.origin));
    case 'not':
      return simplifyNot(simplify(where.of), where.origin);
    default:
      return simplifyAtom(where);
  }
}

/** Groups that came out of `simplify`: a part is met again for each event kind that it is mapped to. */
const plain = new WeakSet<Predicate>();

function noted(simple: Predicate): Predicate {
  if (simple.kind === 'all' || simple.kind === 'any') plain.add(simple);
  return simple;
}

function simplifyGroup(kind: 'all' | 'any', parts: readonly Predicate[], origin: number | undefined): Predicate {
  const flat: Predicate[] = [];
  const opposite = kind === 'all' ? 'any' : 'all';
  for (const part of parts) {
    if (isConstant(part, opposite)) return inherit(part, origin);
    if (part.kind === kind) for (const inner of part.of) flat.push(inherit(inner, part.origin));
    else flat.push(part);
  }
  const kept = distinct(flat);
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
  return pattern === atom.pattern ? atom : { ...atom, pattern };
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
