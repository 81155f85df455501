import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { all, any, fieldsOf, never, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { LogSource, Query } from '../ir/query.ts';
import { eventKinds } from '../schema/log-sources.ts';
import type { Profile } from '../schema/profile.ts';
import { profiles } from '../schema/profiles/index.ts';
import { openEvent } from '../schema/shapes.ts';
import { admits, applyLogSource, mapToKind } from './apply-log-source.ts';

const { raw, flat, winlogbeat, ecs } = profiles;
const windowsTa = profiles['windows-ta'];
const windowsEvent = profiles['windows-event'];

function like(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}

function id(value: number): Predicate {
  return { kind: 'equal', field: 'EventID', value };
}

function query(logsource: LogSource, where: Predicate): Query {
  return { logsource, where, then: [] };
}

/** The question that the engine asks: is the event of a kind that the rule means, and does the rule hold of it? */
function hits({ logsource, where }: Query, event: Raw): boolean {
  const recorded = openEvent(event);
  return eventKinds(logsource).kinds.some(
    (kind) => admits(kind, recorded) && evaluate(mapToKind(where, kind, recorded.profile), recorded.event),
  );
}

const creation: LogSource = { product: 'windows', category: 'process_creation' };
const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const hashes = 'SHA1=AA11,MD5=BB22,SHA256=CC33,IMPHASH=09D2000000000000000000000000F00D';

/** One Sysmon event as each product keeps it. */
const recorded: readonly (readonly [Profile, Raw])[] = [
  [raw, { Channel: sysmon, EventID: 1, Hashes: hashes }],
  [flat, { Channel: sysmon, EventID: 1, SourceName: 'Microsoft-Windows-Sysmon', Hashes: hashes }],
  [windowsEvent, { Channel: sysmon, EventID: 1, Hashes: hashes }],
  [winlogbeat, { winlog: { channel: sysmon, event_id: '1', event_data: { Hashes: hashes } } }],
  [
    ecs,
    {
      winlog: { channel: sysmon, event_id: '1' },
      event: { code: '1' },
      process: { hash: { md5: 'BB22' }, pe: { imphash: '09D2000000000000000000000000F00D' } },
    },
  ],
  [windowsTa, { source: `XmlWinEventLog:${sysmon}`, EventCode: '1', Hashes: hashes }],
];

describe('a hash of its own name', () => {
  // Seed 000: category from the document, service from the global one; Sysmon lists hashes in one field.
  const dumpert = query(
    { ...creation, service: 'sysmon' },
    all([id(1), like('Imphash', '09d2000000000000000000000000f00d')]),
  );

  it.each(recorded.map(([profile, event]) => [profile.name, profile, event] as const))(
    'is found in what %s keeps of a Sysmon event',
    (_, profile, event) => {
      const applied = applyLogSource(dumpert, profile);
      expect(applied).toMatchObject({ problems: [], losses: [] });
      expect(evaluate(applied.query.where, eventOf(event))).toBe(true);
      expect(fieldsOf(applied.query.where)).toContain(profile.source.eventId);
    },
  );

  it.each(['flat', 'windows-event', 'winlog'])('is found by the engine in events of shape %s', (shape) => {
    const shapes: Record<string, Raw> = {
      flat: { Channel: sysmon, EventID: 1, Hashes: hashes },
      'windows-event': { Event: { System: { Channel: sysmon, EventID: 1 }, EventData: { Hashes: hashes } } },
      winlog: { winlog: { channel: sysmon, event_id: 1, event_data: { Hashes: hashes } } },
    };
    expect(openEvent(shapes[shape]!).profile.name).toBe(shape);
    expect(hits(dumpert, shapes[shape]!)).toBe(true);
  });

  it('is found in an event that a module has taken apart', () => expect(hits(dumpert, recorded[4]![1])).toBe(true));

  it('is not looked for in event 7, nor in 4688', () => {
    expect(hits(dumpert, { Channel: sysmon, EventID: 7, Hashes: hashes })).toBe(false);
    expect(hits(dumpert, { Channel: 'Security', EventID: 4688, Hashes: hashes })).toBe(false);
  });
});

describe('applyLogSource', () => {
  const whoami = query(creation, like('Image', many, '\\whoami.exe'));

  it('spells out every kind of a category, in the names of each', () => {
    expect(applyLogSource(whoami, winlogbeat).query).toEqual(
      query(
        creation,
        any([
          all([
            { ...like('winlog.channel', sysmon), cased: true } as Predicate,
            { ...id(1), field: 'winlog.event_id' } as Predicate,
            like('winlog.event_data.Image', many, '\\whoami.exe'),
          ]),
          all([
            { ...like('winlog.channel', 'Security'), cased: true } as Predicate,
            { ...id(4688), field: 'winlog.event_id' } as Predicate,
            like('winlog.event_data.NewProcessName', many, '\\whoami.exe'),
          ]),
        ]),
      ),
    );
  });

  it('says once what several kinds have in common', () => {
    const script = query({ product: 'windows', category: 'ps_script' }, like('ScriptBlockText', 'x'));
    expect(applyLogSource(script, raw).query.where).toEqual(
      all([
        any([
          like('Channel', 'Microsoft-Windows-PowerShell/Operational'),
          like('Channel', 'PowerShellCore/Operational'),
        ]),
        id(4104),
        like('ScriptBlockText', 'x'),
      ]),
    );
  });

  it('writes a channel as the schema does, in every way that it does', () => {
    const service = query({ product: 'windows', service: 'system' }, id(7045));
    expect(applyLogSource(service, windowsTa).query.where).toEqual(
      all([
        any([like('source', 'XmlWinEventLog:System'), like('source', 'WinEventLog:System')]),
        { ...id(7045), field: 'EventCode' } as Predicate,
      ]),
    );
  });

  it('takes an event id that the rule itself names into account', () => {
    const three = applyLogSource(query(creation, all([id(4688), like('Image', 'x')])), flat);
    expect(three.query.where).toEqual(all([like('Channel', 'Security'), id(4688), like('NewProcessName', 'x')]));
    expect(applyLogSource(query(creation, id(3)), flat).query.where).toEqual(never);
  });

  it('reads a rule on event 4688 of the security log under either name', () => {
    const security = { product: 'windows', service: 'security' };
    const rule = (field: string) => query(security, all([id(4688), like(field, 'x')]));
    const event = { Channel: 'security', EventID: 4688, NewProcessName: 'x', ProcessId: '0x4', CommandLine: 'x' };
    for (const field of ['Image', 'NewProcessName', 'ProcessCommandLine', 'CommandLine'])
      expect(hits(rule(field), event), field).toBe(true);
    // There, `ProcessId` is the event's own field: the creator's.
    expect(fieldsOf(applyLogSource(rule('ProcessId'), flat).query.where)).toContain('ProcessId');
    expect(hits(query(security, all([id(4624), like('Image', 'x')])), { ...event, EventID: 4624 })).toBe(false);
  });

  it('keeps event kinds apart by what sets them apart', () => {
    const add = query({ product: 'windows', category: 'registry_add' }, like('TargetObject', 'k'));
    const event = { Channel: sysmon, EventID: 12, TargetObject: 'k' };
    expect(hits(add, { ...event, EventType: 'CreateKey' })).toBe(true);
    expect(hits(add, { ...event, EventType: 'DeleteKey' })).toBe(false);
  });

  it('looks for what an event carries in UserData where the schema keeps it', () => {
    const wmi = query({ product: 'windows', service: 'wmi' }, like('Operation', many));
    expect(fieldsOf(applyLogSource(wmi, winlogbeat).query.where)).toContain('winlog.user_data.Operation');
  });

  it('says what it leaves to the choice of an index', () => {
    const trail = applyLogSource(query({ product: 'aws', service: 'cloudtrail' }, like('eventName', 'x')), winlogbeat);
    expect(trail.query.where).toEqual(like('eventName', 'x'));
    expect(trail.assumptions).toEqual([expect.stringContaining('aws.cloudtrail')]);
    expect(trail.problems).toEqual([]);
  });

  it('tells events by what the schema tells them by, and says which it does not hold', () => {
    const defender = applyLogSource(
      query(creation, all([like('Image', 'x'), like('CurrentDirectory', 'y')])),
      profiles.defender,
    );
    expect(defender.query.where).toEqual(never);
    expect(defender.problems).toEqual([expect.stringContaining('CurrentDirectory')]);
    const started = applyLogSource(whoami, profiles.ocsf);
    expect(started.query.where).toEqual(
      all([
        { kind: 'equal', field: 'class_uid', value: 1007 },
        { kind: 'equal', field: 'activity_id', value: 1 },
        like('process.file.path', many, '\\whoami.exe'),
      ]),
    );
    const pipes = query({ product: 'windows', category: 'pipe_created' }, like('PipeName', 'x'));
    expect(applyLogSource(pipes, profiles.ocsf).problems).toEqual([expect.stringContaining('sysmon/17,18')]);
  });

  it('finds each kind of events in its own table, by the names of its columns', () => {
    const sentinel = applyLogSource(whoami, profiles.sentinel);
    expect(sentinel).toMatchObject({ assumptions: [], problems: [], losses: [] });
    expect(fieldsOf(sentinel.query.where)).toEqual(['$table', 'ActionType', 'FolderPath', 'EventID', 'NewProcessName']);
    const logon = query(
      { product: 'windows', service: 'security' },
      all([like('EventID', '4624'), like('LogonId', '0x3e7')]),
    );
    expect(fieldsOf(applyLogSource(logon, profiles.sentinel).query.where)).toEqual(['$table', 'EventID', 'LogonID']);
    const change = query({ product: 'windows', service: 'security' }, like('AttributeLDAPDisplayName', 'x'));
    expect(applyLogSource(change, profiles.sentinel).problems).toEqual([expect.stringContaining('no column')]);
    const created = query({ product: 'windows', category: 'pipe_created' }, like('PipeName', 'x'));
    expect(applyLogSource(created, profiles.sentinel).query.where).toEqual(
      all([
        { kind: 'like', field: '$table', pattern: ['WindowsEvent'], cased: true },
        { kind: 'like', field: 'Channel', pattern: ['Microsoft-Windows-Sysmon/Operational'], cased: true },
        any([
          { kind: 'equal', field: 'EventID', value: 17 },
          { kind: 'equal', field: 'EventID', value: 18 },
        ]),
        like('EventData.PipeName', 'x'),
      ]),
    );
  });

  it('does not guess at an unknown log source', () => {
    const { problems, query: applied } = applyLogSource(
      query({ product: 'windows', category: 'process_creaton' }, like('a', 'b')),
      raw,
    );
    expect(problems).toEqual([expect.stringContaining("No category 'process_creaton'")]);
    expect(applied.where).toEqual(never);
  });

  it('says so where no field can hold what the rule wants', () => {
    const described = query(whoami.logsource, like('Description', many, 'x', many));
    expect(applyLogSource(described, profiles.ocsf)).toMatchObject({
      problems: [expect.stringContaining('Description')],
      losses: [{ effect: 'narrower' }],
    });
    expect(applyLogSource(query(described.logsource, not(described.where)), profiles.ocsf).losses).toMatchObject([
      { effect: 'wider' },
    ]);
  });

  it('carries stages over: one place is a new name, two are gathered', () => {
    const counted: Query = {
      ...whoami,
      then: [
        {
          kind: 'summarize',
          by: ['Computer', 'Image'],
          with: [{ as: 'n', function: 'count', field: null }],
          within: 60,
        },
        { kind: 'having', where: { kind: 'compare', field: 'n', part: 'number', order: '>', value: 3 } },
      ],
    };
    const { query: applied, problems } = applyLogSource(counted, winlogbeat);
    expect(problems).toEqual([]);
    expect(applied.then).toMatchObject([
      { kind: 'derive', field: 'Image', from: { function: 'coalesce' } },
      { kind: 'summarize', by: ['winlog.computer_name', 'Image'] },
      { kind: 'having', where: { field: 'n' } },
    ]);
  });

  it('carries the rules that a correlation gathers over, each by its own log source', () => {
    const gathered: Query = {
      logsource: {},
      where: all([]),
      then: [
        {
          kind: 'gather',
          of: [
            {
              name: 'a',
              query: query({ product: 'windows', service: 'security' }, id(4625)),
              rename: { user: 'TargetUserName' },
            },
            { name: 'b', query: whoami, rename: {} },
          ],
        },
        {
          kind: 'summarize',
          by: ['user', 'Computer'],
          with: [{ as: 'n', function: 'count', field: null }],
          within: 60,
        },
      ],
    };
    const { query: applied, problems } = applyLogSource(gathered, winlogbeat);
    expect(problems).toEqual([]);
    expect(applied.then[0]).toMatchObject({
      of: [
        { rename: { user: 'winlog.event_data.TargetUserName', Computer: 'winlog.computer_name' } },
        { rename: { user: 'winlog.event_data.user', Computer: 'winlog.computer_name' } },
      ],
    });
    expect(applied.then[1]).toMatchObject({ by: ['user', 'Computer'] });
  });
});
