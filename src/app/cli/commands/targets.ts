import { extensionOf, targets } from '../../../formats/targets.ts';
import type { Target } from '../../../formats/targets.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';

/** `assay targets`: what rules can be converted to, and what a site may decide about each. */
export const run: Run = async (_words, options, terminal) => {
  const rows = targets.map(rowOf);
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
    for (const row of rows) if (row.settings.length > 0) await terminal.write(settingsText(row));
  }
  return 0;
};

function rowOf(target: Target) {
  const { name, title, dialect, profile, envelope } = target;
  return {
    name,
    title,
    dialect: dialect.name,
    profile: profile.name,
    extension: extensionOf(target),
    reference: envelope?.reference ?? dialect.reference,
    settings: (envelope?.settings ?? []).map((setting) => ({
      name: setting.name,
      what: setting.what,
      usual: setting.usual,
    })),
  };
}

function settingsText({ name, settings }: ReturnType<typeof rowOf>): string {
  const lines = settings.map((setting) => {
    const assignment = `${setting.name}=${setting.usual}`;
    return `  --set ${assignment.padEnd(34)}${setting.what}\n`;
  });
  return `\n${name}, unless you decide otherwise:\n${lines.join('')}`;
}
