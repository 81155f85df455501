import { all, any } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { EventKind } from '../schema/event-kind.ts';
import type { Profile, Telling } from '../schema/profile.ts';

/**
 * The tests that tell events of these kinds from others, in the profile's names; true of everything where the schema
 * or the kind gives nothing to tell them by. The kinds may differ in their channel alone.
 */
export function sourceTerms(kinds: readonly EventKind[], { source, holds }: Profile): Predicate {
  const [first] = kinds;
  if (holds) return any(kinds.map(({ name }) => telling(holds[name] ?? {}, source.verbatim)));
  if (first?.stream !== 'windows') return all([]);
  const { channel, channelPrefix, eventId, provider, verbatim } = source;
  const prefixes = typeof channelPrefix === 'string' ? [channelPrefix] : channelPrefix;
  const channels = kinds.map((kind) => kind.channel).filter((name) => name !== null);
  const terms: Predicate[] = [];
  if (channel !== null && channels.length > 0)
    terms.push(any(channels.flatMap((name) => prefixes.map((prefix) => is(channel, `${prefix}${name}`, verbatim)))));
  if (provider !== null && first.provider !== undefined) terms.push(is(provider, first.provider, verbatim));
  if (eventId !== null && first.eventIds.length > 0)
    terms.push(any(first.eventIds.map((value): Predicate => ({ kind: 'equal', field: eventId, value }))));
  return all(terms);
}

/** The tests by which a schema that normalises tells a kind of events. */
function telling(values: Telling, cased: boolean): Predicate {
  return all(
    Object.entries(values).map(([field, told]) =>
      any(
        [told]
          .flat()
          .map((value) => (typeof value === 'number' ? { kind: 'equal', field, value } : is(field, value, cased))),
      ),
    ),
  );
}

/** Says what a query leaves to whoever chooses the index, for kinds that the profile can't tell apart. */
export function sourceAssumptions(kinds: readonly EventKind[], { source, title, holds }: Profile): string[] {
  if (holds) return [];
  const others = kinds.filter(({ stream }) => stream !== 'windows').map(({ name }) => name);
  const told =
    others.length === 0
      ? []
      : [
          `No test tells events of ${others.join(' or ')} from others, and their fields go by the names that rules use.`,
        ];
  const windows = kinds.filter(({ stream }) => stream === 'windows');
  const lacking = [
    ...(source.channel === null && windows.some(({ channel }) => channel !== null) ? ['channel'] : []),
    ...(source.eventId === null && windows.some(({ eventIds }) => eventIds.length > 0) ? ['event id'] : []),
    ...(source.provider === null && windows.some(({ provider }) => provider !== undefined) ? ['provider'] : []),
  ];
  return [
    ...told,
    ...lacking.map(
      (what) =>
        `${title} has no field for the ${what}: only events of ${windows.map(({ name }) => name).join(' or ')} are searched.`,
    ),
  ];
}

function is(field: string, text: string, cased: boolean): Predicate {
  return { kind: 'like', field, pattern: [text], cased };
}
