import { fieldsOf, mapAtoms } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Branch, Expression, Query, Stage } from '../ir/query.ts';
import type { EventKind } from '../schema/event-kind.ts';
import type { Profile } from '../schema/profile.ts';
import { placeOf } from './map-to-kind.ts';

/** Stages in the profile's names, and reasons where a field can't be had there. */
export interface MappedStages {
  readonly then: readonly Stage[];
  readonly problems: readonly string[];
}

/**
 * Carries the stages after a filter over into the profile's names. A field that every kind holds in one place is
 * renamed; one that lies in several, as `Image` does in Sysmon's events and in 4688, is gathered first by a `derive`
 * that keeps its name. Fields that a stage itself makes keep theirs.
 */
export function mapStages(then: readonly Stage[], kinds: readonly EventKind[], profile: Profile): MappedStages {
  const { names, derived, problems } = place(recordedFields(then), kinds, profile);
  return { then: [...derived, ...renameStages(then, (field) => names.get(field) ?? field)], problems };
}

/**
 * Carries a gathered branch over: `query` is in the profile's names already, `kinds` are those of its events, and
 * `read` are the fields that the stages after the gathering ask for, by the names that they use.
 */
export function mapBranch(
  branch: Branch,
  query: Query,
  read: readonly string[],
  kinds: readonly EventKind[],
  profile: Profile,
): { readonly branch: Branch; readonly problems: readonly string[] } {
  const made = madeBy(query.then);
  const wanted = read.map(
    (field) => [field, Object.hasOwn(branch.rename, field) ? branch.rename[field]! : field] as const,
  );
  const recorded = [...new Set(wanted.map(([, own]) => own).filter((own) => !made.has(own)))];
  const { names, derived, problems } = place(recorded, kinds, profile);
  const rename = Object.fromEntries(
    wanted.map(([field, own]) => [field, names.get(own) ?? own] as const).filter(([field, own]) => field !== own),
  );
  return { branch: { ...branch, query: { ...query, then: [...query.then, ...derived] }, rename }, problems };
}

interface Placed {
  readonly names: ReadonlyMap<string, string>;
  readonly derived: readonly Stage[];
  readonly problems: readonly string[];
}

function place(fields: readonly string[], kinds: readonly EventKind[], profile: Profile): Placed {
  const names = new Map<string, string>();
  const derived: Stage[] = [];
  const problems: string[] = [];
  for (const field of fields) {
    const places = kinds.map((kind) => plainPlaces(placeOf(field, kind, profile)));
    const found = [...new Set(places.flat())];
    if (places.some((each) => each.length === 0))
      problems.push(`${profile.title} does not hold the field ${field} whole, so nothing can be computed from it.`);
    else if (found.length === 1) names.set(field, found[0]!);
    else if (found.length > 1) derived.push({ kind: 'derive', field, from: coalesce(found) });
  }
  return { names, derived, problems };
}

function plainPlaces(place: ReturnType<typeof placeOf>): readonly string[] {
  if (typeof place === 'string') return [place];
  if (place.kind === 'either') return place.of.flatMap(plainPlaces);
  return place.kind === 'hex' || place.kind === 'coded' ? [place.field] : [];
}

function coalesce(fields: readonly string[]): Expression {
  return { kind: 'call', function: 'coalesce', with: fields.map((field) => ({ kind: 'field', field })) };
}

/** Fields that the stages read from the event itself, in order of appearance. */
export function recordedFields(then: readonly Stage[]): string[] {
  const made = new Set<string>();
  const read = new Set<string>();
  for (const stage of then) {
    for (const field of readBy(stage)) if (!made.has(field)) read.add(field);
    for (const field of madeBy([stage])) made.add(field);
  }
  return [...read];
}

function madeBy(then: readonly Stage[]): Set<string> {
  const made = new Set<string>();
  for (const stage of then) {
    if (stage.kind === 'derive') made.add(stage.field);
    if (stage.kind === 'summarize') for (const { as } of stage.with) made.add(as);
  }
  return made;
}

function readBy(stage: Stage): string[] {
  switch (stage.kind) {
    case 'derive':
      return fieldsIn(stage.from);
    case 'gather':
      return [];
    case 'summarize':
      return [...stage.by, ...stage.with.flatMap(({ field }) => (field === null ? [] : [field]))];
    case 'having':
      return fieldsOf(stage.where);
    case 'sequence':
      return [...stage.by];
    case 'keep':
      return [...stage.fields];
  }
}

function fieldsIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'field':
      return typeof expression.field === 'string' ? [expression.field] : [];
    case 'literal':
      return [];
    case 'call':
      return expression.with.flatMap(fieldsIn);
    case 'when':
      return [
        ...expression.cases.flatMap(([where, value]) => [...fieldsOf(where), ...fieldsIn(value)]),
        ...fieldsIn(expression.otherwise),
      ];
  }
}

type Rename = (field: string) => string;

/** The stages with every field that they read under another name; names that they make themselves stay. */
export function renameStages(then: readonly Stage[], rename: Rename): Stage[] {
  const made = new Set<string>();
  return then.map((stage) => {
    const renamed = renameIn(stage, (field) => (made.has(field) ? field : rename(field)));
    for (const field of madeBy([stage])) made.add(field);
    return renamed;
  });
}

function renameIn(stage: Stage, rename: Rename): Stage {
  switch (stage.kind) {
    case 'derive':
      return { ...stage, from: renameExpression(stage.from, rename) };
    case 'gather':
      return stage;
    case 'summarize':
      return {
        ...stage,
        by: stage.by.map(rename),
        with: stage.with.map((figure) => (figure.field === null ? figure : { ...figure, field: rename(figure.field) })),
      };
    case 'having':
      return { ...stage, where: renamePredicate(stage.where, rename) };
    case 'sequence':
      return { ...stage, by: stage.by.map(rename) };
    case 'keep':
      return { ...stage, fields: stage.fields.map(rename) };
  }
}

function renameExpression(expression: Expression, rename: Rename): Expression {
  switch (expression.kind) {
    case 'field':
      return typeof expression.field === 'string' ? { ...expression, field: rename(expression.field) } : expression;
    case 'literal':
      return expression;
    case 'call':
      return { ...expression, with: expression.with.map((each) => renameExpression(each, rename)) };
    case 'when':
      return {
        ...expression,
        cases: expression.cases.map(([where, value]) => [
          renamePredicate(where, rename),
          renameExpression(value, rename),
        ]),
        otherwise: renameExpression(expression.otherwise, rename),
      };
  }
}

function renamePredicate(where: Predicate, rename: Rename): Predicate {
  const renamed = <F>(field: F): F | string => (typeof field === 'string' ? rename(field) : field);
  return mapAtoms(where, (atom) => {
    if (atom.kind === 'keyword') return atom;
    if (atom.kind === 'sameAs') return { ...atom, field: renamed(atom.field), other: renamed(atom.other) };
    return { ...atom, field: renamed(atom.field) };
  });
}
