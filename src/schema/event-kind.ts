import type { Predicate } from '../ir/predicate.ts';
import type { Mapping } from './profile.ts';

/**
 * A sort of event that a log source means: where it is recorded, and how its own names differ from Sigma's.
 *
 * `windows`: an event of a Windows event log or an ETW provider, told by channel, event id and provider. `format`: an
 * event whose shape gives it away (`formats.ts`). `unmarked`: one that nothing tells apart, such as a line of a web
 * server's log; such a kind takes every event that is neither of the first two.
 */
export interface EventKind {
  /** Unique, short, shown to people: `sysmon/1`, `Security`, `aws.cloudtrail`. */
  readonly name: string;
  readonly stream: 'windows' | 'format' | 'unmarked';
  /** Null for any channel, or none. */
  readonly channel: string | null;
  /** Empty for all. */
  readonly eventIds: readonly number[];
  readonly provider?: string;
  /** Names of the formats that the kind covers, for the stream `format`. */
  readonly formats?: readonly string[];
  /** What sets the kind apart besides, in Sigma's names: registry keys that are created, not deleted. */
  readonly where?: Predicate;
  /** The event carries its values in `UserData`, not `EventData`. */
  readonly userData?: true;
  /** Sigma's name -> the event's own; a name that is not here is the same in both. */
  readonly fields: Readonly<Record<string, Mapping>>;
}

/** What is known of an event before its fields are looked at. `format` names its shape. */
export interface Mark {
  readonly channel: string | null;
  readonly eventId: number | null;
  readonly provider: string | null;
  readonly format: string | null;
}

/** Tells whether an event with this mark can be of the kind; its `where` remains to be asked. */
export function admits(kind: EventKind, mark: Mark): boolean {
  switch (kind.stream) {
    case 'windows':
      return (
        isWindows(mark) &&
        (kind.channel === null || sameName(kind.channel, mark.channel)) &&
        (kind.provider === undefined || sameName(kind.provider, mark.provider)) &&
        (kind.eventIds.length === 0 || (mark.eventId !== null && kind.eventIds.includes(mark.eventId)))
      );
    case 'format':
      return mark.format !== null && (kind.formats ?? []).includes(mark.format);
    case 'unmarked':
      return !isWindows(mark) && mark.format === null;
  }
}

/** Channels and providers are compared without regard to case: collectors write `security` and `Security`. */
export function sameName(a: string, b: string | null): boolean {
  return b !== null && (a === b || a.toLowerCase() === b.toLowerCase());
}

function isWindows({ channel, provider }: Mark): boolean {
  return channel !== null || provider !== null;
}
