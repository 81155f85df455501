import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEvent } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { readEvtx } from './read-evtx.ts';
import { integer, utf16Bytes, writeEvtx } from './testing/write-evtx.ts';
import type { Filled, Part, Typed } from './testing/write-evtx.ts';

async function readingsOf(bytes: Uint8Array, piece = bytes.length): Promise<Reading[]> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece));
  const all: Reading[] = [];
  for await (const { readings } of readEvtx(pieces)) all.push(...readings);
  return all;
}

async function valuesOf(part: Part, values: readonly Typed[]): Promise<unknown> {
  const [reading] = await readingsOf(writeEvtx([{ number: 1, event: { id: 9, template: part, values } }]));
  return reading && isEvent(reading) ? reading.raw : reading;
}

const text = (value: string): Typed => ({ type: 1, bytes: utf16Bytes(value) });
const hole = (index: number): Part => ({ hole: index, type: 1 });

/** An event as Windows lays it out: System in one template, the data in another, given to it as a value. */
function logon(number: number, user: string): Filled {
  const data: Part = {
    name: 'EventData',
    content: [{ name: 'Data', attributes: [['Name', ['TargetUserName']]], content: [hole(0)] }],
  };
  const system: Part = {
    name: 'System',
    content: [
      { name: 'Provider', attributes: [['Name', ['Made-Up-Auditing']]] },
      { name: 'EventID', content: [{ hole: 0, type: 6 }] },
      { name: 'EventRecordID', content: [{ hole: 1, type: 10 }] },
      { name: 'Channel', content: ['Security'] },
    ],
  };
  return {
    id: 1,
    template: { name: 'Event', dependency: 2, content: [system, { hole: 2, type: 0x21 }] },
    values: [
      { type: 6, bytes: integer(4624, 2) },
      { type: 10, bytes: integer(number, 8) },
      { fragment: { id: 2, template: data, values: [text(user)] } },
    ],
  };
}

const log = (count: number) =>
  writeEvtx(
    Array.from({ length: count }, (_, index) => ({ number: index + 1, event: logon(index + 1, `user ${index}`) })),
  );

