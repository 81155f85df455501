import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Raw } from '../src/ir/event.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import { eventKinds, logSourcesOf } from '../src/schema/log-sources.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

function rules() {
  const files = corpusFiles('corpus/sigma', '.yml').filter((file) => !file.includes('regression_data'));
  return readSigma(files.map((file) => ({ name: file, text: readFileSync(file, 'utf8') }))).detections;
}

/** The JSON objects of a file that holds several, one behind the other. */
function objectsIn(text: string): Raw[] {
  return text
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as Raw);
}

describeCorpus('schema', () => {
  it('knows every log source that rules use', () => {
    const unknown = new Map<string, number>();
    const counts = new Map<string, number>();
    for (const { queries } of rules())
      for (const { logsource } of queries) {
        const { product = '', category = '', service = '' } = logsource;
        const name = `${product} / ${category} / ${service}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
        if (!eventKinds(logsource).known) unknown.set(name, (unknown.get(name) ?? 0) + 1);
      }
    const total = [...counts.values()].reduce((a, b) => a + b, 0);
    console.log(`${total} queries of ${counts.size} log sources, ${unknown.size} unknown`);
    expect([...unknown]).toEqual([]);
    expect(counts.size).toBeGreaterThan(100);
  });

  it('spells every rule out in every profile, and says what is lost', () => {
    const detections = rules();
    const rows = Object.values(profiles).map((profile) => {
      const applied = detections.flatMap(({ queries }) => queries.map((query) => applyLogSource(query, profile)));
      return [
        profile.name,
        applied.length,
        applied.filter(({ problems }) => problems.length > 0).length,
        applied.filter(({ losses }) => losses.length > 0).length,
      ];
    });
    table('rules spelt out', [['profile', 'queries', 'problems', 'with losses'], ...rows]);
    // ECS lacks what Elastic's modules remove from an event: PowerShell's payloads, for one.
    const whole = ['raw', 'flat', 'windows-event', 'winlogbeat'];
    expect(rows.filter(([name, , problems]) => whole.includes(String(name)) && problems !== 0)).toEqual([]);
  });

  it('recognises every event of the regression data, with its channel and event id', () => {
    const files = corpusFiles('corpus/sigma/regression_data', '.json');
    const events = files.flatMap((file) => objectsIn(readFileSync(file, 'utf8').replace(/^\ufeff/, '')));
    const odd = events
      .map(openEvent)
      .filter(
        ({ profile, channel, eventId, provider, time, host }) =>
          profile.name !== 'windows-event' || [channel, eventId, provider, time, host].includes(null),
      );
    expect(odd).toEqual([]);
    console.log(`${events.length} events in ${files.length} files`);
    expect(events.length).toBeGreaterThan(150);
  });

  it('recognises every event of the OTRF recordings', () => {
    const shapes = new Map<string, number>();
    const uncovered = new Map<string, number>();
    for (const file of corpusFiles('corpus/otrf', '.zip')) {
      const members = unzipSync(readFileSync(file), {
        filter: ({ name }) => name.endsWith('.json') && !basename(name).startsWith('.'),
      });
      for (const bytes of Object.values(members))
        for (const line of strFromU8(bytes).split('\n')) {
          if (line.trim() === '') continue;
          const { profile, channel, eventId, time, host } = openEvent(JSON.parse(line) as Raw);
          const complete = channel !== null && eventId !== null && time !== null && host !== null;
          const shape = `${profile.name} ${complete ? 'complete' : 'lacking'}`;
          shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
          if (channel !== null && logSourcesOf(channel, eventId).length === 0)
            uncovered.set(channel, (uncovered.get(channel) ?? 0) + 1);
        }
    }
    table('shapes', [['shape', 'events'], ...shapes]);
    table('channels that no log source covers', [['channel', 'events'], ...uncovered]);
    expect([...shapes.keys()]).toEqual(['flat complete']);
  });
});
