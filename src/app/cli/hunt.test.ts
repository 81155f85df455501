import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { assay, fixture, folderWith, linesOf } from './testing/assay.ts';

const rules = fixture('rules');
const events = fixture('events', 'morning.ndjson');
const privileges = '6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a01';
const burst = '6f2d3c1a-5d0b-4d53-9a64-0c1f3b8f7a03';

describe('hunt --format ndjson', () => {
  it('writes one line a hit, in the order of the events, rules over several events last', () => {
    const { status, out } = assay(['hunt', events, '--rules', rules, '--format', 'ndjson']);
    expect(status).toBe(0);
    const hits = linesOf(out);
    expect(hits.map(({ rule, from }) => [(rule as { id: string }).id, (from as { record: number }).record])).toEqual([
      [privileges, 1],
      [`${fixture('rules', 'several.yaml')}#1`, 3],
      [privileges, 5],
      [burst, 2],
    ]);
    const [first, second, third, last] = hits;
    expect(Object.keys(first!)).toEqual(['rule', 'time', 'from', 'matched', 'event']);
    expect(first).toMatchObject({
      rule: {
        id: privileges,
        title: 'Whoami Asked for Privileges',
        level: 'high',
        author: 'Ada Example, Ben Example',
        license: 'DRL-1.1',
        file: fixture('rules', 'whoami.yml'),
      },
      from: { file: events, record: 1 },
      matched: [
        { selection: 'tool', field: 'Image', value: 'C:\\Windows\\System32\\whoami.exe' },
        { selection: 'question', field: 'CommandLine', value: 'whoami /priv' },
      ],
    });
    expect(new Date(first!['time'] as string).toISOString()).toBe('2026-03-01T09:00:00.000Z');
    expect(out.split('\n')[0]).toContain('"Keywords":-9223372036854775808,');
    expect(second).toMatchObject({ rule: { license: null }, event: { DestinationPort: 4444 } });
    expect(third).toMatchObject({ event: { NewProcessName: 'C:\\Windows\\System32\\whoami.exe' } });
    expect(last).toMatchObject({ together: [{ file: events, record: 1 }] });
  });

  it('reads the same events from an array, gzip, ZIP, a folder and standard input', () => {
    const text = readFileSync(events);
    const good = text
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const folder = folderWith({
      'a.json': `[${good.join(',\n')}]`,
      'b.ndjson.gz': gzipSync(text),
      'c.zip': zipSync({ 'inner/d.json': text }),
    });
    const hunted = (words: string[], input = '') =>
      linesOf(
        assay(['hunt', ...words, '--rules', fixture('rules', 'whoami.yml'), '--format', 'ndjson'], { input }).out,
      );
    expect(hunted([join(folder, 'a.json')]).map(({ from }) => from)).toEqual([
      { file: join(folder, 'a.json'), record: 0 },
      { file: join(folder, 'a.json'), record: 3 },
    ]);
    expect(hunted([folder]).map(({ from }) => (from as { record: number }).record)).toEqual([0, 3, 1, 5, 1, 5]);
    expect(hunted([join(folder, 'c.zip')])[0]).toMatchObject({
      from: { file: `${join(folder, 'c.zip')}!inner/d.json`, record: 1 },
    });
    expect(hunted(['-'], text.toString())[1]).toMatchObject({ from: { file: '-', record: 5 } });
  });
});

describe('hunt --summary', () => {
  it('accounts for every event and every rule', () => {
    const folder = folderWith({});
    const file = join(folder, 'summary.json');
    const { status } = assay(['hunt', events, '--rules', rules, '--format', 'ndjson', '--summary', file]);
    expect(status).toBe(0);
    const several = fixture('rules', 'several.yaml');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      events: 4,
      bytes: readFileSync(events).length,
      seconds: expect.any(Number),
      skipped: [{ file: events, record: 4, reason: 'not JSON: column 1: expected a value' }],
      flagged: [],
      rules: {
        loaded: 4,
        runnable: 3,
        needsValues: [{ id: `${several}#2`, placeholders: ['administrators'] }],
        notRunnable: [],
      },
      hits: { [privileges]: 2, [`${several}#1`]: 1, [burst]: 1 },
    });
  });

  it('says of a rule that no event could ever fit why', () => {
    const folder = folderWith({
      'r.yml': 'title: T\nlogsource: {product: cobol}\ndetection: {s: {A: 1}, condition: s}\n',
      'e.json': '{"A":1}',
    });
    assay(['hunt', 'e.json', '--rules', 'r.yml', '--summary', 's.json'], { cwd: folder });
    expect(JSON.parse(readFileSync(join(folder, 's.json'), 'utf8'))).toMatchObject({
      events: 1,
      rules: {
        loaded: 1,
        runnable: 0,
        notRunnable: [{ id: 'r.yml', file: 'r.yml', reason: expect.stringMatching(/cobol/) }],
      },
      hits: {},
    });
  });
});

