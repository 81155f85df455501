import type { Profile } from '../profile.ts';

/**
 * Windows' own event, `System` beside `EventData` or `UserData`, as `evtx_dump`, Velociraptor and others write it in
 * JSON. Names are those that `shapes/windows-event.ts` gives the leaves.
 */
export const windowsEvent: Profile = {
  name: 'windows-event',
  title: 'Windows events as JSON (evtx_dump, Velociraptor)',
  reference: 'https://learn.microsoft.com/windows/win32/wes/eventschema-schema',
  // Defender has a value of its own by the name that older rules use for the provider.
  fields: { ComputerName: 'Computer', SourceName: { kind: 'either', of: ['Provider_Name', 'SourceName'] } },
  prefix: '',
  source: { channel: 'Channel', channelPrefix: '', verbatim: false, eventId: 'EventID', provider: 'Provider_Name' },
  types: {},
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['Data'],
  assumptions: [],
};
