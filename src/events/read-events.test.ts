import { gzipSync, strToU8, zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { guarded, inflateHere } from './inflate.ts';
import type { Inflate } from './inflate.ts';
import { readEvents } from './read-events.ts';
import type { Input } from './read-events.ts';
import { collect, cut } from './testing/read-all.ts';
import type { RandomAccess } from './zip.ts';

const inflateNatively: Inflate = (format, compressed) =>
  Readable.from(compressed, { objectMode: false }).compose(
    format === 'gzip' ? createGunzip() : createInflateRaw(),
  ) as AsyncIterable<Uint8Array>;

function access(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.slice(at, at + length)) };
}

function file(name: string, content: Uint8Array | string, sizes: readonly number[] = []): Input {
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  return { name, open: () => cut(bytes, sizes), access: access(bytes) };
}

/** Everything read from a file, each reading with the name of its file. */
async function read(input: Input, inflate: Inflate = inflateHere) {
  const batches = await collect(readEvents(input, inflate));
  return batches.flatMap(({ file, readings }) => readings.map((reading) => ({ file, ...reading })));
}

function zipped(members: Zippable): Uint8Array {
  return zipSync(members);
}

const lines = strToU8('{"a":1}\n{"a":2}\n');

for (const [name, inflate] of Object.entries({ inflateHere, inflateNatively }))
  describe(`archives, by ${name}`, () => {
    it('reads a gzip as what it holds', async () => {
      const both = [
        { file: 'x.json.gz', record: 1, raw: { a: 1 } },
        { file: 'x.json.gz', record: 2, raw: { a: 2 } },
      ];
      const bytes = gzipSync(lines);
      for (const sizes of [[], [1], [10, 3]])
        expect(await read(file('x.json.gz', bytes, sizes), inflate)).toEqual(both);
    });

    it('reads a gzip of several parts, as log rotation leaves them', async () => {
      const bytes = new Uint8Array([...gzipSync(lines), ...gzipSync(strToU8('{"a":3}'))]);
      expect(await read(file('x.gz', bytes), inflate)).toHaveLength(3);
    });

    it('reads what a cut gzip still holds, and says that it is cut', async () => {
      const many = strToU8(Array.from({ length: 5000 }, (_, a) => `{"a":${a},"b":"${a * 7919}"}\n`).join(''));
      const bytes = gzipSync(many);
      const readings = await read(file('x.gz', bytes.subarray(0, bytes.length / 2), [100]), inflate);
      expect(readings.length).toBeGreaterThan(1000);
      expect(readings[0]).toEqual({ file: 'x.gz', record: 1, raw: { a: 0, b: '0' } });
      expect(readings.at(-1)).toMatchObject({ record: null, skipped: expect.stringMatching(/to its end: unexpected/) });
    });

    it('reads each member of a ZIP, in any layout, and a gzip in it', async () => {
      const bytes = zipped({
        'one.json': lines,
        'folder/two.json': [strToU8('[{"a":3}]'), { level: 0 }],
        'three.ndjson.gz': gzipSync(strToU8('{"a":4}')),
      });
      expect(await read(file('x.zip', bytes), inflate)).toEqual([
        { file: 'x.zip!one.json', record: 1, raw: { a: 1 } },
        { file: 'x.zip!one.json', record: 2, raw: { a: 2 } },
        { file: 'x.zip!folder/two.json', record: 0, raw: { a: 3 } },
        { file: 'x.zip!three.ndjson.gz', record: 1, raw: { a: 4 } },
      ]);
    });

    it('stops at a bomb', async () => {
      const bomb = gzipSync(new Uint8Array(10_000_000));
      const stream = guarded(inflate, 'gzip', cut(bomb, [500]), { bytes: 1_000_000, ratio: 200 });
      let bytes = 0;
      const drain = async () => {
        for await (const chunk of stream) bytes += chunk.length;
      };
      await expect(drain()).rejects.toThrow(/more than 200 times its size .* a bomb/);
      expect(bytes).toBeLessThan(6_000_000);
    });
  });

