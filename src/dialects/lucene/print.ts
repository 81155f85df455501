import { atomFeatures } from '../../ir/features.ts';
import type { Feature } from '../../ir/features.ts';
import { atomsOf } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import type { Loss, Printed } from '../dialect.ts';
import { capability } from './capabilities.ts';
import { fieldName } from './escape.ts';
import type { Flavour } from './flavour.ts';
import { packedLists } from './pack.ts';
import { isOneWord } from './words.ts';
import { writeAtom } from './write-atom.ts';

/**
 * Writes a query as query_string text, or refuses it.
 *
 * Lucene has no precedence: a clause is required, optional or prohibited, whatever stands next to it. So every group
 * gets its parentheses, and a `NOT` is only ever written beside something required: `(*:* AND NOT x)`.
 */
export function print(query: Query, profile: Profile, flavour: Flavour): Printed {
  const usual = attempt(query, { profile, flavour, longList: LONG_LIST });
  const { text, ...writing } =
    usual.clauses <= MOST_CLAUSES ? usual : attempt(query, { profile, flavour, longList: SHORTEST_LIST });
  if (writing.clauses > MOST_CLAUSES) writing.losses.push(tooMany(query.where, writing.clauses));
  const losses = distinct(writing.losses);
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  return { kind: 'text', text, losses, assumptions: [...writing.assumptions] };
}

/** From so many values on a list of one field is packed; where a query would have too many clauses, from two on. */
const LONG_LIST = 400;
const SHORTEST_LIST = 2;

function attempt(
  query: Query,
  how: Pick<Writing, 'profile' | 'flavour' | 'longList'>,
): Writing & { readonly text: string } {
  const writing: Writing = { ...how, losses: [], assumptions: new Set(), clauses: 0 };
  const { profile } = how;
  for (const { kind } of query.then) {
    const answer = capability(`stage.${kind}`, profile.defaultType, profile);
    if (answer !== 'exact') writing.losses.push({ feature: `stage.${kind}`, ...answer, origin: undefined });
  }
  const { text } = alone(write(query.where, false, writing));
  return { ...writing, text };
}

/** `indices.query.bool.max_clause_count`, counted over the whole query as Lucene 9 does. */
const MOST_CLAUSES = 1024;

interface Writing {
  readonly profile: Profile;
  readonly flavour: Flavour;
  /** From so many values on a list is packed. */
  readonly longList: number;
  readonly losses: Loss[];
  readonly assumptions: Set<string>;
  clauses: number;
}

/**
 * A clause as text; `field` where it is `field:value`, so that neighbours can share the name. The text of a `not` is
 * what it negates: how that is written depends on what stands beside it.
 */
interface Clause {
  readonly kind: 'test' | 'group' | 'not';
  readonly text: string;
  readonly field?: { readonly name: string; readonly value: string };
}

const everything = '*:*';

function write(node: Predicate, negated: boolean, writing: Writing): Clause {
  switch (node.kind) {
    case 'all':
      return allOf(node.of.map((part) => write(part, negated, writing)));
    case 'any':
      return anyOf(partsOf(node.of, negated, writing));
    case 'not':
      return { kind: 'not', text: alone(write(node.of, !negated, writing)).text };
    default:
      return writeTest(node, negated, writing);
  }
}

function allOf(clauses: readonly Clause[]): Clause {
  if (clauses.length === 0) return { kind: 'test', text: everything };
  if (clauses.length === 1) return clauses[0]!;
  const signed = clauses.map(({ kind, text }) => (kind === 'not' ? `NOT ${text}` : text));
  const lead = clauses.every(({ kind }) => kind === 'not') ? [everything] : [];
  return { kind: 'group', text: `(${[...lead, ...signed].join(' AND ')})` };
}

