import { describe, expect, it } from 'vitest';
import { hunt, readRules } from '../index.ts';
import { openEvent } from '../schema/shapes.ts';
import { planHunt } from './plan.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';

function rules(text: string) {
  const { detections, diagnostics } = readRules([{ name: 'rule.yml', text }]);
  expect(diagnostics).toEqual([]);
  return detections;
}

const whoami = `
title: Who am I
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, category: process_creation }
detection: { selection: { Image|endswith: '\\whoami.exe' }, condition: selection }
`;

describe('planHunt', () => {
  it('asks a rule about the kinds of events that its log source names, in their own field names', () => {
    const plan = planHunt(rules(whoami));
    const titles = (raw: Parameters<typeof openEvent>[0]) =>
      plan.match(openEvent(raw)).map(({ detection }) => detection.title);
    expect(titles({ Channel: sysmon, EventID: 1, Image: 'C:\\x\\WHOAMI.exe' })).toEqual(['Who am I']);
    expect(titles({ Channel: 'security', EventID: '4688', NewProcessName: 'C:\\x\\whoami.exe' })).toEqual(['Who am I']);
    expect(titles({ Channel: sysmon, EventID: 7, Image: 'C:\\x\\whoami.exe' })).toEqual([]);
    expect(titles({ Image: 'C:\\x\\whoami.exe' })).toEqual([]);
  });

  it('names what can not run, with the reason', () => {
    const [unfilled] = rules(`${whoami.replace('\\whoami.exe', '%tools%').replace('endswith', 'expand')}`);
    const [foreign] = rules(whoami.replace('process_creation', 'dreams'));
    const plan = planHunt([unfilled!, foreign!]);
    expect(plan.runnable).toEqual([]);
    expect(plan.notRunnable.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('%tools%'),
      expect.stringContaining("No category 'dreams'"),
    ]);
  });

  it('groups by the names that rules use, whatever the event calls them', () => {
    const correlated = rules(`${whoami}---
title: Thrice
correlation:
  type: event_count
  rules: [11111111-1111-4111-8111-111111111111]
  group-by: [Image]
  timespan: 1m
  condition: { gte: 2 }
`);
    const at = (second: number, event: object) => ({ '@timestamp': `2026-01-01T00:00:0${second}Z`, ...event });
    const hits = hunt(correlated, [
      at(1, { Channel: sysmon, EventID: 1, Image: 'C:\\whoami.exe' }),
      at(2, { Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\whoami.exe' }),
      at(3, { Channel: 'Security', EventID: 4688, NewProcessName: 'D:\\whoami.exe' }),
    ]);
    expect(
      hits.map(({ rule, from, together }) => [rule.title, from.record, together?.map(({ record }) => record)]),
    ).toEqual([['Thrice', 2, [1]]]);
  });
});
