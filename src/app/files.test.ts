import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { safeName, writeInside } from './files.ts';

const made = mkdtempSync(join(tmpdir(), 'assay-'));
afterAll(() => rmSync(made, { recursive: true }));

describe('writeInside', () => {
  const folder = join(made, 'out');

  it('makes the folder, and writes a new file once', () => {
    const path = writeInside(folder, 'a.txt', 'one', 'new');
    expect(path).toBe(join(folder, 'a.txt'));
    expect(writeInside(folder, 'a.txt', 'two', 'new')).toMatchObject({ code: 'file/unusable' });
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one');
    writeInside(folder, 'a.txt', 'three', 'replace');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('three');
  });

  it.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
    ['.hidden', 'hidden'],
    ['C:\\Windows\\x.dll', 'C_Windows_x.dll'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['$(touch x).spl', 'touch_x_.spl'],
    ['Überwachung 1.yml', 'Überwachung_1.yml'],
  ])('turns %j into %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it('never leaves the folder, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', ':', '\0', '\n', ' ', '~', 'é') }), (name) => {
        const path = writeInside(folder, name, '', 'replace');
        expect(typeof path).toBe('string');
        expect(resolve(path as string).startsWith(resolve(folder) + sep)).toBe(true);
        expect(existsSync(path as string)).toBe(true);
      }),
    );
  });
});
