/**
 * Values of our own making such as the well-known fields hold, tried before a value is made up, so that witnesses
 * read like events. Addresses and hosts are those reserved for documentation (RFC 5737, RFC 3849, RFC 2606).
 */
const values: Readonly<Record<string, readonly string[]>> = {
  Image: [
    'C:\\Windows\\System32\\rundll32.exe',
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    'C:\\Windows\\System32\\reg.exe',
    'C:\\Windows\\System32\\net.exe',
    'C:\\Windows\\System32\\schtasks.exe',
    'C:\\Windows\\System32\\wbem\\WMIC.exe',
    'C:\\Windows\\System32\\mshta.exe',
    'C:\\Windows\\System32\\regsvr32.exe',
    'C:\\Windows\\System32\\certutil.exe',
    'C:\\Users\\alice\\Downloads\\setup.exe',
    '/usr/bin/bash',
    '/usr/bin/curl',
  ],
  ParentImage: [
    'C:\\Windows\\explorer.exe',
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\Windows\\System32\\services.exe',
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    '/usr/bin/bash',
  ],
  CommandLine: [
    'rundll32.exe C:\\Windows\\System32\\comsvcs.dll,MiniDump 624 C:\\Temp\\out.dmp full',
    'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Temp\\out.dmp full',
    'rundll32.exe C:\\Windows\\System32\\comsvcs.dll,#24 624 C:\\Temp\\out.dmp full',
    'cmd.exe /c whoami',
    'powershell.exe -NoProfile -Command Get-Date',
    'net.exe user alice /domain',
    'curl -s https://www.example.org/',
    'procdump.exe -accepteula -ma lsass.exe C:\\Temp\\out.dmp',
    'mimikatz.exe privilege::debug sekurlsa::logonpasswords exit',
  ],
  ParentCommandLine: [
    'C:\\Windows\\Explorer.EXE',
    'cmd.exe',
    'C:\\Windows\\System32\\services.exe',
    'powershell.exe -NoProfile',
    'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Temp\\out.dmp full',
    'procdump.exe -accepteula -ma lsass.exe C:\\Temp\\out.dmp',
    '-bash',
  ],
  TargetImage: ['C:\\Windows\\System32\\lsass.exe', 'C:\\Windows\\System32\\svchost.exe'],
  SourceImage: ['C:\\Users\\alice\\Downloads\\setup.exe', 'C:\\Windows\\System32\\svchost.exe'],
  ImageLoaded: ['C:\\Windows\\System32\\dbghelp.dll', 'C:\\Windows\\System32\\ntdll.dll'],
  OriginalFileName: ['Cmd.Exe', 'RUNDLL32.EXE', 'PowerShell.EXE', 'net.exe'],
  TargetFilename: ['C:\\Temp\\out.dmp', 'C:\\Users\\alice\\Documents\\report.docx', '/etc/crontab'],
  TargetObject: [
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater',
    'HKLM\\System\\CurrentControlSet\\Services\\Updater\\ImagePath',
  ],
  Details: ['DWORD (0x00000001)', 'C:\\Users\\alice\\Downloads\\setup.exe'],
  PipeName: ['\\wkssvc', '\\spoolss'],
  User: ['NT AUTHORITY\\SYSTEM', 'WORKSTATION\\alice', 'root'],
  TargetUserName: ['alice', 'SYSTEM', 'WORKSTATION$'],
  SubjectUserName: ['alice', 'SYSTEM', 'WORKSTATION$'],
  GrantedAccess: ['0x1010', '0x1410', '0x1438', '0x1fffff'],
  Hashes: [
    'MD5=00112233445566778899AABBCCDDEEFF,IMPHASH=FFEEDDCCBBAA99887766554433221100',
    'SHA256=00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF',
  ],
  Imphash: ['FFEEDDCCBBAA99887766554433221100'],
  IntegrityLevel: ['High', 'Medium', 'System'],
  LogonType: ['3', '2', '10'],
  EventID: ['1', '10', '4624', '4688'],
  DestinationIp: ['203.0.113.7', '10.1.2.3', '192.168.1.20', '127.0.0.1', '2001:db8::7'],
  SourceIp: ['192.168.1.20', '10.1.2.3', '203.0.113.7', '127.0.0.1', '2001:db8::7'],
  IpAddress: ['192.168.1.20', '203.0.113.7', '127.0.0.1', '::1'],
  DestinationPort: ['443', '80', '445', '3389'],
  DestinationHostname: ['www.example.org', 'host.example.com'],
  QueryName: ['www.example.org', 'host.example.com'],
  Computer: ['workstation.example.com'],
  ServiceName: ['Updater'],
  ScriptBlockText: ['Get-Date', 'Invoke-WebRequest https://www.example.org/'],
};

/** Fields that hold what another holds. */
const alike: Readonly<Record<string, string>> = {
  ProcessCommandLine: 'CommandLine',
  NewProcessName: 'Image',
  ParentProcessName: 'ParentImage',
  ProcessName: 'Image',
  SourceFilename: 'TargetFilename',
  FileName: 'OriginalFileName',
  'c-ip': 'SourceIp',
  src_ip: 'SourceIp',
  dst_ip: 'DestinationIp',
  ClientAddress: 'SourceIp',
  ComputerName: 'Computer',
  query: 'QueryName',
  SourceHostname: 'DestinationHostname',
};

/** Plausible values of a field, the most ordinary first; none of a field that is not well known. */
export function plausible(field: string): readonly string[] {
  if (Object.hasOwn(values, field)) return values[field]!;
  return Object.hasOwn(alike, field) ? values[alike[field]!]! : [];
}

/** What stands before a path that begins with a backslash, in a field of this name. */
export function leadOf(field: string): string {
  if (/pipe|share|device|task/i.test(field)) return '';
  return /TargetObject|ObjectName|registry|key/i.test(field) ? 'HKLM' : 'C:';
}
