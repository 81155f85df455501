import type { FieldType, Mapping, Profile } from '../profile.ts';
import { fileName, processNames } from './process-names.ts';
import { systemFields, systemTypes } from './winlogbeat.ts';

/** The hashes of a Sysmon list, which ECS keeps in fields of their own. */
function hashesOf(subject: 'process' | 'file'): Mapping {
  return {
    kind: 'list',
    fields: {
      MD5: `${subject}.hash.md5`,
      SHA1: `${subject}.hash.sha1`,
      SHA256: `${subject}.hash.sha256`,
      IMPHASH: `${subject}.pe.imphash`,
    },
  };
}

/** A rule's own name for one of the hashes goes straight to its field. */
function hashNames(subject: 'process' | 'file'): Readonly<Record<string, Mapping>> {
  const spelled = (field: string, names: readonly string[]) => names.map((name) => [name, field] as const);
  return {
    Hashes: hashesOf(subject),
    ...Object.fromEntries([
      ...spelled(`${subject}.hash.md5`, ['md5', 'MD5', 'Md5']),
      ...spelled(`${subject}.hash.sha1`, ['sha1', 'SHA1', 'Sha1']),
      ...spelled(`${subject}.hash.sha256`, ['sha256', 'SHA256', 'Sha256']),
      ...spelled(`${subject}.pe.imphash`, ['Imphash', 'imphash', 'ImpHash', 'IMPHASH']),
    ]),
  };
}

const account: Mapping = { kind: 'joined', left: 'user.domain', by: '\\', right: 'user.name' };

/** What ECS says of a file's version resource, under the file or process that carries it. */
function peFields(subject: 'process' | 'file'): Readonly<Record<string, Mapping>> {
  return {
    Company: `${subject}.pe.company`,
    Description: `${subject}.pe.description`,
    FileVersion: `${subject}.pe.file_version`,
    OriginalFileName: `${subject}.pe.original_file_name`,
    Product: `${subject}.pe.product`,
  };
}

/** The fields that a process has in every ECS source, Windows or not. */
const processFields: Readonly<Record<string, Mapping>> = {
  CommandLine: 'process.command_line',
  CurrentDirectory: 'process.working_directory',
  Image: 'process.executable',
  ParentCommandLine: 'process.parent.command_line',
  ParentImage: 'process.parent.executable',
  ParentProcessGuid: 'process.parent.entity_id',
  ParentProcessId: 'process.parent.pid',
  ProcessGuid: 'process.entity_id',
  ProcessId: 'process.pid',
};

const fileFields: Readonly<Record<string, Mapping>> = {
  ...processFields,
  TargetFilename: 'file.path',
  User: 'user.name',
};

const networkFields: Readonly<Record<string, Mapping>> = {
  ...processFields,
  DestinationHostname: 'destination.domain',
  DestinationIp: 'destination.ip',
  DestinationPort: 'destination.port',
  Protocol: 'network.transport',
  SourceHostname: 'source.domain',
  SourceIp: 'source.ip',
  SourcePort: 'source.port',
  User: 'user.name',
};

const ecsTypes: Readonly<Record<string, FieldType>> = {
  ...systemTypes,
  ...Object.fromEntries(
    [
      'process.command_line',
      'process.parent.command_line',
      'powershell.file.script_block_text',
      'registry.data.strings',
    ].map((name) => [name, { kind: 'wildcard' } as const]),
  ),
  ...Object.fromEntries(
    ['process.pid', 'process.parent.pid', 'process.thread.id', 'source.port', 'destination.port'].map((name) => [
      name,
      { kind: 'number' } as const,
    ]),
  ),
  'sysmon.file.archived': { kind: 'boolean' },
  'sysmon.file.is_executable': { kind: 'boolean' },
  'source.ip': { kind: 'ip' },
  'destination.ip': { kind: 'ip' },
};

/** What the Sysmon module writes for the status of a look-up that Windows gives as a number. */
const queryStatuses: Readonly<Record<string, string>> = {
  SUCCESS: '0',
  ERROR_ACCESS_DENIED: '5',
  ERROR_INVALID_NAME: '123',
  ERROR_TIMEOUT: '1460',
  DNS_ERROR_RCODE_SERVER_FAILURE: '9002',
  DNS_ERROR_RCODE_NAME_ERROR: '9003',
  DNS_ERROR_RCODE_REFUSED: '9005',
  DNS_INFO_NO_RECORDS: '9501',
  DNS_ERROR_RECORD_DOES_NOT_EXIST: '9701',
};

function takenApart(into: string): Mapping {
  return { kind: 'absent', why: `the module takes the value apart, into ${into}, and removes it` };
}

/** The PowerShell module moves what it knows and removes the texts that it has read it from. */
const powershell: Readonly<Record<string, Mapping>> = {
  CommandLine: 'powershell.command.value',
  CommandName: 'powershell.command.name',
  CommandPath: 'powershell.command.path',
  CommandType: 'powershell.command.type',
  ContextInfo: takenApart('process, powershell and user fields'),
  HostApplication: 'process.command_line',
  Path: 'file.path',
  Payload: takenApart('powershell.command.invocation_details'),
  ScriptName: 'file.path',
};

const powershellKinds = [
  'powershell/4103',
  'powershell/4104',
  'powershell-core/4103',
  'powershell-core/4104',
  'Microsoft-Windows-PowerShell/Operational',
  'PowerShellCore/Operational',
];

