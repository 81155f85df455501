import { hosts, session, users } from './estate.mjs';
import { libraries, programs } from './programs.mjs';

const { ws101, ws102, fs01, dc01 } = hosts;
const minute = 60_000;

const sites = [
  ['www.nyheter.example', '203.0.113.17'],
  ['cdn.aurelia.example', '203.0.113.40'],
  ['brevkort.example', '198.51.100.25'],
  ['kart.example', '198.51.100.77'],
  ['intranett.fjellheim.example', '10.20.1.21'],
];
const pages = ['budsjett', 'reise', 'varelager', 'kontrakt', 'plan', 'oversikt', 'rapport'];
const kernelbase = 'C:\\Windows\\System32\\KERNELBASE.dll';

/** Fills the hours between `from` and `to` with what an ordinary morning leaves in the logs. */
export function ordinaryMorning(book, from, to) {
  const people = [
    person(book, ws101, users['ingrid.solberg'], from + 4 * minute),
    person(book, ws102, users['mats.eriksen'], from + 11 * minute),
  ];
  for (const each of people) spread(each.host, from + 20 * minute, to, 95, (at) => deskWork(book, each, at));
  for (const host of Object.values(hosts)) {
    spread(host, from, to, 78, (at) => housekeeping(book, host, at));
    spread(host, from, to, 20, (at) => looks(book, host, at));
  }
  spread(fs01, from, to, 46, (at) => shareVisit(book, fs01, at));
  spread(dc01, from, to, 46, (at) => shareVisit(book, dc01, at));
  for (let at = from + 30 * minute; at < to; at += 60 * minute) backupRun(book, at);
  return people;
}

/** Calls `happen` about `times` times between two points, at random moments. */
function spread({ random }, from, to, times, happen) {
  for (let turn = 0; turn < times; turn += 1) happen(from + random.below(to - from));
}

function person(book, host, user, at) {
  const desk = session(host, user);
  book.logon(host, at, desk, 2, { name: host.name, address: '127.0.0.1' }, false);
  const userinit = book.start(host, at + 900, programs.userinit, { parent: host.running.wininit, as: desk });
  const explorer = book.start(host, at + 1_400, programs.explorer, { parent: userinit, as: desk });
  book.stop(host, at + 25_000, userinit);
  return { host, desk, explorer };
}

function deskWork(book, who, at) {
  const { random } = who.host;
  const turn = random.below(100);
  if (turn < 40) browse(book, who, at);
  else if (turn < 60) readMail(book, who, at);
  else if (turn < 80) keepAccounts(book, who, at);
  else if (turn < 90) writeNote(book, who, at);
  else poke(book, who, at);
}

function browse(book, { host, desk, explorer }, at) {
  const { random } = host;
  const folder = 'C:\\Program Files\\Aurelia\\Browser\\';
  const commandLine = `"${programs.browser.path}" --profile-directory=Default`;
  const main = book.start(host, at, programs.browser, { parent: explorer, as: desk, commandLine, folder });
  const worker = book.start(host, at + 240, programs.browser, {
    parent: main,
    as: desk,
    folder,
    commandLine: `"${programs.browser.path}" --type=renderer --client-id=${random.between(3, 90)}`,
  });
  for (const [index, [name, address]] of [random.pick(sites), random.pick(sites)].entries()) {
    book.resolve(host, at + 500 + index * 70, main, name, address);
    book.connect(host, at + 520 + index * 70, main, { name, address, port: 443 });
  }
  const home = `C:\\Users\\${desk.user.name}\\AppData\\Local\\Aurelia\\Cache`;
  book.file(host, at + 900, main, `${home}\\f_${random.hex(6)}`);
  book.stop(host, at + random.between(20, 600) * 1_000, worker);
}

function readMail(book, { host, desk, explorer }, at) {
  const mail = book.start(host, at, programs.mail, {
    parent: explorer,
    as: desk,
    commandLine: `"${programs.mail.path}"`,
  });
  book.load(host, at + 80, mail, libraries.crypt);
  book.connect(host, at + 400, mail, { name: 'brevkort.example', address: '198.51.100.25', port: 993 });
  const folder = `C:\\Users\\${desk.user.name}\\AppData\\Roaming\\Brevkort`;
  book.value(
    host,
    at + 600,
    mail,
    `HKU\\${desk.user.sid}\\SOFTWARE\\Brevkort\\LastRun`,
    'QWORD (0x01dc583a-0x6f2e1c00)',
  );
  const draft = `${folder}\\index-${host.random.hex(4)}.tmp`;
  book.file(host, at + 800, mail, draft);
  book.remove(host, at + 2_800, mail, draft);
}

function keepAccounts(book, { host, desk, explorer }, at) {
  const { random } = host;
  const sheet = `\\\\fs-01\\felles\\regnskap\\${random.pick(pages)}-${random.between(1, 12)}.lgr`;
  const commandLine = `"${programs.ledger.path}" "${sheet}"`;
  const ledger = book.start(host, at, programs.ledger, { parent: explorer, as: desk, commandLine });
  book.load(host, at + 60, ledger, libraries.combase);
  book.connect(host, at + 300, ledger, { name: fs01.computer, address: fs01.address, port: 445 });
  book.stop(host, at + random.between(60, 1_500) * 1_000, ledger);
}

function writeNote(book, { host, desk, explorer }, at) {
  const note = `C:\\Users\\${desk.user.name}\\Documents\\${host.random.pick(pages)}.txt`;
  const notepad = book.start(host, at, programs.notepad, {
    parent: explorer,
    as: desk,
    commandLine: `"${programs.notepad.path}" ${note}`,
  });
  book.file(host, at + 9_000, notepad, note);
  book.stop(host, at + 12_000, notepad);
}

