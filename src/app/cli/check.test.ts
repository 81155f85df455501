import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean } from '../../checks/testing/check.ts';
import { assay, folderWith } from './testing/assay.ts';

const undated = clean.replace(/^date.*\n/m, '');
const wrong = clean.replace(/^id.*$/m, 'id: 12');

/** Checks all rules of a new folder. */
function check(files: Readonly<Record<string, string>>, ...more: readonly string[]) {
  const folder = folderWith(files);
  return { folder, ...assay(['check', '.', ...more], { cwd: folder }) };
}

describe('text', () => {
  it('shows findings on standard output by file and place, with their lines, and counts them', () => {
    const { out, err, status } = check({ 'b.yml': undated.replace('7a01', '7a02'), 'a.yml': wrong });
    expect(err).toBe('');
    expect(out).toBe(
      [
        "a.yml:2:5: error: the id '12' is no UUID [check/id-invalid]",
        '',
        '2 | id: 12',
        '        ^^',
        '',
        'b.yml:1:1: info: the rule has no date [check/date-missing]',
        '',
        '1 | title: Dump of LSASS',
        '    ^^^^^',
        '',
        '2 rules checked: 1 error, 0 warnings, 1 note.',
        '',
      ].join('\n'),
    );
    expect(status).toBe(1);
  });

  it('fails nothing by warnings and notes', () => {
    const { out, status } = check({ 'a.yml': clean.replace('t1003.001', 't1086') });
    expect(out).toContain('warning: T1086, PowerShell, is revoked');
    expect(status).toBe(0);
  });

  it('reports what can not be read apart, and checks the rest', () => {
    const folder = folderWith({ 'a.yml': wrong });
    const { out, err, status } = assay(['check', 'a.yml', 'none.yml'], { cwd: folder });
    expect(err).toContain('none.yml: error: there is no such file');
    expect(out).toContain('check/id-invalid');
    expect(status).toBe(2);
  });

  it('counts what a comment silences', () => {
    const { out, status } = check({ 'a.yml': `# assay-ignore check/id-invalid: made by an old tool\n${wrong}` });
    expect(out).toBe('1 rule checked: 0 errors, 0 warnings, 0 notes; 1 finding silenced with a reason.\n');
    expect(status).toBe(0);
  });
});

