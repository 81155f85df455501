import { account, hex, logs, subject } from './logs.mjs';

/** What the logs of Windows itself record: Security, PowerShell and System. */
export function windowsRecords(write) {
  return {
    /** A process asks for an object: Security 4656 and 4663. */
    handle(host, at, process, kind, name, mask) {
      const fields = {
        ...subject(process.session),
        ObjectServer: 'Security',
        ObjectType: kind,
        ObjectName: name,
        HandleId: hex(host.random.between(40, 900) * 4),
        AccessMask: mask,
        ProcessId: hex(process.pid),
        ProcessName: process.program.path,
      };
      write(host, logs.security, 4656, at, fields);
      write(host, logs.security, 4663, at + 1, fields);
    },

    /** Somebody logs on: Security 4624, and 4672 if the session is privileged. */
    logon(host, at, session, type, from, privileged) {
      write(host, logs.security, 4624, at, {
        ...subject({ user: host.account, logonId: '0x3e7' }),
        TargetUserSid: session.user.sid,
        TargetUserName: session.user.name,
        TargetDomainName: session.user.domain,
        TargetLogonId: session.logonId,
        LogonType: String(type),
        LogonProcessName: type === 3 ? 'Kerberos' : 'User32 ',
        AuthenticationPackageName: type === 3 ? 'Kerberos' : 'Negotiate',
        WorkstationName: from.name,
        LogonGuid: `{${session.logonGuid}}`,
        IpAddress: from.address,
        IpPort: String(host.random.between(49_200, 65_000)),
        ElevatedToken: privileged ? '%%1842' : '%%1843',
      });
      if (privileged)
        write(host, logs.security, 4672, at + 1, {
          ...subject(session),
          PrivilegeList:
            'SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeDebugPrivilege',
        });
    },

    /** A session ends: Security 4634. */
    logoff(host, at, session, type) {
      write(host, logs.security, 4634, at, {
        TargetUserSid: session.user.sid,
        TargetUserName: session.user.name,
        TargetDomainName: session.user.domain,
        TargetLogonId: session.logonId,
        LogonType: String(type),
      });
    },

    /** PowerShell compiles a script block: 4104. */
    script(host, at, text, hits) {
      const fields = {
        MessageNumber: '1',
        MessageTotal: '1',
        ScriptBlockText: text,
        ScriptBlockId: host.random.guid(),
        Path: '',
      };
      write(host, logs.powershell, 4104, at, fields, hits);
    },

    /** PowerShell runs a command: 4103. */
    command(host, at, session, name, payload) {
      write(host, logs.powershell, 4103, at, {
        ContextInfo: `        Severity = Informational\r\n        Host Name = ConsoleHost\r\n        Command Name = ${name}\r\n        Command Type = Cmdlet\r\n        User = ${account(session.user)}\r\n`,
        UserData: '',
        Payload: `CommandInvocation(${name}): "${name}"\r\n${payload}`,
      });
    },

    /** A service changes its state: System 7036. */
    service(host, at, name, state) {
      write(host, logs.system, 7036, at, { param1: name, param2: state });
    },

    /** A service is installed: System 7045. */
    install(host, at, name, path) {
      write(host, logs.system, 7045, at, {
        ServiceName: name,
        ImagePath: path,
        ServiceType: 'user mode service',
        StartType: 'demand start',
        AccountName: 'LocalSystem',
      });
    },
  };
}