describe('event logs', () => {
  it('reads templates, and templates in templates', async () => {
    expect(await readingsOf(log(1))).toEqual([
      {
        record: 1,
        raw: {
          Event: {
            System: {
              Provider: { '#attributes': { Name: 'Made-Up-Auditing' } },
              EventID: 4624,
              EventRecordID: 1,
              Channel: 'Security',
            },
            EventData: { TargetUserName: 'user 0' },
          },
        },
      },
    ]);
  });

  it('reads many chunks, however they come', async () => {
    const bytes = log(2000);
    expect(bytes.length).toBeGreaterThan(3 * 65_536);
    const whole = await readingsOf(bytes);
    expect(whole.map((reading) => reading.record)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
    expect(await readingsOf(bytes, 1000)).toEqual(whole);
  });

  it('reads events that stand by themselves, as collectors write them', async () => {
    const event: Part = {
      name: 'Event',
      content: [
        { name: 'System', content: [{ name: 'EventID', content: ['4624'] }] },
        {
          name: 'EventData',
          content: [
            { name: 'Data', attributes: [['Name', ['a']]], content: ['x', { entity: 'amp' }, { character: 65 }] },
            { name: 'Data', attributes: [['Name', ['a']]], content: [{ cdata: '<b>' }] },
          ],
        },
        { instruction: ['style', 'none'] },
      ],
    };
    const [reading] = await readingsOf(writeEvtx([{ number: 7, event }]));
    expect(reading).toEqual({
      record: 7,
      raw: { Event: { System: { EventID: '4624' }, EventData: { a: ['x&A', '<b>'] } } },
    });
  });

  it.each<[string, number, Uint8Array, unknown]>([
    ['text', 0x01, utf16Bytes('a b \0\0'), 'a b '],
    ['text with a lone surrogate', 0x01, utf16Bytes('a\ud800b'), 'a\ud800b'],
    ['text of one byte a character', 0x02, Uint8Array.of(0x80, 0x41, 0), '€A'],
    ['int8', 0x03, integer(-5, 1), -5],
    ['uint8', 0x04, integer(200, 1), 200],
    ['int16', 0x05, integer(-300, 2), -300],
    ['uint16', 0x06, integer(60_000, 2), 60_000],
    ['int32', 0x07, integer(-70_000, 4), -70_000],
    ['uint32', 0x08, integer(4_000_000_000, 4), 4_000_000_000],
    ['int64', 0x09, integer(-9_007_199_254_740_993n, 8), '-9007199254740993'],
    ['uint64', 0x0a, integer(18_446_744_073_709_551_615n, 8), '18446744073709551615'],
    ['uint64 that a number holds', 0x0a, integer(12, 8), 12],
    ['float', 0x0b, new Uint8Array(Float32Array.of(0.1).buffer), 0.1],
    ['double', 0x0c, new Uint8Array(Float64Array.of(0.1).buffer), 0.1],
    ['boolean', 0x0d, integer(1, 4), true],
    ['boolean of one byte', 0x0d, integer(0, 1), false],
    ['binary', 0x0e, Uint8Array.of(0xca, 0xfe), 'CAFE'],
    ['guid', 0x0f, Uint8Array.from({ length: 16 }, (_, at) => at), '{03020100-0504-0706-0809-0a0b0c0d0e0f}'],
    ['size_t', 0x10, integer(0xabc, 8), '0xabc'],
    ['filetime', 0x11, integer(133_511_668_135_897_932n, 8), '2024-01-31T09:26:53.5897932Z'],
    ['filetime before 1970', 0x11, integer(1, 8), '1601-01-01T00:00:00.0000001Z'],
    ['filetime that is no time', 0x11, integer(18_446_744_073_709_551_615n, 8), '0xffffffffffffffff'],
    [
      'systemtime',
      0x12,
      new Uint8Array(Uint16Array.of(2024, 1, 3, 31, 9, 26, 53, 589).buffer),
      '2024-01-31T09:26:53.589Z',
    ],
    [
      'systemtime of no day',
      0x12,
      new Uint8Array(Uint16Array.of(2024, 2, 3, 31, 0, 0, 0, 0).buffer),
      expect.stringMatching(/^E807/),
    ],
    ['sid', 0x13, Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0), 'S-1-5-32-544'],
    ['sid cut off', 0x13, Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 5), '0102000000000005'],
    ['hexadecimal of 32 bits', 0x14, integer(0x1a4, 4), '0x1a4'],
    ['hexadecimal of 64 bits', 0x15, integer(0x8000000000000000n, 8), '0x8000000000000000'],
    ['number of a wrong width', 0x08, integer(1, 3), '010000'],
    ['type that nobody knows', 0x5f, Uint8Array.of(1, 2), '0102'],
    ['null', 0x00, new Uint8Array(4), null],
    ['nothing', 0x08, new Uint8Array(0), null],
  ])('shows a value of %s as Windows does', async (_, type, bytes, shown) => {
    expect(await valuesOf({ name: 'Event', content: [hole(0)] }, [{ type, bytes }])).toEqual({ Event: shown });
  });

  it.each<[string, number, Uint8Array, unknown]>([
    ['texts', 0x81, utf16Bytes('one\0two\0'), ['one', 'two']],
    ['texts without an end', 0x81, utf16Bytes('one\0two'), ['one', 'two']],
    ['texts of one byte', 0x82, Uint8Array.of(0x41, 0, 0x42, 0), ['A', 'B']],
    ['numbers', 0x88, Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0), [1, 2]],
    ['one number', 0x88, Uint8Array.of(1, 0, 0, 0), 1],
    ['none', 0x88, new Uint8Array(0), null],
    ['sids', 0x93, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 2, 3, 0, 0, 0), ['S-1-1', 'S-1-2-3']],
  ])('repeats the element of an array of %s', async (_, type, bytes, shown) => {
    const part: Part = { name: 'Event', content: [{ name: 'item', content: [hole(0)] }] };
    expect(await valuesOf(part, [{ type, bytes }])).toEqual({ Event: { item: shown } });
  });

  it('leaves out what depends on a value that is not there', async () => {
    const part: Part = {
      name: 'Event',
      dependency: 0,
      content: [
        { name: 'kept', dependency: 1, content: [hole(1)] },
        { name: 'gone', dependency: 0, content: [hole(0)] },
        { name: 'bare', attributes: [['empty', [hole(0)]]] },
      ],
    };
    const values: Typed[] = [{ type: 0, bytes: new Uint8Array(0) }, text('x')];
    expect(await valuesOf(part, values)).toEqual({ Event: { kept: 'x', bare: null } });
  });
});

