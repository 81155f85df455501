import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { readSigma } from './read.ts';
import { codesOf, read, readOne, ruleWith } from './testing/read.ts';

const rule = (id: string, value: number | string, more = '') =>
  `title: Rule ${value}\nid: ${id}\n${more}logsource: { product: windows }\ndetection:\n  s: { F: ${value} }\n  condition: s\n`;
const brief = ({ code, severity, source, span }: Diagnostic) =>
  `${source.name} ${severity} ${code} ${source.text.slice(span.start, span.end)}`;

describe('readSigma', () => {
  it('goes on behind a document that it can\u2019t read', () => {
    const { detections, diagnostics } = readSigma([
      { name: 'a.yml', text: `${rule('1', 1)}---\ntitle: [\n---\n${rule('2', 2)}` },
      { name: 'b.yml', text: 'title: x\nlogsource: {}\ndetection:\n  s: { F|nope: 1 }\n  condition: s\n' },
      { name: 'c.yml', text: rule('3', 3) },
    ]);
    expect(detections.map(({ name, title }) => `${name} ${title}`)).toEqual([
      'a.yml#1 Rule 1',
      'a.yml#3 Rule 2',
      'c.yml Rule 3',
    ]);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'sigma/yaml',
      'sigma/unknown-modifier',
    ]);
  });

  it('loads the same rule once, and names another one under the same id', () => {
    const { detections, diagnostics } = readSigma([
      { name: 'a.yml', text: rule('1', 1) },
      { name: 'copy.yml', text: `# a comment\n${rule('1', 1)}` },
      { name: 'other.yml', text: rule('1', 2) },
    ]);
    expect(detections.map(({ name }) => name)).toEqual(['a.yml', 'other.yml']);
    expect(diagnostics.map(brief)).toEqual(['other.yml warning sigma/duplicate-id 1']);
  });

  it('reads anything but a rule as an error', () => {
    expect(codesOf('just text')).toEqual(['sigma/no-rule']);
    expect(codesOf('- a\n- b')).toEqual(['sigma/no-rule']);
    expect(codesOf('title: T\nlogsource: { product: x }')).toEqual(['sigma/no-detection']);
    expect(codesOf('title: T\nlogsource: { product: x }\ndetection: [a]')).toEqual(['sigma/no-detection']);
    expect(read('').diagnostics).toEqual([]);
  });

  it('reads the metadata as written', () => {
    const text =
      rule('1', 1).replace('title: Rule 1', 'title: Two words') +
      `name: rule_one
status: test
level: high
author: [Ada, Grace]
date: 2024/02/04
modified: 2024-02-05
references: https://example.org
tags:
  - attack.t1003
falsepositives:
  - Admins
fields: [A, B]
license: MIT
related:
  - id: 2
    type: similar
scope: [server]
regression: { path: x/y, count: 2 }
samples:
  - name: hit
    matches: true
    event: { F: 1, When: 2024-01-01, Deep: { a: [true, ~] } }
`;
    const found = readOne(text);
    expect(found).toMatchObject({
      id: '1',
      name: 'rule.yml',
      file: 'rule.yml',
      title: 'Two words',
      status: 'test',
      level: 'high',
      author: 'Ada, Grace',
      date: '2024/02/04',
      modified: '2024-02-05',
      references: ['https://example.org'],
      tags: ['attack.t1003'],
      falsePositives: ['Admins'],
      fields: ['A', 'B'],
      license: 'MIT',
      related: [{ id: '2', type: 'similar' }],
      extra: { name: 'rule_one', scope: ['server'], regression: { path: 'x/y', count: 2 } },
      samples: [{ name: 'hit', matches: true, event: { F: 1, When: '2024-01-01', Deep: { a: [true, null] } } }],
    });
  });

  it('warns of what looks mistyped, and keeps it', () => {
    const text = `${rule('1', 1)}falsepositive: [x]\nlevel: hihg\nstatus: testing\nmyown: 1\n`;
    const { detections, diagnostics } = read(text);
    expect(diagnostics.map(({ code, hint }) => `${code} ${hint}`)).toEqual([
      "sigma/unknown-key did you mean 'falsepositives'?",
      "sigma/unknown-level did you mean 'high'?",
      'sigma/unknown-status one of stable, test, experimental, deprecated, unsupported',
    ]);
    expect(detections[0]!.extra).toEqual({ falsepositive: ['x'], myown: 1 });
  });

  it('reads the log source and what else it says', () => {
    const text = ruleWith('selection: { A: 1 }').replace(
      '{ product: windows }',
      '{ product: windows, category: process_creation, definition: "switch it on", volume: high }',
    );
    const found = readOne(text);
    expect(found.queries[0]!.logsource).toEqual({
      product: 'windows',
      category: 'process_creation',
      definition: 'switch it on',
    });
    expect(found.extra).toEqual({ logsource: { volume: 'high' } });
    expect(codesOf('title: T\ndetection:\n  s: { A: 1 }\n  condition: s')).toEqual(['sigma/no-logsource']);
  });

  it('treats hostile names as names', () => {
    const text = ruleWith('__proto__: { toString: 1 }\nconstructor: { A: 1 }\ncondition: __proto__ or constructor');
    const found = readOne(`${text}__proto__: { polluted: 1 }\n`);
    expect(found.queries).toHaveLength(1);
    expect(Object.getPrototypeOf(found.extra)).toBe(Object.prototype);
    expect(Object.keys(found.extra)).toEqual(['__proto__']);
  });
});