const classicPowershell: Readonly<Record<string, Mapping>> = {
  CommandLine: 'powershell.command.value',
  CommandName: 'powershell.command.name',
  CommandPath: 'powershell.command.path',
  CommandType: 'powershell.command.type',
  Data: takenApart('process and powershell fields'),
  EngineVersion: 'powershell.engine.version',
  HostApplication: 'process.command_line',
  HostName: 'process.title',
  HostVersion: 'powershell.process.executable_version',
  NewEngineState: 'powershell.engine.new_state',
  NewProviderState: 'powershell.provider.new_state',
  PreviousEngineState: 'powershell.engine.previous_state',
  ProviderName: 'powershell.provider.name',
  ScriptName: 'file.path',
};

const classicKinds = [
  'powershell-classic/400',
  'powershell-classic/600',
  'powershell-classic/800',
  'Windows PowerShell',
];

/**
 * The Elastic Common Schema as Elastic's Windows integration, the Winlogbeat modules and Elastic Defend fill it: names of
 * fields, and forms of values that they convert (process ids in decimal, accounts and hashes taken apart). What ECS has
 * no field for stays under `winlog.event_data`.
 */
export const ecs: Profile = {
  name: 'ecs',
  title: 'Elastic Common Schema (Elastic integrations, Winlogbeat modules)',
  reference: 'https://www.elastic.co/docs/reference/ecs/ecs-field-reference',
  fields: {
    ...systemFields,
    ...processFields,
    ...networkFields,
    ...fileFields,
    User: account,
    EventID: 'event.code',
    Archived: 'sysmon.file.archived',
    DestinationPortName: 'network.protocol',
    Destination: 'process.executable',
    Details: { kind: 'registry', field: 'registry.data.strings', type: 'registry.data.type' },
    Device: 'file.path',
    ImageLoaded: 'file.path',
    Initiated: {
      kind: 'coded',
      field: 'network.direction',
      codes: { egress: 'true', outbound: 'true', ingress: 'false', inbound: 'false' },
    },
    IsExecutable: 'sysmon.file.is_executable',
    MessageNumber: 'powershell.sequence',
    MessageTotal: 'powershell.total',
    NewProcessId: 'process.pid',
    NewProcessName: 'process.executable',
    ParentProcessName: 'process.parent.executable',
    PipeName: 'file.name',
    ProcessName: 'process.executable',
    QueryName: 'dns.question.name',
    QueryResults: takenApart('dns.answers and dns.resolved_ip'),
    QueryStatus: { kind: 'coded', field: 'sysmon.dns.status', codes: queryStatuses },
    ScriptBlockId: 'powershell.file.script_block_id',
    ScriptBlockText: 'powershell.file.script_block_text',
    Signature: 'file.code_signature.subject_name',
    SignatureStatus: 'file.code_signature.status',
    RuleName: 'rule.name',
    SourceImage: 'process.executable',
    SourceProcessGUID: 'process.entity_id',
    SourceProcessGuid: 'process.entity_id',
    SourceProcessId: 'process.pid',
    SourceIsIpv6: { kind: 'coded', field: 'network.type', codes: { ipv6: 'true', ipv4: 'false' } },
    SourceThreadId: 'process.thread.id',
    TargetObject: 'registry.path',
    TargetProcessGuid: 'winlog.event_data.TargetProcessGUID',
    UtcTime: '@timestamp',
    Hashes: { kind: 'either', of: [hashesOf('process'), hashesOf('file')] },
    Hash: hashesOf('file'),
  },
  prefix: 'winlog.event_data.',
  userPrefix: 'winlog.user_data.',
  byKind: {
    'sysmon/1': { ...peFields('process'), ...hashNames('process') },
    'sysmon/6': hashNames('file'),
    'sysmon/7': { ...peFields('file'), ...hashNames('file') },
    'sysmon/15': hashNames('file'),
    'sysmon/23,26': hashNames('process'),
    'sysmon/25': { Type: 'message' },
    'sysmon/26': hashNames('process'),
    'sysmon/255': { ID: 'error.code' },
    'sysmon/29': hashNames('file'),
    ...Object.fromEntries(powershellKinds.map((kind) => [kind, powershell])),
    ...Object.fromEntries(classicKinds.map((kind) => [kind, classicPowershell])),
    'security/4688': {
      ...processFields,
      ProcessCommandLine: 'process.command_line',
      IntegrityLevel: {
        kind: 'coded',
        field: 'winlog.event_data.MandatoryLabel',
        codes: {
          'S-1-16-4096': 'Low',
          'S-1-16-8192': 'Medium',
          'S-1-16-12288': 'High',
          'S-1-16-16384': 'System',
        },
      },
      LogonId: 'winlog.logon.id',
    },
    'Security 4688': { ...processFields, ProcessId: 'process.parent.pid' },
    'linux/process_creation': { ...processFields, ...hashNames('process'), User: 'user.name' },
    'linux/network_connection': networkFields,
    'linux/file_event': fileFields,
    'macos/process_creation': { ...processFields, ...hashNames('process'), User: 'user.name' },
    'macos/network_connection': networkFields,
    'macos/file_event': fileFields,
  },
  derived: { ...processNames('process.name', 'process.parent.name'), 'dll.name': fileName('ImageLoaded') },
  source: {
    channel: 'winlog.channel',
    channelPrefix: '',
    verbatim: true,
    eventId: 'event.code',
    provider: 'winlog.provider_name',
  },
  types: ecsTypes,
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['winlog.keywords', 'process.args', 'related.hash', 'related.user'],
  assumptions: [
    'Values longer than 1,024 characters are not indexed (ignore_above of the keyword fields).',
    "The modules leave out values that are empty or only '-'.",
  ],
};
