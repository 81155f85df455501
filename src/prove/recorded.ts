import { many } from '../ir/pattern.ts';
import { all, any, not } from '../ir/predicate.ts';
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
  const where = simplify(placed(query, (kind) => all([shape(kind), ...apart(kind)])));
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
  return simplify(placed(query, (kind) => (kind.stream === 'unmarked' ? all([]) : shape(kind))));
}

function placed({ logsource, where, then }: Query, place: (kind: EventKind) => Predicate): Predicate {
  const [first] = then;
  if (first?.kind === 'gather') return any(first.of.map((branch) => placed(branch.query, place)));
  const { kinds } = eventKinds(logsource);
  return any(kinds.map((kind) => all([place(kind), translate(where, kind, recording).where])));
}

/** What an event of the kind looks like. */
function shape(kind: EventKind): Predicate {
  switch (kind.stream) {
    case 'windows':
      return kind.channel === null && kind.provider === undefined ? isWindows : sourceTerms([kind], recording);
    case 'format':
      return any((kind.formats ?? []).map(ofFormat));
    case 'unmarked':
      return unmarked;
  }
}

/** What keeps it from being taken for another kind. */
function apart({ stream }: EventKind): Predicate[] {
  return stream === 'windows' ? [] : [not(isWindows)];
}

const isWindows = any(['Channel', 'Provider_Name', 'SourceName'].map(hasValue));

const isZeek = any([all([exists('_path'), exists('ts')]), all([exists('uid'), exists('id.orig_h')])]);

const unmarked = not(any([isZeek, ...formats.map(({ mark }) => mark)]));

/** An event is of the first format whose mark it bears. */
function ofFormat(name: string): Predicate {
  const zeek = /^zeek\.(.+)$/.exec(name)?.[1];
  if (zeek !== undefined) return all([{ kind: 'like', field: '_path', pattern: [zeek], cased: true }, exists('ts')]);
  if (name === 'zeek') return all([exists('uid'), exists('id.orig_h'), not(all([exists('_path'), exists('ts')]))]);
  const at = formats.findIndex((format) => format.name === name);
  const before = formats.slice(0, Math.max(0, at));
  return at < 0 ? any([]) : all([formats[at]!.mark, not(any([isZeek, ...before.map(({ mark }) => mark)]))]);
}

function exists(field: string): Predicate {
  return { kind: 'exists', field };
}

function hasValue(field: string): Predicate {
  return { kind: 'like', field, pattern: [many], cased: false };
}
