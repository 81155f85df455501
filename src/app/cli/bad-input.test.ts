import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assay, fixture, folderWith, linesOf } from './testing/assay.ts';

const good = readFileSync(fixture('rules', 'whoami.yml'), 'utf8');
const event =
  '{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Image":"C:\\\\whoami.exe","CommandLine":"whoami /priv"}';

/** Hunts `e.ndjson` with all rules of `rules`, in a folder of its own. */
function hunt(files: Readonly<Record<string, string | Uint8Array>>, ...more: readonly string[]) {
  const folder = folderWith({ 'e.ndjson': `${event}\n`, ...files });
  return { folder, ...assay(['hunt', 'e.ndjson', '--rules', 'rules', '--format', 'ndjson', ...more], { cwd: folder }) };
}

describe('rules', () => {
  it.each([
    [
      'malformed YAML',
      'title: A\ndetection:\n  s: {Image: x\n',
      /rules\/bad\.yml:\d+:\d+: error: .*no valid YAML.*\n\n\d+ \| /,
    ],
    ['no map', '- a\n- b\n', /rules\/bad\.yml:1:1: error: a rule is a map/],
    ['nothing that is known', 'title: A\n', /rules\/bad\.yml:\d+:\d+: error: /],
    [
      'an unknown modifier',
      good.replace('|contains', '|containz'),
      /error: .*containz[^]*hint: did you mean 'contains'/,
    ],
    [
      'an unknown selection',
      good.replace('tool and question', 'tool and qestion'),
      /error: [^]*hint: did you mean 'question'/,
    ],
    [
      'a broken regular expression',
      good.replace("|contains: '/priv'", "|re: '(a'"),
      /rules\/bad\.yml:\d+:\d+: error: /,
    ],
  ])('names a rule with %s, and runs the others', (_what, text, message) => {
    const { status, out, err } = hunt({ 'rules/good.yml': good, 'rules/bad.yml': text });
    expect(err).toMatch(message);
    expect(linesOf(out)).toHaveLength(1);
    expect(status).toBe(2);
  });

  it('gives up a document whose aliases explode, and runs the others', () => {
    const rows = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [index, name] of [...'bcdefghij'].entries()) {
      const before = 'abcdefghij'[index]!;
      rows.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`);
    }
    const bomb = `title: T\n${rows.join('\n')}\nlogsource: {product: windows}\ndetection: {s: {A: *j}, condition: s}\n`;
    const { status, out, err } = hunt({ 'rules/good.yml': good, 'rules/bomb.yml': bomb });
    expect(err).toMatch(/rules\/bomb\.yml:\d+:\d+: error: .*aliases/);
    expect(linesOf(out)).toHaveLength(1);
    expect(status).toBe(2);
  });

  it('gives up parentheses nested without end', () => {
    const deep = good.replace('tool and question', `${'('.repeat(50_000)}tool${')'.repeat(50_000)}`);
    const { status, err } = hunt({ 'rules/good.yml': good, 'rules/deep.yml': deep });
    expect(err).toMatch(/rules\/deep\.yml:\d+:\d+: error: /);
    expect(status).toBe(2);
  });

  it('runs a regular expression that would take others for ever', () => {
    const slow = good.replace("|contains: '/priv'", () => "|re: '^(a+)+$'").replace('7a01', '7a99');
    const long = event.replace('whoami /priv', `${'a'.repeat(50_000)}!`);
    const { status, out } = hunt({ 'rules/slow.yml': slow, 'e.ndjson': `${long}\n` });
    expect(status).toBe(0);
    expect(out).toBe('');
  });

  it('warns of two rules with one id, and loads equal ones once', () => {
    const files = { 'rules/a.yml': good, 'rules/b.yml': good, 'rules/c.yml': good.replace('/priv', 'priv') };
    const { folder, status, out, err } = hunt(files, '--summary', 's.json');
    expect(status).toBe(0);
    expect(err).toMatch(/rules\/c\.yml:2:5: warning: the id is also that of rules\/a\.yml/);
    expect(err).not.toContain('b.yml');
    expect(linesOf(out)).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(folder, 's.json'), 'utf8'))).toMatchObject({ rules: { loaded: 2 } });
  });

  it('refuses a rule that is no UTF-8, and reads UTF-16', () => {
    const latin1 = Buffer.from(good.replace('Ada Example', 'Zoé Example'), 'latin1');
    const utf16 = Buffer.from(`\ufeff${good}`, 'utf16le');
    const { status, out, err } = hunt({ 'rules/latin1.yml': latin1, 'rules/utf16.yml': utf16 });
    expect(err).toMatch(/rules\/latin1\.yml:5:\d+: error: this byte is no UTF-8[^]*\^[^]*hint: save the file as UTF-8/);
    expect(linesOf(out)).toHaveLength(1);
    expect(status).toBe(2);
  });

  it('says that a folder holds no rule', () => {
    const { status, out, err } = hunt({ 'rules/readme.txt': 'none' });
    expect([status, out]).toEqual([2, '']);
    expect(err).toBe(
      'rules: error: there is no rule here: no file of the folder ends in .yml or .yaml [rules/none]\n\n',
    );
  });

  it('says of a query in another language that it is not read', () => {
    const folder = folderWith({ 'q.spl': 'Image=x', 'e.json': '{}' });
    const { status, err } = assay(['hunt', 'e.json', '--rules', 'q.spl'], { cwd: folder });
    expect(status).toBe(2);
    expect(err).toContain('q.spl: error: rules in .spl files are not read');
  });
});

describe('events', () => {
  it('passes over a line of 50 MB without holding it', () => {
    const line = Buffer.alloc(50 * 1024 * 1024, 'x');
    const content = Buffer.concat([Buffer.from(`${event}\n{"a":"`), line, Buffer.from(`"}\n${event}\n`)]);
    const folder = folderWith({ 'e.ndjson': content, 'r.yml': good });
    // Of this program alone: `maxRSS` would count its parent in.
    const tellMemory =
      'data:text/javascript,import{readFileSync as r}from"node:fs";process.on("exit",()=>{try{console.error(r("/proc/self/status","utf8"))}catch{}})';
    const { status, out, err } = assay(['hunt', 'e.ndjson', '--rules', 'r.yml', '--format', 'ndjson'], {
      cwd: folder,
      node: ['--import', tellMemory],
    });
    expect(linesOf(out).map(({ from }) => from)).toEqual([
      { file: 'e.ndjson', record: 1 },
      { file: 'e.ndjson', record: 3 },
    ]);
    expect(err).toContain('e.ndjson: warning: record 2: a line of 52428808 bytes; at most 16777216 are read');
    expect(status).toBe(0);
    // In KB, on Linux: the program alone takes about 70 MB; the line held but once would take 50 more.
    const [, peak = '0'] = /VmHWM:\s*(\d+)/.exec(err) ?? [];
    expect(Number(peak)).toBeLessThan(140 * 1024);
  });

  it('reads an event with bytes that are no UTF-8, and says so', () => {
    const content = Buffer.concat([Buffer.from(event.slice(0, -2)), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    const { status, out, err } = hunt({ 'rules/good.yml': good, 'e.ndjson': content });
    expect(linesOf(out)).toHaveLength(1);
    expect(err).toContain('e.ndjson: warning: 1 record with bytes that are no UTF-8, or ');
    expect(status).toBe(0);
  });

  it('reads all other files when one is missing', () => {
    const { status, out, err } = hunt({ 'rules/good.yml': good }, '--level', 'high');
    expect([status, linesOf(out).length, err]).toEqual([0, 1, '']);
    const folder = folderWith({ 'e.ndjson': event, 'r.yml': good });
    const two = assay(['hunt', 'missing.json', 'e.ndjson', '--rules', 'r.yml', '--format', 'ndjson'], { cwd: folder });
    expect(linesOf(two.out)).toHaveLength(1);
    expect(two.err).toBe('missing.json: error: there is no such file or folder [file/missing]\n\n');
    expect(two.status).toBe(2);
  });

  it('is strict with a foreign file that is named, and lenient in a folder', () => {
    const folder = folderWith({
      'logs/e.ndjson': event,
      'logs/x.evtx': 'ElfFile\0',
      'logs/LICENSE': 'May',
      'r.yml': good,
    });
    const whole = assay(['hunt', 'logs', '--rules', 'r.yml', '--format', 'ndjson'], { cwd: folder });
    expect(linesOf(whole.out)).toHaveLength(1);
    expect(whole.err).toMatch(/logs\/LICENSE: warning: passed over: neither JSON/);
    expect(whole.err).toMatch(/logs\/x\.evtx: warning: passed over: it holds no chunk/);
    expect(whole.status).toBe(0);
    const named = assay(['hunt', 'logs/x.evtx', '--rules', 'r.yml'], { cwd: folder });
    expect(named.err).toMatch(/logs\/x\.evtx: error: it holds no chunk/);
    expect(named.status).toBe(2);
  });

  it('follows no link in a circle, and passes over one that leads nowhere', () => {
    const folder = folderWith({ 'logs/e.ndjson': event, 'r.yml': good });
    symlinkSync(join(folder, 'logs'), join(folder, 'logs', 'again'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'logs', 'gone.json'));
    const { status, out, err } = assay(['hunt', 'logs', '--rules', 'r.yml', '--format', 'ndjson'], { cwd: folder });
    expect([status, linesOf(out).length, err]).toEqual([0, 1, '']);
  });

  it.skipIf(process.getuid?.() === 0)('says that a file may not be opened', () => {
    const folder = folderWith({ 'e.ndjson': event, 'r.yml': good });
    chmodSync(join(folder, 'e.ndjson'), 0);
    const { status, err } = assay(['hunt', 'e.ndjson', '--rules', 'r.yml'], { cwd: folder });
    expect(status).toBe(2);
    expect(err).toContain('e.ndjson: error: it may not be opened: permission denied');
  });

  it('refuses to take rules and events from one pipe', () => {
    const { status, err } = assay(['hunt', '-', '--rules', '-'], { input: event });
    expect(status).toBe(2);
    expect(err).toContain('can not both come from standard input');
  });
});

describe('results', () => {
  it('says that a summary could not be written', () => {
    const { status, out, err } = hunt({ 'rules/good.yml': good }, '--summary', 'no/such/folder/s.json');
    expect(linesOf(out)).toHaveLength(1);
    expect(err).toContain('no/such/folder/s.json: error: there is no such file or folder');
    expect(status).toBe(2);
  });

  it('names the nearest target', () => {
    const { status, err, out } = assay(['convert', fixture('rules', 'whoami.yml'), '--to', 'splunk,es-sq']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toBe("assay: error: there is no target 'es-sq' [usage]\n\nhint: did you mean 'es-qs'?\n\n");
  });
});
