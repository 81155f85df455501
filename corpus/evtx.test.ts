import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { planHunt } from '../src/engine/plan.ts';
import { readEvtx } from '../src/events/evtx/read-evtx.ts';
import { readJson } from '../src/events/ndjson.ts';
import { isEvent } from '../src/events/reading.ts';
import type { Batch, Reading } from '../src/events/reading.ts';
import { readXml } from '../src/events/xml.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Value } from '../src/ir/event.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

async function readingsOf(batches: AsyncIterable<Batch>): Promise<Reading[]> {
  const all: Reading[] = [];
  for await (const { readings } of batches) all.push(...readings);
  return all;
}

async function eventsIn(file: string) {
  const bytes = [readFileSync(file)];
  return (await readingsOf(file.endsWith('.evtx') ? readEvtx(bytes) : readJson(bytes))).filter(isEvent);
}

/** Values of an event by path. */
function* leaves(value: Value, path: string): Generator<readonly [string, string | null]> {
  if (value === null || typeof value !== 'object') yield [path, value === null ? null : String(value)];
  else for (const [name, inner] of Object.entries(value)) yield* leaves(inner, `${path}/${name}`);
}

/** How `own` is spelled otherwise than `published`, or undefined where they are two values. */
function spelling(own: string | null, published: string | null): string | undefined {
  if (own === published) return 'equal';
  if (own === null || published === null) return undefined;
  if (own.toLowerCase() === `{${published.toLowerCase()}}`) return 'braces of a GUID';
  if (own.replace(/\dZ$/, 'Z') === published) return 'the seventh digit of a time';
  if (own.trim() === published) return 'blanks that were cut off in JSON';
  return own.toLowerCase() === published.toLowerCase() ? 'case, changed in JSON' : undefined;
}

describeCorpus('EVTX', () => {
  it('gives the values that the published JSON of the same events has', async () => {
    const kinds = new Map<string, number>();
    const different: string[] = [];
    for (const file of corpusFiles('corpus/sigma/regression_data', '.evtx')) {
      const json = file.replace(/\.evtx$/, '.json');
      if (!existsSync(json)) continue;
      const [ours, theirs] = [await eventsIn(file), await eventsIn(json)];
      if (ours.length !== theirs.length) different.push(`${file}: ${ours.length} events, ${theirs.length} in JSON`);
      for (const [index, { raw }] of theirs.entries()) {
        const values = new Map(leaves(ours[index]?.raw ?? null, ''));
        for (const [path, value] of leaves(raw, '')) {
          const kind = spelling(values.get(path) ?? null, value);
          kinds.set(kind ?? 'two values', (kinds.get(kind ?? 'two values') ?? 0) + 1);
          if (kind === undefined) different.push(`${basename(file)} ${path}: ${values.get(path)}, published ${value}`);
        }
      }
    }
    table('EVTX against published JSON, value by value', [
      ['spelling', 'values'],
      ...kinds,
      ...different.map((line) => [line, ''] as const),
    ]);
    // One time was written by hand.
    expect(different.length).toBeLessThanOrEqual(1);
  });

  it('every rule with a recorded event fires on the recording itself', async () => {
    const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'];
    const sources = folders
      .flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'))
      .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const plan = planHunt(readSigma(sources).detections);
    const silent: string[] = [];
    const files = corpusFiles('corpus/sigma/regression_data', '.evtx').filter((file) =>
      plan.runnable.some(({ id }) => id === basename(file, '.evtx')),
    );
    for (const file of files) {
      const events = await eventsIn(file);
      const fires = events.some(({ raw }) =>
        plan.match(openEvent(raw)).some(({ detection }) => detection.id === basename(file, '.evtx')),
      );
      if (!fires) silent.push(file);
    }
    table('regression cases, from EVTX', [['fire', `${files.length - silent.length} of ${files.length}`]]);
    expect(silent).toEqual([]);
  });

  it('reads every sample', async () => {
    const files = corpusFiles('corpus/evtx-attack-samples', '.evtx');
    const skipped: string[] = [];
    let events = 0;
    let flagged = 0;
    for (const file of files)
      for (const reading of await readingsOf(readEvtx([readFileSync(file)]))) {
        if (!isEvent(reading)) skipped.push(`${basename(file)}: ${reading.skipped}`);
        else {
          events += 1;
          if (reading.flag) flagged += 1;
        }
      }
    table('EVTX attack samples', [
      ['files', files.length],
      ['events', events],
      ['of them not whole', flagged],
      ['skipped', skipped.length],
      ...skipped.slice(0, 20).map((line) => [line, ''] as const),
    ]);
    expect(skipped).toEqual([]);
  });
});

