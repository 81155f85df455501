import { many } from '../ir/pattern.ts';
import { all, always, any, never, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import type { Applied } from '../passes/apply-log-source.ts';
import { translate } from '../passes/map-to-kind.ts';
import { simplify } from '../passes/simplify.ts';
import { sourceTerms } from '../passes/source-terms.ts';
import { eventKinds } from '../schema/log-sources.ts';
import type { EventKind } from '../schema/log-sources.ts';
import { formats } from '../schema/log-sources/formats.ts';
import { windowsEvent } from '../schema/profiles/windows-event.ts';

/** The schema in which rules meet: what events are called by whoever records them. */
export const recording = windowsEvent;

/**
 * A rule's query as a test of events as they are recorded, and recognised by `openEvent`: Windows events by channel and
 * event id and in their own names, other formats by what gives them away, the rest by the lack of both. So rules of any
 * two log sources can be compared, and an event that passes is one that a hunt recognises.
 */
export function asRecorded(query: Query): Applied {
  const applied = applyLogSource(query, recording);
  const where = simplify(placed(query, recognised));
  const { kinds, note } = eventKinds(query.logsource);
  const bare = kinds.filter(({ stream }) => stream === 'unmarked').map(({ name }) => name);
  const assumptions = [
    ...(kinds.length > 0 && note !== undefined ? [note] : []),
    ...(bare.length === 0
      ? []
      : [
          `Events of ${bare.join(' or ')} bear no mark: they are taken for any that have none, whatever log they are of.`,
        ]),
  ];
  return { ...applied, query: { ...applied.query, where }, assumptions };
}

/**
 * The same, but an event need only look like one of its kind, not unlike those of all others: shorter, and enough to
 * make events from, if each is checked afterwards.
 */
export function likelyRecorded(query: Query): Predicate {
  return simplify(placed(query, likeness));
}

function placed({ logsource, where, then }: Query, place: (kind: EventKind) => Predicate): Predicate {
  const [start] = then;
  if (start?.kind === 'gather') return any(start.of.map((branch) => placed(branch.query, place)));
  const { kinds } = eventKinds(logsource);
  return any(kinds.map((kind) => all([place(kind), translate(where, kind, recording).where])));
}

/** What an event of the kind looks like. */
function likeness(kind: EventKind): Predicate {
  switch (kind.stream) {
    case 'windows':
      return kind.channel === null && kind.provider === undefined ? isWindows : sourceTerms([kind], recording);
    case 'format':
      return any((kind.formats ?? []).map(markOf));
    case 'unmarked':
      return always;
  }
}

/** How `openEvent` recognises an event of the kind: by what it looks like, and by not being another. */
function recognised(kind: EventKind): Predicate {
  switch (kind.stream) {
    case 'windows':
      return likeness(kind);
    case 'format':
      return all([not(isWindows), any((kind.formats ?? []).map(first))]);
    case 'unmarked':
      return not(any([isWindows, isZeekLog, isZeek, ...formats.map(({ mark }) => mark)]));
  }
}

/** An event is of the first format whose mark it bears. */
function first(name: string): Predicate {
  return all([markOf(name), not(any(marksBefore(name)))]);
}

const isWindows = any(['Channel', 'Provider_Name', 'SourceName'].map(hasValue));

const isZeekLog = all([exists('_path'), exists('ts')]);
const isZeek = all([exists('uid'), exists('id.orig_h')]);

function markOf(name: string): Predicate {
  const log = /^zeek\.(.+)$/.exec(name)?.[1];
  if (log !== undefined) return all([{ kind: 'like', field: '_path', pattern: [log], cased: true }, exists('ts')]);
  return name === 'zeek' ? isZeek : (formats.find((format) => format.name === name)?.mark ?? never);
}

function marksBefore(name: string): Predicate[] {
  if (name.startsWith('zeek.')) return [];
  if (name === 'zeek') return [isZeekLog];
  const at = formats.findIndex((format) => format.name === name);
  return [isZeekLog, isZeek, ...formats.slice(0, Math.max(0, at)).map(({ mark }) => mark)];
}

function exists(field: string): Predicate {
  return { kind: 'exists', field };
}

function hasValue(field: string): Predicate {
  return { kind: 'like', field, pattern: [many], cased: false };
}
