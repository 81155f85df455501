import type { Mapping, Profile } from '../profile.ts';
import { fileName, processNames } from './process-names.ts';

type Mappings = Readonly<Record<string, Mapping>>;

const started: Mappings = {
  CommandLine: 'process.cmd_line',
  Company: 'process.file.company_name',
  Computer: 'device.hostname',
  CurrentDirectory: 'process.working_directory',
  Image: 'process.file.path',
  IntegrityLevel: 'process.integrity',
  OriginalFileName: 'process.file.internal_name',
  ParentCommandLine: 'actor.process.cmd_line',
  ParentImage: 'actor.process.file.path',
  ParentProcessId: 'actor.process.pid',
  ProcessCommandLine: 'process.cmd_line',
  ProcessId: 'process.pid',
  User: { kind: 'joined', left: 'process.user.domain', by: '\\', right: 'process.user.name' },
};

/** The process that did something, in every class but that of processes. */
const actor: Mappings = {
  CommandLine: 'actor.process.cmd_line',
  Computer: 'device.hostname',
  Image: 'actor.process.file.path',
  ProcessId: 'actor.process.pid',
  User: { kind: 'joined', left: 'actor.user.domain', by: '\\', right: 'actor.user.name' },
};

const network: Mappings = {
  ...actor,
  DestinationHostname: 'dst_endpoint.hostname',
  DestinationIp: 'dst_endpoint.ip',
  DestinationPort: 'dst_endpoint.port',
  Protocol: 'connection_info.protocol_name',
  SourceHostname: 'src_endpoint.hostname',
  SourceIp: 'src_endpoint.ip',
  SourcePort: 'src_endpoint.port',
};

/** The Open Cybersecurity Schema Framework 1.x: a class and an activity say what happened; paths and names lie apart. */
export const ocsf: Profile = {
  name: 'ocsf',
  title: 'Open Cybersecurity Schema Framework 1.x',
  reference: 'https://schema.ocsf.io/',
  fields: {},
  prefix: '',
  byKind: {
    'sysmon/1': started,
    'security/4688': started,
    'linux-sysmon/1': started,
    'linux/process_creation': started,
    'macos/process_creation': started,
    'sysmon/3': network,
    'sysmon/7': {
      ...actor,
      Company: 'module.file.company_name',
      ImageLoaded: 'module.file.path',
      OriginalFileName: 'module.file.internal_name',
    },
    'sysmon/11': { ...actor, TargetFilename: 'file.path' },
    'sysmon/23,26': { ...actor, TargetFilename: 'file.path' },
  },
  holds: {
    'sysmon/1': activity(1007, 1),
    'security/4688': activity(1007, 1),
    'linux-sysmon/1': activity(1007, 1),
    'linux/process_creation': activity(1007, 1),
    'macos/process_creation': activity(1007, 1),
    'sysmon/3': activity(4001, 1),
    'sysmon/7': activity(1005, 1),
    'sysmon/11': activity(1001, 1),
    'sysmon/23,26': activity(1001, 4),
  },
  closed: true,
  derived: {
    'actor.process.cmd_line': 'ParentCommandLine',
    'actor.process.file.path': 'ParentImage',
    'actor.process.pid': 'ParentProcessId',
    'device.hostname': 'Computer',
    'module.file.company_name': 'Company',
    'module.file.internal_name': 'OriginalFileName',
    'module.file.path': 'ImageLoaded',
    'process.file.company_name': 'Company',
    'process.file.internal_name': 'OriginalFileName',
    'process.working_directory': 'CurrentDirectory',
    'file.name': fileName('TargetFilename'),
    'file.path': 'TargetFilename',
    'process.cmd_line': 'CommandLine',
    'process.file.path': 'Image',
    'process.pid': 'ProcessId',
    ...processNames('process.file.name', 'actor.process.file.name'),
  },
  source: { channel: null, channelPrefix: '', verbatim: false, eventId: null, provider: null },
  types: {
    activity_id: { kind: 'number' },
    class_uid: { kind: 'number' },
    time: { kind: 'date' },
    'process.pid': { kind: 'number' },
    'actor.process.pid': { kind: 'number' },
    'dst_endpoint.ip': { kind: 'ip' },
    'dst_endpoint.port': { kind: 'number' },
    'src_endpoint.ip': { kind: 'ip' },
    'src_endpoint.port': { kind: 'number' },
  },
  defaultType: { kind: 'keyword', folded: false },
  multiValued: [],
  assumptions: [],
};

function activity(classUid: number, activityId: number): Readonly<Record<string, number>> {
  return { class_uid: classUid, activity_id: activityId };
}
