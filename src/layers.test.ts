import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = dirname(fileURLToPath(import.meta.url));

/** A room imports only rooms with a smaller number; rooms of one number do not know each other. */
const level: Record<string, number> = {
  text: 0,
  ir: 1,
  schema: 2,
  logic: 2,
  passes: 3,
  dialects: 4,
  events: 4,
  formats: 5,
  engine: 5,
  prove: 6,
  checks: 7,
  content: 7,
  app: 8,
};

/** Folders that several languages, or formats, of one family share. */
const families = new Set(['lucene', 'sigma', 'splunk', 'sql']);

interface Import {
  readonly file: string;
  readonly target: string;
}

/** Says what is wrong with an import, or nothing. Paths are relative to `src`. */
function fault({ file, target }: Import): string | undefined {
  const [room, folder] = file.split(sep);
  if (target.startsWith('node:')) return room === 'app' ? undefined : `${file}: only app/ may import '${target}'`;
  const [to, toFolder, ...deeper] = target.split(sep);
  if (!room || !to || !(room in level) || to === room) {
    const siblings =
      (room === 'dialects' || room === 'formats') &&
      to === room &&
      file.split(sep).length > 2 &&
      deeper.length > 0 &&
      folder !== toFolder &&
      !families.has(toFolder!);
    return siblings ? `${file}: one of ${room}/ may not import its sibling ${target}` : undefined;
  }
  if (!(to in level)) return `${file}: a room may not import '${target}'`;
  return level[room]! > level[to]! ? undefined : `${file}: ${room} may not import ${to} (${target})`;
}

function importsOf(path: string): Import[] {
  const file = relative(src, path);
  return [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'/gms)].flatMap(([, to]) => {
    if (to!.startsWith('node:')) return [{ file, target: to! }];
    return to!.startsWith('.') ? [{ file, target: relative(src, join(dirname(path), to!)) }] : [];
  });
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.split(sep).includes('testing'))
  .map((name) => join(src, name));

describe('layers', () => {
  it('every room imports only rooms below it, and only app/ touches node', () => {
    expect(files.flatMap(importsOf).map(fault).filter(Boolean)).toEqual([]);
  });

  it('finds an upward, a sideways and a node import', () => {
    expect(fault({ file: join('ir', 'a.ts'), target: join('app', 'b.ts') })).toMatch('ir may not import app');
    expect(fault({ file: join('events', 'a.ts'), target: join('dialects', 'b.ts') })).toMatch('events may not');
    expect(fault({ file: join('dialects', 'splunk', 'a.ts'), target: join('dialects', 'duck', 'b.ts') })).toMatch(
      'sibling',
    );
    expect(fault({ file: join('ir', 'a.ts'), target: 'node:fs' })).toMatch('only app/');
    expect(fault({ file: join('app', 'a.ts'), target: 'node:fs' })).toBeUndefined();
  });

  it('every room has a README of at most 40 lines', () => {
    const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const room of rooms) {
      const lines = readFileSync(join(src, room.name, 'README.md'), 'utf8')
        .trimEnd()
        .split('\n').length;
      // The reference semantics is a specification, with a truth table a kind.
      if (room.name !== 'ir') expect(lines, room.name).toBeLessThanOrEqual(40);
    }
  });
});
