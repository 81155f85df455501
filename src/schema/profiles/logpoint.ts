import type { Mapping, Profile } from '../profile.ts';

type Names = Readonly<Record<string, Mapping>>;

/** Sysmon's list of hashes, which LogPoint takes apart. */
const hashes: Mapping = {
  kind: 'list',
  fields: { MD5: 'hash', SHA1: 'hash_sha1', SHA256: 'hash_sha256', IMPHASH: 'hash_import' },
};

/** Names that are not the event's own in lower case with `_` between the words, whatever event has them. */
const names: Names = {
  AccessList: 'access',
  Archived: 'is_archived',
  AttributeLDAPDisplayName: 'ldap_display',
  AuthenticationPackageName: 'package',
  Binary: 'event_data',
  CommandLine: 'command',
  Company: 'vendor',
  Computer: 'host',
  ComputerName: 'host',
  CreationUtcTime: 'creation_ts',
  CurrentDirectory: 'path',
  Description: 'message',
  DestAddress: 'destination_address',
  DestPort: 'destination_port',
  DestinationHostname: 'destination_host',
  DestinationIp: 'destination_address',
  DestinationIsIpv6: 'is_destination_ipv6',
  DestinationPortName: 'destination_service',
  Details: 'detail',
  EventID: 'event_id',
  Execution_ProcessID: 'execution_process_id',
  Execution_ThreadID: 'execution_thread_id',
  FailureReason: 'reason',
  FileName: 'file',
  GrantedAccess: 'access',
  Hash: hashes,
  Hashes: hashes,
  Hostname: 'host',
  IMPHASH: 'hash_import',
  Imphash: 'hash_import',
  Initiated: 'is_initiated',
  IpAddress: 'source_address',
  IpPort: 'source_port',
  Keywords: 'keyword',
  MD5: 'hash',
  MandatoryLabel: 'integrity_sid',
  NewProcessId: 'target_process_id',
  NewProcessName: 'process',
  ObjectDN: 'object',
  OriginalFileName: 'file',
  ParentCommandLine: 'parent_command',
  ParentImage: 'parent_process',
  ParentProcessName: 'parent_process',
  PipeName: 'pipe',
  PrivilegeList: 'privilege',
  Product: 'application',
  ProcessName: 'process',
  Provider_Name: 'event_source',
  QueryName: 'query',
  QueryResults: 'result',
  QueryStatus: 'status',
  RelativeTargetName: 'relative_target',
  RuleName: 'rule',
  SHA1: 'hash_sha1',
  SHA256: 'hash_sha256',
  ScriptBlockText: 'script_block',
  Security_UserID: 'user_id',
  ServiceName: 'service',
  SignatureStatus: 'status',
  Signed: 'is_signed',
  SourceHostname: 'source_host',
  SourceIp: 'source_address',
  SourceIsIpv6: 'is_source_ipv6',
  SourceName: 'event_source',
  SourcePortName: 'source_service',
  Status: 'status_code',
  SubStatus: 'sub_status_code',
  SubjectDomainName: 'domain',
  SubjectLogonId: 'logon_id',
  SubjectUserName: 'user',
  SubjectUserSid: 'user_id',
  TargetDomainName: 'target_domain',
  TargetFilename: 'target_file',
  TargetLogonId: 'target_logon_id',
  TargetSid: 'target_id',
  TargetUserName: 'target_user',
  TargetUserSid: 'target_id',
  TerminalSessionId: 'session_id',
  WorkstationName: 'workstation',
  imphash: 'hash_import',
  md5: 'hash',
  sha1: 'hash_sha1',
  sha256: 'hash_sha256',
};

/** Most Sysmon events: the process that did it is `process`. What it was done to is `image`. */
const actor: Names = { Image: 'process' };
const toAnImage: Names = { SourceImage: 'process', TargetImage: 'image' };
const fromAnImage: Names = { Image: 'source_image' };

/** Logons: who logs on is the user, who asked for it the caller. */
const logon: Names = {
  SubjectDomainName: 'caller_domain',
  SubjectLogonId: 'caller_logon_id',
  SubjectUserName: 'caller_user',
  SubjectUserSid: 'caller_id',
  TargetDomainName: 'domain',
  TargetLogonId: 'logon_id',
  TargetUserName: 'user',
  TargetUserSid: 'user_id',
};
const logonProcess: Names = { ...logon, LogonProcessName: 'logon_process', LmPackageName: 'lm_package' };
const account: Names = {
  TargetDomainName: 'domain',
  TargetUserName: 'user',
  TargetUserSid: 'user_id',
  TargetSid: 'user_id',
};
const group: Names = {
  MemberSid: 'target_id',
  TargetDomainName: 'group_domain',
  TargetSid: 'group_id',
  TargetUserName: 'group',
};
const service: Names = { param1: 'service' };

