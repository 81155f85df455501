import { eventOf } from '../ir/event.ts';
import type { Event, Raw, Value } from '../ir/event.ts';
import { formatOf } from './log-sources/formats.ts';
import type { Profile } from './profile.ts';
import { flat } from './profiles/flat.ts';
import { windowsEvent } from './profiles/windows-event.ts';
import { asFormat, recordedWinlog, unmarked } from './shapes/profiles.ts';
import { utcTime } from './shapes/time.ts';
import { attribute, elementText, isObject, openWindowsEvent } from './shapes/windows-event.ts';
import type { WindowsEvent } from './shapes/windows-event.ts';

/**
 * A recorded event, its shape recognised: `profile` says how its fields are called, and what tells events apart
 * (`channel`, `eventId`, `provider`, `format`) has been read. `format` is null for events of Windows event logs and for
 * those that nothing marks. `time` is ISO 8601 in UTC.
 */
export interface RecordedEvent {
  readonly event: Event;
  readonly profile: Profile;
  readonly channel: string | null;
  readonly eventId: number | null;
  readonly provider: string | null;
  readonly format: string | null;
  readonly time: string | null;
  readonly host: string | null;
}

/**
 * Recognises the shape of an event and opens it; nothing is converted, and only what is asked for is looked up.
 *
 * In this order: a document as Elasticsearch exports it (`_source`), a Windows event (`Event.System`, or `System` at
 * the top), Winlogbeat's and Elastic Agent's (`winlog`), a flat one (`Channel`, or `EventID` with a provider), a format
 * that gives itself away, any other.
 */
export function openEvent(raw: Raw): RecordedEvent {
  const inner = raw['_source'];
  if (isObject(inner) && !Object.hasOwn(raw, 'Channel')) return openEvent(inner);
  const parts = windowsParts(raw);
  if (parts) return windowsRecord(parts);
  if (isObject(raw['winlog']) || Object.hasOwn(raw, 'winlog.channel')) return winlogRecord(raw);
  const provider = textOf(raw['SourceName'] ?? raw['Provider_Name']);
  if (typeof raw['Channel'] === 'string' || (provider !== null && Object.hasOwn(raw, 'EventID')))
    return flatRecord(raw, provider);
  return otherRecord(raw);
}

function windowsParts(raw: Raw): WindowsEvent | undefined {
  const holder = isObject(raw['Event']) ? raw['Event'] : raw;
  const system = holder['System'];
  return isObject(system) && (Object.hasOwn(system, 'EventID') || Object.hasOwn(system, 'Channel'))
    ? (holder as unknown as WindowsEvent)
    : undefined;
}

function windowsRecord(parts: WindowsEvent): RecordedEvent {
  const { System } = parts;
  return {
    event: openWindowsEvent(parts),
    profile: windowsEvent,
    channel: textOf(elementText(System['Channel'])),
    eventId: idOf(elementText(System['EventID'])),
    provider: textOf(attribute(System['Provider'], 'Name')),
    format: null,
    get time() {
      return utcTime(attribute(System['TimeCreated'], 'SystemTime') ?? elementText(System['TimeCreated']));
    },
    get host() {
      return textOf(elementText(System['Computer']));
    },
  };
}

function winlogRecord(raw: Raw): RecordedEvent {
  const event = eventOf(raw);
  return {
    event,
    profile: recordedWinlog,
    channel: textOf(event.get('winlog.channel')),
    eventId: idOf(event.get('winlog.event_id') ?? event.get('event.code')),
    provider: textOf(event.get('winlog.provider_name')),
    format: null,
    get time() {
      return utcTime(raw['@timestamp'] ?? event.get('winlog.time_created'));
    },
    get host() {
      return textOf(event.get('winlog.computer_name') ?? event.get('host.name'));
    },
  };
}

function flatRecord(raw: Raw, provider: string | null): RecordedEvent {
  return {
    event: eventOf(raw),
    profile: flat,
    channel: textOf(raw['Channel']),
    eventId: idOf(raw['EventID']),
    provider,
    format: null,
    get time() {
      return firstTime(raw, flatTimes);
    },
    get host() {
      return textOf(raw['Hostname'] ?? raw['Computer'] ?? raw['ComputerName'] ?? raw['host']);
    },
  };
}

function otherRecord(raw: Raw): RecordedEvent {
  const event = eventOf(raw);
  const format = formatOf(event);
  return {
    event,
    profile: format === null ? unmarked : asFormat(format),
    channel: null,
    eventId: idOf(raw['EventID']),
    provider: null,
    format,
    get time() {
      return firstTime(raw, otherTimes);
    },
    get host() {
      return textOf(raw['host'] ?? raw['hostname'] ?? event.get('host.name') ?? raw['Computer']);
    },
  };
}

/** The collector's time first: all events of a file have it, and in one zone. */
const flatTimes = ['@timestamp', 'TimeCreated', 'EventTime', 'UtcTime'];
const otherTimes = [
  ...['@timestamp', 'timestamp', 'eventTime', 'time', 'TimeGenerated', 'published', 'CreationTime', 'created_at'],
  ...['requestReceivedTimestamp', 'stageTimestamp', 'ts', '_time', 'utc_time', 'date', 'UtcTime'],
];

function firstTime(raw: Raw, names: readonly string[]): string | null {
  for (const name of names) {
    const time = utcTime(raw[name]);
    if (time !== null) return time;
  }
  return null;
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function idOf(value: Value | undefined): number | null {
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
