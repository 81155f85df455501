import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../text/diagnostic.ts';
import { readSigma } from './read.ts';

const folder = fileURLToPath(new URL('errors/', import.meta.url));
const cases = readdirSync(folder).filter((file) => file.endsWith('.yml'));

/** `GOLDEN=write npx vitest run src/formats` rewrites the messages; the diff is what a reviewer reads. */
const rewrite = process.env['GOLDEN'] === 'write';

describe('what is said about a mistake', () => {
  it.each(cases)('%s', (file) => {
    const { diagnostics } = readSigma([{ name: file, text: readFileSync(join(folder, file), 'utf8') }]);
    const said = `${diagnostics.map(render).join('\n\n')}\n`;
    const golden = join(folder, file.replace(/yml$/, 'txt'));
    if (rewrite) writeFileSync(golden, said);
    expect(said).toBe(readFileSync(golden, 'utf8'));
  });
});
