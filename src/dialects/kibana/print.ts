import { atomFeatures } from '../../ir/features.ts';
import type { Feature } from '../../ir/features.ts';
import { atomsOf } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { eachOnce, effectUnder } from '../dialect.ts';
import type { Loss, Printed } from '../dialect.ts';
import { capability } from './capabilities.ts';
import { fieldName } from './text.ts';
import { writeTest } from './write-test.ts';

/**
 * Writes a query as KQL, or refuses it. Groups within groups of another kind get parentheses, whatever binds tighter.
 *
 *     winlog.channel: "Security" and winlog.event_id: 4688 and not user.name: (*$ or SYSTEM)
 */
export function print(query: Query, profile: Profile): Printed {
  const writing: Writing = { profile, losses: [], assumptions: new Set(), clauses: 0 };
  for (const { kind } of query.then) {
    const answer = capability(`stage.${kind}`, profile.defaultType, profile);
    if (answer !== 'exact') writing.losses.push({ feature: `stage.${kind}`, ...answer, origin: undefined });
  }
  const { text } = write(query.where, false, writing);
  if (writing.clauses > MOST_CLAUSES) writing.losses.push(tooMany(query.where, writing.clauses));
  const losses = eachOnce(writing.losses);
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  return { kind: 'text', text, losses, assumptions: [...writing.assumptions] };
}

/** `indices.query.bool.max_clause_count`, counted over the whole query as Lucene 9 does. */
const MOST_CLAUSES = 1024;

interface Writing {
  readonly profile: Profile;
  readonly losses: Loss[];
  readonly assumptions: Set<string>;
  clauses: number;
}

/** A clause; a `test` of a field has its name and value apart, so that neighbours can share the name. */
interface Clause {
  readonly kind: 'test' | 'all' | 'any' | 'not';
  readonly text: string;
  readonly field?: { readonly name: string; readonly value: string };
}

const everything = '*: *';

function write(node: Predicate, negated: boolean, writing: Writing): Clause {
  switch (node.kind) {
    case 'all':
    case 'any': {
      const clauses = node.of.map((part) => write(part, negated, writing));
      const [first, ...others] = clauses;
      if (!first)
        return node.kind === 'all' ? { kind: 'test', text: everything } : { kind: 'not', text: `not ${everything}` };
      return others.length === 0 ? first : group(node.kind, clauses);
    }
    case 'not': {
      const inner = write(node.of, !negated, writing);
      return { kind: 'not', text: `not ${inner.kind === 'test' ? inner.text : `(${inner.text})`}` };
    }
    case 'compare':
      // A range takes what reads as the number, a value only what is written so.
      if (node.order !== '=') return writeAtom(node, negated, writing);
      return write(
        {
          kind: 'all',
          of: [
            { ...node, order: '>=' },
            { ...node, order: '<=' },
          ],
        },
        negated,
        writing,
      );
    default:
      return writeAtom(node, negated, writing);
  }
}

function group(kind: 'all' | 'any', clauses: readonly Clause[]): Clause {
  const name = clauses[0]?.field?.name;
  const values = clauses.flatMap(({ field }) => (field !== undefined && field.name === name ? [field.value] : []));
  const join = kind === 'all' ? ' and ' : ' or ';
  if (values.length === clauses.length) return { kind: 'test', text: `${name}: (${values.join(join)})` };
  const parts = clauses.map(({ kind: own, text }) => (own === 'test' || own === 'not' ? text : `(${text})`));
  return { kind, text: parts.join(join) };
}

function writeAtom(atom: Atom, negated: boolean, writing: Writing): Clause {
  const { profile } = writing;
  const type = 'field' in atom && typeof atom.field === 'string' ? typeOf(profile, atom.field) : profile.defaultType;
  const lose = ({ feature, effect, why }: Omit<Loss, 'origin'>) =>
    writing.losses.push({ feature, effect: effectUnder(negated, effect), why, origin: atom.origin });
  const written = writeTest(atom, profile);
  let declared = false;
  for (const feature of atomFeatures(atom)) {
    const answer = capability(feature, type, profile);
    declared ||= answer !== 'exact' && answer.effect === 'refused';
    if (answer !== 'exact' && (answer.effect === 'refused' || !written.exact.includes(feature)))
      lose({ feature, ...answer });
  }
  const [own] = atomFeatures(atom);
  if (written.kind === 'refused') {
    if (!declared) lose({ feature: own!, effect: 'refused', why: written.why });
    return { kind: 'test', text: '' };
  }
  writing.clauses += written.values.length;
  for (const assumption of written.assumptions) writing.assumptions.add(assumption);
  for (const lack of written.also) lose({ feature: own!, ...lack });
  const value = written.values.length === 1 ? written.values[0]! : `(${written.values.join(` ${written.join} `)})`;
  if (written.field === null)
    return { kind: written.values.length === 1 ? 'test' : 'any', text: written.values.join(' or ') };
  const name = fieldName(written.field);
  const separator = written.ranged ? ' ' : ': ';
  const clause = { kind: 'test', text: `${name}${separator}${value}` } as const;
  return written.ranged || written.values.length > 1 ? clause : { ...clause, field: { name, value } };
}

function tooMany(where: Predicate, count: number): Loss {
  const why = `it has ${count} clauses, and Elasticsearch allows ${MOST_CLAUSES} (indices.query.bool.max_clause_count)`;
  const [first] = atomsOf(where);
  const [feature] = atomFeatures(first!);
  return { feature: feature as Feature, effect: 'refused', why, origin: first!.origin };
}
