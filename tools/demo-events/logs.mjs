/** The logs that records go to, as their providers register them. */
export const logs = {
  sysmon: log(
    'Microsoft-Windows-Sysmon/Operational',
    'Microsoft-Windows-Sysmon',
    '5770385f-c22a-43e0-bf4c-06f5698ffbd9',
    '4',
    '0x8000000000000000',
  ),
  security: log(
    'Security',
    'Microsoft-Windows-Security-Auditing',
    '54849625-5478-4994-a5ba-3e3b0328c30d',
    '0',
    '0x8020000000000000',
  ),
  powershell: log(
    'Microsoft-Windows-PowerShell/Operational',
    'Microsoft-Windows-PowerShell',
    'a0c1853b-5c40-4b15-8766-3cf1c58f985a',
    '5',
    '0x0',
  ),
  system: log('System', 'Service Control Manager', '555908d1-a6d7-4695-8e1e-26931d2012f4', '4', '0x8080000000000000'),
};

export const hex = (number) => `0x${number.toString(16)}`;
export const account = ({ name, domain }) => `${domain}\\${name}`;

/** Sysmon's own writing of a time. */
export const stamp = (at) => new Date(at).toISOString().replace('T', ' ').slice(0, 23);

/** The process that a Sysmon record is about. */
export const actor = (process, at) => ({
  UtcTime: stamp(at),
  ProcessGuid: `{${process.guid}}`,
  ProcessId: String(process.pid),
  Image: process.program.path,
});

/** What Sysmon reads from a file's version resource. */
export const version = ({ version, description, product, company, original }) => ({
  FileVersion: version,
  Description: description,
  Product: product,
  Company: company,
  OriginalFileName: original,
});

/** The session on whose behalf the Security log records something. */
export const subject = ({ user, logonId }) => ({
  SubjectUserSid: user.sid,
  SubjectUserName: user.name,
  SubjectDomainName: user.domain,
  SubjectLogonId: logonId,
});

function log(channel, provider, guid, level, keywords) {
  return { channel, provider, guid, level, keywords };
}
