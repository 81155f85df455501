import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from './fixes.ts';
import { checkTexts, clean, pointed } from './testing/check.ts';

/** The clean rule with a line changed; with a line left out where there is nothing to put in its place. */
function changed(line: RegExp, to = ''): string {
  expect(clean).toMatch(line);
  return clean.replace(line, to);
}

it('has nothing to say of a rule that follows all conventions', () => {
  expect(pointed(clean)).toEqual([]);
});

describe('points at', () => {
  it.each<[what: string, text: string, findings: string[]]>([
    ['no id', changed(/^id: .*\n/m), ['check/id-missing: title']],
    ['an id that is no UUID', changed(/^id: .*$/m, 'id: 12'), ['check/id-invalid: 12']],
    ['no date', changed(/^date: .*\n/m), ['check/date-missing: title']],
    ['a date of version 1', changed(/2024-01-05/, '2024/01/05'), ['check/date-format: 2024/01/05']],
    ['a day that no month has', changed(/2024-01-05/, '2024-02-30'), ['check/date-invalid: 2024-02-30']],
    ['a date in words', changed(/2024-01-05/, '5 Jan 2024'), ['check/date-invalid: 5 Jan 2024']],
    [
      'a rule modified before it was made',
      changed(/^author/m, 'modified: 2023-12-31\nauthor'),
      ['check/date-order: 2023-12-31'],
    ],
    ['no status', changed(/^status: .*\n/m), ['check/status-missing: title']],
    ['a status with a capital', changed(/status: test/, 'status: Test'), ['check/status-case: Test']],
    ['no level', changed(/^level: .*\n/m), ['check/level-missing: title']],
    ['a level with capitals', changed(/level: high/, "level: 'HIGH'"), ["check/level-case: 'HIGH'"]],
    ['no author', changed(/^author: .*\n/m), ['check/author-missing: title']],
    ['no description', changed(/^description: .*\n/m), ['check/description-missing: title']],
    ['a short description', changed(/Finds programs.*$/m, 'Finds it.'), ['check/description-short: Finds it.']],
    [
      'a long title',
      changed(/Dump of LSASS$/m, 'Dump '.repeat(30)),
      [`check/title-length: ${'Dump '.repeat(30).trim()}`],
    ],
    ['a title in small letters', changed(/Dump of LSASS$/m, 'Dump of memory'), ['check/title-case: memory']],
    ['a title with a full stop', changed(/Dump of LSASS$/m, 'Dump.'), ['check/title-period: Dump.']],
    ['a title that detects', changed(/Dump of LSASS$/m, 'Detects Dump'), ['check/title-detects: Detects Dump']],
    [
      'an unknown relation',
      changed(/^status/m, 'related:\n  - id: 6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a02\n    type: like\nstatus'),
      ['check/related-type: like'],
    ],
    [
      'a relation to itself',
      changed(/^status/m, 'related:\n  - id: 6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a01\n    type: similar\nstatus'),
      ['check/related-self: 6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a01'],
    ],
    [
      'a relation to no id',
      changed(/^status/m, 'related:\n  - id: x\n    type: similar\nstatus'),
      ['check/related-id: x'],
    ],
    ['an unknown licence', changed(/^author/m, 'license: DRL-1.2\nauthor'), ['check/license: DRL-1.2']],
    ['a reference that is no URL', changed(/https:.*$/m, 'a talk'), ['check/reference-url: a talk']],
    [
      'a reference written twice',
      changed(/^author/m, '  - https://example.org/dump\nauthor'),
      ['check/reference-duplicate: https://example.org/dump'],
    ],
    [
      'a reference to a branch',
      changed(/https:.*$/m, 'https://github.com/a/b/blob/master/c.md'),
      ['check/reference-moves: https://github.com/a/b/blob/master/c.md'],
    ],
    [
      'a technique as a reference',
      changed(/https:.*$/m, 'https://attack.mitre.org/techniques/T1005/'),
      ['check/reference-technique: https://attack.mitre.org/techniques/T1005/'],
    ],
    ['no false positives', changed(/^falsepositives:\n.*\n/m), ['check/falsepositives-missing: title']],
    ['empty false positives', changed(/Administrators/, 'None'), ['check/falsepositives-empty: None']],
    ['misspelt false positives', changed(/Administrators/, 'Unkown'), ['check/falsepositives-spelling: Unkown']],
    [
      'false positives without capital',
      changed(/Administrators/, 'some tools'),
      ['check/falsepositives-case: some tools'],
    ],
    ['a field of another log source', changed(/Image\|/, 'QueryName|'), ['check/field-unknown: QueryName']],
    ['a field in other case', changed(/Image\|/, 'image|'), ['check/field-case: image']],
    ['a wildcard for a modifier', changed(/Image\|endswith: '/, "Image: '*"), ["check/wildcard: '*\\dump.exe'"]],
    ['a tag in capitals', changed(/attack.t1003.001/, 'attack.T1003.001'), ['check/tag-case: attack.T1003.001']],
    [
      'a tag with underscores',
      changed(/credential-access/, 'credential_access'),
      ['check/tag-form: attack.credential_access'],
    ],
    ['a tag without namespace', changed(/attack.t1003.001/, 't1003'), ['check/tag-invalid: t1003']],
    ['an unknown namespace', changed(/attack.t1003.001/, 'atack.t1003'), ['check/tag-namespace: atack.t1003']],
    ['a CVE with a dot', changed(/attack.t1003.001/, 'cve.2021.44228'), ['check/tag-form: cve.2021.44228']],
    ['a CVE that is none', changed(/attack.t1003.001/, 'cve.44228'), ['check/tag-invalid: cve.44228']],
    [
      'a tag written twice',
      changed(/attack.t1003.001/, 'attack.credential_access'),
      ['check/tag-duplicate: attack.credential_access'],
    ],
    ['an unknown technique', changed(/t1003.001/, 't1003.099'), ['check/attack-unknown: attack.t1003.099']],
    ['a technique of a later version', changed(/t1003.001/, 't1686.003'), ['check/attack-unlisted: attack.t1686.003']],
    ['an unknown tactic', changed(/credential-access/, 'credentials'), ['check/attack-unknown: attack.credentials']],
    ['a revoked technique', changed(/t1003.001/, 't1086'), ['check/attack-revoked: attack.t1086']],
    ['a deprecated technique', changed(/t1003.001/, 't1064'), ['check/attack-deprecated: attack.t1064']],
    [
      'a technique that is being replaced',
      changed(/t1003.001/, 't1562.001'),
      ['check/attack-replaced: attack.t1562.001'],
    ],
  ])('%s', (_what, text, findings) => {
    expect(pointed(text)).toEqual(findings);
  });

  it('a file that is not called as rule files are', () => {
    for (const name of ['Rule.yml', 'a-b.yml', 'rules/a.yaml', 'c:\\a b.yml'])
      expect(pointed(clean, name)).toEqual(['check/file-name: title: Dump of LSASS']);
    for (const name of ['-', 'A B/proc_creation_win_1.yml']) expect(pointed(clean, name)).toEqual([]);
  });

  it('a copy in another file, and says nothing of two rules with one id, which the reader does', () => {
    const [finding, ...more] = checkTexts({ 'a.yml': clean, 'b.yml': clean });
    expect([finding?.code, finding?.source.name, finding?.message, more]).toEqual([
      'check/copy',
      'b.yml',
      'this rule is a copy of a.yml',
      [],
    ]);
    expect(checkTexts({ 'a.yml': clean, 'b.yml': clean.replace('dump.exe', 'd.exe') })).toEqual([]);
  });
});

it('names what a revoked technique has become', () => {
  const [finding] = checkTexts({ 'a.yml': changed(/t1003.001/, 't1086') });
  expect(finding?.message).toBe('T1086, PowerShell, is revoked');
  expect(finding?.hint).toBe('ATT&CK has it as PowerShell: attack.t1059.001');
});

it('accepts tags of every namespace', () => {
  const tags = ['attack.g0016', 'attack.s0002', 'attack.stealth', 'attack.ta0006', 'attack.t1685.001', 'cve.2021-44228']
    .concat(['car.2016-04-005', 'd3fend.d3-am', 'detection.emerging-threats', 'stp.1k', 'stp.4', 'tlp.amber-strict'])
    .map((tag) => `  - ${tag}\n`);
  expect(pointed(changed(/ {2}- attack.*\n {2}- attack.*\n/, tags.join('')))).toEqual([]);
});

it('lets fields pass where nobody listed them, and of another taxonomy', () => {
  expect(pointed(changed(/category: process_creation/, 'service: security').replace('Image', 'Any'))).toEqual([]);
  expect(pointed(changed(/^status/m, 'taxonomy: ecs\nstatus').replace('Image', 'process.name'))).toEqual([]);
  expect(pointed(changed(/ {2}selection:\n.*\n/, '  selection:\n    - a word\n    - another\n'))).toEqual([]);
});

it('says once what the documents of a collection share', () => {
  const shared = changed(/^logsource:[^]*condition: selection\n/m)
    .replace('title', 'action: global\ntitle')
    .replace(/^date.*\n/m, '');
  const part = (name: string) =>
    `---\nlogsource: { product: windows, category: process_creation }\ndetection: { s: { Image: ${name} }, condition: s }\n`;
  expect(checkTexts({ 'a.yml': shared + part('a') + part('b') }).map(({ code }) => code)).toEqual([
    'check/date-missing',
  ]);
});

it('does not ask a filter for a level', () => {
  const filter = changed(
    /^detection:[^]*/m,
    'filter:\n  rules: any\n  selection: { Image: a }\n  condition: selection\n',
  );
  expect(pointed(filter)).toEqual([]);
});

describe('a fix', () => {
  it.each([
    ['date: 2024-01-05', "date: '2024/1/5' # made"],
    ['attack.credential-access', 'attack.Credential_Access # a tactic'],
    ['status: test', 'status: "Test"'],
    ['title: Dump of LSASS', 'title: Dump of LSASS.'],
  ])('brings back %s', (right, wrong) => {
    const text = clean.replace(right, wrong);
    const edits = checkTexts({ 'a.yml': text }).flatMap(({ fix }) => fix ?? []);
    expect(edits).toHaveLength(1);
    const fixed = applyEdits(text, edits);
    expect(pointed(fixed)).toEqual([]);
    if (wrong.includes('#')) expect(fixed).toContain(wrong.slice(wrong.indexOf('#')));
  });

  it('is not offered where a quote escapes its letters', () => {
    const text = clean.replace('status: test', 'status: "T\\u0065st"');
    expect(checkTexts({ 'a.yml': text }).map(({ code, fix }) => [code, fix])).toEqual([
      ['check/status-case', undefined],
    ]);
  });
});

it('says something with a place in the text of any rule, and throws nothing', () => {
  const words = fc.constantFrom(
    'title',
    'id',
    'date',
    'tags',
    'related',
    'attack.T1',
    '2024/13/45',
    '- ',
    ': ',
    '\n',
    '"',
    "'",
    '*',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '|',
    '.',
    'é',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), fc.nat(clean.length), (parts, at) => {
      const text = clean.slice(0, at) + parts.join('') + clean.slice(at);
      for (const { span, fix } of checkTexts({ 'a.yml': text })) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeLessThanOrEqual(text.length);
        if (fix) expect(fix.text).not.toBe(text.slice(fix.span.start, fix.span.end));
      }
    }),
  );
});
