import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEvent } from './reading.ts';
import type { Reading } from './reading.ts';
import { readXml } from './xml.ts';

async function readingsOf(text: string, piece = text.length + 1): Promise<Reading[]> {
  const bytes = new TextEncoder().encode(text);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) chunks.push(bytes.subarray(at, at + piece));
  const all: Reading[] = [];
  for await (const { readings } of readXml(chunks)) all.push(...readings);
  return all;
}

const event = (id: number, data: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Made-Up'/><EventID>1</EventID><EventRecordID>${id}</EventRecordID><Channel>Made-Up/Operational</Channel></System>${data}</Event>`;

const named = (id: number, value: string) =>
  event(id, `<EventData><Data Name='CommandLine'>${value}</Data></EventData>`);

const dataOf = (reading: Reading | undefined) =>
  reading && isEvent(reading) ? (reading.raw['Event'] as { EventData: unknown }).EventData : reading;

describe('XML of Windows events', () => {
  it('reads events alone, in a row, and inside of another element', async () => {
    const whole = await readingsOf(`<?xml version="1.0"?>\n<Events>${named(5, 'a &lt; b')}\n${named(6, 'b')}</Events>`);
    expect(whole.map(({ record }) => record)).toEqual([5, 6]);
    expect(whole.map(dataOf)).toEqual([{ CommandLine: 'a < b' }, { CommandLine: 'b' }]);
    expect(await readingsOf(named(5, 'a &lt; b') + named(6, 'b'))).toEqual(whole);
  });

  it('reads what a person laid out, and lists of data', async () => {
    const laid = event(
      1,
      '\n  <EventData>\n    <Data>one</Data>\n    <Data>two</Data>\n    <Data Name="x"/>\n  </EventData>\n',
    );
    expect(dataOf((await readingsOf(laid))[0])).toEqual({ Data: { '#text': ['one', 'two'] }, x: null });
  });

  it('passes over a broken event, and reads the next', async () => {
    const text = `${named(1, 'a')}${named(2, '<b>')}${named(3, '&bomb;')}<Event >${named(5, 'c')}${named(6, 'd').slice(0, -20)}`;
    expect(await readingsOf(text)).toEqual([
      expect.objectContaining({ record: 1, raw: expect.anything() }),
      { record: 1, skipped: expect.stringMatching(/no XML: .*tag/) },
      { record: 2, skipped: expect.stringMatching(/no XML: .*entity/) },
      { record: 3, skipped: 'the event does not end before another begins' },
      expect.objectContaining({ record: 5, raw: expect.anything() }),
      { record: 5, skipped: 'the file ends inside of the event' },
    ]);
  });

  it('reads characters that XML can not hold, and marks the event', async () => {
    const readings = await readingsOf(
      `${named(1, 'a\x01&#x0b;&#31;b')}${named(2, '\ufffd')}${named(3, '&#x9;&#10;&#x41;')}`,
    );
    expect(readings.map(dataOf)).toEqual([
      { CommandLine: 'a\ufffd\ufffd\ufffdb' },
      { CommandLine: '\ufffd' },
      { CommandLine: '\t\nA' },
    ]);
    expect(readings.map((reading) => isEvent(reading) && reading.replaced)).toEqual([true, true, undefined]);
  });

  it('reads the same however it is cut (property)', async () => {
    const text = `<Events>${named(1, 'ä')}${named(2, '<')}<Event>${named(3, 'b')}</Events>`;
    const whole = await readingsOf(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (piece) => {
        expect(await readingsOf(text, piece)).toEqual(whole);
      }),
    );
  });

  it('takes any text without an exception (property)', async () => {
    const part = fc.constantFrom(
      '<Event ',
      '<Event>',
      '</Event>',
      '<a',
      '>',
      '&lt;',
      '&#0;',
      '<![CDATA[',
      ']]>',
      'x',
      '"',
      '<!--',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
        for (const reading of await readingsOf(parts.join('')))
          expect(isEvent(reading) || reading.skipped !== '').toBe(true);
      }),
    );
  });
});
