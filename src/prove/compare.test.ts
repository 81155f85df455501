import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planHunt } from '../engine/plan.ts';
import { findTarget } from '../formats/targets.ts';
import type { Raw } from '../ir/event.ts';
import { findProfile } from '../schema/profiles/index.ts';
import { openEvent } from '../schema/shapes.ts';
import { compare } from './compare.ts';
import { convert } from './convert.ts';
import { readQuerySide, readRuleSide } from './read-side.ts';
import type { ReadSide } from './read-side.ts';
import type { RuleSide, Side } from './side.ts';

const content = new URL('../../content/', import.meta.url);

function sideOf(read: ReadSide): Side {
  if ('fault' in read) throw new Error(read.fault.message);
  return read.side;
}

function file(path: string, number?: number): RuleSide {
  const text = readFileSync(new URL(path, content), 'utf8');
  return sideOf(readRuleSide({ name: path, text }, path, number)) as RuleSide;
}

function rule(detection: string, logsource = '{product: windows, category: process_creation}'): Side {
  const text = `title: T\nlogsource: ${logsource}\ndetection: ${detection}\n`;
  return sideOf(readRuleSide({ name: 'rule.yml', text }, 'rule'));
}

function query(target: string, text: string, profile?: string): Side {
  const chosen = profile === undefined ? {} : { profile: findProfile(profile) };
  return sideOf(readQuerySide({ name: 'query', text }, target, findTarget(target)!, chosen));
}

function hits(side: RuleSide, event: Raw | null): boolean {
  return event !== null && planHunt([side.detection]).match(openEvent(event)).length > 0;
}

describe('the seeds', () => {
  const [a, b, c] = [
    file('seeds/002-comsvcs.yml'),
    file('seeds/003-splunk-comsvcs.yml'),
    file('seeds/004-wasoc-lsass.yml'),
  ];

  it.each([
    ['002 and 003', a, b],
    ['002 and 004', a, c],
    ['003 and 004', b, c],
  ] as const)('%s overlap, and a hunt agrees on each event shown', (_, left, right) => {
    const { relation } = compare(left, right);
    expect(relation.relation).toBe('overlap');
    const outcome = (event: Raw | null) => [hits(left, event), hits(right, event)];
    expect(outcome(relation.onlyA)).toEqual([true, false]);
    expect(outcome(relation.onlyB)).toEqual([false, true]);
    expect(outcome(relation.both)).toEqual([true, true]);
  });

  it('differ on command lines that somebody might run', () => {
    const image = 'C:\\Windows\\System32\\rundll32.exe';
    const { relation, why } = compare(a, b);
    expect(relation.onlyA).toEqual({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      CommandLine: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll,#24 624 C:\\Temp\\out.dmp full',
      Image: image,
    });
    expect(relation.onlyB).toMatchObject({
      CommandLine: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Temp\\out.dmp full',
    });
    expect(why[0]).toMatchObject({
      side: 'b',
      fields: ['CommandLine'],
      failed: [{ tests: ['CommandLine matches /minidump/i'] }],
    });
    expect(why[0]!.found.map(({ value, start, end }) => value.slice(start, end))).toEqual(['comsvcs.dll,#24']);
    const origin = why[0]!.failed[0]!.origins[0]!;
    const text = readFileSync(new URL('seeds/003-splunk-comsvcs.yml', content), 'utf8');
    expect(text.slice(origin.span.start, origin.span.end)).toBe("'minidump'");
  });

  it('002 is half contained: what it wants of the name, 003 wants of any order', () => {
    const half = rule(
      `{s: {CommandLine|contains: 'comsvcs.dll,MiniDump', Image|endswith: '\\rundll32.exe'}, condition: s}`,
    );
    expect(compare(half, b).relation).toMatchObject({ relation: 'subset', onlyA: null });
  });
});

