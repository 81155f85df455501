import { makeProcess } from './estate.mjs';
import { account, actor, hex, logs, subject, version } from './logs.mjs';
import { hashesOf } from './programs.mjs';

const labels = { System: 'S-1-16-16384', High: 'S-1-16-12288', Medium: 'S-1-16-8192' };

/** What both Sysmon and the Security log record. */
export function twofoldRecords(write) {
  const sysmon = (host, eventId, at, fields, hits) =>
    write(host, logs.sysmon, eventId, at, { RuleName: '-', ...fields }, hits);
  return {
    /** A process starts: Sysmon 1 and Security 4688. */
    start(host, at, program, options, hits = {}) {
      const { parent } = options;
      const process = makeProcess(host, program, at, options);
      const { session } = process;
      const security = Array.isArray(hits) ? hits : hits.security;
      sysmon(
        host,
        1,
        at,
        {
          ...actor(process, at),
          ...version(program),
          CommandLine: process.commandLine,
          CurrentDirectory: process.folder,
          User: account(session.user),
          LogonGuid: `{${session.logonGuid}}`,
          LogonId: session.logonId,
          TerminalSessionId: String(session.terminal),
          IntegrityLevel: session.integrity,
          Hashes: hashesOf(program),
          ParentProcessGuid: `{${parent.guid}}`,
          ParentProcessId: String(parent.pid),
          ParentImage: parent.program.path,
          ParentCommandLine: parent.commandLine,
          ParentUser: account(parent.session.user),
        },
        Array.isArray(hits) ? hits : hits.sysmon,
      );
      write(
        host,
        logs.security,
        4688,
        at + 1,
        {
          ...subject(session),
          NewProcessId: hex(process.pid),
          NewProcessName: program.path,
          TokenElevationType: session.integrity === 'Medium' ? '%%1938' : '%%1937',
          ProcessId: hex(parent.pid),
          CommandLine: process.commandLine,
          TargetUserSid: 'S-1-0-0',
          TargetUserName: '-',
          TargetDomainName: '-',
          TargetLogonId: '0x0',
          ParentProcessName: parent.program.path,
          MandatoryLabel: labels[session.integrity],
        },
        security,
      );
      return process;
    },

    /** A process ends: Sysmon 5 and Security 4689. */
    stop(host, at, process) {
      sysmon(host, 5, at, { ...actor(process, at), User: account(process.session.user) });
      write(host, logs.security, 4689, at + 1, {
        ...subject(process.session),
        Status: '0x0',
        ProcessId: hex(process.pid),
        ProcessName: process.program.path,
      });
    },

    /** A process opens a connection: Sysmon 3 and Security 5156. */
    connect(host, at, process, { name, address, port }) {
      const source = host.random.between(49_200, 65_000);
      sysmon(host, 3, at, {
        ...actor(process, at),
        User: account(process.session.user),
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIsIpv6: 'false',
        SourceIp: host.address,
        SourceHostname: host.computer,
        SourcePort: String(source),
        DestinationIsIpv6: 'false',
        DestinationIp: address,
        DestinationHostname: name,
        DestinationPort: String(port),
      });
      write(host, logs.security, 5156, at + 1, {
        ProcessID: String(process.pid),
        Application: process.program.path.toLowerCase().replace('c:', '\\device\\harddiskvolume3'),
        Direction: '%%14593',
        SourceAddress: host.address,
        SourcePort: String(source),
        DestAddress: address,
        DestPort: String(port),
        Protocol: '6',
        LayerName: '%%14611',
      });
    },
  };
}
