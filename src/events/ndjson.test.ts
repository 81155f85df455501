import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonOf } from './exact-integers.ts';
import { layoutOf, readJson } from './ndjson.ts';
import { isEvent } from './reading.ts';
import { cut, readAll, utf8 } from './testing/read-all.ts';

describe('lines', () => {
  it('reads an object a line, with its line number', async () => {
    expect(await readAll('{"a":1}\n\n{"a":2}\r\n{"a":3}')).toEqual([
      { record: 1, raw: { a: 1 } },
      { record: 3, raw: { a: 2 } },
      { record: 4, raw: { a: 3 } },
    ]);
  });

  it('names a bad line with its column and goes on', async () => {
    expect(await readAll('{"a":1}\n{"a":1,}\n{"a":"x}\n{"a":2}\n')).toEqual([
      { record: 1, raw: { a: 1 } },
      { record: 2, skipped: 'not JSON: column 8: expected a name in double quotes' },
      { record: 3, skipped: 'not JSON: column 6: a string begins here and does not end' },
      { record: 4, raw: { a: 2 } },
    ]);
  });

  it.each([
    ['[1]', 'not an object but an array'],
    ['null', 'not an object but null'],
    ['"text"', 'not an object but a string'],
    ['{"a":1}{"b":2}', 'not JSON: column 8: expected the end, a value is complete here'],
    ['{"a":\\x}', 'not JSON: column 6: expected a value'],
    ['{"a":"\\x"}', 'not JSON: column 7: no such escape in JSON'],
    ['{"a":"b\\', 'not JSON: column 6: a string begins here and does not end'],
    ['{"a" 1}', "not JSON: column 6: expected ':' after the name"],
    ['{"a":[1 2]}', "not JSON: column 9: expected ',' or ']'"],
    ['{"a":01}', "not JSON: column 7: expected ',' or '}'"],
    ['{"a":12345678901234567890', 'not JSON: column 26: the text ends here, inside a value'],
    ['plain text', 'not JSON: column 1: expected a value'],
  ])('skips %s', async (line, skipped) => {
    expect(await readAll(`{}\n${line}\n{"z":1}\n`)).toEqual([
      { record: 1, raw: {} },
      { record: 2, skipped },
      { record: 3, raw: { z: 1 } },
    ]);
  });

  it('lets the last of two equal names count', async () => {
    expect(await readAll('{"a":1,"a":2}')).toEqual([{ record: 1, raw: { a: 2 } }]);
  });

  it('reads a record with bytes that are no UTF-8, and marks it', async () => {
    const bytes = [...utf8('{"a":"x')].concat(0xff, ...utf8('y"}\n{"a":"é"}\n'));
    expect(await readAll([new Uint8Array(bytes)])).toEqual([
      { record: 1, raw: { a: 'x\ufffdy' }, replaced: true },
      { record: 2, raw: { a: 'é' } },
    ]);
  });

  it('passes over a line beyond the limit, however it arrives', async () => {
    const bytes = utf8(`{"a":1}\n{"a":"${'x'.repeat(5000)}"}\n{"a":2}\n`);
    const read = { record: 1, raw: { a: 1 } };
    for (const sizes of [[], [7], [64], [3000]])
      expect(await readAll(cut(bytes, sizes), { record: 1000, depth: 9 })).toEqual([
        read,
        { record: 2, skipped: 'a line of 5008 bytes; at most 1000 are read' },
        { record: 3, raw: { a: 2 } },
      ]);
  });

  it('holds no more than the limit of a line that never ends', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x78);
    const endless = function* () {
      yield utf8('{"a":1}\n');
      for (let count = 0; count < 300; count += 1) yield megabyte;
    };
    expect(await readAll(endless())).toEqual([
      { record: 1, raw: { a: 1 } },
      { record: 2, skipped: `a line of ${300 * 1024 * 1024} bytes; at most 16777216 are read` },
    ]);
  });

  it('bounds nesting', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect((await readAll(`${nested(200)}\n`))[0]).toHaveProperty('raw');
    expect(await readAll(`{}\n${nested(201)}\n`)).toContainEqual({
      record: 2,
      skipped: 'nested deeper than 200 levels',
    });
    const arrays = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await readAll(`{}\n${arrays}\n`)).toContainEqual({ record: 2, skipped: 'nested deeper than 200 levels' });
  });
});

