import { tableField } from '../profile.ts';
import type { Profile } from '../profile.ts';
import { fileName } from './process-names.ts';

/**
 * The table `SecurityEvent` of Microsoft Sentinel: Windows' security log, its values in columns under their own names.
 * Other event logs lie in `Event` and `WindowsEvent` as XML or JSON in one column, which no column can be named for.
 */
export const sentinel: Profile = {
  name: 'sentinel',
  title: 'Microsoft Sentinel (SecurityEvent)',
  reference: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent',
  fields: { ComputerName: 'Computer', Provider_Name: 'EventSourceName', SourceName: 'EventSourceName' },
  prefix: '',
  byKind: { 'security/4688': { User: 'SubjectAccount' } },
  holds: {
    'security/4688': { [tableField]: 'SecurityEvent', EventID: 4688 },
    Security: { [tableField]: 'SecurityEvent' },
  },
  derived: { Process: fileName('Image') },
  source: { channel: null, channelPrefix: '', verbatim: true, eventId: 'EventID', provider: 'EventSourceName' },
  types: { EventID: { kind: 'number' }, LogonType: { kind: 'number' }, TimeGenerated: { kind: 'date' } },
  defaultType: { kind: 'keyword', folded: false },
  multiValued: [],
  assumptions: [],
};
