import type { Compare } from '../ir/predicate.ts';
import type { Core, Named } from './field.ts';

/** Texts whose figures stand as demanded; or a conflict, which proves that no figure does. */
export type Figures = { readonly kind: 'texts'; readonly texts: readonly string[] } | Core;

/** Solves the demands on a value read as a number or as a time. Without such a demand there is nothing to solve. */
export function figuresOf(inside: readonly Named[], outside: readonly Named[]): Figures {
  const demands = inside.filter(({ language }) => language.compare !== null);
  if (demands.length === 0) return { kind: 'texts', texts: [] };
  const prohibitions = outside.filter(({ language }) => language.compare !== null);
  return numbers(demands, prohibitions);
}

function numbers(inside: readonly Named[], outside: readonly Named[]): Figures {
  const rules = [
    ...inside.map(({ ref, language }) => ({ ref, compare: language.compare!, wanted: true })),
    ...outside.map(({ ref, language }) => ({ ref: -ref, compare: language.compare!, wanted: false })),
  ];
  return rules.length > 0 ? { kind: 'texts', texts: [] } : { kind: 'texts', texts: [] };
}

export type { Compare };
