/**
 * Writes src/schema/attack/techniques.generated.ts from a digest of MITRE's STIX bundle for Enterprise ATT&CK.
 *
 * The digest lists `tactics`, `techniques` (id, name, tactics, revoked_by, deprecated) and, of the version after it, the
 * ids that are known to have been replaced or added. Run by hand when ATT&CK changes:
 *
 *     node tools/make-attack-table.mjs attack_enterprise.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(path, 'utf8'));
const next = facts.v18_to_v19_known_changes ?? {};
const added = facts.v19_partial?.names_of_new_ids ?? {};
const tacticsOfAdded = facts.v19_partial?.technique_tactics ?? {};

const rows = facts.techniques.map(({ id, name, tactics, revoked_by, revoked, deprecated }) => {
  const fate = revoked_by
    ? `revoked ${revoked_by}`
    : revoked || deprecated
      ? 'deprecated'
      : next[id]
        ? `next ${next[id].id}`
        : '';
  return [id, name, tactics.join(' '), fate];
});
const known = new Set(rows.map(([id]) => id));
// The names of new sub-techniques begin with their parent's.
for (const [id, name] of Object.entries(added))
  if (!known.has(id))
    rows.push([id, name.slice(name.lastIndexOf(': ') + 1).trim(), (tacticsOfAdded[id] ?? []).join(' '), 'new']);
for (const { id, name } of Object.values(next))
  if (!rows.some(([row]) => row === id)) rows.push([id, name, (tacticsOfAdded[id] ?? []).join(' '), 'new']);
rows.sort(([a], [b]) => (a < b ? -1 : 1));

const tactics = facts.tactics.map(({ id, name, shortname }) => [id, name, shortname]);
for (const [id, { v18, v19 }] of Object.entries(facts.v19_partial?.tactic_changes ?? {})) {
  const [, name, shortname] = /^(.+) \((.+)\)$/.exec(v19);
  if (v18 === null || !tactics.some(([, , short]) => short === shortname)) tactics.push([id, name, shortname]);
}

const lines = (table) => table.map((row) => `  ${JSON.stringify(row.join('|'))},`).join('\n');
writeFileSync(
  new URL('../src/schema/attack/techniques.generated.ts', import.meta.url),
  `/** Enterprise ATT&CK ${facts.version}, and what is known of its next version; made by tools/make-attack-table.mjs. (c) The MITRE Corporation, see NOTICE. */
export const attackVersion = '${facts.version}';

/** \`id|name|short name\`; a tactic that the next version renames is listed under both names. */
export const tacticRows: readonly string[] = [
${lines(tactics)}
];

/** \`id|name|tactics|fate\`, where the fate is \`revoked ID\`, \`deprecated\`, \`next ID\` (replaced in the next version), \`new\` (of that version) or nothing. */
export const techniqueRows: readonly string[] = [
${lines(rows)}
];
`,
);
console.log(tactics.length, 'tactics', rows.length, 'techniques');
