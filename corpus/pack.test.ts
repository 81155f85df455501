import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { packSources } from '../src/app/demo/content.ts';
import { planHunt } from '../src/engine/plan.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Raw } from '../src/ir/event.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

/** What the pack must find in each recording, and how often; every hit was looked at and belongs to the attack. */
const findings: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  metasploit_procdump_lsass_memory_dump: {
    'ProcDump Dumps LSASS by Name': 4,
    'LSASS Opened With the Right to Read Its Memory': 3,
    'Memory Dump of LSASS Written': 1,
  },
  metasploit_comsvcs_lsass_memory_dump: {
    'Comsvcs MiniDump Called by Name': 2,
    'Rundll32 Writes a Full Memory Dump': 2,
    'Rundll32 Loads the COM+ Services DLL': 1,
    'LSASS Opened With the Right to Read Its Memory': 2,
  },
  metasploit_sharpdump_lsass_memory_dump: { 'LSASS Opened With the Right to Read Its Memory': 2 },
  psh_lsass_memory_dump_comsvcs: {
    'Comsvcs MiniDump Called by Name': 2,
    'Rundll32 Writes a Full Memory Dump': 2,
    'Rundll32 Loads the COM+ Services DLL': 1,
    'LSASS Opened With the Right to Read Its Memory': 2,
    'Memory Dump of LSASS Written': 1,
  },
};

describeCorpus('the rule pack on recorded attacks', () => {
  it('finds what was done in each recording, and takes nothing else for it', () => {
    const { match } = planHunt(readSigma(packSources()).detections);
    const rows: (string | number)[][] = [['recording', 'events', 'hits']];
    for (const [name, expected] of Object.entries(findings)) {
      const [zip] = corpusFiles('corpus/otrf', `${name}.zip`);
      const found: Record<string, number> = {};
      let events = 0;
      for (const member of Object.values(unzipSync(readFileSync(zip!))))
        for (const line of strFromU8(member).split('\n')) {
          if (line.trim() === '') continue;
          events += 1;
          for (const { detection } of match(openEvent(JSON.parse(line) as Raw)))
            found[detection.title] = (found[detection.title] ?? 0) + 1;
        }
      rows.push([name, events, Object.values(found).reduce((sum, count) => sum + count, 0)]);
      expect(found, name).toEqual(expected);
    }
    table('the rule pack on recorded attacks', rows);
  });
});