describe('objects', () => {
  const pretty = '{\n  "a": 1\n}\n{\n  "a": {\n    "b": "}{"\n  }\n}\n';

  it('reads pretty-printed objects, numbered from 0', async () => {
    expect(await readAll(pretty)).toEqual([
      { record: 0, raw: { a: 1 } },
      { record: 1, raw: { a: { b: '}{' } } },
    ]);
  });

  it('reads an array, on one line or many, and what stands behind each other', async () => {
    const both = [
      { record: 0, raw: { a: 1 } },
      { record: 1, raw: { a: [2] } },
    ];
    expect(await readAll('[{"a":1},{"a":[2]}]')).toEqual(both);
    expect(await readAll('[\n  {"a":1},\n  {"a":[2]}\n]\n')).toEqual(both);
    expect(await readAll('{"a":1}{"a":[2]}')).toEqual(both);
    expect(await readAll('[]')).toEqual([]);
  });

  it('names elements that are no objects', async () => {
    expect(await readAll('[1, "two,]", null, [{"a":1}], {"a":1}]')).toEqual([
      { record: 0, skipped: 'not an object but a number (it begins on line 1)' },
      { record: 1, skipped: 'not an object but a string (it begins on line 1)' },
      { record: 2, skipped: 'not an object but null (it begins on line 1)' },
      { record: 3, skipped: 'not an object but an array (it begins on line 1)' },
      { record: 4, raw: { a: 1 } },
    ]);
  });

  it('gives up a broken element and goes on behind it', async () => {
    expect(await readAll('[{"a":1},{"a":tru},{"a":2}]')).toEqual([
      { record: 0, raw: { a: 1 } },
      { record: 1, skipped: 'not JSON: column 6: expected a value (it begins on line 1)' },
      { record: 2, raw: { a: 2 } },
    ]);
    expect(await readAll('{\n  "a": 1,\n  "b": {\n{\n  "a": 2\n}\n')).toEqual([
      { record: 0, skipped: 'the object is not closed before the next begins (it begins on line 1)' },
      { record: 1, raw: { a: 2 } },
    ]);
    expect(await readAll('[\n  {\n    "a": "x\n  },\n  {\n    "a": 2\n  }\n]')).toEqual([
      { record: 0, skipped: 'a line break inside a string (it begins on line 2)' },
      { record: 1, raw: { a: 2 } },
    ]);
    expect(await readAll('{\n"a": [1}\n}\n{\n"a": 2\n}')).toEqual([
      { record: 0, skipped: 'its brackets do not fit (it begins on line 1)' },
      { record: 1, raw: { a: 2 } },
    ]);
  });

  it('says that a file ends inside an element', async () => {
    expect(await readAll('[\n{"a":1},\n{"a":')).toEqual([
      { record: 0, raw: { a: 1 } },
      { record: 1, skipped: 'the file ends inside it (it begins on line 3)' },
    ]);
  });

  it('passes over an element beyond the limit', async () => {
    const text = `[{"a":1},{"a":"${'x'.repeat(5000)}"},{"a":2}]`;
    for (const sizes of [[], [7], [999]])
      expect(await readAll(cut(utf8(text), sizes), { record: 1000, depth: 9 })).toEqual([
        { record: 0, raw: { a: 1 } },
        { record: 1, skipped: 'an element of 5008 bytes; at most 1000 are read (it begins on line 1)' },
        { record: 2, raw: { a: 2 } },
      ]);
  });

  it('reads on behind an element nested too deep', async () => {
    const deep = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(await readAll(`[${deep},{"a":2}]`)).toEqual([
      { record: 0, skipped: 'nested deeper than 200 levels (it begins on line 1)' },
      { record: 1, raw: { a: 2 } },
    ]);
  });

  it('reads what evtx_dump writes, with a heading above each record', async () => {
    expect(await readAll('Record 7\n{\n "a": 1\n}\nRecord 8\n{\n "a": 2\n}\n')).toEqual([
      { record: 0, raw: { a: 1 } },
      { record: 1, raw: { a: 2 } },
    ]);
  });
});

