import { describe, expect, it } from 'vitest';
import { readSigma } from '../formats/sigma/read.ts';
import { positionOf } from '../text/source.ts';
import { findDuplicates } from './duplicates.ts';
import { checkMeaning } from './semantic.ts';

function source(detection: string, name = 'rule.yml') {
  return {
    name,
    text: `title: A rule\nlogsource: { product: windows, category: process_creation }\ndetection:\n${detection}\n`,
  };
}

/** Code and line of each finding. */
function findings(detection: string): string[] {
  const rule = source(detection);
  return readSigma([rule])
    .detections.flatMap((read) => checkMeaning(read, rule))
    .map(({ code, span }) => `${code} ${positionOf(rule, span.start).line}`);
}

describe('checkMeaning', () => {
  it('finds nothing in a rule that means what it says', () => {
    expect(
      findings(`    a: { Image|endswith: '\\x.exe', CommandLine|contains: ['-a', '-b'] }\n    condition: a`),
    ).toEqual([]);
  });

  it('finds a rule that can never match, and says which two tests exclude each other', () => {
    const rule = source(
      `    a: { CommandLine: 'Run' }\n    b: { CommandLine|contains: 'walk' }\n    condition: a and b`,
    );
    const [found, ...others] = readSigma([rule]).detections.flatMap((read) => checkMeaning(read, rule));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'meaning/never', severity: 'error' });
    expect(found?.hint).toMatch(/CommandLine is 'Run'.*CommandLine contains 'walk'/);
  });

  it('finds a rule that its log source excludes', () => {
    expect(findings(`    a: { EventID: 3, Image: x }\n    condition: a`)).toEqual(['meaning/never 4']);
  });

  it('finds a part that can never match beside one that can', () => {
    expect(
      findings(`    a: { Image: x }\n    b: { Image|startswith: C, Image|re: '^D' }\n    condition: a or b`),
    ).toEqual(['meaning/never-part 5']);
  });

  it('finds a rule that matches everything', () => {
    expect(findings(`    a: { Image|contains: x }\n    condition: a or not a`)).toEqual(['meaning/always 4']);
  });

  it('finds a value that another makes superfluous, and of two equal ones reports one', () => {
    expect(
      findings(
        `    a:\n        Image|endswith:\n            - '.doc'\n            - 'x.doc'\n            - '.DOC'\n    condition: a`,
      ),
    ).toEqual(['meaning/dead 6', 'meaning/dead 7']);
  });

  it('finds a test that another implies', () => {
    expect(findings(`    a:\n        Image: 'C:\\x.exe'\n        Image|endswith: '.exe'\n    condition: a`)).toEqual([
      'meaning/dead 6',
    ]);
  });

  it('finds a star that a backslash made literal', () => {
    expect(findings(`    a: { Image|contains: 'C:\\Windows\\*' }\n    condition: a`)).toEqual([
      'meaning/escaped-wildcard 4',
    ]);
    expect(findings(`    a: { Image|contains: 'C:\\Windows\\\\*' }\n    condition: a`)).toEqual([]);
    expect(findings(`    a: { Image|startswith: '\\\\??\\C:\\' }\n    condition: a`)).toEqual([]);
  });
});

describe('findDuplicates', () => {
  it('finds rules that select the same, and rules that lie within others', () => {
    const rules = [
      source(`    a: { Image|endswith: ['\\a.exe', '\\b.exe'] }\n    condition: a`, 'wide.yml'),
      source(
        `    a: { Image|endswith: '\\A.exe' }\n    b: { Image|endswith: '\\b.exe' }\n    condition: 1 of them`,
        'same.yml',
      ),
      source(`    a: { Image|endswith: '\\c\\a.exe' }\n    condition: a`, 'narrow.yml'),
      source(`    a: { Image|endswith: '\\d.exe' }\n    condition: a`, 'other.yml'),
    ];
    const found = findDuplicates(readSigma(rules).detections);
    expect(found.map(({ relation, inner, outer }) => `${inner.file} ${relation} ${outer.file}`).sort()).toEqual([
      'narrow.yml contained same.yml',
      'narrow.yml contained wide.yml',
      'wide.yml equivalent same.yml',
    ]);
  });
});
