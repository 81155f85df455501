/**
 * Writes src/ir/fold-table.generated.ts: Unicode simple case folding, as runs of [first, last, step, delta].
 *
 * JavaScript's `iu` regular expressions compare by simple case folding (ECMA-262, Canonicalize), so the engine itself
 * is the source: for each code point that has a cased relative, the lowest-folding member of its class is its fold.
 * Run by hand when Node's Unicode version changes: `node tools/make-fold-table.mjs`.
 */
import { writeFileSync } from 'node:fs';

const classes = new Map();
const cased = [];
for (let code = 0; code <= 0x10ffff; code += 1) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const text = String.fromCodePoint(code);
  if (text.toLowerCase() !== text || text.toUpperCase() !== text) cased.push(code);
}
const related = (code) => {
  const text = String.fromCodePoint(code);
  return [
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.toLowerCase().toUpperCase(),
    text.toUpperCase().toLowerCase(),
  ]
    .filter((each) => [...each].length === 1)
    .map((each) => each.codePointAt(0));
};
const same = (a, b) => new RegExp(`^\\u{${a.toString(16)}}$`, 'iu').test(String.fromCodePoint(b));
const parent = new Map(cased.map((code) => [code, code]));
const root = (code) => (parent.get(code) === code ? code : root(parent.get(code)));
for (const code of cased)
  for (const other of related(code)) if (parent.has(other) && same(code, other)) parent.set(root(code), root(other));
for (const code of cased) {
  const key = root(code);
  if (!classes.has(key)) classes.set(key, []);
  classes.get(key).push(code);
}
const pairs = [];
for (const members of classes.values()) {
  if (members.length < 2) continue;
  const lower = members.filter((code) => String.fromCodePoint(code).toLowerCase() === String.fromCodePoint(code));
  const fold = Math.min(...(lower.length ? lower : members));
  for (const code of members) if (code !== fold) pairs.push([code, fold]);
}
pairs.sort((a, b) => a[0] - b[0]);
const runs = [];
for (const [code, fold] of pairs) {
  const delta = fold - code;
  const run = runs.at(-1);
  if (run && run[3] === delta && (run[0] === run[1] ? code - run[1] <= 2 : code - run[1] === run[2])) {
    if (run[0] === run[1]) run[2] = code - run[1];
    run[1] = code;
  } else runs.push([code, code, 1, delta]);
}
const body = runs.map((run) => `  [${run.map((n, i) => (i < 2 ? `0x${n.toString(16)}` : n)).join(', ')}],`).join('\n');
writeFileSync(
  new URL('../src/ir/fold-table.generated.ts', import.meta.url),
  `/** Unicode ${process.versions.unicode} simple case folding as runs of [first, last, step, delta]; made by tools/make-fold-table.mjs. */\n` +
    `export const foldRuns: readonly (readonly [number, number, number, number])[] = [\n${body}\n];\n`,
);
console.log(pairs.length, 'pairs', runs.length, 'runs');
