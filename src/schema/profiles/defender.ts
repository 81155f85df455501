import type { Profile } from '../profile.ts';
import {
  deviceActions,
  deviceAssumption,
  deviceDerived,
  deviceEventActions,
  deviceEventNames,
  deviceNames,
  deviceTables,
} from './tables/device-events.ts';

/**
 * Advanced hunting in Microsoft Defender XDR: a table for what happened, and an action within it.
 *
 * `DeviceRegistryEvents` is left out: it spells hives out (`HKEY_LOCAL_MACHINE`), keeps a value's name apart, and writes
 * data without its type, so that no test of Sysmon's `TargetObject` or `Details` means there what it says.
 */
export const defender: Profile = {
  name: 'defender',
  title: 'Microsoft Defender XDR advanced hunting',
  reference: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables',
  fields: {},
  prefix: '',
  byKind: { ...deviceNames, ...deviceEventNames, 'security/4688': deviceNames['sysmon/1']! },
  holds: { ...deviceActions, ...deviceEventActions, 'security/4688': deviceActions['sysmon/1']! },
  tables: deviceTables,
  closed: true,
  derived: deviceDerived,
  source: { channel: null, channelPrefix: '', verbatim: true, eventId: null, provider: null },
  types: {
    InitiatingProcessId: { kind: 'number' },
    LocalPort: { kind: 'number' },
    ProcessId: { kind: 'number' },
    RemotePort: { kind: 'number' },
    Timestamp: { kind: 'date' },
  },
  defaultType: { kind: 'keyword', folded: false },
  multiValued: [],
  assumptions: [deviceAssumption],
};
