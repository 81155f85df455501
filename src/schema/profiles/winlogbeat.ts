import type { FieldType, Mapping, Profile } from '../profile.ts';

/** `Level` is a word in the Elastic schemas; the numbers are those of the event schema's `Level`. */
const level: Mapping = {
  kind: 'coded',
  field: 'log.level',
  codes: { critical: '1', error: '2', warning: '3', information: '4', verbose: '5' },
};

/** Winlogbeat numbers the unnamed `Data` elements of an event from 1. */
const unnamed: Mapping = {
  kind: 'either',
  of: Array.from({ length: 6 }, (_, index) => `winlog.event_data.param${index + 1}`),
};

/** What Elastic's Windows collectors call the leaves of `System`, with and without modules. */
export const systemFields: Readonly<Record<string, Mapping>> = {
  Channel: 'winlog.channel',
  Provider_Name: 'winlog.provider_name',
  Provider_Guid: 'winlog.provider_guid',
  SourceName: 'winlog.provider_name',
  Computer: 'winlog.computer_name',
  ComputerName: 'winlog.computer_name',
  Hostname: 'winlog.computer_name',
  EventRecordID: 'winlog.record_id',
  Opcode: 'winlog.opcode',
  Task: 'winlog.task',
  Version: 'winlog.version',
  Keywords: 'winlog.keywords',
  Level: level,
  Correlation_ActivityID: 'winlog.activity_id',
  Execution_ProcessID: 'winlog.process.pid',
  Execution_ThreadID: 'winlog.process.thread.id',
  Security_UserID: 'winlog.user.identifier',
  TimeCreated_SystemTime: '@timestamp',
  Message: 'message',
  Data: unnamed,
};

export const systemTypes: Readonly<Record<string, FieldType>> = {
  '@timestamp': { kind: 'date' },
  message: { kind: 'text', analyzer: 'standard' },
  'winlog.process.pid': { kind: 'number' },
  'winlog.process.thread.id': { kind: 'number' },
  'winlog.version': { kind: 'number' },
};

/**
 * Winlogbeat 7 and later as it ships: every value of an event stays under `winlog.event_data`, a keyword without
 * `.keyword` beside it, and case counts. `winlog.event_id` is a keyword too.
 *
 * Winlogbeat adds ECS fields of its own (`event.code`, `host.name`, `log.level`); its Sysmon, Security and PowerShell
 * modules go further and move values into ECS, which is the profile `ecs`.
 */
export const winlogbeat: Profile = {
  name: 'winlogbeat',
  title: 'Winlogbeat 7 and later, without modules',
  reference: 'https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog',
  fields: { ...systemFields, EventID: 'winlog.event_id' },
  prefix: 'winlog.event_data.',
  userPrefix: 'winlog.user_data.',
  source: {
    channel: 'winlog.channel',
    channelPrefix: '',
    verbatim: true,
    eventId: 'winlog.event_id',
    provider: 'winlog.provider_name',
  },
  types: systemTypes,
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['winlog.keywords'],
  assumptions: [
    "Winlogbeat's modules are off: they move event data into ECS fields (profile 'ecs').",
    'Values longer than 1,024 characters are not indexed (ignore_above of the keyword fields).',
  ],
};
