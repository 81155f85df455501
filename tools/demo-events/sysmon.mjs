import { account, actor, logs, stamp, version } from './logs.mjs';
import { hashesOf } from './programs.mjs';

/** What Sysmon alone records. */
export function sysmonRecords(write) {
  const sysmon = (host, eventId, at, fields, hits) =>
    write(host, logs.sysmon, eventId, at, { RuleName: '-', ...fields }, hits);
  return {
    /** A process asks for a name: Sysmon 22. */
    resolve(host, at, process, name, answer) {
      sysmon(host, 22, at, {
        ...actor(process, at),
        QueryName: name,
        QueryStatus: answer ? '0' : '9003',
        QueryResults: answer ? `::ffff:${answer};` : '-',
        User: account(process.session.user),
      });
    },

    /** A process loads a library: Sysmon 7. */
    load(host, at, process, library, hits) {
      const fields = {
        ...actor(process, at),
        ImageLoaded: library.path,
        ...version(library),
        Hashes: hashesOf(library),
        Signed: String(library.signature !== null),
        Signature: library.signature ?? '-',
        SignatureStatus: library.signature === null ? 'Unavailable' : 'Valid',
        User: account(process.session.user),
      };
      sysmon(host, 7, at, fields, hits);
    },

    /** A process opens another: Sysmon 10. `through` are the modules on its stack, the innermost first. */
    open(host, at, process, target, access, through, hits) {
      const trace = ['C:\\Windows\\SYSTEM32\\ntdll.dll', ...through, process.program.path];
      const fields = {
        UtcTime: stamp(at),
        SourceProcessGUID: `{${process.guid}}`,
        SourceProcessId: String(process.pid),
        SourceThreadId: String(host.random.between(300, 2_500) * 4),
        SourceImage: process.program.path,
        TargetProcessGUID: `{${target.guid}}`,
        TargetProcessId: String(target.pid),
        TargetImage: target.program.path,
        GrantedAccess: access,
        CallTrace: trace.map((module) => `${module}+${host.random.hex(5)}`).join('|'),
        SourceUser: account(process.session.user),
        TargetUser: account(target.session.user),
      };
      sysmon(host, 10, at, fields, hits);
    },

    /** A process creates a file: Sysmon 11. */
    file(host, at, process, path, hits) {
      const fields = {
        ...actor(process, at),
        TargetFilename: path,
        CreationUtcTime: stamp(at),
        User: account(process.session.user),
      };
      sysmon(host, 11, at, fields, hits);
    },

    /** A process deletes a file: Sysmon 23. */
    remove(host, at, process, path) {
      sysmon(host, 23, at, {
        ...actor(process, at),
        User: account(process.session.user),
        TargetFilename: path,
        IsExecutable: 'false',
        Archived: 'true',
      });
    },

    /** A process makes a registry key: Sysmon 12. */
    key(host, at, process, path) {
      sysmon(host, 12, at, {
        EventType: 'CreateKey',
        ...actor(process, at),
        TargetObject: path,
        User: account(process.session.user),
      });
    },

    /** A process sets a registry value: Sysmon 13. */
    value(host, at, process, path, details, hits) {
      const fields = {
        EventType: 'SetValue',
        ...actor(process, at),
        TargetObject: path,
        Details: details,
        User: account(process.session.user),
      };
      sysmon(host, 13, at, fields, hits);
    },
  };
}
