import type { Mapping } from '../profile.ts';

/**
 * Names that rules use for a hash, by the key under which Sysmon lists it in `Hashes`.
 * Sigma's taxonomy knew them before it knew `Hashes`, in several spellings.
 */
const hashNames: Readonly<Record<string, readonly string[]>> = {
  IMPHASH: ['Imphash', 'imphash', 'ImpHash', 'IMPHASH'],
  MD5: ['md5', 'MD5', 'Md5'],
  SHA1: ['sha1', 'SHA1', 'Sha1'],
  SHA256: ['sha256', 'SHA256', 'Sha256'],
};

/** The hash names, each inside the list that `field` holds. */
export function hashesInside(field: string): Readonly<Record<string, Mapping>> {
  const entries = Object.entries(hashNames).flatMap(([key, names]) =>
    names.map((name) => [name, { kind: 'inside', field, key }] as const),
  );
  return Object.fromEntries(entries);
}

/** What rules call differently in any Sysmon event. `ProcessCommandLine` was Sigma's name for 4688's `CommandLine`. */
export const sysmonFields: Readonly<Record<string, Mapping>> = {
  ...hashesInside('Hashes'),
  ProcessCommandLine: 'CommandLine',
};

/** Mandatory labels of processes: https://learn.microsoft.com/windows/win32/secauthz/well-known-sids */
const integrityLevels = {
  'S-1-16-0': 'Untrusted',
  'S-1-16-4096': 'Low',
  'S-1-16-8192': 'Medium',
  'S-1-16-8448': 'MediumPlus',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
  'S-1-16-20480': 'Protected',
};

/**
 * Sigma's process creation in the names of Security 4688:
 * https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-4688
 *
 * `NewProcessId` and `ProcessId` (the creator's) are hexadecimal. The account is written in two fields, twice: the
 * subject that asked for the process, and the target if the process runs as another; `User` is either. What 4688 does
 * not record (`OriginalFileName`, `Hashes`, `ParentCommandLine` ..) keeps its name and is missing.
 */
export const processCreationFields: Readonly<Record<string, Mapping>> = {
  Image: 'NewProcessName',
  ParentImage: 'ParentProcessName',
  ProcessCommandLine: 'CommandLine',
  ProcessId: { kind: 'hex', field: 'NewProcessId' },
  ParentProcessId: { kind: 'hex', field: 'ProcessId' },
  LogonId: 'SubjectLogonId',
  IntegrityLevel: { kind: 'coded', field: 'MandatoryLabel', codes: integrityLevels },
  User: {
    kind: 'either',
    of: [
      { kind: 'joined', left: 'SubjectDomainName', by: '\\', right: 'SubjectUserName' },
      { kind: 'joined', left: 'TargetDomainName', by: '\\', right: 'TargetUserName' },
    ],
  },
};

/**
 * For rules that name a channel and an event id themselves: Sigma's names that such an event does not have, by
 * `channel/id`. Names that the event does have mean the event's own field there: 4688's `ProcessId` is the creator's.
 */
export const synonyms: Readonly<Record<string, Readonly<Record<string, Mapping>>>> = {
  'security/4688': {
    Image: 'NewProcessName',
    ParentImage: 'ParentProcessName',
    ProcessCommandLine: 'CommandLine',
    LogonId: 'SubjectLogonId',
    IntegrityLevel: { kind: 'coded', field: 'MandatoryLabel', codes: integrityLevels },
  },
};
