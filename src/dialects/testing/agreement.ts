import * as fc from 'fast-check';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { any, not } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { eventsFor } from '../../ir/testing/random-events.ts';
import { atoms, predicates } from '../../ir/testing/random.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Dialect, Loss, Printed } from '../dialect.ts';

/** A query of one predicate, without stages. */
export function queryOf(where: Predicate): Query {
  return { logsource: {}, where, then: [] };
}

/** A printed predicate, read back: what the text means according to the dialect's own reader. */
export type ReadBack =
  | { readonly kind: 'refused'; readonly losses: readonly Loss[] }
  | { readonly kind: 'read'; readonly text: string; readonly losses: readonly Loss[]; readonly meaning: Predicate };

/** Prints and reads back; throws, naming the text, if the dialect can't read what it writes. */
export function readBack({ print, parse }: Dialect, where: Predicate, profile: Profile): ReadBack {
  const printed: Printed = print(queryOf(where), profile);
  if (printed.kind === 'refused') return printed;
  const { text, losses } = printed;
  const parsed = parse({ name: 'printed', text }, profile);
  if (parsed.queries.length === 0 || parsed.queries.some(({ then }) => then.length > 0))
    throw new Error(`not read back: ${text}\n${parsed.diagnostics.map(({ message }) => message).join('\n')}`);
  return { kind: 'read', text, losses, meaning: any(parsed.queries.map((query) => query.where)) };
}

/** Which way a printed text may differ from the rule, by the losses that it declares. */
export function mayDiffer(losses: readonly Loss[]): { readonly more: boolean; readonly fewer: boolean } {
  const effects = new Set(losses.map(({ effect }) => effect));
  return {
    more: effects.has('wider') || effects.has('differs'),
    fewer: effects.has('narrower') || effects.has('differs'),
  };
}

/** Says how text and rule disagree about an event beyond what is declared, or nothing. */
export function disagreement(
  where: Predicate,
  read: Extract<ReadBack, { kind: 'read' }>,
  event: Raw,
): string | undefined {
  const opened = eventOf(event);
  const [rule, text] = [evaluate(where, opened), evaluate(read.meaning, opened)];
  const may = mayDiffer(read.losses);
  if (rule === text || (text && may.more) || (rule && may.fewer)) return undefined;
  return `${text ? 'only the text' : 'only the rule'} takes ${JSON.stringify(event)}\ntext: ${read.text}`;
}

/** A random predicate with events made to tell it from others. */
export interface Case {
  readonly where: Predicate;
  readonly events: readonly Raw[];
}

/** Atoms that the dialect does not refuse, so that most predicates made of them are printed. */
export function printedAtoms(dialect: Dialect, profile: Profile): fc.Arbitrary<Atom> {
  return atoms().filter((atom) => dialect.print(queryOf(atom), profile).kind === 'text');
}

/** Nested predicates. */
export function nestedCases(dialect: Dialect, profile: Profile): fc.Arbitrary<Case> {
  return withEvents(predicates(printedAtoms(dialect, profile)), 6);
}

/** Single tests and their negations. */
export function singleCases(dialect: Dialect, profile: Profile): fc.Arbitrary<Case> {
  const signed = fc.tuple(printedAtoms(dialect, profile), fc.boolean());
  return withEvents(
    signed.map(([atom, negated]) => (negated ? not(atom) : atom)),
    8,
  );
}

function withEvents(drawn: fc.Arbitrary<Predicate>, count: number): fc.Arbitrary<Case> {
  const events = (where: Predicate) => fc.array(eventsFor(where), { minLength: count, maxLength: count });
  return drawn.chain((where) => fc.record({ where: fc.constant(where), events: events(where) }));
}

/** All that is wrong with how a dialect prints and reads a predicate. */
export function faultsOf(dialect: Dialect, profile: Profile, { where, events }: Case): string[] {
  const read = readBack(dialect, where, profile);
  if (read.kind === 'refused') return [];
  return events.map((event) => disagreement(where, read, event)).filter((fault) => fault !== undefined);
}
