import { any, mapAtoms } from '../../ir/predicate.ts';
import type { Atom, Field, Predicate } from '../../ir/predicate.ts';
import type { Item, Part } from './items.ts';
import type { Renaming } from '../../schema/pipeline.ts';

/** The names that a renaming gives a field (null: to keywords), or undefined where it leaves it alone. */
export function newNames(change: Renaming, field: string | null): readonly string[] | undefined {
  if (field === null) return change.kind === 'rename' ? (change.keywords ?? undefined) : undefined;
  switch (change.kind) {
    case 'rename':
      return Object.hasOwn(change.names, field) ? change.names[field] : undefined;
    case 'rename-prefix': {
      const found = change.prefixes.find(([prefix]) => field.startsWith(prefix));
      return found && found[1].map((prefix) => prefix + field.slice(found[0].length));
    }
    case 'affix':
      return [`${change.before}${field}${change.after}`];
    case 'spell':
      return Object.hasOwn(change.names, field) ? change.names[field] : [spelled(field, change.as)];
  }
}

function spelled(field: string, as: 'lower' | 'upper' | 'snake_case'): string {
  if (as !== 'snake_case') return as === 'lower' ? field.toLowerCase() : field.toUpperCase();
  return field
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[-\s]+/g, '_')
    .toLowerCase();
}

/**
 * Puts an item to other fields; of several, any may fit. The whole item is repeated for each, as pySigma does, so `null`
 * in one of two fields is enough. Undefined where there is no field at all.
 */
export function renameItem(item: Item, names: readonly string[]): Part | undefined {
  const items = names.map((name): Item => ({ ...item, where: mapAtoms(item.where, (atom) => putTo(atom, name)) }));
  return items.length > 1 ? { kind: 'any', of: items } : items[0];
}

function putTo(atom: Atom, field: string): Predicate {
  if (atom.kind !== 'keyword') return { ...atom, field };
  const origin = atom.origin === undefined ? {} : { origin: atom.origin };
  return { ...atom.test, field, ...origin };
}

/** Gives the fields that an item compares with (`fieldref`) their new names; of several, any may be the one. */
export function renameReferences(where: Predicate, namesFor: (field: string) => readonly string[]): Predicate {
  return mapAtoms(where, (atom) => {
    if (atom.kind !== 'sameAs' || typeof atom.other !== 'string') return atom;
    return any(namesFor(atom.other).map((other): Predicate => ({ ...atom, other: other as Field })));
  });
}