function each(ids: readonly number[], channel: string, table: Names): Readonly<Record<string, Names>> {
  return Object.fromEntries(ids.map((id) => [`${channel} ${id}`, table]));
}

/**
 * Windows events as LogPoint's normalisation packages (`norm_id` WinServer and WindowsSysmon) name their values, after
 * the tables of LogPoint's own Sigma converter (its Windows pipeline). Some values go by another name in each event:
 * `TargetUserName` is the user of a logon, the target of a change, and the group in changes of groups.
 */
export const logpoint: Profile = {
  name: 'logpoint',
  title: 'LogPoint taxonomy (Windows and Sysmon normalisation)',
  reference: 'https://github.com/logpoint/pySigma-backend-logpoint/tree/main/sigma/pipelines/logpoint',
  fields: names,
  prefix: '',
  spelling: 'snake',
  byKind: {
    ...Object.fromEntries(
      [
        '1',
        '3',
        '5',
        '7',
        '9',
        '11',
        '12,13,14',
        '12 created',
        '12 deleted',
        '13',
        '14',
        '22',
        '23,26',
        '24',
        '25',
        '26',
        '27,28',
        '27',
        '28',
        '29',
      ].map((ids) => [`sysmon/${ids}`, actor]),
    ),
    'sysmon/2': fromAnImage,
    'sysmon/6': { ImageLoaded: 'image' },
    'sysmon/7': { ...actor, ImageLoaded: 'image' },
    'sysmon/8': toAnImage,
    'sysmon/10': toAnImage,
    'sysmon/15': fromAnImage,
    'sysmon/17,18': fromAnImage,
    ...each([4624, 4625], 'Security', logonProcess),
    ...each([4648], 'Security', { ...logon, TargetInfo: 'information', TargetServerName: 'server' }),
    ...each([4634, 4647, 4768, 4769, 4770, 4771, 4776, 4800, 4801], 'Security', account),
    ...each([4661, 4674], 'Security', { ObjectName: 'object' }),
    ...each([4697], 'Security', {
      ServiceFileName: 'file',
      ServiceStartType: 'start_type',
      ServiceType: 'object_type',
    }),
    ...each([4698, 4699, 4700, 4701, 4702], 'Security', { TaskName: 'task', TaskContentNew: 'content' }),
    ...each([4719], 'Security', { AuditPolicyChanges: 'policy', SubcategoryGuid: 'sub_category_guid' }),
    ...each([4728, 4729, 4732, 4733, 4746, 4747, 4751, 4752, 4756, 4757], 'Security', group),
    ...each([4740], 'Security', {
      SubjectDomainName: 'caller_domain',
      SubjectUserName: 'caller_user',
      SubjectUserSid: 'caller_id',
      TargetDomainName: 'workstation',
      TargetUserName: 'user',
      TargetSid: 'user_id',
    }),
    ...each([5379], 'Security', { TargetName: 'target' }),
    ...each([6416], 'Security', { ClassName: 'class', CompatibleIds: 'compatible_id' }),
    ...each([7023, 7024], 'System', { ...service, param2: 'reason' }),
    ...each([7036], 'System', { ...service, param2: 'status' }),
    ...each([7031, 7034], 'System', { ...service, param2: 'count' }),
    ...each([7040], 'System', { ...service, param2: 'old_value', param3: 'new_value' }),
    ...each([7045], 'System', { ImagePath: 'path' }),
  },
  derived: {
    command: 'CommandLine',
    hash_import: { kind: 'inside', field: 'Hashes', key: 'IMPHASH' },
    hash_sha1: { kind: 'inside', field: 'Hashes', key: 'SHA1' },
    hash_sha256: { kind: 'inside', field: 'Hashes', key: 'SHA256' },
    norm_id: {
      kind: 'coded',
      field: 'Channel',
      codes: {
        'Microsoft-Windows-Sysmon/Operational': 'WindowsSysmon',
        Application: 'WinServer',
        Security: 'WinServer',
        System: 'WinServer',
      },
    },
    parent_command: 'ParentCommandLine',
    parent_image: 'ParentImage',
    parent_process: 'ParentImage',
    process: 'Image',
    script_block: 'ScriptBlockText',
    target_file: 'TargetFilename',
    target_object: 'TargetObject',
  },
  source: { channel: 'channel', channelPrefix: '', verbatim: false, eventId: 'event_id', provider: 'event_source' },
  types: {},
  defaultType: { kind: 'keyword', folded: true },
  multiValued: ['label'],
  assumptions: [
    "LogPoint's packages for Windows and for Sysmon normalise the events, and `channel` is among their fields.",
    '`user` holds the account of a Sysmon event as Windows writes it: a domain, a backslash, a name.',
  ],
};
