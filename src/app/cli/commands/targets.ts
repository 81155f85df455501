import { targets } from '../../../formats/targets.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';

/** `assay targets`: what rules can be converted to. */
export const run: Run = async (_words, options, terminal) => {
  const rows = targets.map(({ name, title, dialect, profile }) => ({
    name,
    title,
    dialect: dialect.name,
    profile: profile.name,
    extension: dialect.extension,
    reference: dialect.reference,
  }));
  if (valueOf(options, 'format') === 'json') await terminal.write(`${JSON.stringify(rows, null, 2)}\n`);
  else {
    const header = { name: 'TARGET', profile: 'FIELDS', extension: 'FILE', title: 'WHAT' };
    const width = (key: 'name' | 'profile' | 'extension') =>
      Math.max(...[header, ...rows].map((row) => row[key].length)) + 2;
    const [name, profile, extension] = [width('name'), width('profile'), width('extension') + 1];
    for (const row of [header, ...rows]) {
      const file = row === header ? row.extension : `.${row.extension}`;
      await terminal.write(
        `${row.name.padEnd(name)}${row.profile.padEnd(profile)}${file.padEnd(extension)}${row.title}\n`,
      );
    }
  }
  return 0;
};
