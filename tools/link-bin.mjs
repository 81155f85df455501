/**
 * Makes `npx assay` work in a clone: a package's own command is linked nowhere, so npx would look for it in its cache.
 * Where links can't be made, npx still finds the command by installing the clone there.
 */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../dist/app/cli/bin.js', import.meta.url));
const folder = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));
chmodSync(bin, 0o755);
if (process.platform !== 'win32') {
  mkdirSync(folder, { recursive: true });
  rmSync(`${folder}assay`, { force: true });
  symlinkSync('../../dist/app/cli/bin.js', `${folder}assay`);
}
