import { gunzipSync } from 'node:zlib';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { planHunt } from '../src/engine/plan.ts';
import { readEvtx } from '../src/events/evtx/read-evtx.ts';
import { isEvent } from '../src/events/reading.ts';
import type { Reading } from '../src/events/reading.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Raw } from '../src/ir/event.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { evtxOf } from './demo-events/evtx.ts';
import type { DemoEvent } from './demo-events/evtx.ts';

const content = fileURLToPath(new URL('../content/', import.meta.url));
const bundled = `${content}events/lsass-demo-dc01.evtx`;

/** The events of the domain controller, the one computer of the story whose collector exports what Windows writes. */
const exported = gunzipSync(readFileSync(`${content}events/lsass-demo.ndjson.gz`))
  .toString()
  .split('\n')
  .filter((line) => line.startsWith('{"Event":'))
  .map((line) => JSON.parse(line) as { readonly Event: DemoEvent } & Raw);

async function readBundled(): Promise<Reading[]> {
  const all: Reading[] = [];
  for await (const { readings } of readEvtx([readFileSync(bundled)])) all.push(...readings);
  return all;
}

it('the bundled log is what is written from the bundled events, byte for byte, and small', () => {
  const bytes = evtxOf(exported.map(({ Event }) => Event));
  // Written anew by GOLDEN=write, after a change to the story.
  if (process.env['GOLDEN'] === 'write') writeFileSync(bundled, bytes);
  expect(readFileSync(bundled).equals(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(1_500_000);
});

it('the log says what the exported events say, and is hit by the same rules', async () => {
  const sources = readdirSync(`${content}rules`).map((name) => ({
    name,
    text: readFileSync(`${content}rules/${name}`, 'utf8'),
  }));
  const plan = planHunt(readSigma(sources).detections);
  const hits = (raw: Raw) =>
    plan
      .match(openEvent(raw))
      .map(({ detection }) => detection.id)
      .sort();
  const recorded = (await readBundled()).map((reading) => (isEvent(reading) ? reading.raw : {}));
  const told = (raw: Raw) => {
    const { time, host, channel, provider, eventId } = openEvent(raw);
    const { EventData } = raw['Event'] as { readonly EventData: unknown };
    return { time: Date.parse(time ?? ''), host, channel, provider, eventId, EventData };
  };
  expect(recorded.map(told)).toEqual(exported.map(told));
  expect(recorded.map(hits)).toEqual(exported.map(hits));
  expect(recorded.flatMap(hits).length).toBeGreaterThan(10);
});
