import type { Mapping, Profile } from '../profile.ts';

const provider: Mapping = { kind: 'either', of: ['Provider_Name', 'SourceName'] };
const computer: Mapping = { kind: 'either', of: ['Computer', 'Hostname'] };

/**
 * One object a Windows event, its values under their own names beside `Channel`, `EventID`, `SourceName` and
 * `Hostname`: what NXLog and the logstash pipelines behind OTRF's Security-Datasets write.
 */
export const flat: Profile = {
  name: 'flat',
  title: 'Flat Windows events (NXLog, OTRF Security-Datasets)',
  reference: 'https://github.com/OTRF/Security-Datasets',
  fields: {
    Provider_Name: provider,
    SourceName: provider,
    Computer: computer,
    ComputerName: computer,
    Security_UserID: { kind: 'either', of: ['Security_UserID', 'UserID'] },
    Execution_ProcessID: { kind: 'either', of: ['Execution_ProcessID', 'ExecutionProcessID'] },
  },
  prefix: '',
  byKind: {
    // Collectors of flat events often give 4688 an account, and a command line, under names of their own.
    'security/4688': {
      CommandLine: { kind: 'either', of: ['CommandLine', 'ProcessCommandLine'] },
      ProcessCommandLine: { kind: 'either', of: ['CommandLine', 'ProcessCommandLine'] },
      User: {
        kind: 'either',
        of: [
          'User',
          { kind: 'joined', left: 'SubjectDomainName', by: '\\', right: 'SubjectUserName' },
          { kind: 'joined', left: 'TargetDomainName', by: '\\', right: 'TargetUserName' },
        ],
      },
    },
    'Security 4688': { ProcessCommandLine: { kind: 'either', of: ['CommandLine', 'ProcessCommandLine'] } },
  },
  source: { channel: 'Channel', channelPrefix: '', verbatim: false, eventId: 'EventID', provider: 'SourceName' },
  types: {},
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['Data', 'tags'],
  assumptions: [],
};
