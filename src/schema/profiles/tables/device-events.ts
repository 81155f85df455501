import { tableField } from '../../profile.ts';
import type { Mapping, Table, Telling } from '../../profile.ts';
import { fileName } from '../process-names.ts';
import * as columns from './device-columns.ts';

type Mappings = Readonly<Record<string, Mapping>>;

const hashNames: Mappings = {
  Hashes: { kind: 'list', fields: { MD5: 'MD5', SHA1: 'SHA1', SHA256: 'SHA256' } },
  md5: 'MD5',
  MD5: 'MD5',
  sha1: 'SHA1',
  SHA1: 'SHA1',
  sha256: 'SHA256',
  SHA256: 'SHA256',
};

const initiatingUser: Mapping = {
  kind: 'joined',
  left: 'InitiatingProcessAccountDomain',
  by: '\\',
  right: 'InitiatingProcessAccountName',
};

/** The process that did something, as every table but that of new processes names it. */
const initiator: Mappings = {
  CommandLine: 'InitiatingProcessCommandLine',
  Computer: 'DeviceName',
  Image: 'InitiatingProcessFolderPath',
  ProcessId: 'InitiatingProcessId',
  User: initiatingUser,
};

const created: Mappings = {
  CommandLine: 'ProcessCommandLine',
  Company: 'ProcessVersionInfoCompanyName',
  Computer: 'DeviceName',
  Description: 'ProcessVersionInfoFileDescription',
  FileVersion: 'ProcessVersionInfoProductVersion',
  Image: 'FolderPath',
  IntegrityLevel: 'ProcessIntegrityLevel',
  OriginalFileName: 'ProcessVersionInfoOriginalFileName',
  ParentCommandLine: 'InitiatingProcessCommandLine',
  ParentImage: 'InitiatingProcessFolderPath',
  ParentProcessId: 'InitiatingProcessId',
  ParentUser: initiatingUser,
  ProcessCommandLine: 'ProcessCommandLine',
  ProcessId: 'ProcessId',
  Product: 'ProcessVersionInfoProductName',
  User: { kind: 'joined', left: 'AccountDomain', by: '\\', right: 'AccountName' },
  ...hashNames,
};

const file: Mappings = { ...initiator, ...hashNames, TargetFilename: 'FolderPath' };

/** Actions of DeviceNetworkEvents that are a connection, and whether the device began it. */
const connections = {
  ConnectionSuccess: 'true',
  ConnectionAttempt: 'true',
  ConnectionFailed: 'true',
  InboundConnectionAccepted: 'false',
};

const network: Mappings = {
  ...initiator,
  DestinationHostname: 'RemoteUrl',
  DestinationIp: 'RemoteIP',
  DestinationPort: 'RemotePort',
  Initiated: { kind: 'told', field: 'ActionType', codes: connections },
  Protocol: 'Protocol',
  SourceIp: 'LocalIP',
  SourcePort: 'LocalPort',
};

const loaded: Mappings = { ...initiator, ...hashNames, ImageLoaded: 'FolderPath' };

/** By the name of an event kind: Sigma's names in the tables of Microsoft Defender for Endpoint. */
export const deviceNames: Readonly<Record<string, Mappings>> = {
  'sysmon/1': created,
  'linux-sysmon/1': created,
  'linux/process_creation': created,
  'macos/process_creation': created,
  'sysmon/3': network,
  'linux-sysmon/3': network,
  'linux/network_connection': network,
  'macos/network_connection': network,
  'sysmon/7': loaded,
  'sysmon/11': file,
  'linux-sysmon/11': file,
  'linux/file_event': file,
  'macos/file_event': file,
  'sysmon/23,26': file,
};

const started = happened('DeviceProcessEvents', 'ProcessCreated');
const connected = happened('DeviceNetworkEvents', ...Object.keys(connections));
const written = happened('DeviceFileEvents', 'FileCreated');

/** In which table and by which action each of those kinds is found. */
export const deviceActions: Readonly<Record<string, Telling>> = {
  'sysmon/1': started,
  'linux-sysmon/1': started,
  'linux/process_creation': started,
  'macos/process_creation': started,
  'sysmon/3': connected,
  'linux-sysmon/3': connected,
  'linux/network_connection': connected,
  'macos/network_connection': connected,
  'sysmon/7': { [tableField]: 'DeviceImageLoadEvents' },
  'sysmon/11': written,
  'linux-sysmon/11': written,
  'linux/file_event': written,
  'macos/file_event': written,
  'sysmon/23,26': happened('DeviceFileEvents', 'FileDeleted'),
};

/** Kinds that `DeviceEvents` holds. Pipes and opened processes are there too, but their values are written otherwise. */
export const deviceEventNames: Readonly<Record<string, Mappings>> = {
  'sysmon/6': { ...initiator, ...hashNames, ImageLoaded: 'FolderPath' },
  'sysmon/8': {
    Computer: 'DeviceName',
    SourceCommandLine: 'InitiatingProcessCommandLine',
    SourceImage: 'InitiatingProcessFolderPath',
    SourceProcessId: 'InitiatingProcessId',
    TargetCommandLine: 'ProcessCommandLine',
    TargetImage: 'FolderPath',
    TargetProcessId: 'ProcessId',
  },
  'sysmon/22': { ...initiator, QueryName: 'AdditionalFields.DnsQueryString' },
};

/** By which action each of those is told. */
export const deviceEventActions: Readonly<Record<string, Telling>> = {
  'sysmon/6': happened('DeviceEvents', 'DriverLoad'),
  'sysmon/8': happened('DeviceEvents', 'CreateRemoteThreadApiCall'),
  'sysmon/22': happened('DeviceEvents', 'DnsQueryResponse'),
};

function happened(table: string, ...actions: readonly string[]): Telling {
  return { [tableField]: table, ActionType: actions.length === 1 ? actions[0]! : actions };
}

function ofDevice(of: Table['columns']): Table {
  return { columns: of, fields: {}, prefix: null };
}

/** The tables of advanced hunting that hold events of devices. Their names are found by kind, above. */
export const deviceTables: Readonly<Record<string, Table>> = {
  DeviceProcessEvents: ofDevice(columns.deviceProcessEvents),
  DeviceNetworkEvents: ofDevice(columns.deviceNetworkEvents),
  DeviceImageLoadEvents: ofDevice(columns.deviceImageLoadEvents),
  DeviceFileEvents: ofDevice(columns.deviceFileEvents),
  DeviceRegistryEvents: ofDevice(columns.deviceRegistryEvents),
  DeviceEvents: ofDevice(columns.deviceEvents),
};

/** What the columns hold, in Sigma's names for a new process. */
export const deviceDerived: Mappings = {
  DeviceName: 'Computer',
  FolderPath: 'Image',
  FileName: fileName('Image'),
  InitiatingProcessCommandLine: 'ParentCommandLine',
  InitiatingProcessFileName: fileName('ParentImage'),
  InitiatingProcessFolderPath: 'ParentImage',
  ProcessCommandLine: 'CommandLine',
  ProcessVersionInfoOriginalFileName: 'OriginalFileName',
};

/** A sentence that a verdict about these tables shows. */
export const deviceAssumption =
  'Defender records on every host what the rule looks for; it samples some kinds of events.';
