/**
 * Writes content/events/lsass-demo.ndjson.gz, a morning of a small domain in which one intruder dumps LSASS in a dozen
 * ways, and lsass-demo.expected.json, which says which rules of the pack must hit which line.
 *
 * Everything is made up by the seeded streams of demo-events/random.mjs, so the same bytes come out on every machine.
 * Run by hand after a change to the story: `node tools/make-demo-events.mjs [FOLDER]`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';
import { attack } from './demo-events/attack.mjs';
import { ordinaryMorning } from './demo-events/background.mjs';
import { nearMisses } from './demo-events/near-misses.mjs';
import { openBook } from './demo-events/records.mjs';
import { shaped } from './demo-events/shapes.mjs';

const content = new URL('../content/', import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL('events', content));

/** A time of the day of the story. */
const clock = (time) => Date.parse(`2026-11-18T${time}:00Z`);

const book = openBook();
const people = ordinaryMorning(book, clock('06:30'), clock('12:30'));
nearMisses(book, clock, people);
attack(book, clock, people);

const records = book.records.toSorted((a, b) => a.at - b.at || a.serial - b.serial);
const counters = new Map();
const lines = records.map((record) => {
  const counter = `${record.host.name} ${record.log.channel}`;
  const recordId = (counters.get(counter) ?? 40_000) + 1;
  counters.set(counter, recordId);
  return JSON.stringify(shaped({ ...record, recordId }));
});

const idOf = new Map(
  readdirSync(new URL('rules/', content))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => [
      name.slice(0, -'.yml'.length),
      /^id: (\S+)$/m.exec(readFileSync(new URL(`rules/${name}`, content), 'utf8'))[1],
    ]),
);
const expected = Object.fromEntries(
  records.flatMap(({ hits }, index) =>
    hits.length === 0 ? [] : [[index + 1, hits.map((name) => idOf.get(name)).sort()]],
  ),
);

mkdirSync(folder, { recursive: true });
// fflate, not zlib: its bytes do not change with Node's version. A time of 0 is left out of the header.
const bytes = gzipSync(new TextEncoder().encode(`${lines.join('\n')}\n`), { level: 9, mtime: 0 });
writeFileSync(join(folder, 'lsass-demo.ndjson.gz'), bytes);
writeFileSync(
  join(folder, 'lsass-demo.expected.json'),
  `${JSON.stringify({ events: lines.length, hits: expected }, null, 1)}\n`,
);
console.log(`${lines.length} events, ${Object.keys(expected).length} of them with hits, ${bytes.length} bytes`);
