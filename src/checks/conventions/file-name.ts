import { say } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** A file that is not called as SigmaHQ calls them: `proc_creation_win_whoami.yml`. Standard input has no name. */
export function checkFileName(rule: RuleText): Finding[] {
  const { name, text } = rule.source;
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  if (file === '-' || /^[a-z0-9_]+\.yml$/.test(file)) return [];
  const end = text.indexOf('\n');
  return [
    say(rule, 'info', 'file-name', {
      message: `the file is called '${file}'`,
      span: { start: 0, end: end === -1 ? text.length : end },
      hint: 'names of rule files have small letters, digits and underscores, and end in .yml',
    }),
  ];
}