/** A text as XML can hold it. */
function printable(text: string): string {
  return [...text].map((character) => (character < ' ' && !/\s/.test(character) ? '\ufffd' : character)).join('');
}

/** How evtxexport 20181227 spells what is `own` to us, or undefined where the two are different values. */
function spellingOfLibevtx(own: string | null, theirs: string | null): string | undefined {
  if (own === theirs || (own === '' && theirs === null)) return 'equal';
  if (own === null || theirs === null) return undefined;
  // XML 1.0, section 2.11: a reader takes both for one line feed.
  const lineFeeds = own.replace(/\r\n?/g, '\n');
  if (lineFeeds === theirs) return 'line breaks, as XML reads them';
  if (theirs.includes('\ufffd') && printable(lineFeeds) === theirs) return 'characters that XML can not hold';
  if (/^\{[\da-f-]{36}\}$/i.test(own) && own.toLowerCase() === theirs.toLowerCase()) return 'case of a GUID';
  if (/^0x[\da-f]+$/.test(own) && theirs.replace(/^0x0+(?=[\da-f])/, '0x') === own)
    return 'zeros that pad a hex number';
  if (own.endsWith('Z') && own.replace('Z', '00Z') === theirs) return 'nine digits of a time';
  return undefined;
}

const hasEvtxexport = spawnSync('evtxexport', ['-V']).status === 0;

describeCorpus('EVTX against libevtx', () => {
  const remark = hasEvtxexport ? '' : ' (skipped: no evtxexport; apt-get install libevtx-utils)';
  it.skipIf(!hasEvtxexport)(`finds as many records, and the same values${remark}`, async () => {
    const kinds = new Map<string, number>();
    const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const different: string[] = [];
    const counts: string[] = [];
    let records = 0;
    const files = ['corpus/evtx-attack-samples', 'corpus/sigma/regression_data'].flatMap((folder) =>
      corpusFiles(folder, '.evtx'),
    );
    for (const file of files) {
      const ours = (await eventsIn(file)).filter(({ flag }) => flag === undefined);
      const xml = execFileSync('evtxexport', ['-f', 'xml', file], { maxBuffer: 1 << 28 });
      const theirs = await readingsOf(readXml([xml]));
      records += theirs.length;
      if (ours.length !== theirs.length) {
        counts.push(`${basename(file)}: ${ours.length} records, libevtx ${theirs.length}`);
        continue;
      }
      for (const [index, reading] of theirs.entries()) {
        if (!isEvent(reading)) {
          count('event that libevtx writes as no XML');
          different.push(`${basename(file)} ${index}: ${reading.skipped}`);
          continue;
        }
        const own = new Map(leaves(ours[index]!.raw, ''));
        const written = new Map(leaves(reading.raw, ''));
        for (const path of new Set([...own.keys(), ...written.keys()])) {
          const values = [own.get(path) ?? null, written.get(path) ?? null] as const;
          const kind = spellingOfLibevtx(...values) ?? 'two values';
          count(kind);
          if (kind === 'two values')
            different.push(
              `${basename(file)} ${path}: ${JSON.stringify(values[0])}, libevtx ${JSON.stringify(values[1])}`,
            );
        }
      }
    }
    table('EVTX against libevtx', [
      ['files', files.length],
      ['records', records],
      ...kinds,
      ...counts.map((line) => [line, ''] as const),
      ...different.slice(0, 40).map((line) => [line.slice(0, 200), ''] as const),
    ]);
    expect(counts).toEqual([]);
    expect(different).toEqual([]);
  });
});
