import type { Mapping, Profile } from '../profile.ts';
import { fileName, processNames } from './process-names.ts';

const provider: Mapping = { kind: 'either', of: ['Name', 'SourceName'] };

/**
 * Windows events in Splunk, as the add-ons for Windows and Sysmon extract them: `source` is the channel behind
 * `XmlWinEventLog:` or `WinEventLog:`, `EventCode` the event id, and event data keep their own names. (Security events
 * that are collected as text, not XML, take other names from the English message: `New_Process_Name`.)
 */
export const windowsTa: Profile = {
  name: 'windows-ta',
  title: 'Splunk Add-ons for Microsoft Windows and for Sysmon',
  reference: 'https://splunk.github.io/splunk-add-on-for-microsoft-windows/',
  fields: {
    EventID: 'EventCode',
    ComputerName: 'Computer',
    Provider_Name: provider,
    SourceName: provider,
    Security_UserID: 'UserID',
    Execution_ProcessID: 'ProcessID',
    Execution_ThreadID: 'ThreadID',
    // Unnamed values get no field of their own, but the add-on keeps the element around them.
    Data: { kind: 'element', field: 'EventData_Xml', name: 'Data' },
  },
  prefix: '',
  // The add-ons give endpoint events their CIM names as well.
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
  source: {
    channel: 'source',
    channelPrefix: ['XmlWinEventLog:', 'WinEventLog:'],
    verbatim: false,
    eventId: 'EventCode',
    provider: 'Name',
  },
  types: {},
  defaultType: { kind: 'keyword', folded: true },
  multiValued: [],
  assumptions: [
    "Splunk's add-ons for Windows and Sysmon extract the fields, and `source` was not overwritten.",
    'Security events, and events with unnamed values, are collected as XML (renderXml = true).',
  ],
};
