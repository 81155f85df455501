import type { FieldType, Mapping, Profile } from '../profile.ts';
import { winlogbeat } from './winlogbeat.ts';

/** The Beats input writes nested names with underscores, behind the name of the Beat: `winlogbeat_winlog_channel`. */
function flattened(name: string): string {
  return `winlogbeat_${name.replaceAll('.', '_')}`;
}

function renamed(mapping: Mapping): Mapping {
  if (typeof mapping === 'string') return flattened(mapping);
  switch (mapping.kind) {
    case 'either':
      return { ...mapping, of: mapping.of.map(renamed) };
    case 'list':
      return {
        ...mapping,
        fields: Object.fromEntries(Object.entries(mapping.fields).map(([key, field]) => [key, flattened(field)])),
      };
    case 'joined':
      return { ...mapping, left: flattened(mapping.left), right: flattened(mapping.right) };
    case 'absent':
      return mapping;
    default:
      return { ...mapping, field: flattened(mapping.field) };
  }
}

const number: FieldType = { kind: 'number' };

/**
 * Graylog as its Sidecar and the Beats input fill it from Winlogbeat 7 or later: the names of Winlogbeat, flattened.
 *
 * Graylog's index template (`IndexMapping`) analyses `message`, `full_message` and `source`; every other text is a
 * keyword, and what Winlogbeat sends as a number is a number. `source` is the agent's name, in small letters.
 */
export const graylog: Profile = {
  name: 'graylog',
  title: 'Graylog, Beats input with Winlogbeat 7 or later',
  reference: 'https://go2docs.graylog.org/current/getting_in_log_data/beats_input.html',
  fields: {
    ...Object.fromEntries(Object.entries(winlogbeat.fields).map(([name, mapping]) => [name, renamed(mapping)])),
    Message: 'message',
    TimeCreated_SystemTime: 'timestamp',
  },
  prefix: 'winlogbeat_winlog_event_data_',
  userPrefix: 'winlogbeat_winlog_user_data_',
  source: {
    channel: 'winlogbeat_winlog_channel',
    channelPrefix: '',
    verbatim: true,
    eventId: 'winlogbeat_winlog_event_id',
    provider: 'winlogbeat_winlog_provider_name',
  },
  types: {
    timestamp: { kind: 'date' },
    message: { kind: 'text', analyzer: 'standard' },
    full_message: { kind: 'text', analyzer: 'standard' },
    source: { kind: 'keyword', folded: true },
    winlogbeat_winlog_process_pid: number,
    winlogbeat_winlog_process_thread_id: number,
    winlogbeat_winlog_record_id: number,
    winlogbeat_winlog_version: number,
  },
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['winlogbeat_winlog_keywords'],
  assumptions: [
    'The Beats input puts the name of the Beat before every field, as it does unless told otherwise.',
    'Graylog cuts blanks off both ends of a value, so a value that matters has none there.',
    "`message` is analysed as Graylog's index sets are set up to (analyzer: standard).",
  ],
};
