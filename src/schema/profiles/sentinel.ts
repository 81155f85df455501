import { tableField } from '../profile.ts';
import type { Profile } from '../profile.ts';
import { cloudLogs, cloudTables } from './tables/cloud-logs.ts';
import { deviceActions, deviceAssumption, deviceDerived, deviceNames, deviceTables } from './tables/device-events.ts';
import { processNames4688, securityTable, windowsLogs, windowsTable } from './tables/windows-logs.ts';

/** `isfuzzy` leaves out in silence what is not there, so that the rest is searched. */
const eachTable = 'Every table of a union is there: `isfuzzy` leaves out in silence those that are not.';

/**
 * A workspace of Microsoft Sentinel with its usual connectors: `SecurityEvent` for the security log, Defender's `Device*`
 * tables for what Sysmon would record of processes, connections, libraries and files, `WindowsEvent` (Windows Forwarded
 * Events) for every other event log, Sysmon's remaining events among them, and a table for each cloud log.
 *
 * `Event`, the table of the Windows Event Logs connector, holds an event's values as XML in one text, which no column
 * can be named for.
 */
export const sentinel: Profile = {
  name: 'sentinel',
  title: 'Microsoft Sentinel with Defender XDR',
  reference: 'https://learn.microsoft.com/azure/sentinel/data-source-schema-reference',
  fields: {},
  prefix: '',
  byKind: { ...deviceNames, 'security/4688': processNames4688 },
  holds: {
    ...windowsLogs,
    ...deviceActions,
    ...cloudLogs,
    'security/4688': { [tableField]: 'SecurityEvent', EventID: 4688 },
    Security: { [tableField]: 'SecurityEvent' },
  },
  tables: { SecurityEvent: securityTable, WindowsEvent: windowsTable, ...deviceTables, ...cloudTables },
  derived: { ...deviceDerived, Process: { kind: 'last', field: 'Image', by: '\\' } },
  source: { channel: null, channelPrefix: '', verbatim: true, eventId: null, provider: null },
  types: {
    EventID: { kind: 'number' },
    LogonType: { kind: 'number' },
    InitiatingProcessId: { kind: 'number' },
    LocalPort: { kind: 'number' },
    RemotePort: { kind: 'number' },
    TimeGenerated: { kind: 'date' },
    Timestamp: { kind: 'date' },
  },
  defaultType: { kind: 'keyword', folded: false },
  multiValued: [],
  assumptions: [deviceAssumption, eachTable],
};

/** The same workspace without Defender for Endpoint: Sysmon's log is forwarded, and `WindowsEvent` holds all of it. */
export const sentinelSysmon: Profile = {
  ...sentinel,
  name: 'sentinel-sysmon',
  title: 'Microsoft Sentinel with Sysmon forwarded (WindowsEvent)',
  byKind: { 'security/4688': processNames4688 },
  holds: {
    ...windowsLogs,
    ...cloudLogs,
    'security/4688': { [tableField]: 'SecurityEvent', EventID: 4688 },
    Security: { [tableField]: 'SecurityEvent' },
  },
  tables: { SecurityEvent: securityTable, WindowsEvent: windowsTable, ...cloudTables },
  derived: { Process: { kind: 'last', field: 'Image', by: '\\' } },
  assumptions: [eachTable],
};