describe('layout', () => {
  it.each([
    ['{"a":1}\n{"a":2}', 'lines'],
    ['{"a":1}', 'lines'],
    ['\n  {"a":1}\n', 'lines'],
    ['{"a":"x\n{"a":1}', 'lines'], // no later line can close a string
    ['nonsense\n{"a":1}', 'lines'],
    ['', 'lines'],
    ['{"a":1} {"a":2}', 'objects'],
    ['{\n"a":1}', 'objects'],
    ['[{"a":1}]', 'objects'],
    [' [\n', 'objects'],
    ['Record 1\n{', 'objects'],
  ])('of %j is %s', (text, layout) => {
    expect(layoutOf(utf8(text))).toBe(layout);
  });
});

/** None is empty: `{}` on the first line is a whole object, and tells nothing of how the others are written. */
const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
const objects = fc.array(object, { minLength: 1, maxLength: 6 });
const sizes = fc.array(
  fc.integer({ min: 0, max: 9 }).map((size) => size + 1),
  { maxLength: 4 },
);

describe('laws', () => {
  it('the same objects are read in every layout, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(objects, sizes, async (events, cuts) => {
        const expected = events.map((event) => JSON.parse(JSON.stringify(event)));
        const layouts = [
          events.map((event) => JSON.stringify(event)).join('\n'),
          JSON.stringify(events),
          JSON.stringify(events, null, 2),
          events.map((event) => JSON.stringify(event, null, '\t')).join('\r\n'),
        ];
        for (const text of layouts) {
          const readings = await readAll(cut(utf8(text), cuts));
          expect(readings.filter(isEvent).map(({ raw }) => JSON.parse(jsonOf(raw)))).toEqual(expected);
        }
      }),
    );
  });

  it('any bytes are read without an exception, and the same however they are cut', async () => {
    const characters = fc.array(fc.constantFrom(...'{}[]",:\\ \n\r\t1aé-.'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(characters, sizes, async (text, cuts) => {
        const bytes = utf8(text.join(''));
        expect(await readAll(cut(bytes, cuts))).toEqual(await readAll([bytes]));
      }),
      { numRuns: 2000 },
    );
  });

  it('an event is written as it was recorded, whatever its integers', async () => {
    const numbers = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const value = fc.oneof(numbers, fc.string(), fc.array(numbers, { maxLength: 3 }));
    const write = (each: bigint | string | bigint[]): string =>
      typeof each === 'string' ? JSON.stringify(each) : Array.isArray(each) ? `[${each.join(', ')}]` : String(each);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.uuid(), value), { minLength: 1 }), async (members) => {
        const line = `{${members.map(([name, each]) => `${JSON.stringify(name)}:${write(each)}`).join(',')}}`;
        const [reading] = await readAll(`${line}\n`);
        if (!reading || !isEvent(reading)) throw new Error('not read');
        expect(jsonOf(reading.raw).replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
        for (const [name, each] of members)
          if (typeof each === 'bigint') expect(String(reading.raw[name])).toBe(String(each));
      }),
    );
  });
});

it('counts the bytes that it consumed', async () => {
  let bytes = 0;
  for await (const batch of readJson(cut(utf8('{"a":1}\n{"a":2}'), [3]))) bytes += batch.bytes;
  expect(bytes).toBe(15);
});
