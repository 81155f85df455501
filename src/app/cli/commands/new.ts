import { randomUUID } from 'node:crypto';
import { writeInside } from '../../files.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';
import { usageFault } from '../usage.ts';

/** `assay new`: a rule that can be read, with samples, to be filled in. */
export const run: Run = async ([title = ''], options, terminal) => {
  const name = title.trim();
  if (name === '' || /[\u0000-\u001f]/.test(name)) {
    terminal.report(usageFault('a title is one line of text', "for example: assay new 'Dump of LSASS by Comsvcs'"));
    return 2;
  }
  const text = skeleton(name, randomUUID(), new Date().toISOString().slice(0, 10));
  const folder = valueOf(options, 'out');
  if (folder === undefined) await terminal.write(text);
  else {
    const slug = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, '');
    const written = writeInside(folder, `${slug.slice(0, 80) || 'rule'}.yml`, text, 'new');
    if (typeof written !== 'string') {
      terminal.report(written);
      return 2;
    }
    await terminal.write(`${written}\n`);
  }
  return 0;
};

/** A rule of SigmaHQ's layout with one selection, one sample that it must select and one near miss. */
function skeleton(title: string, id: string, date: string): string {
  return `title: ${yamlText(title)}
id: ${id}
status: experimental
description: What it finds, why that is suspicious, and what its author saw in the field.
references:
  - https://example.org/where-it-is-described
author: Your name
date: ${date}
tags:
  - attack.execution
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\tool.exe'
    CommandLine|contains: ' --switch '
  condition: selection
falsepositives:
  - Who does this for a good reason
level: medium
# Events that the rule must select, and near misses that it must not: 'assay test' runs them.
samples:
  - name: the tool with its switch
    matches: true
    event:
      Channel: Microsoft-Windows-Sysmon/Operational
      EventID: 1
      Image: 'C:\\Tools\\tool.exe'
      CommandLine: 'tool.exe --switch now'
  - name: the tool without its switch
    matches: false
    event:
      Channel: Microsoft-Windows-Sysmon/Operational
      EventID: 1
      Image: 'C:\\Tools\\tool.exe'
      CommandLine: 'tool.exe --help'
`;
}

/** A text as YAML would read it back: quoted, so that no character in it means anything. */
function yamlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