describe('where two rules meet', () => {
  it('in the names that events have: Image is NewProcessName in 4688', () => {
    const audited = '{product: windows, service: security}';
    const own = rule(`{s: {EventID: 4688, NewProcessName|endswith: '\\x.exe'}, condition: s}`, audited);
    const sigma = rule(`{s: {EventID: 4688, Image|endswith: '\\x.exe'}, condition: s}`, audited);
    expect(compare(own, sigma).relation.relation).toBe('equivalent');
    const category = rule(`{s: {Image|endswith: '\\x.exe'}, condition: s}`);
    expect(compare(own, category).relation.relation).toBe('subset');
  });

  it('rules for different logs are disjoint, and the reason is the log', () => {
    const [creation, load] = [
      rule(`{s: {Image|endswith: '\\x.exe'}, condition: s}`),
      rule(`{s: {Image|endswith: '\\x.exe'}, condition: s}`, '{product: windows, category: image_load}'),
    ];
    const { relation, why } = compare(creation, load);
    expect(relation.relation).toBe('disjoint');
    expect(why.map(({ fields }) => fields)).toEqual([['EventID'], ['EventID']]);
    expect(compare(creation, load, { ignoreLogSource: true }).relation.relation).toBe('equivalent');
  });

  it.each([
    ['{product: aws, service: cloudtrail}', '{product: okta, service: okta}', 'disjoint'],
    ['{product: aws, service: cloudtrail}', '{category: webserver}', 'disjoint'],
    ['{product: windows, service: system}', '{category: webserver}', 'disjoint'],
    ['{category: proxy}', '{category: webserver}', 'equivalent'],
  ])('%s and %s: %s', (first, second, relation) => {
    const detection = '{s: {eventName: x}, condition: s}';
    const found = compare(rule(detection, first), rule(detection, second));
    expect(found.relation.relation).toBe(relation);
    // What nothing tells apart is said to be so.
    expect(found.assumptions.length).toBe(/webserver/.test(second) ? (relation === 'equivalent' ? 2 : 1) : 0);
  });

  it('in a schema, if one is asked for', () => {
    const side = rule(`{s: {Image|endswith: '\\x.exe'}, condition: s}`);
    const { relation } = compare(side, side, { profile: findProfile('ecs') });
    expect(Object.keys(relation.both!)).toEqual(['winlog.channel', 'event.code', 'process.executable']);
  });

  it('an unknown log source is not judged, and says so', () => {
    const [known, odd] = [rule('{s: {a: x}, condition: s}'), rule('{s: {a: x}, condition: s}', '{product: nosuch}')];
    expect(compare(known, odd).relation).toMatchObject({
      relation: 'unknown',
      reason: expect.stringContaining('nosuch'),
    });
    expect(compare(known, odd, { ignoreLogSource: true }).relation.relation).toBe('equivalent');
  });

  it('an event has one channel and one id', () => {
    const system = (id: number) => rule(`{s: {EventID: ${id}}, condition: s}`, '{product: windows, service: system}');
    expect(compare(system(1), system(2)).relation.relation).toBe('disjoint');
  });
});

describe('where a query meets others', () => {
  const whoami = rule(`{s: {CommandLine|contains: whoami}, condition: s}`);

  it('a rule, in the schema of the query: without its event id it is wider, and the witness is another event', () => {
    const { relation, why } = compare(whoami, query('splunk', 'CommandLine="*whoami*"'));
    expect(relation).toMatchObject({ relation: 'subset', onlyA: null, onlyB: { EventCode: 3 } });
    expect(why[0]).toMatchObject({ side: 'a', fields: ['EventCode'] });
    expect(
      compare(whoami, query('splunk', 'CommandLine="*whoami*"'), { ignoreLogSource: true }).relation.relation,
    ).toBe('equivalent');
  });

  it.each(['splunk', 'es-qs', 'duckdb'])('a rule and what is printed of it in %s', (target) => {
    const { detection } = whoami as RuleSide;
    const [printed] = convert(detection, findTarget(target)!).queries;
    expect(compare(whoami, query(target, printed!.text!)).relation.relation).toBe('equivalent');
  });

  it('another of another schema, by the names that events have', () => {
    const found = compare(
      query('splunk', 'source="XmlWinEventLog:Security" EventCode=4688 NewProcessName="*\\\\x.exe"'),
      query('es-qs', 'winlog.channel:Security AND event.code:4688 AND process.executable:*\\\\x.exe', 'ecs'),
    );
    // ECS compares by case.
    expect(found.relation).toMatchObject({ relation: 'superset', onlyB: null });
    expect(Object.keys(found.relation.both!)).toEqual(['Channel', 'EventID', 'Image']);
  });

  it('another of its own schema, as they stand', () => {
    const [some, more] = [query('splunk', 'foo=a'), query('splunk', 'foo=a OR foo=b')];
    const { relation } = compare(some, more);
    expect([relation.relation, relation.onlyB]).toEqual(['subset', { foo: 'b' }]);
  });
});