describe('damage', () => {
  /** The record of that number begins here, in a file of `log`. */
  const startOf = (bytes: Uint8Array, number: number) => {
    const view = new DataView(bytes.buffer);
    let at = 4096 + 512;
    for (let index = 1; index < number; index += 1) at += view.getUint32(at + 4, true);
    return at;
  };

  it.each<[string, (bytes: Uint8Array, view: DataView) => Uint8Array | void, number, RegExp | null]>([
    [
      'a size that lies',
      (bytes, view) => view.setUint32(startOf(bytes, 3) + 4, 9, true),
      10,
      /checksum of its records/,
    ],
    ['a signature that is lost', (bytes) => void (bytes[startOf(bytes, 3)] = 0), 9, /checksum/],
    ['a header of the file of nothing', (bytes) => void bytes.fill(0, 8, 4096), 10, null],
    ['a header of the chunk that is lost', (bytes) => void bytes.fill(0, 4096, 4096 + 512), 10, /lost its header/],
    [
      'a wrong checksum',
      (_, view) => view.setUint32(4096 + 52, 1, true),
      10,
      /checksum of its header and records is wrong/,
    ],
    ['the end cut off', (bytes) => bytes.slice(0, startOf(bytes, 10) + 20), 9, /checksum/],
    ['a token that there is not', (bytes) => void (bytes[startOf(bytes, 4) + 24 + 4] = 0x77), 9, /token 77/],
  ])('reads what can be read in spite of %s', async (_, harm, whole, reason) => {
    const bytes = log(10);
    const harmed = harm(bytes, new DataView(bytes.buffer)) ?? bytes;
    const readings = await readingsOf(harmed);
    expect(readings.filter(isEvent)).toHaveLength(whole);
    const skipped = readings.flatMap((reading) => (isEvent(reading) ? [] : [reading.skipped]));
    if (reason === null) expect(skipped).toEqual([]);
    else expect(skipped.join('\n')).toMatch(reason);
  });

  it('takes a template from another chunk where its own was overwritten', async () => {
    const bytes = log(2000);
    // The id in the GUID of the first template of the second chunk.
    const start = 4096 + 65_536 + 512 + 24 + 4 + 2 + 8;
    bytes[start + 4] = 0xff;
    expect((await readingsOf(bytes)).filter(isEvent)).toHaveLength(2000);
  });

  it('says that a record was never finished', async () => {
    const bytes = log(3);
    const view = new DataView(bytes.buffer);
    const last = startOf(bytes, 3);
    view.setUint32(last + view.getUint32(last + 4, true) - 4, 0, true);
    expect((await readingsOf(bytes)).filter(isEvent).map(({ flag }) => flag)).toEqual([undefined, undefined, 'torn']);
  });

  it.each<[string, Filled | Part]>([
    [
      'values that multiply',
      {
        id: 3,
        template: { name: 'Event', content: Array.from({ length: 2500 }, () => hole(0)) },
        values: [text('x'.repeat(12_000))],
      },
    ],
    [
      'elements without end',
      Array.from({ length: 900 }).reduce<Part>((inner) => ({ name: 'a', content: [inner] }), { name: 'a' }),
    ],
    [
      'fragments in fragments',
      Array.from({ length: 40 }).reduce<Filled>(
        (inner) => ({ id: 5, template: { name: 'Event', content: [hole(0)] }, values: [{ fragment: inner }] }),
        { id: 5, template: { name: 'Event', content: [hole(0)] }, values: [text('x')] },
      ),
    ],
  ])('gives up on %s', async (_, event) => {
    const [reading] = await readingsOf(writeEvtx([{ number: 1, event }]));
    expect(reading).toMatchObject({ record: 1, skipped: expect.stringMatching(/Windows/) });
  });

  it('survives any change of any bytes (property)', async () => {
    const original = log(40);
    const change = fc.record({ at: fc.nat(original.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), fc.nat(65_536), async (changes, cut) => {
        const bytes = original.slice(0, original.length - (cut > 60_000 ? cut - 60_000 : 0));
        for (const { at, byte } of changes) bytes[4096 + (at % 6000)] = byte;
        for (const reading of await readingsOf(bytes))
          expect(isEvent(reading) || reading.skipped.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
