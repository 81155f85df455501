import type { Feature } from '../../ir/features.ts';
import { isAnything } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Capability } from '../dialect.ts';
import { isNameable } from './escape.ts';

/** How a product that hands its search text to query_string differs from Elasticsearch itself. */
export interface Flavour {
  /** Whether a word may begin with `*` or `?` (`allow_leading_wildcard`). Where it may not, an expression is printed. */
  readonly leadingWildcard: boolean;
  /** Why no event has a field of that name, or undefined. */
  readonly lacks: (field: string) => string | undefined;
  /** Answers that take the place of those of the family. */
  readonly answers: { readonly [F in Feature]?: Capability };
}

/** Elasticsearch's own search API, and Kibana's search bar, which passes on what is typed. */
export const elasticsearch: Flavour = { leadingWildcard: true, lacks: () => undefined, answers: {} };

/** Why a field can't be asked for, or undefined. */
export function unnameable(field: string, flavour: Flavour): string | undefined {
  if (!isNameable(field)) return `query_string can't name the field '${field}': to it that is no name`;
  return flavour.lacks(field);
}

/**
 * Tells whether a pattern must be written as an expression, since a word may not begin with a wildcard. Lucene also
 * refuses an escaped `*` at the beginning of a word whose only wildcard is a `*` at its end.
 */
export function needsExpression(pattern: Pattern, { leadingWildcard }: Flavour): boolean {
  const [first, second, ...others] = pattern;
  if (leadingWildcard || isAnything(pattern)) return false;
  if (typeof first !== 'string') return first !== undefined;
  return first.startsWith('*') && typeof second === 'object' && second.wild === 'many' && others.length === 0;
}
