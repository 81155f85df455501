import type { Parsed } from '../dialects/dialect.ts';
import { all } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { typeOf } from '../schema/profile.ts';
import type { Profile } from '../schema/profile.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';
import type { Inner } from './envelope.ts';
import { originOf } from './offsets.ts';
import type { Target } from './targets.ts';

/** What a text of a target means, as `Parsed`. `premises` are what its envelope rests on, apart from the language. */
export interface ReadTarget extends Parsed {
  readonly premises: readonly string[];
}

/**
 * Reads a text as a target's product would: takes the queries out of their envelope, if it has one, and reads each in
 * its language. What is wrong with a query is shown where it stands in the whole text.
 */
export function readTarget(source: Source, { dialect, envelope }: Target, profile: Profile): ReadTarget {
  if (!envelope) return { ...dialect.parse(source, profile), premises: [] };
  const { inner, diagnostics, premises } = envelope.unwrap(source);
  const read = inner.map((each) => ({ each, parsed: dialect.parse({ name: source.name, text: each.text }, profile) }));
  const faults = read.flatMap(({ each, parsed }) => parsed.diagnostics.map((found) => placed(found, each, source)));
  const isBroken = read.some(({ parsed }) => parsed.queries.length === 0);
  return {
    queries: isBroken
      ? []
      : read.flatMap(({ each, parsed }) => parsed.queries.map((query) => carried(query, each, profile))),
    diagnostics: [...diagnostics, ...faults],
    assumptions: [...new Set(read.flatMap(({ parsed }) => parsed.assumptions))],
    premises: [...premises, ...timePremises(inner, profile)],
  };
}

function placed(found: Diagnostic, { offsets }: Inner, source: Source): Diagnostic {
  const { start, end } = found.span;
  return { ...found, source, span: { start: originOf(offsets, start), end: originOf(offsets, end) } };
}

function carried(query: Query, { needs, then }: Inner, profile: Profile): Query {
  const tests = needs
    .filter((field) => !isTime(field, profile))
    .map((field): Predicate => ({ kind: 'like', field, pattern: [{ wild: 'many' }], cased: true }));
  return { ...query, where: all([...tests, query.where]), then: [...query.then, ...then] };
}

function timePremises(inner: readonly Inner[], profile: Profile): string[] {
  const fields = new Set(inner.flatMap(({ needs }) => needs).filter((field) => isTime(field, profile)));
  return [...fields].map((field) => `Every event has its time in \`${field}\`.`);
}

/** Whether every event of the schema has the field, because it is its time. */
function isTime(field: string, profile: Profile): boolean {
  return field === '@timestamp' || typeOf(profile, field).kind === 'date';
}
