import { randomFrom } from './random.mjs';

const windows = {
  product: 'Microsoft® Windows® Operating System',
  company: 'Microsoft Corporation',
  version: '10.0.19041.4355 (WinBuild.160101.0800)',
};
const system = 'C:\\Windows\\System32\\';

/** Import hash that was published for Outflank's Dumpert; every other hash of the file is made up here. */
export const dumpertImphash = '09D278F9DE118EF09163C6140255C690';

/** The programs of the estate: what Sysmon reads from a file's version resource. */
export const programs = {
  system: own('System', '-', '-'),
  csrss: own(`${system}csrss.exe`, 'Client Server Runtime Process', 'CSRSS.Exe'),
  wininit: own(`${system}wininit.exe`, 'Windows Start-Up Application', 'WinInit.exe'),
  services: own(`${system}services.exe`, 'Services and Controller app', 'services.exe'),
  lsass: own(`${system}lsass.exe`, 'Local Security Authority Process', 'lsass.exe'),
  svchost: own(`${system}svchost.exe`, 'Host Process for Windows Services', 'svchost.exe'),
  winlogon: own(`${system}winlogon.exe`, 'Windows Logon Application', 'WINLOGON.EXE'),
  userinit: own(`${system}userinit.exe`, 'Userinit Logon Application', 'USERINIT.EXE'),
  explorer: own('C:\\Windows\\explorer.exe', 'Windows Explorer', 'EXPLORER.EXE'),
  wmiprvse: own(`${system}wbem\\WmiPrvSE.exe`, 'WMI Provider Host', 'Wmiprvse.exe'),
  dllhost: own(`${system}dllhost.exe`, 'COM Surrogate', 'dllhost.exe'),
  mmc: own(`${system}mmc.exe`, 'Microsoft Management Console', 'mmc.exe'),
  taskhostw: own(`${system}taskhostw.exe`, 'Host Process for Windows Tasks', 'taskhostw.exe'),
  backgroundTask: own(`${system}backgroundTaskHost.exe`, 'Background Task Host', 'backgroundTaskHost.exe'),
  runtimeBroker: own(`${system}RuntimeBroker.exe`, 'Runtime Broker', 'RuntimeBroker.exe'),
  searchHost: own(
    `${system}SearchProtocolHost.exe`,
    'Microsoft Windows Search Protocol Host',
    'SearchProtocolHost.exe',
  ),
  conhost: own(`${system}conhost.exe`, 'Console Window Host', 'CONHOST.EXE'),
  cmd: own(`${system}cmd.exe`, 'Windows Command Processor', 'Cmd.Exe'),
  powershell: own(`${system}WindowsPowerShell\\v1.0\\powershell.exe`, 'Windows PowerShell', 'PowerShell.EXE'),
  notepad: own(`${system}notepad.exe`, 'Notepad', 'NOTEPAD.EXE'),
  taskmgr: own(`${system}Taskmgr.exe`, 'Task Manager', 'Taskmgr.exe'),
  tasklist: own(`${system}tasklist.exe`, 'Lists the current running tasks', 'tasklist.exe'),
  findstr: own(`${system}findstr.exe`, 'Find String (QGREP) Utility', 'FINDSTR.EXE'),
  whoami: own(`${system}whoami.exe`, 'whoami - displays logged on user information', 'whoami.exe'),
  ipconfig: own(`${system}ipconfig.exe`, 'IP Configuration Utility', 'ipconfig.exe'),
  reg: own(`${system}reg.exe`, 'Registry Console Tool', 'reg.exe'),
  sc: own(`${system}sc.exe`, 'Service Control Manager Configuration Tool', 'sc.exe'),
  rundll32: own(`${system}rundll32.exe`, 'Windows host process (Rundll32)', 'RUNDLL32.EXE'),
  werfault: own(`${system}WerFault.exe`, 'Windows Problem Reporting', 'WerFault.exe'),
  w3wp: own(`${system}inetsrv\\w3wp.exe`, 'IIS Worker Process', 'w3wp.exe'),
  dns: own(`${system}dns.exe`, 'Domain Name System (DNS) Server', 'dns.exe'),
  defender: own(
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MsMpEng.exe',
    'Antimalware Service Executable',
    'MsMpEng.exe',
  ),
  browser: made('C:\\Program Files\\Aurelia\\Browser\\aurelia.exe', 'Aurelia Browser', 'Aurelia Works', '131.0.2.14'),
  mail: made('C:\\Program Files\\Brevkort\\brevkort.exe', 'Brevkort Mail', 'Brevkort AS', '7.4.1'),
  ledger: made('C:\\Program Files\\Ledgerline\\ledger.exe', 'Ledgerline Accounts', 'Ledgerline Ltd', '22.1.0.880'),
  backup: made('C:\\Program Files\\Fjordvault\\fjordvault-agent.exe', 'Fjordvault Agent', 'Fjordvault AS', '5.11.3'),
  monitor: made('C:\\Program Files\\Uptimer\\uptimer.exe', 'Uptimer Probe', 'Uptimer GmbH', '3.0.9'),
  updater: made('C:\\Program Files\\Aurelia\\Update\\updater.exe', 'Aurelia Updater', 'Aurelia Works', '1.3.36'),
  procdump: sysinternals('C:\\Tools\\procdump64.exe', 'Sysinternals process dump utility', 'procdump', '11.0'),
  handle: sysinternals('C:\\Tools\\handle64.exe', 'Handle viewer', 'Nthandle.exe', '5.0'),
  dumpert: { ...unsigned('C:\\Users\\Public\\Outflank-Dumpert.exe'), imphash: dumpertImphash },
  mimikatz: unsigned('C:\\ProgramData\\m.exe'),
};

