import type { Atom, Predicate } from '../ir/predicate.ts';

/** A place where a predicate could not be carried over exactly, and what that does to what the whole selects. */
export interface MappingLoss {
  /** The field as the rule names it. */
  readonly field: string;
  readonly effect: Effect;
  /** Says what is lost, for a person. */
  readonly why: string;
  /** An index into `Detection.origins`. */
  readonly origin: number | undefined;
}

export type Effect = 'wider' | 'narrower' | 'differs';

export interface Rewritten {
  readonly where: Predicate;
  readonly losses: readonly MappingLoss[];
}

/** Notes that the replacement of the atom at hand holds of more events, of fewer, or of others. */
export type Note = (field: string, effect: Effect, why: string) => void;

/**
 * Replaces each atom by what `change` makes of it. `change` speaks of the atom alone: what its losses do to the whole
 * predicate is worked out here, since under a `not` wider is narrower. Origins stay; new parts get their atom's.
 */
export function rewrite(where: Predicate, change: (atom: Atom, note: Note) => Predicate): Rewritten {
  const losses: MappingLoss[] = [];
  const walk = (node: Predicate, negated: boolean): Predicate => {
    switch (node.kind) {
      case 'all':
      case 'any':
        return { ...node, of: node.of.map((part) => walk(part, negated)) };
      case 'not':
        return { ...node, of: walk(node.of, !negated) };
      default: {
        const note: Note = (field, effect, why) =>
          losses.push({ field, effect: negated ? turned[effect] : effect, why, origin: node.origin });
        return withOrigin(change(node, note), node.origin);
      }
    }
  };
  return { where: walk(where, false), losses };
}

const turned = { wider: 'narrower', narrower: 'wider', differs: 'differs' } as const;

function withOrigin(node: Predicate, origin: number | undefined): Predicate {
  if (origin === undefined) return node;
  switch (node.kind) {
    case 'all':
    case 'any':
      return { ...node, of: node.of.map((part) => withOrigin(part, origin)), origin };
    case 'not':
      return { ...node, of: withOrigin(node.of, origin), origin };
    default:
      return node.origin === origin ? node : { ...node, origin };
  }
}
