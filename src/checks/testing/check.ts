import { readSigma } from '../../formats/sigma/read.ts';
import { checkConventions } from '../conventions.ts';
import type { Finding } from '../conventions.ts';

/** A rule that no convention speaks of. */
export const clean = `title: Dump of LSASS
id: 6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a01
status: test
description: Finds programs that dump the memory of LSASS.
references:
  - https://example.org/dump
author: Ada Example
date: 2024-01-05
tags:
  - attack.credential-access
  - attack.t1003.001
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\dump.exe'
  condition: selection
falsepositives:
  - Administrators
level: high
`;

/** Checks the conventions of texts, by the names of their files. */
export function checkTexts(files: Readonly<Record<string, string>>): Finding[] {
  const sources = Object.entries(files).map(([name, text]) => ({ name, text }));
  return checkConventions(readSigma(sources).units);
}

/** What is said of a text: its code, and the letters that it points at. */
export function pointed(text: string, name = 'rule.yml'): string[] {
  return checkTexts({ [name]: text }).map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`);
}
