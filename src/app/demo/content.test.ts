import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planHunt } from '../../engine/plan.ts';
import { readSigma } from '../../formats/sigma/read.ts';
import type { Raw } from '../../ir/event.ts';
import { openEvent } from '../../schema/shapes.ts';
import { contentFolder, packSources, readDemoContent } from './content.ts';

const pack = readSigma(packSources());
const content = readDemoContent();
const expected = JSON.parse(readFileSync(new URL('events/lsass-demo.expected.json', contentFolder), 'utf8')) as {
  readonly events: number;
  readonly hits: Readonly<Record<string, readonly string[]>>;
};

describe('the rule pack', () => {
  it('loads without a diagnostic, warnings included', () => {
    expect(pack.diagnostics.map(({ source, message }) => `${source.name}: ${message}`)).toEqual([]);
    expect(pack.detections.length).toBe(packSources().length);
  });

  it('can be run, every rule', () => {
    expect(planHunt(pack.detections).notRunnable).toEqual([]);
  });

  it('has ids of its own, a licence, an author, a level and a technique', () => {
    const ids = pack.detections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, license, author, level, tags, description, falsePositives } of pack.detections) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect({ license, author }).toEqual({ license: 'Apache-2.0', author: 'Assay project' });
      expect(level).toMatch(/^(medium|high|critical)$/);
      expect(tags).toContain('attack.t1003.001');
      expect(description?.length).toBeGreaterThan(60);
      expect(falsePositives.length).toBeGreaterThan(0);
    }
  });

  for (const detection of pack.detections) {
    const match = planHunt([detection]).match;
    it(`${detection.title}: at least three samples that match, and three near misses`, () => {
      const counts = [true, false].map(
        (wanted) => detection.samples.filter(({ matches }) => matches === wanted).length,
      );
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
    });

    for (const { name, matches, event } of detection.samples)
      it(`${detection.title}: ${matches ? 'takes' : 'leaves'} ${name}`, () => {
        expect(match(openEvent(event as Raw)).length).toBe(matches ? 1 : 0);
      });
  }

  it('has samples of both logs wherever a rule reads both', () => {
    for (const { title, queries, samples } of pack.detections)
      if (queries.every(({ logsource }) => logsource.category === 'process_creation')) {
        const channels = samples.filter(({ matches }) => matches).map(({ event }) => event['Channel']);
        expect(new Set(channels).size, title).toBe(2);
      }
  });
});

describe('the bundled morning', () => {
  const plan = planHunt(pack.detections);
  const hits = content.events.map((raw) =>
    plan
      .match(openEvent(raw))
      .map(({ detection }) => detection.id)
      .sort(),
  );

  it('has at least 2,000 events, in the three shapes of collectors', () => {
    expect(content.events.length).toBeGreaterThanOrEqual(2_000);
    expect(content.events.length).toBe(expected.events);
    expect(new Set(content.events.map((raw) => openEvent(raw).profile.name)).size).toBe(3);
  });

  it('is in order of time, and every event has one', () => {
    const times = content.events.map((raw) => openEvent(raw).time);
    expect(times).not.toContain(null);
    expect(times).toEqual(times.toSorted());
  });

  it('is hit exactly where the story says, and nowhere else', () => {
    const found = hits.flatMap((ids, index) => (ids.length === 0 ? [] : [[String(index + 1), ids]]));
    expect(Object.fromEntries(found)).toEqual(expected.hits);
  });

  it('gives every rule of the pack something to find', () => {
    const fired = new Set(hits.flat());
    expect(pack.detections.filter(({ id }) => !fired.has(id)).map(({ title }) => title)).toEqual([]);
  });

  it('has hits in each of the three shapes', () => {
    const shapes = new Set(
      content.events.flatMap((raw, index) => (hits[index]!.length === 0 ? [] : [openEvent(raw).profile.name])),
    );
    expect(shapes.size).toBe(3);
  });
});

describe('the restated publications', () => {
  it('load without a diagnostic, and can be run', () => {
    for (const { name, detections } of content.publications) {
      expect(detections.length, name).toBeGreaterThan(0);
      expect(planHunt(detections).notRunnable, name).toEqual([]);
    }
    const sources = content.publications.flatMap(({ detections }) => detections.map(({ file }) => file));
    const read = [...new Set(sources)].map((name) => ({
      name,
      text: readFileSync(new URL(`../${name}`, contentFolder), 'utf8'),
    }));
    expect(read.length).toBe(5);
    expect(readSigma(read).diagnostics).toEqual([]);
  });
});