function anyOf(clauses: readonly Clause[]): Clause {
  const [first, ...others] = clauses;
  if (!first) return { kind: 'group', text: `(${everything} AND NOT ${everything})` };
  if (others.length === 0) return first;
  const name = first.field?.name;
  const values = clauses.flatMap(({ field }) => (field?.name === name && field ? [field.value] : []));
  if (name !== undefined && values.length === clauses.length)
    return { kind: 'test', text: `${name}:(${values.join(' OR ')})` };
  return { kind: 'group', text: `(${clauses.map(({ text }) => text).join(' OR ')})` };
}

/** Writes the parts of a choice, with each long list of values of one field as one clause, where its first value stood. */
function partsOf(parts: readonly Predicate[], negated: boolean, writing: Writing): Clause[] {
  const lists = packedLists(parts, writing.profile, writing.flavour, writing.longList);
  const written = new Set<string>();
  return parts.flatMap((part) => {
    const field = part.kind === 'like' && typeof part.field === 'string' ? part.field : undefined;
    const list = field === undefined ? undefined : lists.get(field);
    if (!list?.values.has(part)) return [alone(write(part, negated, writing))];
    if (written.has(field!)) return [];
    written.add(field!);
    writing.clauses += list.texts.length;
    return [{ kind: 'test', text: `${fieldName(field!)}:(${list.texts.join(' OR ')})` }];
  });
}

/** A clause that can stand anywhere: a negation gets something to take from. */
function alone(clause: Clause): Clause {
  return clause.kind === 'not' ? { kind: 'group', text: `(${everything} AND NOT ${clause.text})` } : clause;
}

function writeTest(atom: Atom, negated: boolean, writing: Writing): Clause {
  const { profile, flavour } = writing;
  const type = 'field' in atom && typeof atom.field === 'string' ? typeOf(profile, atom.field) : profile.defaultType;
  const { origin } = atom;
  writing.clauses += 1;
  let refused = false;
  for (const feature of atomFeatures(atom)) {
    const answer = isOneWord(atom, type) ? 'exact' : (flavour.answers[feature] ?? capability(feature, type, profile));
    if (answer === 'exact') continue;
    refused ||= answer.effect === 'refused';
    writing.losses.push({ feature, effect: negated ? turned[answer.effect] : answer.effect, why: answer.why, origin });
  }
  if (refused) return { kind: 'test', text: '' };
  const written = writeAtom(atom, profile, flavour);
  if ('refused' in written) {
    writing.losses.push({ feature: ownFeature(atom), effect: 'refused', why: written.refused, origin });
    return { kind: 'test', text: '' };
  }
  for (const assumption of written.assumptions) writing.assumptions.add(assumption);
  if (written.loss) {
    const { effect, why } = written.loss;
    writing.losses.push({ feature: ownFeature(atom), effect: negated ? turned[effect] : effect, why, origin });
  }
  if (written.field === null) return { kind: 'test', text: written.text };
  const name = fieldName(written.field);
  return { kind: 'test', text: `${name}:${written.text}`, field: { name, value: written.text } };
}

const turned = { wider: 'narrower', narrower: 'wider', differs: 'differs', refused: 'refused' } as const;

/** The feature that a refusal of the whole test is laid at. */
function ownFeature(atom: Atom): Feature {
  const [own] = atomFeatures(atom);
  return own!;
}

function tooMany(where: Predicate, count: number): Loss {
  const why = `it has ${count} clauses, and Elasticsearch allows ${MOST_CLAUSES} (indices.query.bool.max_clause_count)`;
  const [first] = atomsOf(where);
  return { feature: ownFeature(first!), effect: 'refused', why, origin: first!.origin };
}

/** Each loss once, refusals first. */
function distinct(losses: readonly Loss[]): Loss[] {
  const seen = new Map(losses.map((loss) => [`${loss.feature} ${loss.effect} ${loss.why}`, loss]));
  return [...seen.values()].toSorted((a, b) => Number(b.effect === 'refused') - Number(a.effect === 'refused'));
}
