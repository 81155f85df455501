import type { Mapping, Profile } from '../profile.ts';
import { fileName, processNames } from './process-names.ts';

type Mappings = Readonly<Record<string, Mapping>>;

const processes: Mappings = {
  CommandLine: 'process',
  Computer: 'dest',
  CurrentDirectory: 'process_current_directory',
  Hashes: 'process_hash',
  Image: 'process_path',
  IntegrityLevel: 'process_integrity_level',
  OriginalFileName: 'original_file_name',
  ParentCommandLine: 'parent_process',
  ParentImage: 'parent_process_path',
  ParentProcessGuid: 'parent_process_guid',
  ParentProcessId: 'parent_process_id',
  ProcessCommandLine: 'process',
  ProcessGuid: 'process_guid',
  ProcessId: 'process_id',
  User: 'user',
};

const actor: Mappings = {
  Computer: 'dest',
  Image: 'process_path',
  ProcessGuid: 'process_guid',
  ProcessId: 'process_id',
  User: 'user',
};

const registry: Mappings = { ...actor, Details: 'registry_value_data', TargetObject: 'registry_path' };

/**
 * Splunk's Common Information Model as the add-ons fill it for endpoint data. It says what happened by the data model
 * and dataset that are searched (`Endpoint.Processes`), which the query's author chooses.
 */
export const cim: Profile = {
  name: 'cim',
  title: 'Splunk Common Information Model (Endpoint)',
  reference: 'https://help.splunk.com/en/splunk-cloud-platform/common-information-model/6.0/data-models/endpoint',
  fields: {},
  prefix: '',
  byKind: {
    'sysmon/1': processes,
    'security/4688': processes,
    'linux-sysmon/1': processes,
    'linux/process_creation': processes,
    'sysmon/11': { ...actor, TargetFilename: 'file_path' },
    'sysmon/12,13,14': registry,
    'sysmon/13': registry,
  },
  holds: Object.fromEntries(
    [
      'sysmon/1',
      'security/4688',
      'linux-sysmon/1',
      'linux/process_creation',
      'sysmon/11',
      'sysmon/12,13,14',
      'sysmon/13',
    ].map((kind) => [kind, {}]),
  ),
  closed: true,
  derived: {
    dest: 'Computer',
    file_name: fileName('TargetFilename'),
    file_path: 'TargetFilename',
    original_file_name: 'OriginalFileName',
    parent_process: 'ParentCommandLine',
    parent_process_path: 'ParentImage',
    process: 'CommandLine',
    process_path: 'Image',
    registry_path: 'TargetObject',
    ...processNames('process_name', 'parent_process_name'),
  },
  source: { channel: null, channelPrefix: '', verbatim: false, eventId: null, provider: null },
  types: {},
  defaultType: { kind: 'keyword', folded: true },
  multiValued: [],
  assumptions: [
    'The query is put to the dataset of the CIM data model Endpoint that the rule is about, and the add-ons fill it.',
  ],
};
