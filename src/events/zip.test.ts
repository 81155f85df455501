import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { utf8 } from './testing/read-all.ts';
import { readDirectory, startOf } from './zip.ts';
import type { Member, RandomAccess } from './zip.ts';

function access(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.slice(at, at + length)) };
}

/** Little-endian numbers of 2, 4 or 8 bytes, and bytes as they are. */
function bytesOf(...parts: readonly (readonly [2 | 4 | 8, number] | Uint8Array)[]): Uint8Array {
  return new Uint8Array(
    parts.flatMap((part) => {
      if (part instanceof Uint8Array) return [...part];
      const [width, value] = part;
      return Array.from({ length: width }, (_, at) => Math.floor(value / 2 ** (8 * at)) % 256);
    }),
  );
}

it('reads sizes and places of an archive over 4 GB where they stand apart', async () => {
  const name = utf8('a.json');
  const content = utf8('{"a":1}');
  const local = bytesOf([4, 0x04034b50], new Uint8Array(22), [2, name.length], [2, 0], name, content);
  const extra = bytesOf([2, 1], [2, 24], [8, content.length], [8, content.length], [8, 0]);
  const entry = bytesOf(
    ...[[4, 0x02014b50] as const, new Uint8Array(16), [4, 0xffffffff] as const, [4, 0xffffffff] as const],
    ...[[2, name.length] as const, [2, extra.length] as const, new Uint8Array(10), [4, 0xffffffff] as const],
    ...[name, extra],
  );
  const end64 = bytesOf([4, 0x06064b50], [8, 44], new Uint8Array(28), [8, entry.length], [8, local.length]);
  const locator = bytesOf([4, 0x07064b50], [4, 0], [8, local.length + entry.length], [4, 1]);
  const end = bytesOf([4, 0x06054b50], new Uint8Array(8), [4, 0xffffffff], [4, 0xffffffff], [2, 0]);
  const file = access(bytesOf(local, entry, end64, locator, end));

  const directory = await readDirectory(file);
  const member: Member = { name: 'a.json', compressed: 7, size: 7, method: 'stored', header: 0 };
  expect(directory).toEqual({ members: [member], refused: [] });
  const start = await startOf(file, member);
  expect(new TextDecoder().decode(await file.read(start!, 7))).toBe('{"a":1}');
});

it('finds the directory before a comment, and knows folders from files', async () => {
  const bytes = zipSync({ 'a/': new Uint8Array(0), 'a/b.json': utf8('{}') }, { comment: 'PK\u0005\u0006 is no end' });
  expect(await readDirectory(access(bytes))).toMatchObject({ members: [{ name: 'a/b.json' }], refused: [] });
});

it.each([
  ['nothing', new Uint8Array(0)],
  ['a text', utf8('a text that is longer than the end of an archive')],
  ['a directory that lies outside', bytesOf([4, 0x06054b50], new Uint8Array(8), [4, 99], [4, 99], [2, 0])],
])('says that %s is no archive', async (_what, bytes) => {
  expect(await readDirectory(access(bytes))).toMatch(/cut off/);
});
