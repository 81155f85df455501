import { planHunt } from '../engine/plan.ts';
import { describe } from '../ir/describe.ts';
import type { Detection } from '../ir/detection.ts';
import type { Raw } from '../ir/event.ts';
import { any, atomsOf, fieldsOf } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { branches } from '../logic/branches.ts';
import type { Branch } from '../logic/branches.ts';
import { awkward, nearMisses } from '../logic/variations.ts';
import { openEvent } from '../schema/shapes.ts';
import { dressed, examplesFor } from './natural.ts';
import type { Examples } from './natural.ts';
import { likelyRecorded, recording } from './recorded.ts';
import { sourceFields } from './within.ts';

/**
 * An event made for a rule, in the shape in which flat Windows events, or the records of the rule's own product, are
 * recorded: a hunt recognises it.
 *
 * `match`: the rule selects it. `near-miss`: it does not, and one change away from a match it would. `awkward`: one
 * field has a value that languages disagree on; `why` says what the rule makes of it.
 */
export interface MadeEvent {
  readonly kind: 'match' | 'near-miss' | 'awkward';
  readonly why: string;
  readonly event: Raw;
}

/** Events for a rule; or, if it can't be hunted with, why. Of a rule with stages, events that its filter takes. */
export type Made = { readonly events: readonly MadeEvent[] } | { readonly obstacle: string };

/** How many events are made, and which. */
export interface SynthOptions {
  /** Most events of each kind. */
  readonly count?: number;
  /** The same seed gives the same events; another takes other values. */
  readonly seed?: number;
}

/**
 * Makes events that a rule selects, one for each way in which it can, then some that it just misses, then some with
 * awkward values. A hunt has confirmed each.
 */
export function synthesizeEvents(detection: Detection, { count = 100, seed = 0 }: SynthOptions = {}): Made {
  const filter = { ...detection, queries: detection.queries.flatMap(leaves) };
  const plan = planHunt([filter]);
  const [stuck] = plan.notRunnable;
  if (stuck) return { obstacle: stuck.reason };
  const hits = (event: Raw) => plan.match(openEvent(event)).length > 0;

  const where = any(filter.queries.map(likelyRecorded));
  const examples = turned(examplesFor(recording, samplesOf(detection)), seed);
  const matches = unique(
    waysOf(where, count, examples).map(({ event, tests }): MadeEvent & { readonly tests: readonly Atom[] } => ({
      kind: 'match',
      why: reasonOf(tests),
      event: dressed(event, [where, ...tests], recording, examples),
      tests,
    })),
  ).filter(({ event }) => hits(event));
  const isAsked = askedBy(where);
  const misses = matches.map(({ event }) => missesOf(where, event, isAsked, seed).filter((miss) => !hits(miss.event)));
  const [first] = matches;
  const odd = first ? awkward(where, first.event).filter(({ field }) => isAsked(field)) : [];
  return {
    events: [
      ...matches.map(({ kind, why, event }) => ({ kind, why, event })),
      ...unique(inTurn(misses)).slice(0, count),
      ...turn(odd, seed)
        .slice(0, count)
        .map(({ field, change, event }): MadeEvent => {
          const outcome = hits(event) ? 'it matches' : 'it does not match';
          return { kind: 'awkward', why: `${field}: ${change}; ${outcome}`, event };
        }),
    ],
  };
}

/** The queries that look at events, without what follows them. */
function leaves(query: Query): Query[] {
  const [first] = query.then;
  if (first?.kind === 'gather') return first.of.flatMap((branch) => leaves(branch.query));
  return [{ ...query, then: [] }];
}

function samplesOf({ samples }: Detection): (field: string) => readonly string[] {
  return (field) => samples.flatMap(({ event }) => (typeof event[field] === 'string' ? [event[field]] : []));
}

/** Ways with one value a field, if there are any: more than that is rarely recorded. */
function waysOf(where: Predicate, count: number, examples: Examples): Branch[] {
  const options = { examples, single: sourceFields(recording) };
  const plain = branches(where, count, { ...options, exclude: ['multi-valued'] });
  return plain.length > 0 ? plain : branches(where, count, options);
}

/** Tests that the rule itself asks, as opposed to those by which its log is told: they have a place in its text. */
function ownTests(tests: Iterable<Atom>): Atom[] {
  const all = [...tests];
  const own = all.filter(({ origin }) => origin !== undefined);
  return own.length > 0 ? own : all;
}

/** Whether the rule itself looks at a field: one that it names, or, for keywords, one that was made up to hold them. */
function askedBy(where: Predicate): (field: string) => boolean {
  const own = ownTests(atomsOf(where));
  const [named, known] = [new Set(own.flatMap(fieldsOf)), new Set(fieldsOf(where))];
  const hasKeywords = own.some(({ kind }) => kind === 'keyword');
  return (field) => named.has(field) || (hasKeywords && !known.has(field));
}

/** Tests that are named as the reason of a match. */
const NAMED = 6;

function reasonOf(tests: readonly Atom[]): string {
  const said = [...new Set(ownTests(tests).map(describe))];
  const more = said.length > NAMED ? ` and ${said.length - NAMED} more` : '';
  return said.length === 0 ? 'it asks for nothing that must be there' : `${said.slice(0, NAMED).join('; ')}${more}`;
}

function missesOf(where: Predicate, event: Raw, isAsked: (field: string) => boolean, seed: number): MadeEvent[] {
  const misses = nearMisses(where, event, seed).filter(({ field }) => isAsked(field));
  const found = misses.map(({ field, change, event: changed }): MadeEvent => {
    return { kind: 'near-miss', why: `${field}: ${change}`, event: changed };
  });
  const { eventId } = recording.source;
  return eventId === null || isAsked(eventId) ? found : [...found, ...otherId(event, eventId)];
}

/** The same of another event id, where the log source alone asks for one. */
function otherId(event: Raw, eventId: string): MadeEvent[] {
  if (!Object.hasOwn(event, eventId)) return [];
  const other = Number(event[eventId]) === 3 ? 5 : 3;
  return [{ kind: 'near-miss', why: `${eventId}: another event`, event: { ...event, [eventId]: other } }];
}

function turned(examples: Examples, seed: number): Examples {
  return (field) => turn(examples(field), seed);
}

/** The list, begun at another place. */
function turn<T>(list: readonly T[], seed: number): T[] {
  const at = list.length === 0 ? 0 : ((seed % list.length) + list.length) % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

function unique<T extends MadeEvent>(made: readonly T[]): T[] {
  return [...new Map(made.toReversed().map((each) => [JSON.stringify(each.event), each])).values()].toReversed();
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