/** DLLs whose loading Sysmon records. */
export const libraries = {
  ntdll: own(`${system}ntdll.dll`, 'NT Layer DLL', 'ntdll.dll'),
  kernel32: own(`${system}kernel32.dll`, 'Windows NT BASE API Client DLL', 'kernel32'),
  kernelbase: own(`${system}KernelBase.dll`, 'Windows NT BASE API Client DLL', 'Kernelbase.dll'),
  combase: own(`${system}combase.dll`, 'Microsoft COM for Windows', 'COMBASE.DLL'),
  ws2: own(`${system}ws2_32.dll`, 'Windows Socket 2.0 32-Bit DLL', 'ws2_32.dll'),
  crypt: own(`${system}crypt32.dll`, 'Crypto API32', 'CRYPT32.DLL'),
  comsvcs: own(`${system}comsvcs.dll`, 'COM+ Services', 'COMSVCS.DLL'),
  dbghelp: own(`${system}dbghelp.dll`, 'Windows Image Helper', 'DBGHELP.DLL'),
  dbgcore: own(`${system}dbgcore.dll`, 'Windows Core Debugging Helpers', 'DBGCORE.DLL'),
  davclnt: own(`${system}davclnt.dll`, 'Web DAV Client DLL', 'davclnt.dll'),
  automation: own(
    'C:\\Windows\\assembly\\NativeImages_v4.0.30319_64\\System.Manaa57fc8cc#\\System.Management.Automation.ni.dll',
    'System.Management.Automation',
    'System.Management.Automation.dll',
  ),
  dumpert: { ...unsigned('C:\\ProgramData\\d.dll'), imphash: dumpertImphash },
};

/** The same program under another path: its version resource and its hashes stay. */
export function renamed(program, path) {
  return { ...program, path, contents: program.contents ?? program.path };
}

/** Sysmon's list of hashes of a program: made up, and the same wherever the program lies. */
export function hashesOf(program) {
  const random = randomFrom(`hashes of ${program.contents ?? program.path}`);
  const digest = (digits) => random.hex(digits).toUpperCase();
  const imphash = program.imphash ?? digest(32);
  return `SHA1=${digest(40)},MD5=${digest(32)},SHA256=${digest(64)},IMPHASH=${imphash}`;
}

function own(path, description, original) {
  return { path, description, original, ...windows, signature: 'Microsoft Windows' };
}

function made(path, description, company, version) {
  const original = path.slice(path.lastIndexOf('\\') + 1);
  return { path, description, original, company, version, product: description, signature: company };
}

function sysinternals(path, description, original, version) {
  const company = 'Sysinternals - www.sysinternals.com';
  return { path, description, original, company, version, product: description, signature: 'Microsoft Corporation' };
}

function unsigned(path) {
  return { path, description: '-', original: '-', company: '-', version: '-', product: '-', signature: null };
}
