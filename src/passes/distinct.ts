import type { Pattern } from '../ir/pattern.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/** Predicates without those that are built like an earlier one, in their order; origins do not count. */
export function distinct(parts: readonly Predicate[]): readonly Predicate[] {
  if (parts.length < 2) return parts;
  const seen = new Map<unknown, Shelf>();
  const kept = parts.filter((part) => {
    const mark = markOf(part);
    const shelf = seen.get(mark);
    if (shelf) return put(shelf, part);
    seen.set(mark, { parts: [part], keys: null });
    return true;
  });
  return kept.length === parts.length ? parts : kept;
}

/** Parts of one mark; their keys, once there are many. */
interface Shelf {
  readonly parts: Predicate[];
  keys: Set<string> | null;
}

/** Parts on a shelf beyond which their keys are worth making. */
const FEW = 8;

/** Puts a part on its shelf, unless one that is built alike is there. */
function put(shelf: Shelf, part: Predicate): boolean {
  if (shelf.parts.length < FEW) {
    if (shelf.parts.some((other) => sameBuild(other, part))) return false;
    shelf.parts.push(part);
    return true;
  }
  shelf.keys ??= new Set(shelf.parts.map(keyOf));
  const { size } = shelf.keys;
  return shelf.keys.add(keyOf(part)).size > size;
}

/** Something that is the same for predicates that are built alike, cheap to have, and mostly different for others. */
function markOf(node: Predicate): unknown {
  switch (node.kind) {
    case 'like':
      return textIn(node.pattern);
    case 'equal':
      return node.value;
    case 'keyword':
      return node.test.kind === 'like' ? textIn(node.test.pattern) : node.kind;
    case 'not':
      return markOf(node.of);
    case 'all':
    case 'any':
      return node.of.length === 0 ? node.kind : markOf(node.of[0]!);
    default:
      return node.kind;
  }
}

function textIn(pattern: Pattern): string | undefined {
  for (const piece of pattern) if (typeof piece === 'string') return piece;
  return undefined;
}

/** Whether two predicates are built alike: whether they have one key, without making it. */
export function sameBuild(a: Predicate, b: Predicate): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'not') return sameBuild(a.of, (b as typeof a).of);
  if (a.kind === 'all' || a.kind === 'any') {
    const { of } = b as typeof a;
    return a.of.length === of.length && a.of.every((part, index) => sameBuild(part, of[index]!));
  }
  if (a.kind === 'like' && typeof a.field === 'string') {
    const other = b as typeof a;
    return a.field === other.field && a.cased === other.cased && samePattern(a.pattern, other.pattern);
  }
  return keyOf(a) === keyOf(b);
}

function samePattern(a: Pattern, b: Pattern): boolean {
  return (
    a.length === b.length &&
    a.every((piece, index) => {
      const other = b[index]!;
      return typeof piece === 'string' || typeof other === 'string' ? piece === other : piece.wild === other.wild;
    })
  );
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