describe('what is said besides', () => {
  it('of a side that can never match, or always does', () => {
    const never = rule('{s: {a: x}, condition: s and not s}');
    expect(compare(never, rule('{s: {a: x}, condition: s}')).relation).toMatchObject({
      relation: 'subset',
      aNever: true,
    });
    expect(compare(query('splunk', 'a=x'), query('splunk', '*')).relation).toMatchObject({ bAlways: true });
  });

  it('of a class of events that alone differ', () => {
    const [glob, expression] = [
      rule(`{s: {a|contains: x}, condition: s}`),
      rule(`{s: {a|re|i: '^.*x.*$'}, condition: s}`),
    ];
    const { relation, except } = compare(glob, expression);
    expect([relation.relation, except]).toEqual(['superset', ['line-break']]);
  });

  it('that no class excuses what differs everywhere else', () => {
    const [some, other] = [
      rule('{s: {a: x}, condition: s}'),
      rule('{s: {b: x}, condition: s}', '{category: webserver}'),
    ];
    expect(compare(some, other).except).toEqual([]);
  });

  it('of stages: filters alone are judged, and only like stages make detections alike', () => {
    const counting = (count: number) =>
      rule(
        `{s: {EventID: 4625}, condition: s | count() by IpAddress > ${count}}`,
        '{product: windows, service: security}',
      );
    expect(compare(counting(5), counting(5)).relation.relation).toBe('equivalent');
    expect(compare(counting(5), counting(6)).relation).toMatchObject({
      relation: 'unknown',
      reason: expect.stringContaining('the filters are equivalent'),
    });
  });

  it('of placeholders without values', () => {
    const open = rule(`{s: {User|expand: '%admins%'}, condition: s}`);
    expect(compare(open, open).assumptions).toEqual([expect.stringContaining('%admins% has no values')]);
  });
});

describe('reading sides', () => {
  const two =
    'title: A\nlogsource: {product: windows}\ndetection: {s: {f: 1}, condition: s}\n---\ntitle: B\nlogsource: {product: windows}\ndetection: {s: {f: 2}, condition: s}\n';
  const read = (number?: number) => readRuleSide({ name: 'two.yml', text: two }, 'two', number);

  it('several rules are their union, or one of them is picked', () => {
    const [whole, second] = [sideOf(read()), sideOf(read(2))];
    expect(compare(whole, second).relation).toMatchObject({ relation: 'superset', onlyA: { f: '1' } });
    const origin = compare(whole, sideOf(read(1))).why[0]!.failed[0]!.origins[0]!;
    expect(two.slice(origin.span.start, origin.span.end)).toBe('1');
    expect(read(3)).toMatchObject({ fault: { code: 'side/number' } });
  });

  it('an unreadable text is a fault with its place', () => {
    expect(readRuleSide({ name: 'x.yml', text: 'title: A\n' }, 'x')).toMatchObject({ fault: { severity: 'error' } });
    expect(readQuerySide({ name: 'q', text: 'a=' }, 'q', findTarget('splunk')!)).toMatchObject({
      fault: { code: 'syntax', span: { start: 2 } },
    });
  });
});
