import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEvent } from '../schema/shapes.ts';
import { readCsv } from './csv.ts';
import { isEvent, limits as usual } from './reading.ts';
import type { Limits, Reading } from './reading.ts';
import { cut, utf8 } from './testing/read-all.ts';

async function read(content: string | Uint8Array, sizes: readonly number[] = [], limits?: Limits): Promise<Reading[]> {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const all: Reading[] = [];
  for await (const { readings } of readCsv(cut(bytes, sizes), limits)) all.push(...readings);
  return all;
}

/** Writes a table as RFC 4180 asks for. */
const written = (rows: readonly (readonly string[])[], separator = ',') =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');

const open = 'a quote is opened and never closed';

describe('CSV', () => {
  it('reads cells by the names of the header, as text', async () => {
    expect(await read('EventID,Image\n1,C:\\a.exe\n\n4688,"a ""b"", {""c"":1}"\n')).toEqual([
      { record: 2, raw: { EventID: '1', Image: 'C:\\a.exe' } },
      { record: 4, raw: { EventID: '4688', Image: 'a "b", {"c":1}' } },
    ]);
  });

  it('numbers a record of several lines by its first', async () => {
    expect(await read('a,b\r\n1,"x\r\ny\n"\r\n2,z')).toEqual([
      { record: 2, raw: { a: '1', b: 'x\r\ny\n' } },
      { record: 5, raw: { a: '2', b: 'z' } },
    ]);
  });

  it('takes an empty cell for a field that the event has not', async () => {
    expect(await read('a,b,c\n1,,""\n,,\n')).toEqual([{ record: 2, raw: { a: '1' } }]);
  });

  it.each([';', '\t', '|'])('recognises %j between cells', async (separator) => {
    expect(await read(`a${separator}"b,,,,"${separator}c\n1${separator}2,3${separator}4`)).toEqual([
      { record: 2, raw: { a: '1', 'b,,,,': '2,3', c: '4' } },
    ]);
  });

  it('passes over what PowerShell and Excel write above the header', async () => {
    expect(await read('#TYPE Selected.System\n"a","b"\n1,2\n')).toEqual([{ record: 3, raw: { a: '1', b: '2' } }]);
    expect(await read('sep=!\r\na!b,c\r\n1!2\r\n')).toEqual([{ record: 3, raw: { a: '1', 'b,c': '2' } }]);
  });

  it('gives every column a name, and every value of a name that stands twice', async () => {
    const [reading] = await read(',a,a,__proto__\n1,2,3,4\n');
    expect(JSON.stringify(reading)).toBe('{"record":2,"raw":{"column 1":"1","a":["2","3"],"__proto__":"4"}}');
  });

  it('reads quotes inside of a cell that is not quoted', async () => {
    expect(await read('a\tb\ncmd /c "x y"\t"a b" -c\ncm"d\tz\n1\t2\n')).toEqual([
      { record: 2, raw: { a: 'cmd /c "x y"', b: '"a b" -c' } },
      { record: 3, raw: { a: 'cm"d', b: 'z' } },
      { record: 4, raw: { a: '1', b: '2' } },
    ]);
  });

  it('skips a broken record with the reason, and goes on in the next line', async () => {
    expect(await read('a,b\n1,"x\n2,y\n3,"z\n4,5,6\n7\n8,9,\n"1"0","2\n5,6\n')).toEqual([
      { record: 2, skipped: open },
      { record: 3, raw: { a: '2', b: 'y' } },
      { record: 4, skipped: open },
      { record: 5, skipped: '3 cells, but 2 columns have names' },
      { record: 6, skipped: '1 cell, but 2 columns have names' },
      { record: 7, raw: { a: '8', b: '9' } },
      { record: 8, skipped: open },
      { record: 9, raw: { a: '5', b: '6' } },
    ]);
  });

  it('holds no line and no record over the limit', async () => {
    const small = { ...usual, record: 20 };
    const long = `1,${'x'.repeat(30)}`;
    const endless = `2,"${'y\n'.repeat(30)}`;
    const readings = await read(`a,b\n${long}\n${endless}3,4\n`, [7], small);
    expect(readings.slice(0, 2)).toEqual([
      { record: 2, skipped: 'a line of 32 characters; at most 20 are read' },
      { record: 3, skipped: open },
    ]);
    expect(readings.at(-1)).toEqual({ record: 33, raw: { a: '3', b: '4' } });
  });

  it('reads very many short lines at once, and behind a quote that never closes', async () => {
    const many = `a,b\n1,"x\n${'2,\n'.repeat(250_000)}`;
    const readings = await read(many);
    expect(readings.length).toBe(250_001);
    expect(readings.slice(0, 2)).toEqual([
      { record: 2, skipped: open },
      { record: 3, raw: { a: '2' } },
    ]);
    expect((await read(`a\n${'1\n'.repeat(200_000)}`)).length).toBe(200_000);
  });

  it('reads a file without records, and says that a header is broken', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('a,b\n')).toEqual([]);
    expect(await read('a,"b\n1,2\n')).toEqual([
      { record: null, skipped: `the line that names the columns can not be read: ${open}` },
    ]);
  });

  it('marks what is no UTF-8', async () => {
    expect(await read(new Uint8Array([...utf8('a\nx'), 0xff, ...utf8('\ny\n')]))).toEqual([
      { record: 2, raw: { a: 'x\ufffd' }, replaced: true },
      { record: 3, raw: { a: 'y' } },
    ]);
  });

  it('gives events that are recognised for what they are', async () => {
    const [reading] = await read('Channel,EventID,Image\nMicrosoft-Windows-Sysmon/Operational,1,a.exe\n');
    expect(reading && isEvent(reading) && openEvent(reading.raw)).toMatchObject({
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 1,
    });
  });

  it('gives back what was written (property)', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\t', ' ', 'ä', '\\') });
    const tables = fc.array(fc.tuple(cell, cell), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|'), async (rows, separator) => {
        const readings = await read(written([['a', 'b'], ...rows], separator));
        expect(readings.map((reading) => isEvent(reading) && reading.raw)).toEqual(
          rows.map(([a, b]) => ({ ...(a === '' ? {} : { a }), ...(b === '' ? {} : { b }) })),
        );
      }),
    );
  });

  const pieces = fc.array(fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', '\r', '","', 'ä', '\ufeff', '\t', ';'), {
    maxLength: 60,
  });

  it('reads the same however it is cut, and no line twice or never (property)', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const text = `a,b\n${parts.join('')}`;
        const whole = await read(text);
        expect(await read(text, [size])).toEqual(whole);
        const numbers = whole.map(({ record }) => record ?? 0);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }),
    );
  });

  it('takes any bytes without an exception (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        for (const reading of await read(bytes)) expect(isEvent(reading) || reading.skipped !== '').toBe(true);
      }),
    );
  });

  it('does not take lines for one cell whose quotes do not fit', async () => {
    expect(await read('a\n"x\ny"z\n')).toEqual([
      { record: 2, skipped: open },
      { record: 3, raw: { a: 'y"z' } },
    ]);
  });
});
