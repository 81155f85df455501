import { isAnything } from '../../ir/pattern.ts';
import type { Any, Predicate } from '../../ir/predicate.ts';

/** Parts of an `or` that together ask for a text that is missing or empty, which `isempty` says, and the rest. */
export interface Emptiness {
  readonly fields: readonly string[];
  readonly rest: readonly Predicate[];
}

/** Finds the fields of which some parts of an `or` say that they have no value, and others that it is the empty text. */
export function emptinessIn({ of }: Any): Emptiness {
  const missing = new Set(of.map(missingField).filter((field) => field !== undefined));
  const fields = new Set(of.map(emptyField).filter((field) => field !== undefined && missing.has(field)));
  if (fields.size === 0) return { fields: [], rest: of };
  const isSaid = (field: string | undefined) => field !== undefined && fields.has(field);
  const rest = of.filter((part) => !isSaid(missingField(part)) && !isSaid(emptyField(part)));
  return { fields: [...fields] as string[], rest };
}

function missingField(part: Predicate): string | undefined {
  if (part.kind !== 'not' || part.of.kind !== 'like' || !isAnything(part.of.pattern)) return undefined;
  return typeof part.of.field === 'string' ? part.of.field : undefined;
}

function emptyField(part: Predicate): string | undefined {
  return part.kind === 'like' && part.pattern.length === 0 && typeof part.field === 'string' ? part.field : undefined;
}

/** The predicate with those parts taken for tests of a text: `isempty` says them exactly, other than each by itself. */
export function withoutEmptiness(node: Predicate): Predicate {
  switch (node.kind) {
    case 'all':
      return { ...node, of: node.of.map(withoutEmptiness) };
    case 'not':
      return { ...node, of: withoutEmptiness(node.of) };
    case 'any': {
      const { fields, rest } = emptinessIn(node);
      const said = fields.map((field): Predicate => ({ kind: 'like', field, pattern: ['x'], cased: false }));
      return { ...node, of: [...said, ...rest.map(withoutEmptiness)] };
    }
    default:
      return node;
  }
}
