import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import type { Predicate } from '../ir/predicate.ts';
import { profiles } from '../schema/profiles/index.ts';
import { openEvent } from '../schema/shapes.ts';
import { applyLogSource } from './apply-log-source.ts';
import { storeEvent } from './store-event.ts';

const stored = (raw: Raw, profile: keyof typeof profiles) => storeEvent(openEvent(raw), profiles[profile]);

const sysmon: Raw = {
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Image: 'C:\\x.exe',
  ProcessId: 420,
  Hashes: 'MD5=AA,IMPHASH=BB',
  User: 'WORK\\alice',
};
const audited: Raw = {
  Channel: 'Security',
  EventID: 4688,
  NewProcessName: 'C:\\x.exe',
  NewProcessId: '0x1a4',
  ProcessId: '0x4',
  MandatoryLabel: 'S-1-16-12288',
  SubjectUserName: 'alice',
  SubjectDomainName: 'WORK',
};

describe('storeEvent', () => {
  it('renames, and says the log in the schema’s way', () => {
    expect(stored(sysmon, 'winlogbeat')).toEqual({
      'winlog.channel': 'Microsoft-Windows-Sysmon/Operational',
      'winlog.event_id': 1,
      'winlog.event_data.Image': 'C:\\x.exe',
      'winlog.event_data.ProcessId': 420,
      'winlog.event_data.Hashes': 'MD5=AA,IMPHASH=BB',
      'winlog.event_data.User': 'WORK\\alice',
    });
    expect(stored(audited, 'windows-ta')).toMatchObject({ source: 'XmlWinEventLog:Security', EventCode: 4688 });
  });

  it('brings values into the form that the schema keeps them in', () => {
    expect(stored(sysmon, 'ecs')).toMatchObject({
      'process.executable': 'C:\\x.exe',
      'process.hash.md5': 'AA',
      'process.pe.imphash': 'BB',
      'user.domain': 'WORK',
      'user.name': 'alice',
    });
    expect(stored(audited, 'ecs')).toMatchObject({ 'process.executable': 'C:\\x.exe', 'process.pid': '420' });
    expect(stored(audited, 'raw')).toMatchObject({ Image: 'C:\\x.exe', ProcessId: '420', IntegrityLevel: 'High' });
    expect(stored(audited, 'flat')).toEqual(audited);
  });

  it('reads an event of whichever shape', () => {
    const shipped = { winlog: { channel: 'Security', event_id: 4688, event_data: { NewProcessName: 'C:\\x.exe' } } };
    expect(stored(shipped, 'flat')).toEqual({ Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\x.exe' });
  });

  it('leaves events of other logs as they are, and gives none where the schema has no place for it', () => {
    expect(stored({ 'cs-method': 'GET' }, 'ecs')).toEqual({ 'cs-method': 'GET' });
    expect(stored({ Channel: 'System', EventID: 7045 }, 'ocsf')).toBeNull();
  });

  const like = (field: string, ...pattern: Pattern): Predicate => ({ kind: 'like', field, pattern, cased: false });
  const tests: readonly Predicate[] = [
    like('Image', many, '\\X.EXE'),
    { kind: 'equal', field: 'ProcessId', value: 420 },
    like('User', 'work\\alice'),
    like('Imphash', 'bb'),
    like('IntegrityLevel', 'high'),
    like('EventID', '4688'),
  ];

  it.each(['raw', 'flat', 'windows-event', 'winlogbeat', 'ecs', 'windows-ta'] as const)(
    'a mapped rule finds in %s what it finds in the event',
    (name) => {
      for (const where of tests)
        for (const raw of [sysmon, audited]) {
          const query = { logsource: { product: 'windows', category: 'process_creation' }, where, then: [] };
          const mapped = (profile: keyof typeof profiles) => applyLogSource(query, profiles[profile]).query.where;
          // ECS has no account of an audited process but in fields of its own.
          if (name === 'raw' || name === 'ecs')
            if (raw === audited && 'field' in where && where.field === 'User') continue;
          const found = evaluate(mapped(name), eventOf(stored(raw, name)!));
          expect([where, found]).toEqual([where, evaluate(mapped('flat'), eventOf(raw))]);
        }
    },
  );
});
