import { hosts, session, users } from './estate.mjs';
import { libraries, programs } from './programs.mjs';

const { ws101, ws102, fs01, dc01 } = hosts;
const kernelbase = 'C:\\Windows\\System32\\KERNELBASE.dll';
const dbgcore = 'C:\\Windows\\SYSTEM32\\dbgcore.DLL';

/** Honest work that resembles the attack: no rule of the pack may hit any of it. */
export function nearMisses(book, clock, [ingrid, mats]) {
  const admin = session(fs01, users['mats.eriksen'], { terminal: 2, integrity: 'High' });
  book.logon(fs01, clock('08:02'), admin, 10, { name: 'WS-102', address: ws102.address }, true);
  const shell = book.start(fs01, clock('08:03'), programs.cmd, {
    parent: fs01.running.dcom,
    as: admin,
    commandLine: 'cmd.exe',
  });

  hangingWebsite(book, clock('08:05'), admin, shell);
  componentServices(book, clock('08:20'), admin, shell);
  searches(book, clock('08:31'), admin, shell);
  browserCrash(book, clock('09:02'), ingrid);
  taskManager(book, clock('09:40'), ingrid);
  accountsCrash(book, clock('10:12'), mats);
  scripts(book, clock('10:40'), mats);
  otherRundll32(book, clock('11:05'), ingrid);
  protection(book, clock('11:20'));
}

/** ProcDump on a worker process of IIS that hangs. */
function hangingWebsite(book, at, as, parent) {
  const site = book.start(fs01, at - 200_000, programs.w3wp, {
    parent: fs01.running.services,
    as: session(fs01, users['svc-web'], { terminal: 0, integrity: 'High' }),
    commandLine: `${programs.w3wp.path} -ap "Intranett" -v "v4.0"`,
  });
  const commandLine = 'C:\\Tools\\procdump64.exe -accepteula -ma w3wp.exe D:\\Dumps\\w3wp.dmp';
  const dump = book.start(fs01, at, programs.procdump, { parent, as, commandLine, folder: 'C:\\Tools\\' });
  book.load(fs01, at + 90, dump, libraries.dbgcore);
  book.open(fs01, at + 200, dump, site, '0x1fffff', [dbgcore, kernelbase]);
  book.file(fs01, at + 400, dump, 'D:\\Dumps\\w3wp.dmp');
  book.stop(fs01, at + 3_000, dump);
  const handle = book.start(fs01, at + 60_000, programs.handle, {
    parent,
    as,
    commandLine: 'handle64.exe -accepteula -a D:\\Felles',
    folder: 'C:\\Tools\\',
  });
  book.open(fs01, at + 60_300, handle, fs01.running.lsass, '0x40', [kernelbase]);
  book.stop(fs01, at + 62_000, handle);
}

/** COM+ where it belongs: in its console and its surrogate. */
function componentServices(book, at, as, parent) {
  const console = book.start(fs01, at, programs.mmc, {
    parent,
    as,
    commandLine: `mmc.exe C:\\Windows\\System32\\com\\comexp.msc`,
  });
  book.load(fs01, at + 300, console, libraries.comsvcs);
  const surrogate = book.start(fs01, at + 900, programs.dllhost, {
    parent: fs01.running.dcom,
    commandLine: `${programs.dllhost.path} /Processid:{${fs01.random.guid().toUpperCase()}}`,
  });
  book.load(fs01, at + 950, surrogate, libraries.comsvcs);
  book.stop(fs01, at + 8_000, surrogate);
  book.stop(fs01, at + 30_000, console);
}

/** The words, but not the deed. */
function searches(book, at, as, parent) {
  const lines = [
    [programs.findstr, 'findstr /i minidump D:\\Docs\\readme.txt'],
    [programs.tasklist, 'tasklist /fi "imagename eq lsass.exe"'],
    [programs.notepad, 'notepad.exe D:\\Docs\\procdump-and-lsass.txt'],
    [programs.findstr, 'findstr /s comsvcs D:\\Docs\\*.md'],
    [programs.sc, 'sc query COMSysApp'],
  ];
  for (const [index, [program, commandLine]] of lines.entries()) {
    const ran = book.start(fs01, at + index * 20_000, program, { parent, as, commandLine, folder: 'D:\\Docs\\' });
    book.stop(fs01, at + index * 20_000 + 2_000, ran);
  }
}

function browserCrash(book, at, { host, desk, explorer }) {
  const browser = book.start(host, at, programs.browser, {
    parent: explorer,
    as: desk,
    commandLine: `"${programs.browser.path}"`,
  });
  book.load(host, at + 5_000, browser, libraries.dbghelp);
  book.file(
    host,
    at + 5_200,
    browser,
    `C:\\Users\\${desk.user.name}\\AppData\\Local\\Aurelia\\Crashpad\\reports\\${host.random.guid()}.dmp`,
  );
  book.stop(host, at + 6_000, browser);
}

