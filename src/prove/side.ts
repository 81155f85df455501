import type { Dialect } from '../dialects/dialect.ts';
import type { Detection } from '../ir/detection.ts';
import type { Value } from '../ir/event.ts';
import type { Query } from '../ir/query.ts';
import type { Profile } from '../schema/profile.ts';

/**
 * One of the detections to compare, with a name to call it by.
 *
 * A `rule` speaks Sigma's names and knows log sources; a `query` was read from a query language, and speaks the names of
 * its profile. Several queries of one text are their union.
 */
export type Side = RuleSide | QuerySide;

/** A detection that knows its log source, in Sigma's names. */
export interface RuleSide {
  readonly kind: 'rule';
  readonly label: string;
  readonly detection: Detection;
}

/** What was read from a text of a query language, in the names of a schema. */
export interface QuerySide {
  readonly kind: 'query';
  readonly label: string;
  readonly dialect: Dialect;
  readonly profile: Profile;
  readonly queries: readonly Query[];
  readonly assumptions: readonly string[];
}

/** Whatever a side is, the queries whose union it is. */
export function queriesOf(side: Side): readonly Query[] {
  return side.kind === 'rule' ? side.detection.queries : side.queries;
}

/** The values that the samples of a rule hold, by field: what its author has really seen. */
export function sampleValues(side: Side): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const samples = side.kind === 'rule' ? side.detection.samples : [];
  for (const { event } of samples) gather(event as { readonly [name: string]: Value }, '', 0, values);
  return values;
}

/** Deeper nesting is no event's. */
const DEEPEST = 20;

function gather(value: Value, path: string, depth: number, into: Map<string, string[]>): void {
  if (value === null || depth > DEEPEST) return;
  if (typeof value !== 'object') {
    const known = into.get(path) ?? [];
    if (!known.includes(String(value))) into.set(path, [...known, String(value)]);
  } else if (Array.isArray(value))
    for (const element of value as readonly Value[]) gather(element, path, depth + 1, into);
  else
    for (const [name, inner] of Object.entries(value))
      gather(inner, path === '' ? name : `${path}.${name}`, depth + 1, into);
}