function poke(book, { host, desk, explorer }, at) {
  const { random } = host;
  const shell = book.start(host, at, programs.cmd, {
    parent: explorer,
    as: desk,
    commandLine: `"${programs.cmd.path}"`,
  });
  book.start(host, at + 40, programs.conhost, {
    parent: shell,
    as: desk,
    commandLine: `\\??\\${programs.conhost.path} 0xffffffff -ForceV1`,
  });
  const tool = random.pick([programs.ipconfig, programs.whoami]);
  const ran = book.start(host, at + 6_000, tool, {
    parent: shell,
    as: desk,
    commandLine: `${tool.original.slice(0, -4)} /all`,
  });
  book.stop(host, at + 6_200, ran);
  book.stop(host, at + 30_000, shell);
}

function housekeeping(book, host, at) {
  const { random, running } = host;
  const turn = random.below(100);
  if (turn < 24) {
    const program = random.pick([
      programs.taskhostw,
      programs.backgroundTask,
      programs.runtimeBroker,
      programs.searchHost,
    ]);
    const task = book.start(host, at, program, { parent: running.tasks, commandLine: `${program.path} -Embedding` });
    book.file(
      host,
      at + 2_000,
      running.prefetch,
      `C:\\Windows\\Prefetch\\${program.original.toUpperCase()}-${random.hex(8).toUpperCase()}.pf`,
    );
    book.stop(host, at + random.between(5, 90) * 1_000, task);
  } else if (turn < 36) {
    const name = random.pick([
      'Windows Update',
      'Background Intelligent Transfer Service',
      'Windows Modules Installer',
      'Software Protection',
    ]);
    book.service(host, at, name, 'running');
    book.service(host, at + random.between(60, 900) * 1_000, name, 'stopped');
  } else if (turn < 50) {
    const surrogate = book.start(host, at, programs.dllhost, {
      parent: running.dcom,
      commandLine: `${programs.dllhost.path} /Processid:{${random.guid().toUpperCase()}}`,
    });
    book.load(host, at + 30, surrogate, libraries.combase);
    book.stop(host, at + 5_000, surrogate);
  } else if (turn < 66) {
    const interfaces = 'HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces';
    book.value(
      host,
      at,
      running.cache,
      `${interfaces}\\{${host.bootMark}0000}\\LeaseObtainedTime`,
      `DWORD (0x691c${random.hex(4)})`,
    );
    book.key(host, at + 10, running.cache, 'HKLM\\System\\CurrentControlSet\\Services\\Dnscache\\Parameters');
  } else if (turn < 84) {
    const [name, address] = random.pick(sites);
    book.resolve(host, at, running.cache, name, random.chance(90) ? address : null);
    book.connect(host, at + 30, running.cache, { name: dc01.computer, address: dc01.address, port: 53 });
  } else {
    const update = book.start(host, at, programs.updater, {
      parent: running.tasks,
      commandLine: `"${programs.updater.path}" /ua /installsource scheduler`,
    });
    book.load(host, at + 20, update, libraries.ws2);
    book.file(host, at + 1_500, update, `C:\\Program Files\\Aurelia\\Update\\update-${random.hex(4)}.log`);
    book.stop(host, at + 4_000, update);
  }
}

/** Programs that look at other processes, LSASS among them, with rights that read no memory, or that may. */
function looks(book, host, at) {
  const { random, running } = host;
  const target = random.pick([running.lsass, running.services, running.prefetch, running.csrss]);
  const turn = random.below(100);
  if (turn < 50) book.open(host, at, running.tasks, target, random.pick(['0x1000', '0x1400']), [kernelbase]);
  else if (turn < 70) book.open(host, at, running.defender, target, '0x1410', [kernelbase]);
  else if (turn < 85) book.open(host, at, running.wmi, running.lsass, '0x1410', [kernelbase]);
  else book.open(host, at, running.csrss, target, '0x1fffff', ['C:\\Windows\\System32\\basesrv.DLL']);
}

/** Somebody's computer fetches a file or asks for a ticket. */
function shareVisit(book, host, at) {
  const { random } = host;
  const from = random.pick([ws101, ws102]);
  const user = random.pick([users['ingrid.solberg'], users['mats.eriksen'], users['liv.haugen'], users['svc-web']]);
  const visit = session(host, user, { terminal: 0 });
  book.logon(host, at, visit, 3, { name: '-', address: from.address }, false);
  if (random.chance(30))
    book.handle(
      host,
      at + 40,
      host.running.system,
      'File',
      `D:\\Felles\\${random.pick(pages)}-${random.between(1, 12)}.lgr`,
      '0x120089',
    );
  book.logoff(host, at + random.between(10, 200) * 1_000, visit, 3);
}

function backupRun(book, at) {
  const as = session(fs01, users['svc-backup'], { terminal: 0, integrity: 'High' });
  book.logon(fs01, at, as, 5, { name: '-', address: '-' }, true);
  const commandLine = `"${programs.backup.path}" run --mode full --catalogue D:\\Backup\\catalogue.dat --priority 24`;
  const agent = book.start(fs01, at + 200, programs.backup, { parent: fs01.running.services, as, commandLine });
  book.load(fs01, at + 260, agent, libraries.kernelbase);
  for (let part = 1; part <= 4; part += 1)
    book.file(fs01, at + part * 9_000, agent, `D:\\Backup\\part-${part}-${fs01.random.hex(6)}.fjv`);
  book.open(fs01, at + 40_000, agent, fs01.running.lsass, '0x1400', [kernelbase]);
  book.stop(fs01, at + 55_000, agent);
  book.logoff(fs01, at + 56_000, as, 5);
}