/** Task Manager looks at everything, and writes a dump of the browser. */
function taskManager(book, at, { host, desk, explorer }) {
  const as = { ...desk, integrity: 'High' };
  const manager = book.start(host, at, programs.taskmgr, {
    parent: explorer,
    as,
    commandLine: `"${programs.taskmgr.path}" /4`,
  });
  book.open(host, at + 800, manager, host.running.lsass, '0x1400', [kernelbase]);
  book.open(host, at + 20_000, manager, explorer, '0x1fffff', [dbgcore, kernelbase]);
  book.file(host, at + 21_000, manager, `C:\\Users\\${desk.user.name}\\AppData\\Local\\Temp\\aurelia.DMP`);
  book.stop(host, at + 60_000, manager);
}

function accountsCrash(book, at, { host, desk, explorer }) {
  const ledger = book.start(host, at, programs.ledger, {
    parent: explorer,
    as: desk,
    commandLine: `"${programs.ledger.path}"`,
  });
  const fault = book.start(host, at + 4_000, programs.werfault, {
    parent: ledger,
    as: desk,
    commandLine: `${programs.werfault.path} -u -p ${ledger.pid} -s 1180`,
  });
  book.open(host, at + 4_200, fault, ledger, '0x1fffff', [dbgcore, kernelbase]);
  book.file(host, at + 5_000, fault, 'C:\\ProgramData\\Microsoft\\Windows\\WER\\Temp\\WER4C1B.tmp.mdmp');
  book.stop(host, at + 6_000, fault);
  const reg = book.start(host, at + 600_000, programs.reg, {
    parent: explorer,
    as: { ...desk, integrity: 'High' },
    commandLine:
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps\\ledger.exe" /v DumpType /t REG_DWORD /d 2',
  });
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps\\ledger.exe';
  book.key(host, at + 600_050, reg, key);
  book.value(host, at + 600_060, reg, `${key}\\DumpType`, 'DWORD (0x00000002)');
  book.stop(host, at + 600_500, reg);
}

function scripts(book, at, { host, desk, explorer }) {
  const shell = book.start(host, at, programs.powershell, {
    parent: explorer,
    as: desk,
    commandLine: 'powershell.exe -NoLogo',
  });
  book.load(host, at + 300, shell, libraries.automation);
  const texts = [
    'Get-Process lsass | Select-Object Id, WorkingSet',
    '(Get-Item C:\\Windows\\System32\\comsvcs.dll).VersionInfo.FileVersion',
    'Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\CrashControl -Name MinidumpDir',
    'Get-WinEvent -FilterHashtable @{ LogName = "System"; Id = 7045 } -MaxEvents 5',
    'prompt',
  ];
  for (const [index, text] of texts.entries()) book.script(host, at + 10_000 + index * 15_000, text);
  book.command(host, at + 10_100, desk, 'Get-Process', 'ParameterBinding(Get-Process): name="Name"; value="lsass"\r\n');
  book.command(
    host,
    at + 55_100,
    desk,
    'Get-WinEvent',
    'ParameterBinding(Get-WinEvent): name="MaxEvents"; value="5"\r\n',
  );
  book.stop(host, at + 120_000, shell);
}

function otherRundll32(book, at, { host, desk, explorer }) {
  const lines = [
    'rundll32.exe shell32.dll,Control_RunDLL desk.cpl,,3',
    'rundll32.exe C:\\Windows\\System32\\shell32.dll,#61',
    'rundll32.exe printui.dll,PrintUIEntry /in /n \\\\fs-01\\skriver-24',
    'rundll32.exe C:\\Windows\\System32\\davclnt.dll,DavSetCookie intranett.fjellheim.example http://intranett.fjellheim.example/full',
  ];
  for (const [index, commandLine] of lines.entries()) {
    const ran = book.start(host, at + index * 240_000, programs.rundll32, { parent: explorer, as: desk, commandLine });
    book.load(host, at + index * 240_000 + 50, ran, index === 3 ? libraries.davclnt : libraries.combase);
    book.stop(host, at + index * 240_000 + 2_500, ran);
  }
}

/** A policy audits what LSASS loads; a note about a dump is kept; a prefetch file bears LSASS' name. */
function protection(book, at) {
  const options = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\lsass.exe';
  book.value(dc01, at, dc01.running.tasks, `${options}\\AuditLevel`, 'DWORD (0x00000008)');
  book.file(
    dc01,
    at + 4_000,
    dc01.running.prefetch,
    `C:\\Windows\\Prefetch\\LSASS.EXE-${dc01.random.hex(8).toUpperCase()}.pf`,
  );
  book.file(ws101, at + 9_000, ws101.running.tasks, 'C:\\ProgramData\\Uptimer\\lsass.dmp.log');
  book.open(dc01, at + 12_000, dc01.running.wmi, dc01.running.lsass, '0x1410', [kernelbase]);
}
