import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const tool = fileURLToPath(new URL('make-demo-events.mjs', import.meta.url));
const bundled = fileURLToPath(new URL('../content/events/', import.meta.url));

it('the bundled events are what the script writes, byte for byte, and small', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-events-'));
  try {
    execFileSync(process.execPath, [tool, folder]);
    for (const name of ['lsass-demo.ndjson.gz', 'lsass-demo.expected.json'])
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(bundled, name))), name).toBe(true);
    expect(statSync(join(bundled, 'lsass-demo.ndjson.gz')).size).toBeLessThan(400_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
