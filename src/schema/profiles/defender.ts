import { tableField } from '../profile.ts';
import type { Mapping, Profile } from '../profile.ts';
import { fileName } from './process-names.ts';

type Mappings = Readonly<Record<string, Mapping>>;

const hashes: Mapping = { kind: 'list', fields: { MD5: 'MD5', SHA1: 'SHA1', SHA256: 'SHA256' } };
const hashNames: Mappings = {
  Hashes: hashes,
  md5: 'MD5',
  MD5: 'MD5',
  sha1: 'SHA1',
  SHA1: 'SHA1',
  sha256: 'SHA256',
  SHA256: 'SHA256',
};

/** The process that did something, as every table but that of new processes names it. */
const initiator: Mappings = {
  CommandLine: 'InitiatingProcessCommandLine',
  Computer: 'DeviceName',
  Image: 'InitiatingProcessFolderPath',
  ProcessId: 'InitiatingProcessId',
  User: { kind: 'joined', left: 'InitiatingProcessAccountDomain', by: '\\', right: 'InitiatingProcessAccountName' },
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
  ParentUser: {
    kind: 'joined',
    left: 'InitiatingProcessAccountDomain',
    by: '\\',
    right: 'InitiatingProcessAccountName',
  },
  ProcessCommandLine: 'ProcessCommandLine',
  ProcessId: 'ProcessId',
  Product: 'ProcessVersionInfoProductName',
  User: { kind: 'joined', left: 'AccountDomain', by: '\\', right: 'AccountName' },
  ...hashNames,
};

const file: Mappings = { ...initiator, ...hashNames, TargetFilename: 'FolderPath' };

const network: Mappings = {
  ...initiator,
  DestinationHostname: 'RemoteUrl',
  DestinationIp: 'RemoteIP',
  DestinationPort: 'RemotePort',
  Initiated: {
    kind: 'coded',
    field: 'ActionType',
    codes: {
      ConnectionSuccess: 'true',
      ConnectionAttempt: 'true',
      ConnectionFailed: 'true',
      InboundConnectionAccepted: 'false',
    },
  },
  Protocol: 'Protocol',
  SourceIp: 'LocalIP',
  SourcePort: 'LocalPort',
};

/** Advanced hunting in Microsoft Defender XDR: a table for what happened, and an action within it. */
export const defender: Profile = {
  name: 'defender',
  title: 'Microsoft Defender XDR advanced hunting',
  reference: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables',
  fields: {},
  prefix: '',
  byKind: {
    'sysmon/1': created,
    'security/4688': created,
    'sysmon/3': network,
    'sysmon/7': { ...initiator, ...hashNames, ImageLoaded: 'FolderPath' },
    'sysmon/11': file,
    'sysmon/23,26': file,
  },
  holds: {
    'sysmon/1': happened('DeviceProcessEvents', 'ProcessCreated'),
    'security/4688': happened('DeviceProcessEvents', 'ProcessCreated'),
    'sysmon/3': table('DeviceNetworkEvents'),
    'sysmon/7': table('DeviceImageLoadEvents'),
    'sysmon/11': happened('DeviceFileEvents', 'FileCreated'),
    'sysmon/23,26': happened('DeviceFileEvents', 'FileDeleted'),
  },
  closed: true,
  derived: {
    DeviceName: 'Computer',
    FolderPath: 'Image',
    FileName: fileName('Image'),
    InitiatingProcessCommandLine: 'ParentCommandLine',
    InitiatingProcessFileName: fileName('ParentImage'),
    InitiatingProcessFolderPath: 'ParentImage',
    ProcessCommandLine: 'CommandLine',
    ProcessVersionInfoOriginalFileName: 'OriginalFileName',
  },
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
  assumptions: ['Defender records on every host what the rule looks for; it samples some kinds of events.'],
};

function table(name: string): Readonly<Record<string, string>> {
  return { [tableField]: name };
}

function happened(name: string, action: string): Readonly<Record<string, string>> {
  return { ...table(name), ActionType: action };
}