describe('damaged and foreign files', () => {
  it('names the members of a ZIP that it can not read', async () => {
    const bytes = zipped({ 'a.json': lines, 'b.json': lines, 'c.evtx': strToU8('ElfFile\0rest'), 'd.zip': zipped({}) });
    // Bit 0 of the flags says encrypted: of `b.json`, in the directory.
    const directory = bytes.lastIndexOf(0x62) - 46;
    expect(bytes[directory + 46]).toBe(0x62);
    bytes[directory + 8] = 1;
    const readings = await read(file('x.zip', bytes));
    expect(readings).toMatchObject([
      { file: 'x.zip!b.json', record: null, skipped: 'encrypted: a password is needed' },
      { file: 'x.zip!a.json', record: 1 },
      { file: 'x.zip!a.json', record: 2 },
      { file: 'x.zip!c.evtx', skipped: expect.stringMatching(/^it holds no chunk/) },
      { file: 'x.zip!d.zip', skipped: expect.stringMatching(/an archive inside an archive/) },
    ]);
  });

  it('refuses members that share their bytes', async () => {
    const bytes = zipped({ 'a.json': lines, 'b.json': lines });
    const directory = bytes.lastIndexOf(0x62) - 46;
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(directory + 42, 0, true);
    expect(await read(file('x.zip', bytes))).toMatchObject([
      { file: 'x.zip!b.json', skipped: 'its bytes are those of another member' },
      { file: 'x.zip!a.json', record: 1 },
      { file: 'x.zip!a.json', record: 2 },
    ]);
  });

  it('says that an archive is cut off', async () => {
    const bytes = zipped({ 'a.json': lines });
    expect(await read(file('x.zip', bytes.subarray(0, bytes.length - 30)))).toEqual([
      { file: 'x.zip', record: null, skipped: expect.stringMatching(/cut off: it has no directory at its end/) },
    ]);
  });

  it('survives any damage to an archive', async () => {
    const bytes = zipped({ 'a.json': lines, 'b.json': [lines, { level: 0 }] });
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = damaged[at]! ^ 0xff;
      expect(Array.isArray(await read(file('x.zip', damaged)))).toBe(true);
    }
  });

  it('reads a ZIP that comes through a pipe', async () => {
    const bytes = zipped({ 'a.json': lines });
    expect(await read({ name: '-', open: () => cut(bytes, [5]) })).toMatchObject([
      { file: '-!a.json', record: 1 },
      { file: '-!a.json', record: 2 },
    ]);
  });

  it('says why a file is not read', async () => {
    const reasons = async (name: string, content: Uint8Array | string) =>
      (await read(file(name, content))).map((reading) => ('skipped' in reading ? reading.skipped : 'read'));
    expect(await reasons('x.evtx', 'ElfFile\0')).toEqual([expect.stringMatching(/^it holds no chunk/)]);
    expect(await reasons('x.xml', '<Events/>')).toEqual([expect.stringMatching(/^it is XML, but holds no event/)]);
    expect(await reasons('x.csv', 'a,"b\n1,2\n')).toEqual([expect.stringMatching(/^the line that names the columns/)]);
    expect(await reasons('LICENSE', 'Permission is')).toEqual([expect.stringMatching(/^neither JSON nor/)]);
    expect(await reasons('x.json', 'Permission is')).toEqual(['not JSON: column 1: expected a value']);
    expect(await reasons('empty.log', '')).toEqual([]);
  });

  it('says that reading failed, after what could be read', async () => {
    const open = function* () {
      yield strToU8('{"a":1}\n');
      throw new Error('EIO: i/o error');
    };
    expect(await read({ name: 'x.json', open })).toEqual([
      { file: 'x.json', record: 1, raw: { a: 1 } },
      { file: 'x.json', record: null, skipped: "it can't be read to its end: EIO: i/o error" },
    ]);
  });
});

describe('encodings', () => {
  const both = [
    { file: 'x.json', record: 1, raw: { a: 'é😀' } },
    { file: 'x.json', record: 2, raw: { a: 2 } },
  ];
  const text = '{"a":"é😀"}\r\n{"a":2}\r\n';

  it('drops a byte order mark', async () => {
    expect(await read(file('x.json', `\ufeff${text}`, [1]))).toEqual(both);
  });

  it('reads UTF-16, as PowerShell writes it', async () => {
    const utf16 = `\ufeff${text}`.split('').map((unit) => unit.charCodeAt(0));
    const little = new Uint8Array(utf16.flatMap((unit) => [unit & 0xff, unit >> 8]));
    const big = new Uint8Array(utf16.flatMap((unit) => [unit >> 8, unit & 0xff]));
    for (const bytes of [little, big]) expect(await read(file('x.json', bytes, [3]))).toEqual(both);
  });
});
