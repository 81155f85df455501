import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raw, Value } from '../ir/event.ts';
import { openEvent } from './shapes.ts';
import { utcTime } from './shapes/time.ts';

const system: Raw = {
  Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon', Guid: 'G' } },
  EventID: 1,
  TimeCreated: { '#attributes': { SystemTime: '2024-05-01T10:11:12.345678Z' } },
  Execution: { '#attributes': { ProcessID: 4, ThreadID: 8 } },
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'HOST',
  Correlation: null,
  Security: { '#attributes': { UserID: 'S-1-5-18' } },
};

describe('openEvent', () => {
  it('reads a flat event', () => {
    const raw = {
      Channel: 'security',
      EventID: '4688',
      SourceName: 'Auditing',
      Hostname: 'HOST',
      '@timestamp': '2020-10-19T03:30:41.104Z',
      TimeCreated: '2020-10-19 00:30:41.104',
    };
    expect(openEvent(raw)).toMatchObject({
      profile: { name: 'flat' },
      channel: 'security',
      eventId: 4688,
      provider: 'Auditing',
      format: null,
      time: '2020-10-19T03:30:41.104Z',
      host: 'HOST',
    });
  });

  it("reads Windows' own event, flat names first found in EventData", () => {
    const recorded = openEvent({
      Event: {
        System: { ...system, Level: 4 },
        EventData: { Image: 'C:\\a.exe', Level: 'mine', Channel: 'Cleared', EventID: 9, 'Threat Name': 'Bad' },
      },
    });
    expect(recorded).toMatchObject({
      profile: { name: 'windows-event' },
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 1,
      provider: 'Microsoft-Windows-Sysmon',
      time: '2024-05-01T10:11:12.345678Z',
      host: 'HOST',
    });
    const names = [
      'Image',
      'Level',
      'Channel',
      'EventID',
      'Provider_Name',
      'Execution_ProcessID',
      'Security_UserID',
      'ThreatName',
      'Nope',
    ];
    expect(names.map((name) => recorded.event.get(name))).toEqual([
      'C:\\a.exe',
      'mine',
      'Cleared',
      1,
      'Microsoft-Windows-Sysmon',
      4,
      'S-1-5-18',
      'Bad',
      undefined,
    ]);
  });

  it.each<[string, Value, Value]>([
    ['a list', ['one', 'two'], ['one', 'two']],
    ['one text', 'one', 'one'],
    ['a text node', { '#text': ['one', 'two'] }, ['one', 'two']],
    ['nothing', null, null],
  ])('reads unnamed data written as %s', (_, Data, seen) => {
    expect(openEvent({ Event: { System: system, EventData: { Data } } }).event.get('Data')).toEqual(seen);
  });

  it('reads named data in each way that converters write it', () => {
    for (const Data of [
      [{ '#attributes': { Name: 'A' }, '#text': 'x' }, { '#attributes': { Name: 'B' } }],
      [{ '@Name': 'A', '#text': 'x' }, { '@Name': 'B' }],
      [{ Name: 'A', '#text': 'x' }, { Name: 'B' }],
    ]) {
      const { event } = openEvent({ Event: { System: system, EventData: { Data } } });
      expect([event.get('A'), event.get('B')], JSON.stringify(Data)).toEqual(['x', null]);
    }
  });

  it('reads UserData, attributes with @, an event id with qualifiers, and parts at the top', () => {
    const recorded = openEvent({
      System: {
        Provider: { '@Name': 'P' },
        EventID: { '#text': '1102', '@Qualifiers': '0' },
        TimeCreated: { '@SystemTime': '2024-05-01T10:11:12Z' },
        Channel: 'Security',
      },
      UserData: { LogFileCleared: { '@xmlns': 'http://x', SubjectUserName: 'eve' } },
    });
    expect(recorded).toMatchObject({ channel: 'Security', eventId: 1102, provider: 'P', time: '2024-05-01T10:11:12Z' });
    expect(['SubjectUserName', 'EventID_Qualifiers', 'EventID'].map((name) => recorded.event.get(name))).toEqual([
      'eve',
      '0',
      '1102',
    ]);
    expect([...recorded.event.values()].map(([name]) => name)).not.toContain('xmlns');
  });

  it('reads the forms of Velociraptor', () => {
    const recorded = openEvent({
      System: {
        Provider: { Name: 'P', Guid: 'G' },
        EventID: { Value: 4104 },
        TimeCreated: { SystemTime: 1_600_000_000.5 },
        Channel: 'C',
      },
      EventData: { Path: null },
    });
    expect(recorded).toMatchObject({ eventId: 4104, provider: 'P', time: '2020-09-13T12:26:40.500Z' });
    expect(recorded.event.get('Provider_Guid')).toBe('G');
  });

  it('reads what Elastic ships, nested, dotted and exported', () => {
    const winlog = { channel: 'Security', event_id: 4688, provider_name: 'P', computer_name: 'HOST' };
    const wanted = { profile: { name: 'winlog' }, channel: 'Security', eventId: 4688, provider: 'P', host: 'HOST' };
    expect(openEvent({ winlog, '@timestamp': '2024-05-01T10:11:12Z' })).toMatchObject(wanted);
    expect(openEvent({ _index: 'i', _source: { winlog } })).toMatchObject(wanted);
    const dotted = Object.fromEntries(Object.entries(winlog).map(([name, value]) => [`winlog.${name}`, value]));
    expect(openEvent(dotted)).toMatchObject(wanted);
  });

  it.each<[string, Raw]>([
    [
      'aws.cloudtrail',
      { eventName: 'ConsoleLogin', eventSource: 'signin.amazonaws.com', eventTime: '2024-05-01T10:11:12Z' },
    ],
    ['kubernetes.audit', { verb: 'get', objectRef: { resource: 'secrets' } }],
    ['gcp.audit', { protoPayload: { methodName: 'x' } }],
    ['okta.system', { eventType: 'user.session.start', debugContext: {} }],
    ['github.audit', { action: 'repo.create', actor: 'eve', org: 'acme' }],
    ['m365', { Operation: 'New-InboxRule', Workload: 'Exchange' }],
    ['azure.signinlogs', { category: 'NonInteractiveUserSignInLogs', resultType: '0' }],
    ['azure.auditlogs', { category: 'AuditLogs' }],
    ['azure.activitylogs', { operationName: 'x', resourceId: '/subscriptions/1' }],
    ['bitbucket.audit', { auditType: { category: 'Permissions' } }],
    ['linux.auditd', { type: 'EXECVE', a0: 'ls' }],
    ['linux.auditd', { type: 'USER_CMD' }],
    ['opencanary', { logtype: 4002, node_id: 'x' }],
    ['fortigate.event', { devid: 'x', logid: '1', type: 'event' }],
    ['zeek.dns', { _path: 'dns', ts: 1_600_000_000, query: 'x' }],
    ['zeek', { uid: 'C', 'id.orig_h': '10.0.0.1', ts: 1 }],
  ])('recognises %s', (format, raw) => {
    expect(openEvent(raw)).toMatchObject({ format, profile: { name: format }, channel: null });
  });

  it('leaves what nothing marks unmarked', () => {
    for (const raw of [
      {},
      { Image: '/bin/sh' },
      { 'cs-method': 'GET' },
      { type: 'execve' },
      { EventID: 3 },
      { Event: { a: 1 } },
      { System: 'x' },
    ])
      expect(openEvent(raw as Raw), JSON.stringify(raw)).toMatchObject({
        format: null,
        channel: null,
        profile: { name: 'unmarked' },
      });
  });

  it('opens anything, and what it says can be asked (property)', () => {
    const key = fc.constantFrom(
      'Event',
      'System',
      'EventData',
      'UserData',
      'Data',
      '#attributes',
      '#text',
      'Name',
      'Channel',
      'EventID',
      'winlog',
      '_source',
      '_path',
      'ts',
      'type',
      '@timestamp',
      '__proto__',
    );
    const { node } = fc.letrec<{ node: Value }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom<Value>(null, 'x', '4688', 1, true, '2024-05-01T10:11:12Z'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, node), (raw) => {
        const { event, channel, eventId, provider, time, host } = openEvent(raw);
        expect(channel === null || typeof channel === 'string').toBe(true);
        expect(eventId === null || Number.isSafeInteger(eventId)).toBe(true);
        expect([provider, time, host].every((each) => each === null || typeof each === 'string')).toBe(true);
        for (const [name] of event.values()) event.get(name);
      }),
      { numRuns: process.env['LONG'] ? 50_000 : 2_000 },
    );
  });
});

describe('utcTime', () => {
  it.each<[Value, string | null]>([
    ['2020-10-19 03:30:41.104', '2020-10-19T03:30:41.104Z'],
    ['2020-10-19T03:30:41.1234567Z', '2020-10-19T03:30:41.1234567Z'],
    ['2020-10-19T03:30:41+02:00', '2020-10-19T01:30:41.000Z'],
    ['2020-10-19 03:30:41 UTC', '2020-10-19T03:30:41Z'],
    [1_600_000_000, '2020-09-13T12:26:40.000Z'],
    [1_600_000_000_000, '2020-09-13T12:26:40.000Z'],
    ['1600000000.25', '2020-09-13T12:26:40.250Z'],
    ['2020-13-45 03:30:41', null],
    ['yesterday', null],
    [true, null],
    [Number.NaN, null],
    [1e300, null],
  ])('reads %j', (value, time) => expect(utcTime(value)).toBe(time));
});
