/**
 * Writes src/schema/log-sources/fields.generated.ts from SigmaHQ's table of field names by log source
 * (`tests/logsource.json` of the rule repository): names only, those of its section \`addon\` included.
 *
 *     node tools/make-field-table.mjs logsource.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const { version, legit, addon } = JSON.parse(readFileSync(path, 'utf8'));
/** How that table writes "any product". */
const ANY = 'empty';

const rows = [];
for (const [product, parts] of Object.entries(legit))
  for (const part of ['category', 'service'])
    for (const [name, fields] of Object.entries(parts[part])) {
      if (fields.length === 0) continue;
      const more = addon[product]?.[part]?.[name] ?? [];
      const every = [...new Set([...fields, ...more, ...parts.common])].sort();
      rows.push([`${product === ANY ? '' : product}/${part}/${name}`, every]);
    }
rows.sort(([a], [b]) => (a < b ? -1 : 1));
const spaced = rows.flatMap(([, fields]) => fields).filter((field) => /[\s|]/.test(field));
if (spaced.length > 0) throw new Error(`names with blanks: ${spaced.join(', ')}`);

writeFileSync(
  new URL('../src/schema/log-sources/fields.generated.ts', import.meta.url),
  `/** Field names by \`product/category/NAME\` or \`product/service/NAME\`, after SigmaHQ's table of ${version}; made by tools/make-field-table.mjs. */
export const fieldRows: Readonly<Record<string, string>> = {
${rows.map(([key, fields]) => `  ${JSON.stringify(key)}: ${JSON.stringify(fields.join(' '))},`).join('\n')}
};
`,
);
console.log(rows.length, 'log sources');
