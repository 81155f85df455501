import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planHunt } from '../engine/plan.ts';
import { readSigma } from '../formats/sigma/read.ts';
import type { Detection } from '../ir/detection.ts';
import type { Raw } from '../ir/event.ts';
import { openEvent } from '../schema/shapes.ts';
import { synthesizeEvents } from './synth.ts';
import type { MadeEvent, SynthOptions } from './synth.ts';

function rulesIn(folder: string): Detection[] {
  const root = new URL(`../../${folder}/`, import.meta.url);
  const sources = readdirSync(root)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }));
  return [...readSigma(sources).detections];
}

function rule(detection: string, logsource = '{product: windows, category: process_creation}'): Detection {
  const text = `title: T\nlogsource: ${logsource}\ndetection: ${detection}\n`;
  return readSigma([{ name: 'rule.yml', text }]).detections[0]!;
}

function made(detection: Detection, options?: SynthOptions): readonly MadeEvent[] {
  const found = synthesizeEvents(detection, options);
  if ('obstacle' in found) throw new Error(found.obstacle);
  return found.events;
}

const ofKind = (events: readonly MadeEvent[], kind: MadeEvent['kind']) => events.filter((each) => each.kind === kind);
const isHit = (detection: Detection, event: Raw) => planHunt([detection]).match(openEvent(event)).length > 0;

const plain = [...rulesIn('content/rules'), ...rulesIn('content/seeds'), ...rulesIn('fixtures/rules')].filter(
  ({ queries, placeholders }) => placeholders.length === 0 && queries.every(({ then }) => then.length === 0),
);

describe('synthesizeEvents', () => {
  it.each(plain.map((detection) => [detection.name, detection] as const))('%s: a hunt agrees', (_, detection) => {
    const events = made(detection);
    expect(ofKind(events, 'match').length).toBeGreaterThan(0);
    for (const { kind, why, event } of events) {
      const hit = isHit(detection, event);
      if (kind === 'awkward') expect(why.endsWith('; it matches')).toBe(hit);
      else expect([kind, hit]).toEqual([kind, kind === 'match']);
    }
  });

  const branching = rule(
    `{s: {Image|endswith: '\\rundll32.exe', CommandLine|contains: [MiniDump, '#24']}, f: {User: backup}, condition: s and not f}`,
  );

  it('makes one match for each item of a list and each kind of event', () => {
    const matches = ofKind(made(branching), 'match');
    expect(matches.map(({ event, why }) => [event['EventID'], /MiniDump|#24/.exec(why)?.[0]])).toEqual([
      [1, 'MiniDump'],
      [1, '#24'],
      [4688, 'MiniDump'],
      [4688, '#24'],
    ]);
    expect(matches[0]!.event).toEqual({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Image: 'C:\\Windows\\System32\\rundll32.exe',
      CommandLine: expect.stringContaining('MiniDump'),
      User: 'NT AUTHORITY\\SYSTEM',
    });
  });

  it('misses by one change, filters and the event id included', () => {
    const misses = ofKind(made(branching), 'near-miss').map(({ why }) => why.split(':')[0]);
    expect(misses).toEqual(expect.arrayContaining(['Image', 'CommandLine', 'User', 'EventID']));
  });

  it('keeps to its count of each kind and to its seed', () => {
    const [some, again, other] = [1, 1, 2].map((seed) => made(branching, { count: 3, seed }));
    expect(some).toEqual(again);
    expect(some).not.toEqual(other);
    for (const kind of ['match', 'near-miss', 'awkward'] as const) expect(ofKind(some!, kind).length).toBe(3);
  });

  it('makes events that are recognised without a channel', () => {
    const detection = rule(`{s: {eventName: CreateUser}, condition: s}`, '{product: aws, service: cloudtrail}');
    const [first] = made(detection);
    expect(openEvent(first!.event).format).toBe('aws.cloudtrail');
    expect(isHit(detection, first!.event)).toBe(true);
  });

  it('makes events for what a rule counts', () => {
    const counting = rule(
      '{s: {EventID: 4625}, condition: s | count() by IpAddress > 5}',
      '{product: windows, service: security}',
    );
    expect(ofKind(made(counting), 'match')[0]!.event).toMatchObject({ Channel: 'Security', EventID: 4625 });
  });

  it('says why none can be made, and makes none of what never matches', () => {
    expect(synthesizeEvents(rule(`{s: {User|expand: '%admins%'}, condition: s}`))).toEqual({
      obstacle: 'no values are given for %admins%',
    });
    expect(made(rule('{s: {User: x}, condition: s and not s}'))).toEqual([]);
  });
});
