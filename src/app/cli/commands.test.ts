import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extensionOf, targets } from '../../formats/targets.ts';
import { commands } from './commands.ts';
import { assay, fixture, folderWith, linesOf, program } from './testing/assay.ts';

const whoami = fixture('rules', 'whoami.yml');
const morning = fixture('events', 'morning.ndjson');

describe('assay', () => {
  it('tells its version without loading anything', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(assay(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
    expect(assay(['-V']).out).toBe(`${version}\n`);
  });

  it('explains itself', () => {
    const { out, status } = assay(['--help']);
    expect(status).toBe(0);
    for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`${name}.*${summary.slice(0, 20)}`));
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'explains %s, with examples',
    (name, command) => {
      const { out, status } = assay(['help', name]);
      expect(status).toBe(0);
      for (const { line } of command.examples) expect(out).toContain(`$ assay ${line}`);
      for (const { flags } of command.options) expect(out).toContain(flags);
      expect(assay([name, '--help']).out).toBe(out);
    },
  );

  it.each([
    [[], /Usage: assay/],
    [['hnt'], /unknown command 'hnt'\n\(Did you mean hunt\?\)/],
    [['hunt', 'x', '--ruls', 'y'], /unknown option '--ruls'\n\(Did you mean --rules\?\)/],
    [['hunt', 'x'], /hunt needs --rules <path\.\.\.>: files or folders of Sigma rules/],
    [['hunt', '--rules', 'x'], /missing required argument 'events'/],
    [['hunt', 'x', '--rules', 'y', '--format', 'xml'], /Allowed choices are table, ndjson, csv, html/],
    [['targets', 'x'], /too many arguments/],
  ])('refuses %j with status 2', (words, message) => {
    const { status, out, err } = assay(words);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  it('stays quiet when its reader leaves', async () => {
    const folder = folderWith({ 'many.ndjson': '{"a":"some event"}\n'.repeat(200_000) });
    const child = spawn(process.execPath, [program, 'events', join(folder, 'many.ndjson')]);
    let err = '';
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = await once(child, 'exit');
    expect([status, err]).toEqual([0, '']);
  });
});

describe('events', () => {
  it('writes any file as NDJSON, exact to the digit, and says what it left out', () => {
    const { out, err, status } = assay(['events', morning]);
    expect(status).toBe(0);
    expect(linesOf(out)).toHaveLength(4);
    expect(out).toContain('"Keywords":-9223372036854775808');
    expect(err).toContain('record 4: not JSON');
  });

  it('reads standard input, packed or not', () => {
    for (const input of ['[{"a":1},{"a":2}]', gzipSync(Buffer.from('{"a":1}\n{"a":2}'))])
      expect(assay(['events', '-'], { input }).out).toBe('{"a":1}\n{"a":2}\n');
  });
});

describe('convert', () => {
  it('prints the query with author and verdict in a comment', () => {
    const { out, err, status } = assay(['convert', whoami, '--to', 'splunk']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('``` Whoami Asked for Privileges ```\n');
    expect(out).toMatch(/``` rule 6f2d3c1a.*, by Ada Example, Ben Example, DRL-1\.1 \(.*whoami\.yml\) ```\n/);
    expect(out).toMatch(/``` splunk in the fields of windows-ta: \w+, /);
    expect(out).toContain('Image="*\\\\whoami.exe"');
  });

  it('lets no title end its comment', () => {
    const folder = folderWith({
      'r.yml': 'title: "a ``` | delete\\n| b"\nlogsource: {product: windows}\ndetection: {s: {A: 1}, condition: s}\n',
    });
    const { out } = assay(['convert', 'r.yml', '--to', 'splunk'], { cwd: folder });
    expect(out.split('\n')[0]).toBe("``` a ''' | delete | b ```");
  });

  it('writes all that is known as JSON, in the shape of the contract', () => {
    const { out, status } = assay(['convert', whoami, '--to', 'splunk,es-qs', '--format', 'json']);
    expect(status).toBe(0);
    const conversions = JSON.parse(out) as Record<string, unknown>[];
    expect(conversions.map(({ target, profile }) => [target, profile])).toEqual([
      ['splunk', 'windows-ta'],
      ['es-qs', 'winlogbeat'],
    ]);
    const [first] = conversions;
    expect(first).toMatchObject({
      rule: { id: expect.stringMatching(/^6f2d/), title: 'Whoami Asked for Privileges', file: whoami },
      diagnostics: [],
    });
    const [query] = first!['queries'] as Record<string, unknown>[];
    for (const key of ['text', 'verdict', 'basis', 'except', 'losses', 'missed', 'extra', 'assumptions'])
      expect(query).toHaveProperty(key);
  });

  it('says of a rule that a language can not say why, and where', () => {
    const rule = readFileSync(whoami, 'utf8').replace("|contains: '/priv'", '|fieldref: Image');
    const folder = folderWith({ 'r.yml': rule });
    const { status, out, err } = assay(['convert', 'r.yml', '--to', 'es-qs'], { cwd: folder });
    expect([status, out]).toEqual([0, '']);
    expect(err).toMatch(/^r\.yml:17:\d+: warning: es-qs can not say this rule: .* \[convert\/refused\]\n\n17 \| /);
  });

  it('takes the fields of another schema', () => {
    const { out } = assay(['convert', whoami, '--to', 'es-qs', '--fields', 'ecs']);
    expect(out).toContain('process.');
    const { status, err } = assay(['convert', whoami, '--to', 'es-qs', '--fields', 'winlogbeet']);
    expect(status).toBe(2);
    expect(err).toContain("there is no profile 'winlogbeet' [usage]\n\nhint: did you mean 'winlogbeat'?");
  });

  it('lets a site decide about a watch, and reads it again', () => {
    const folder = folderWith({ 'r.yml': readFileSync(whoami) });
    const set = ['--set', 'indices=logs-*,old-*', 'recipient=soc@example.org'];
    const { status, out } = assay(['convert', 'r.yml', '--to', 'xpack-watcher,splunk', ...set], { cwd: folder });
    expect(status).toBe(0);
    expect(out).toMatch(/^# Whoami Asked for Privileges\n/);
    expect(out).toMatch(/"indices": \[\n +"logs-\*",\n +"old-\*"\n/);
    expect(out).toContain('soc@example.org');
    assay(['convert', 'r.yml', '--to', 'xpack-watcher', '--out', 'out'], { cwd: folder });
    for (const watch of ['out/r.xpack-watcher.sh', 'xpack-watcher:@out/r.xpack-watcher.sh']) {
      const compared = assay(['compare', 'r.yml', watch, '--format', 'json'], { cwd: folder });
      expect(JSON.parse(compared.out)).toMatchObject({ relation: 'equivalent' });
    }
  });

  it.each([
    ['indices', "--set takes name=value, and 'indices' is none"],
    ['indexes=x', "there is no setting 'indexes' [usage]\n\nhint: did you mean 'indices'?"],
    ['interval=often', "--set interval: 'often' is no length of time such as 5m"],
  ])('says what is wrong with --set %s', (assignment, message) => {
    const { status, err } = assay(['convert', whoami, '--to', 'xpack-watcher', '--set', assignment]);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(assay(['convert', whoami, '--to', 'splunk', '--set', 'a=b']).err).toContain('none of the targets');
  });

  it('writes a file for each rule and target, inside the folder only', () => {
    const folder = folderWith({
      'rules/a/x.yml': readFileSync(whoami),
      'rules/b/x.yml': readFileSync(whoami, 'utf8').replace('7a01', '7a09').replace('priv', 'groups'),
    });
    const { status, out, err } = assay(['convert', 'rules', '--to', 'all', '--out', 'deep/out'], { cwd: folder });
    expect(status).toBe(0);
    const files = readdirSync(join(folder, 'deep/out')).sort();
    const expected = targets.flatMap((target) => [
      `x.${target.name}.${extensionOf(target)}`,
      `x.${target.name}-2.${extensionOf(target)}`,
    ]);
    expect(files).toEqual(['conversions.json', 'matrix.csv', ...expected].sort());
    expect(err).toMatch(new RegExp(`^ +splunk\n +\\| ${targets[1]!.name}\n`, 'm'));
    expect(err).toMatch(/^splunk: 2 exact/m);
    expect(out.trim().split('\n')).toHaveLength(files.length);
    expect(JSON.parse(readFileSync(join(folder, 'deep/out/conversions.json'), 'utf8'))).toHaveLength(
      2 * targets.length,
    );
  });
});

describe('explain', () => {
  it('says test by test why a rule selects an event', () => {
    const { out, status } = assay(['explain', whoami, `${morning}#2`]);
    expect(status).toBe(0);
    expect(out).toContain('not selected\n');
    expect(out).toMatch(/^yes {2}.*Image ends with '\\whoami\.exe' {3}\(C:\\Windows\\System32\\whoami\.exe\)$/m);
    expect(out).toMatch(/^no {3}.*CommandLine contains '\/priv' {3}\(=whoami "x", y\)$/m);
    expect(assay(['explain', whoami, `${morning}#5`]).out).toContain('\nselected\n');
    expect(assay(['explain', whoami, `${morning}#3`]).out).toMatch(/^no {3}the log source wants sysmon\/1/m);
  });

  it('takes an event as JSON, and one rule of several', () => {
    const event = '{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":3,"DestinationPort":4444}';
    expect(assay(['explain', `${fixture('rules', 'several.yaml')}#1`, event]).out).toContain('\nselected\n');
  });

  it.each([
    [[whoami, morning], 'it holds more than one event [events/several]'],
    [[whoami, `${morning}#4`], 'not JSON: column 1'],
    [[whoami, `${morning}#40`], 'it has no record 40'],
    [[`${fixture('rules', 'several.yaml')}#7`, '{}'], 'it has no rule #7'],
    [['missing.yml', '{}'], 'there is no such file or folder'],
    [[whoami, '{"a":'], 'the text ends here'],
  ])('refuses %j', (words, message) => {
    const { status, err } = assay(['explain', ...words]);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});

describe('check', () => {
  it('passes good rules and names what is wrong with others', () => {
    const passed = assay(['check', whoami]);
    expect(passed.status).toBe(0);
    expect(passed.out).toMatch(/\n1 rule checked: 0 errors, 0 warnings, 2 notes\.\n$/);
    const folder = folderWith({
      'never.yml':
        'title: Never\nlogsource: {product: windows}\ndetection:\n  s: {A: x}\n  t: {A: y}\n  condition: s and t\n',
    });
    const { status, out } = assay(['check', 'never.yml', '--format', 'json'], { cwd: folder });
    expect(status).toBe(1);
    expect(JSON.parse(out)).toContainEqual({
      code: 'meaning/never',
      severity: 'error',
      message: 'this rule can never match',
      file: 'never.yml',
      line: 4,
      column: expect.any(Number),
      hint: expect.any(String),
    });
  });

  it('finds rules that select the same', () => {
    const folder = folderWith({
      'a.yml': readFileSync(whoami),
      'b.yml': readFileSync(whoami, 'utf8').replace('7a01', '7a09'),
    });
    const { out, status } = assay(['check', '.', '--duplicates'], { cwd: folder });
    expect(status).toBe(0);
    expect(out).toContain("selects the same events as 'Whoami Asked for Privileges'");
  });
});

describe('new', () => {
  it('writes a rule that can be read and passes its own samples', () => {
    const title = 'It\'s: a #1 "test" & \\ More';
    const { out, status } = assay(['new', title]);
    expect(status).toBe(0);
    const folder = folderWith({ 'r.yml': out });
    expect(assay(['check', 'r.yml', '--format', 'json'], { cwd: folder })).toMatchObject({ status: 0, out: '[]\n' });
    const event =
      '{"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\tool.exe","CommandLine":"x --switch y"}';
    const why = assay(['explain', 'r.yml', event], { cwd: folder });
    expect(why.out).toContain(title);
    expect(why.out).toContain('\nselected\n');
  });

  it('names the file from the title and never overwrites one', () => {
    const folder = folderWith({});
    const made = assay(['new', '../../Dump of LSASS, by Comsvcs!', '--out', '.'], { cwd: folder });
    expect(made).toMatchObject({ status: 0, out: 'dump_of_lsass_by_comsvcs.yml\n' });
    const before = readFileSync(join(folder, 'dump_of_lsass_by_comsvcs.yml'), 'utf8');
    const again = assay(['new', 'Dump of LSASS by Comsvcs', '--out', '.'], { cwd: folder });
    expect(again).toMatchObject({ status: 2, out: '' });
    expect(again.err).toContain('it exists already and is left as it is');
    expect(readFileSync(join(folder, 'dump_of_lsass_by_comsvcs.yml'), 'utf8')).toBe(before);
    expect(assay(['new', '  ']).status).toBe(2);
  });
});

describe('targets and demo', () => {
  it('lists every target', () => {
    const { out } = assay(['targets', '--format', 'json']);
    expect((JSON.parse(out) as { name: string }[]).map(({ name }) => name)).toEqual(targets.map(({ name }) => name));
    const lines = assay(['targets']).out.split('\n');
    for (const [index, { name }] of targets.entries()) expect(lines[index + 1]).toMatch(new RegExp(`^${name} `));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}--set interval=5m +how often/));
  });

  it('draws the demo', () => {
    const { out, status, err } = assay(['demo']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('Who detects what');
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('writes a script that %s reads, with every command and option', (shell) => {
    const { out, status } = assay(['completion', shell]);
    expect(status).toBe(0);
    for (const { name, options } of commands) {
      expect(out).toContain(name);
      for (const { flags } of options) expect(out).toContain(/--([\w-]+)/.exec(flags)![1]);
    }
    const installed = ['/bin', '/usr/bin'].some((folder) => existsSync(join(folder, shell)));
    if (installed) expect(spawnSync(shell, ['-n'], { input: out }).stderr.toString()).toBe('');
  });

  it('completes in bash', () => {
    const ask = (words: string) => {
      const script = `${assay(['completion', 'bash']).out}\nCOMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _assay; echo "\${COMPREPLY[@]}"`;
      return spawnSync('bash', { input: script }).stdout.toString().trim();
    };
    expect(ask('assay hu')).toBe('hunt');
    expect(ask('assay hunt --su')).toBe('--summary');
    expect(ask('assay hunt x --format nd')).toBe('ndjson');
  });

  it('knows no other shell', () => {
    expect(assay(['completion', 'zhs'])).toMatchObject({
      status: 2,
      err: expect.stringContaining("did you mean 'zsh'?"),
    });
  });
});
