import { programs } from './programs.mjs';
import { randomFrom } from './random.mjs';

export const domain = { flat: 'FJELLHEIM', dns: 'fjellheim.example' };

const random = randomFrom('estate');
const domainSid = `S-1-5-21-${random.between(1e9, 2e9)}-${random.between(1e8, 9e8)}-${random.between(1e9, 2e9)}`;

/** People and services of the domain. */
export const users = Object.fromEntries(
  ['ingrid.solberg', 'mats.eriksen', 'liv.haugen', 'svc-backup', 'svc-web'].map((name, index) => [
    name,
    { name, domain: domain.flat, sid: `${domainSid}-${1104 + index * 3}` },
  ]),
);

export const local = {
  system: { name: 'SYSTEM', domain: 'NT AUTHORITY', sid: 'S-1-5-18' },
  network: { name: 'NETWORK SERVICE', domain: 'NT AUTHORITY', sid: 'S-1-5-20' },
};

/**
 * The computers. `shape` is how each one's collector writes an event: two are forwarded flat, the file server runs
 * winlogbeat, and the domain controller's logs were exported as Windows' own event JSON.
 */
export const hosts = Object.fromEntries(
  [
    ['ws101', 'WS-101', '10.20.4.101', 'flat'],
    ['ws102', 'WS-102', '10.20.4.102', 'flat'],
    ['fs01', 'FS-01', '10.20.1.21', 'winlogbeat'],
    ['dc01', 'DC-01', '10.20.1.10', 'event-json'],
  ].map(([key, name, address, shape]) => [key, makeHost(name, address, shape)]),
);

/** Opens a logon session on a host: what its processes' records repeat. */
export function session(host, user, { terminal = 1, integrity = 'Medium' } = {}) {
  const logonId = `0x${(0x40000 + host.random.below(0xfffff)).toString(16)}`;
  return { user, logonId, logonGuid: host.random.guid(), terminal, integrity };
}

/** Makes a process without recording that it started. */
export function makeProcess(host, program, startedAt, { parent, as, commandLine, folder } = {}) {
  host.nextPid += host.random.between(1, 40) * 4;
  const seconds = Math.floor(startedAt / 1000)
    .toString(16)
    .padStart(8, '0');
  host.started += 1;
  const serial = host.started.toString(16).padStart(12, '0');
  return {
    program,
    pid: host.nextPid,
    guid: `${host.mark}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${host.bootMark}-${serial}`,
    parent: parent ?? null,
    session: as ?? host.systemSession,
    commandLine: commandLine ?? program.path,
    folder: folder ?? 'C:\\Windows\\System32\\',
  };
}

function makeHost(name, address, shape) {
  const random = randomFrom(`host ${name}`);
  const host = {
    name,
    address,
    shape,
    random,
    computer: `${name.toLowerCase()}.${domain.dns}`,
    account: { name: `${name}$`, domain: domain.flat, sid: 'S-1-5-18' },
    mark: random.hex(8),
    bootMark: random.hex(4),
    nextPid: 340 + random.between(1, 30) * 4,
    started: 0,
    systemSession: null,
    running: {},
  };
  const zero = '00000000-0000-0000-e703-000000000000';
  host.systemSession = { user: local.system, logonId: '0x3e7', logonGuid: zero, terminal: 0, integrity: 'System' };
  const network = { ...host.systemSession, user: local.network, logonId: '0x3e4' };
  const boot = Date.UTC(2026, 10, 16, 4, 12, 9);
  const start = (key, program, more) => (host.running[key] = makeProcess(host, program, boot, more));
  start('system', programs.system);
  const wininit = start('wininit', programs.wininit);
  start('csrss', programs.csrss);
  start('services', programs.services, { parent: wininit });
  start('lsass', programs.lsass, { parent: wininit });
  const parent = host.running.services;
  const service = (key, group, as) =>
    start(key, programs.svchost, { parent, as, commandLine: `C:\\Windows\\System32\\svchost.exe -k ${group} -p` });
  service('dcom', 'DcomLaunch');
  service('tasks', 'netsvcs -s Schedule');
  service('cache', 'NetworkService -s Dnscache', network);
  service('prefetch', 'LocalSystemNetworkRestricted -s SysMain');
  start('defender', programs.defender, { parent });
  start('wmi', programs.wmiprvse, { parent: host.running.dcom });
  return host;
}