describe('readSigma of anything', () => {
  const whole = `title: Whole
id: 1
logsource: { product: windows }
detection:
    selection_a:
        - Image|endswith|windash: ['-a', "b"]
          F|re|i: '^a(b|c)+$'
        - null
    keywords: [x, 'y*']
    filter:
        Ip|cidr: 10.0.0.0/8
        N|gte: 5
        User|expand: '%a%'
        Data|wide|base64offset|contains: text
    timeframe: 5m
    condition: (1 of selection_* or keywords) and not filter | count(F) by G >= 2
---
title: Outer
correlation:
    type: temporal
    rules: [a, b]
    group-by: [User]
    timespan: 5m
    condition: a and not b
    aliases: { u: { a: User } }
---
title: Filter
logsource: { product: windows }
filter:
    rules: [1]
    selection: { A: 1 }
    condition: not selection
`;

  it('never throws, however a file is bent', () => {
    const bits = fc.constantFrom(
      '|',
      ':',
      "'",
      '"',
      '\n',
      ' ',
      '-',
      '*',
      '&a',
      '*a',
      '[',
      ']',
      '{',
      '}',
      '%',
      '(',
      ')',
      'not ',
      '#',
      '\\',
      '\u0000',
      '1',
      'null',
    );
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(12), fc.array(bits, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        const text = cuts.reduce(
          (text, [at, length, put]) => text.slice(0, at) + put.join('') + text.slice(at + length),
          whole,
        );
        for (const { span, source } of read(text).diagnostics)
          expect(span.start).toBeLessThanOrEqual(source.text.length);
      }),
      { numRuns: process.env['LONG'] ? 20_000 : 400 },
    );
  });

  it('never throws at data of any shape in any place', () => {
    const place = fc.constantFrom(
      'title',
      'logsource',
      'detection',
      'tags',
      'related',
      'samples',
      'correlation',
      'filter',
      'action',
      'id',
      'level',
    );
    fc.assert(
      fc.property(fc.dictionary(place, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 }), (data) => {
        read(JSON.stringify(data));
        read(JSON.stringify({ title: 'x', logsource: {}, detection: { s: data, condition: 's' } }));
        read(
          JSON.stringify({
            title: 'x',
            correlation: { type: 'temporal', rules: 'a', timespan: '5m', condition: data, aliases: data },
          }),
        );
      }),
      { numRuns: process.env['LONG'] ? 10_000 : 300 },
    );
  });
});
