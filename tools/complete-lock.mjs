/**
 * Completes package-lock.json with the platform packages that the registry at hand did not serve when it was written.
 *
 * `npm ci` refuses a lock file that lacks an optional dependency of any platform, even of one that is never installed
 * here. A package of another platform needs no more than its version, and for which system it is. Run after changing
 * a dependency: `node tools/complete-lock.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'wasm32'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];
const added = [];

for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  if (path === '') continue;
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    const words = name.split(/[/-]/);
    const os = systems.find((each) => words.includes(each));
    const cpu = processors.find((each) => words.includes(each)) ?? (words.includes('arm') ? 'arm' : undefined);
    if (place in lock.packages || !os || !cpu) continue;
    const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
    lock.packages[place] = {
      version,
      cpu: [cpu],
      ...(libc && { libc: [libc] }),
      ...(dev && { dev }),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length ? `added ${added.join(', ')}` : 'nothing to add');