describe('hunt filters', () => {
  const titles = (...words: string[]) =>
    linesOf(assay(['hunt', events, '--rules', rules, '--format', 'ndjson', ...words]).out).map(
      ({ rule }) => (rule as { title: string }).title,
    );
  const [asked, connection, twice] = ['Whoami Asked for Privileges', 'Any Connection', 'Whoami Twice in a Minute'];

  it('takes rules of a level and above', () => {
    expect(titles('--level', 'high')).toEqual([asked, asked, twice]);
    expect(titles('--level', 'Critical')).toEqual([twice]);
  });

  it('takes rules by status and tag', () => {
    expect(titles('--status', 'experimental,stable')).toEqual([connection]);
    expect(titles('--tag', 'attack.t1033')).toEqual([asked, asked]);
    expect(titles('--tag', 'T1033')).toEqual([asked, asked]);
    expect(titles('--tag', 'attack')).toEqual([asked, asked]);
    expect(titles('--tag', 't103')).toEqual([]);
  });

  it('takes events by time, both ends included', () => {
    expect(titles('--since', '2026-03-02')).toEqual([asked]);
    expect(titles('--until', '2026-03-01')).toEqual([asked, connection, twice]);
    expect(titles('--since', '2026-03-01T10:00', '--until', '2026-03-01T11:00:00+01:00')).toEqual([connection]);
  });

  it('leaves out the rules of a list', () => {
    const list = join(folderWith({}), 'list.txt');
    writeFileSync(list, `# noisy\n${privileges}  # whoami\n\nseveral.yaml\nnothing-like-this\n`);
    const { out, err, status } = assay(['hunt', events, '--rules', rules, '--format', 'ndjson', '--exclude', list]);
    expect(linesOf(out).map(({ rule }) => (rule as { title: string }).title)).toEqual([twice]);
    expect(err).toMatch(/list\.txt:5:1: warning: no rule has this id/);
    expect(status).toBe(0);
  });

  it.each([
    [['--level', 'hgh'], "there is no level 'hgh'", "did you mean 'high'?"],
    [['--status', 'good'], "there is no status 'good'", 'choose from deprecated, experimental'],
    [['--since', 'yesterday'], "--since 'yesterday' is no time", 'write 2026-11-21'],
    [['--since', '2026-02-30'], "--since '2026-02-30' is no time", 'write'],
    [['--since', '2026-03-02', '--until', '2026-03-01'], '--since lies after --until', ''],
    [['--exclude', 'missing.txt'], 'missing.txt: error: there is no such file', ''],
  ])('refuses %j', (words, message, hint) => {
    const { status, err } = assay(['hunt', events, '--rules', rules, ...words]);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(hint);
  });
});

describe('hunt for people', () => {
  it('writes a table that names the author of each rule, and a last line that counts', () => {
    const { out, err, status } = assay(['hunt', events, '--rules', rules]);
    expect(status).toBe(0);
    expect(out).toContain('2026-03-01 09:00:00  high           Whoami Asked for Privileges  WS01\n');
    expect(out).toContain(`  ${events}:1  Image: C:\\Windows\\System32\\whoami.exe  CommandLine: whoami /priv\n`);
    expect(out).toMatch(/2 {2}high {11}Whoami Asked for Privileges\n +by Ada Example, Ben Example, DRL-1\.1/);
    expect(out).toMatch(/4 hits of 3 rules in 4 events \(1 file, 895 bytes, \d+\.\d s\)\.\n3 of 4 rules could run; /);
    expect(out).toContain('1 record or file could not be read.');
    expect(err).toBe(`${events}: warning: record 4: not JSON: column 1: expected a value [events/skipped]\n\n`);
  });

  it('writes CSV that no spreadsheet runs', () => {
    const { out } = assay(['hunt', events, '--rules', fixture('rules', 'bursts.yml'), '--format', 'csv']);
    const folder = folderWith({
      'r.yml':
        'title: "=1+1"\nauthor: "a\\nb"\nlogsource: {product: windows}\ndetection: {s: {A: "*"}, condition: s}\n',
      'e.json': '{"Channel":"Security","A":"@SUM(1)"}',
    });
    expect(out.split('\r\n')[0]).toBe('time,level,rule,id,author,license,rule file,host,file,record,matched,event');
    const hostile = assay(['hunt', 'e.json', '--rules', 'r.yml', '--format', 'csv'], { cwd: folder }).out;
    expect(hostile.split('\r\n')[1]).toBe(
      `,,'=1+1,r.yml,"a\nb",,r.yml,,e.json,1,A: @SUM(1),"{""Channel"":""Security"",""A"":""@SUM(1)""}"`,
    );
  });

  it('writes a page that stands alone and can not be broken out of', () => {
    const folder = folderWith({
      'r.yml':
        'title: <script>alert(1)</script>\nlogsource: {product: windows}\ndetection: {s: {A: "*"}, condition: s}\n',
      'e.json': '{"Channel":"Security","A":"</pre><img src=x onerror=alert(1)>\\u202e"}',
    });
    const { out, status } = assay(['hunt', 'e.json', '--rules', 'r.yml', '--format', 'html'], { cwd: folder });
    expect(status).toBe(0);
    expect(out).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(out).not.toMatch(/<script|<img|https?:|<link[^>]*css/);
    expect(out.trimEnd()).toMatch(/<\/html>$/);
  });

  it('shows no control character of an event', () => {
    const folder = folderWith({
      'r.yml': 'title: T\nlogsource: {product: windows}\ndetection: {s: {A: "*"}, condition: s}\n',
      'e.json': '{"Channel":"Security","A":"a\\u001b[2Jb\\u202ec"}',
    });
    expect(assay(['hunt', 'e.json', '--rules', 'r.yml'], { cwd: folder }).out).toContain('A: a [2Jb c');
  });
});
