import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { EventKind } from '../event-kind.ts';
import type { Mapping } from '../profile.ts';
import { hashesInside, processCreationFields, sysmonFields } from './windows-fields.ts';

export const sysmonChannel = 'Microsoft-Windows-Sysmon/Operational';
export const powershellChannels = ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'];

/**
 * Sigma's categories for Windows as kinds of events, after the specification's taxonomy appendix 2.1 and SigmaHQ's
 * `tests/thor.yml`. Two choices: `file_delete` is 26 as well as 23, since both are a deletion and differ only in whether
 * Sysmon kept a copy; `registry_add` and `registry_delete` tell the two uses of event 12 apart by `EventType`.
 */
export const windowsCategories: Readonly<Record<string, readonly EventKind[]>> = {
  process_creation: [sysmon('sysmon/1', [1]), created('security/4688', 'Security', 4688, processCreationFields)],
  file_change: [sysmon('sysmon/2', [2])],
  network_connection: [sysmon('sysmon/3', [3])],
  sysmon_status: [sysmon('sysmon/4,16', [4, 16])],
  process_termination: [sysmon('sysmon/5', [5])],
  driver_load: [sysmon('sysmon/6', [6])],
  image_load: [sysmon('sysmon/7', [7])],
  create_remote_thread: [sysmon('sysmon/8', [8])],
  raw_access_thread: [sysmon('sysmon/9', [9])],
  raw_access_read: [sysmon('sysmon/9', [9])],
  process_access: [sysmon('sysmon/10', [10])],
  file_event: [sysmon('sysmon/11', [11])],
  registry_event: [sysmon('sysmon/12,13,14', [12, 13, 14])],
  registry_add: [restricted('sysmon/12 created', [12], ['CreateKey'])],
  registry_delete: [restricted('sysmon/12 deleted', [12], ['DeleteKey', 'DeleteValue'])],
  registry_set: [sysmon('sysmon/13', [13])],
  registry_rename: [sysmon('sysmon/14', [14])],
  create_stream_hash: [{ ...sysmon('sysmon/15', [15]), fields: hashesInside('Hash') }],
  pipe_created: [sysmon('sysmon/17,18', [17, 18])],
  wmi_event: [sysmon('sysmon/19,20,21', [19, 20, 21])],
  dns_query: [sysmon('sysmon/22', [22])],
  file_delete: [sysmon('sysmon/23,26', [23, 26])],
  clipboard_capture: [sysmon('sysmon/24', [24])],
  clipboard_change: [sysmon('sysmon/24', [24])],
  process_tampering: [sysmon('sysmon/25', [25])],
  file_delete_detected: [sysmon('sysmon/26', [26])],
  file_block: [sysmon('sysmon/27,28', [27, 28])],
  file_block_executable: [sysmon('sysmon/27', [27])],
  file_block_shredding: [sysmon('sysmon/28', [28])],
  file_executable_detected: [sysmon('sysmon/29', [29])],
  sysmon_error: [sysmon('sysmon/255', [255])],
  ps_module: powershellChannels.map((channel) => created(`${shortName(channel)}/4103`, channel, 4103)),
  ps_script: powershellChannels.map((channel) => created(`${shortName(channel)}/4104`, channel, 4104)),
  ps_classic_start: [created('powershell-classic/400', 'Windows PowerShell', 400)],
  ps_classic_provider_start: [created('powershell-classic/600', 'Windows PowerShell', 600)],
  ps_classic_script: [created('powershell-classic/800', 'Windows PowerShell', 800)],
  file_access: [kernelFile('kernel-file/12,30', [12, 30])],
  file_rename: [kernelFile('kernel-file/19,27', [19, 27])],
};

/** Categories whose events no event log keeps: a consumer of the ETW provider must record them. */
export const etwCategories: ReadonlySet<string> = new Set(['file_access', 'file_rename']);

function sysmon(name: string, eventIds: readonly number[]): EventKind {
  return { name, stream: 'windows', channel: sysmonChannel, eventIds, fields: sysmonFields };
}

function restricted(name: string, eventIds: readonly number[], types: readonly string[]): EventKind {
  const where = any(
    types.map((type): Predicate => ({ kind: 'like', field: 'EventType', pattern: [type], cased: false })),
  );
  return { ...sysmon(name, eventIds), where };
}

function created(
  name: string,
  channel: string,
  eventId: number,
  fields: Readonly<Record<string, Mapping>> = {},
): EventKind {
  return { name, stream: 'windows', channel, eventIds: [eventId], fields };
}

/** Events of https://github.com/repnz/etw-providers-docs, manifest Microsoft-Windows-Kernel-File: 12 Create, 30 CreateNewFile, 19 Rename, 27 RenamePath. */
function kernelFile(name: string, eventIds: readonly number[]): EventKind {
  return {
    name,
    stream: 'windows',
    channel: null,
    provider: 'Microsoft-Windows-Kernel-File',
    eventIds,
    fields: {},
  };
}

function shortName(channel: string): string {
  return channel === powershellChannels[0] ? 'powershell' : 'powershell-core';
}