describe('--baseline', () => {
  it('passes over what --format json wrote before, wherever it stands now', () => {
    const { folder, out: known } = check({ 'a.yml': wrong }, '--format', 'json');
    writeFileSync(join(folder, 'known.json'), known);
    writeFileSync(join(folder, 'a.yml'), `# a comment\n${wrong}`);
    const passed = assay(['check', '.', '--baseline', 'known.json'], { cwd: folder });
    expect(passed.out).toBe('1 rule checked: 0 errors, 0 warnings, 0 notes; 1 finding known from the baseline.\n');
    expect(passed.status).toBe(0);
    writeFileSync(join(folder, 'a.yml'), wrong.replace(/^date.*$/m, 'date: 2024-13-01'));
    const failed = assay(['check', '.', '--baseline', 'known.json', '--format', 'json'], { cwd: folder });
    expect((JSON.parse(failed.out) as { code: string }[]).map(({ code }) => code)).toEqual(['check/date-invalid']);
    expect(failed.status).toBe(1);
  });

  it.each([
    ['is missing', 'none.json', 'there is no such file'],
    ['is something else', 'a.yml', 'the baseline is no JSON'],
  ])('refuses one that %s', (_what, name, message) => {
    const { out, err, status } = check({ 'a.yml': clean }, '--baseline', name);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

describe('--fix', () => {
  const old = clean
    .replace('2024-01-05', "'2024/01/05' # when it was made")
    .replace('attack.credential-access', 'attack.Credential_Access')
    .replaceAll('\n', '\r\n');

  it('changes the files, keeps comments and line breaks, and shows a diff that undoes it', () => {
    const { folder, out, status } = check({ 'a.yml': old }, '--fix');
    expect(readFileSync(join(folder, 'a.yml'), 'utf8')).toBe(
      clean.replace('2024-01-05', "'2024-01-05' # when it was made").replaceAll('\n', '\r\n'),
    );
    expect(out).toContain("-date: '2024/01/05' # when it was made\r\n+date: '2024-01-05' # when it was made\r\n");
    expect(out).toMatch(/1 rule checked: 0 errors, 0 warnings, 0 notes; 2 places fixed\.\n$/);
    expect(status).toBe(0);
  });

  it('keeps a byte order mark, and writes the diff apart from other formats', () => {
    const { folder, out, err } = check({ 'a.yml': `\ufeff${old}` }, '--fix', '--format', 'json');
    expect(readFileSync(join(folder, 'a.yml'), 'utf8')).toMatch(/^\ufefftitle/);
    expect(JSON.parse(out)).toEqual([]);
    expect(err).toContain('+++ a.yml');
  });

  it('leaves a file in another encoding, what is silenced, and a rule without faults', () => {
    const utf16 = Buffer.from(`\ufeff${old}`, 'utf16le');
    const folder = folderWith({ 'a.yml': new Uint8Array(utf16) });
    expect(assay(['check', 'a.yml', '--fix'], { cwd: folder })).toMatchObject({ status: 2 });
    expect(readFileSync(join(folder, 'a.yml')).equals(utf16)).toBe(true);
    const kept = `# assay-ignore check/tag-form, check/date-format: a copy from elsewhere\n${old}`;
    const silenced = check({ 'a.yml': kept, 'b.yml': clean }, '--fix');
    expect(readFileSync(join(silenced.folder, 'a.yml'), 'utf8')).toBe(kept);
    expect(readFileSync(join(silenced.folder, 'b.yml'), 'utf8')).toBe(clean);
  });

  it('can not change standard input', () => {
    const { status, err } = assay(['check', '-', '--fix'], { input: old });
    expect(err).toContain('standard input can not be changed');
    expect(status).toBe(2);
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    { readonly tool: { readonly driver: { readonly rules: object[] } }; readonly results: Record<string, unknown>[] },
  ];
}

describe('--format', () => {
  it('sarif holds findings with their places, and silenced ones with their reasons', () => {
    const { out, status } = check(
      {
        'a b/ü.yml': wrong,
        'c.yml': `# assay-ignore check/date-missing: as it came\n${undated.replace('7a01', '7a03')}`,
      },
      '--format',
      'sarif',
    );
    const { version, runs } = JSON.parse(out) as Sarif;
    const [{ tool, results }] = runs;
    expect(version).toBe('2.1.0');
    expect(tool.driver.rules).toEqual([
      { id: 'check/date-missing' },
      { id: 'check/file-name' },
      { id: 'check/id-invalid' },
    ]);
    expect(results).toContainEqual({
      ruleId: 'check/id-invalid',
      ruleIndex: 2,
      level: 'error',
      message: { text: "the id '12' is no UUID" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%C3%BC.yml' },
            region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 7 },
          },
        },
      ],
    });
    expect(results.at(-1)).toMatchObject({
      ruleId: 'check/date-missing',
      level: 'note',
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'as it came' }],
    });
    expect(status).toBe(1);
  });

  it('junit has one case a file, which errors fail, and escapes what XML reserves', () => {
    const hostile = wrong.replace('id: 12', `id: "]]><a b='1'>&\\u0001"`);
    const { out, status } = check(
      { 'bad.yml': hostile, 'good.yml': clean, 'note.yml': undated.replace('7a01', '7a02') },
      '--format',
      'junit',
    );
    expect(out).toContain('<testsuites name="assay check" tests="3" failures="1" errors="0">');
    expect(out).toContain('<testcase classname="assay.check" name="good.yml"/>');
    expect(out).toContain(
      `<failure type="check/id-invalid" message="the id &apos;]]&gt;&lt;a b=&apos;1&apos;&gt;&amp;\ufffd&apos; is no UUID">`,
    );
    expect(out).toMatch(/name="note.yml">\n *<system-out>[^<]*check\/date-missing[^<]*<\/system-out>/);
    expect(status).toBe(1);
  });
});
