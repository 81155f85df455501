import type { EventKind } from '../../event-kind.ts';
import { windowsCategories } from '../../log-sources/windows-categories.ts';
import { windowsServices } from '../../log-sources/windows-services.ts';
import { tableField } from '../../profile.ts';
import type { Mapping, Table, Telling } from '../../profile.ts';
import { securityEvent, windowsEvent } from './windows-columns.ts';

type Mappings = Readonly<Record<string, Mapping>>;

const recorded: Mappings = {
  ...Object.fromEntries(Object.keys(securityEvent).map((name) => [name, name])),
  ComputerName: 'Computer',
  LogonId: 'LogonID',
  Provider_Name: 'EventSourceName',
  SourceName: 'EventSourceName',
  TimeCreated: 'TimeGenerated',
};

/** No event 4688 has these, so a test of them is false there: nothing is lost. */
const notRecorded: Mapping = { kind: 'either', of: [] };

/** What rules about new processes ask for and event 4688 does not record. */
const ofSysmonAlone = [
  ...['Company', 'CurrentDirectory', 'Description', 'FileVersion', 'Hashes', 'OriginalFileName', 'Product'],
  ...['ParentCommandLine', 'ParentProcessGuid', 'ParentUser', 'ProcessGuid', 'LogonGuid', 'TerminalSessionId'],
  ...['Imphash', 'imphash', 'ImpHash', 'IMPHASH', 'MD5', 'md5', 'Md5', 'SHA1', 'sha1', 'Sha1'],
  ...['SHA256', 'sha256', 'Sha256'],
];

/** Sigma's names for event 4688 where they are not the columns' own. Accounts are kept whole: `DOMAIN\user`. */
export const processNames4688: Mappings = {
  ...Object.fromEntries(ofSysmonAlone.map((name) => [name, notRecorded])),
  User: { kind: 'either', of: ['SubjectAccount', 'TargetAccount'] },
};

/** The security log in columns of its own. What has no column is left in `EventData`, as XML. */
export const securityTable: Table = { columns: securityEvent, fields: recorded, prefix: null };

/** Any event log: what the event says of itself in columns, its values in one of objects. */
export const windowsTable: Table = {
  columns: windowsEvent,
  fields: {
    Channel: 'Channel',
    Computer: 'Computer',
    ComputerName: 'Computer',
    EventID: 'EventID',
    Execution_ProcessID: 'SystemProcessId',
    Execution_ThreadID: 'SystemThreadId',
    Keywords: 'Keywords',
    Level: 'EventLevel',
    Opcode: 'Opcode',
    Provider_Name: 'Provider',
    Security_UserID: 'SystemUserId',
    SourceName: 'Provider',
    Task: 'Task',
    TimeCreated: 'TimeGenerated',
    Version: 'Version',
  },
  prefix: 'EventData.',
};

/** Every kind of Windows event that is told by its channel, as `WindowsEvent` tells it. */
export const windowsLogs: Readonly<Record<string, Telling>> = Object.fromEntries(
  [...Object.values(windowsCategories), ...Object.values(windowsServices)]
    .flat()
    .filter(({ channel }) => channel !== null)
    .map((kind) => [kind.name, toldByChannel(kind)]),
);

function toldByChannel({ channel, eventIds }: EventKind): Telling {
  const [id, ...others] = eventIds;
  return {
    [tableField]: 'WindowsEvent',
    Channel: channel!,
    ...(id !== undefined && { EventID: others.length === 0 ? id : eventIds }),
  };
}
