import { evaluate } from '../ir/evaluate.ts';
import { eventOf, scalarsOf, textOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { all, always, fieldsOf, mapAtoms, never, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { plausible } from '../logic/plausible.ts';
import { satisfy } from '../logic/relate.ts';
import { simplify } from '../passes/simplify.ts';
import { taxonomyName } from '../passes/to-taxonomy.ts';
import type { Profile } from '../schema/profile.ts';
import { sourceFields, within } from './within.ts';

/** Values that a field, by its name in a profile, really has. */
export type Examples = (field: string) => readonly string[];

/**
 * Gives example values for fields in the profile's names: those that `known` gives by Sigma's name, then plausible
 * ones of our own.
 */
export function examplesFor(profile: Profile, known: (name: string) => readonly string[] = () => []): Examples {
  const asked = new Map<string, readonly string[]>();
  const find = (field: string) => {
    const name = taxonomyName(field, profile);
    return [...new Set([...known(field), ...(name === field ? [] : known(name)), ...plausible(name)])];
  };
  return (field) => {
    let values = asked.get(field);
    if (!values) asked.set(field, (values = find(field)));
    return values;
  };
}

/** Logs to put an event into that says nothing of where it was recorded, the most usual first. */
const places: readonly (readonly [channel: string, eventId: number])[] = [
  ['Microsoft-Windows-Sysmon/Operational', 1],
  ['Security', 4688],
  ['Microsoft-Windows-Sysmon/Operational', 3],
  ['Microsoft-Windows-Sysmon/Operational', 11],
  ['Microsoft-Windows-Sysmon/Operational', 13],
  ['Microsoft-Windows-PowerShell/Operational', 4104],
  ['Security', 4624],
  ['System', 7045],
  ['Application', 1000],
];

const [BEST] = places as readonly [(typeof places)[number]];

/**
 * An event on which the predicates, which are in the profile's names, come out as they do on `event`, and that looks as
 * if it had been recorded: from the log that a reader knows best, if there is one there, and dressed.
 */
export function natural(event: Raw, predicates: readonly Predicate[], profile: Profile, examples: Examples): Raw {
  const asked = new Set(predicates.flatMap(fieldsOf));
  if (!sourceFields(profile).some((field) => asked.has(field))) return dressed(event, predicates, profile, examples);
  const opened = eventOf(event);
  const best = bestKnown(profile);
  if (evaluate(best, opened) && !Object.values(event).some((value) => Array.isArray(value)))
    return dressed(event, predicates, profile, examples);
  const alike = predicates.map((where) => (evaluate(where, opened) ? where : not(where)));
  const there = alike.map((where) => atBestKnown(where, profile));
  if (there.some((where) => where.kind === 'any' && where.of.length === 0))
    return dressed(event, predicates, profile, examples);
  const usual = satisfy(all([...alike, best]), { examples, exclude: ['multi-valued'] });
  return dressed(usual.kind === 'event' ? usual.event : event, predicates, profile, examples);
}

/** What is left of a predicate for single-valued events that `bestKnown` takes. */
function atBestKnown(where: Predicate, { source }: Profile): Predicate {
  const { channel, eventId } = source;
  const place = eventOf({
    ...(channel !== null && { [channel]: `${prefixOf(source)}${BEST[0]}` }),
    ...(eventId !== null && { [eventId]: BEST[1] }),
  });
  return simplify(
    mapAtoms(where, (atom) => {
      if (!('field' in atom) || atom.kind === 'sameAs') return atom;
      if (atom.field === eventId) return evaluate(atom, place) ? always : never;
      if (atom.field !== channel || atom.kind !== 'like') return atom;
      // The channel may be written in any case, so a test in which case counts is decided only where it does not.
      if (!evaluate({ ...atom, cased: false }, place)) return never;
      return atom.cased ? atom : always;
    }),
  );
}

function bestKnown({ source }: Profile): Predicate {
  const [channel, eventId] = BEST;
  return all([
    ...(source.channel === null ? [] : [is(source.channel, `${prefixOf(source)}${channel}`)]),
    ...(source.eventId === null ? [] : [is(source.eventId, String(eventId))]),
  ]);
}

function is(field: string, text: string): Predicate {
  return { kind: 'like', field, pattern: [text], cased: false };
}

/** Whether an event makes each of some predicates come out as wanted. */
type Keeps = (event: Raw) => boolean;

/** Asks of events whether they make predicates come out as `event` does. */
function outcomesOf(event: Raw, predicates: readonly Predicate[]): Keeps {
  const opened = eventOf(event);
  const outcomes = predicates.map((predicate) => evaluate(predicate, opened));
  return (raw) => {
    const changed = eventOf(raw);
    return predicates.every((predicate, index) => evaluate(predicate, changed) === outcomes[index]);
  };
}

/**
 * Makes an event look as if it had been recorded: values that were made up give way to examples, the log that it comes
 * from is filled in, and so are fields that the predicates look at. Each predicate is in the end what it was of the
 * event: nothing is done that would change that.
 */
export function dressed(event: Raw, predicates: readonly Predicate[], profile: Profile, examples: Examples): Raw {
  const keeps = outcomesOf(event, predicates);
  const fields = new Set(predicates.flatMap(fieldsOf));
  const placed = placedIn(event, fields, profile, keeps);
  const looked = new Set(predicates.flatMap((each) => fieldsOf(within(each, placed, profile))));
  let dressed = placed;
  for (const field of new Set([...Object.keys(placed), ...looked])) {
    const offered = examples(field);
    const value = placed[field];
    if (value === null && keeps({ ...dressed, [field]: SOMETHING })) dressed = { ...dressed, [field]: SOMETHING };
    const isMadeUp = typeof value === 'string' && !offered.includes(value) && !isSource(field, profile);
    if (!isMadeUp && value !== undefined) continue;
    const fitting = taxonomyName(field, profile) === 'Image' ? [...startedBy(dressed, profile), ...offered] : offered;
    const candidates = isMadeUp ? [...fitting, ...offered.flatMap(shortened)] : fitting;
    const found = candidates.find((text) => keeps({ ...dressed, [field]: text }));
    if (found !== undefined) dressed = { ...dressed, [field]: found };
  }
  return inOrder(dressed, profile);
}

/** The event with a value in each field that the predicates look at, none of which that changes; null if that fails. */
export function filled(event: Raw, predicates: readonly Predicate[]): Raw | null {
  const opened = eventOf(event);
  const lacking = [...new Set(predicates.flatMap(fieldsOf))].filter(
    (field) => scalarsOf(opened.get(field)).length === 0,
  );
  if (lacking.length === 0) return event;
  const keeps = outcomesOf(event, predicates);
  const all = { ...event, ...Object.fromEntries(lacking.map((field) => [field, SOMETHING])) };
  if (keeps(all)) return all;
  let full = event;
  for (const field of lacking) {
    const text = FILLERS.find((each) => keeps({ ...full, [field]: each }));
    if (text === undefined) return null;
    full = { ...full, [field]: text };
  }
  return full;
}

const FILLERS = ['-', 'x', '1'];

/** In place of null in a field that need only be there. */
const SOMETHING = '-';

function isSource(field: string, profile: Profile): boolean {
  return sourceFields(profile).includes(field);
}

/** The program that a command line begins with, as a path. */
function startedBy(event: Raw, profile: Profile): string[] {
  const [, line] = Object.entries(event).find(([field]) => taxonomyName(field, profile) === 'CommandLine') ?? [];
  const program = typeof line === 'string' ? /^[\w-]+\.exe(?= |$)/i.exec(line)?.[0] : undefined;
  return program === undefined ? [] : [`C:\\Windows\\System32\\${program}`];
}

/** A command line without its first word, its last, or both. */
function shortened(text: string): string[] {
  const words = text.split(' ');
  return words.length < 3 ? [] : [words.slice(1), words.slice(0, -1), words.slice(1, -1)].map((each) => each.join(' '));
}

function placedIn(event: Raw, fields: ReadonlySet<string>, { source }: Profile, keeps: Keeps): Raw {
  const { channel, eventId } = source;
  const named = [channel, eventId].filter((field) => field !== null);
  if (!named.some((field) => fields.has(field)) || named.every((field) => Object.hasOwn(event, field))) return event;
  for (const [name, id] of places) {
    const place = {
      ...(channel !== null && { [channel]: `${prefixOf(source)}${name}` }),
      ...(eventId !== null && { [eventId]: id }),
    };
    const clashes = named.some((field) => Object.hasOwn(event, field) && !isSame(event[field], place[field]!));
    const full = { ...place, ...event };
    if (!clashes && keeps(full)) return full;
  }
  return event;
}

function prefixOf({ channelPrefix }: Profile['source']): string {
  return typeof channelPrefix === 'string' ? channelPrefix : (channelPrefix[0] ?? '');
}

function isSame(value: Value | undefined, other: string | number): boolean {
  return scalarsOf(value).some((each) => textOf(each).toLowerCase() === String(other).toLowerCase());
}

/** Where it was recorded comes first, as a person reads it; the event id as the number that it is. */
function inOrder(event: Raw, { source }: Profile): Raw {
  const first = [source.channel, source.provider, source.eventId].filter((field) => field !== null);
  const names = [...first.filter((field) => Object.hasOwn(event, field)), ...Object.keys(event)];
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      const value = event[name]!;
      return [
        name,
        name === source.eventId && typeof value === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(value)
          ? Number(value)
          : value,
      ];
    }),
  );
}
