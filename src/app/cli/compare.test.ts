import { describe, expect, it } from 'vitest';
import { assay, folderWith } from './testing/assay.ts';

const seeds = ['002-comsvcs', '003-splunk-comsvcs', '004-wasoc-lsass'].map((name) => `content/seeds/${name}.yml`);
const rule = (value: string, name = 'A') =>
  `title: ${name}\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine|contains: ${value}}, condition: s}\n`;

describe('compare, as text', () => {
  it('says it in a sentence, shows events with what decides them, and the place in the rule', () => {
    const { status, out, err } = assay(['compare', seeds[0]!, seeds[1]!]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "A  content/seeds/002-comsvcs.yml  Process Dump Through Rundll32 and Comsvcs
      B  content/seeds/003-splunk-comsvcs.yml  Rundll32 Comsvcs Memory Dump

      A and B overlap: each selects events that the other misses.

      Only A selects:
          Channel      Microsoft-Windows-Sysmon/Operational
          EventID      1
        > CommandLine  rundll32.exe C:\\Windows\\System32\\comsvcs.dll,#24 624 C:\\Temp\\out.dmp full
                                                        ^^^^^^^^^^^^^^^
          Image        C:\\Windows\\System32\\rundll32.exe

        B wants: CommandLine matches /minidump/i

          content/seeds/003-splunk-comsvcs.yml:24:23, function
          24 |     CommandLine|re|i: 'minidump'
                                     ^^^^^^^^^^

      Only B selects:
          Channel      Microsoft-Windows-Sysmon/Operational
          EventID      1
          Image        C:\\Windows\\System32\\rundll32.exe
        > CommandLine  rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Temp\\out.dmp full
                                                        ^^^^^^^^^^^  ^^^^^^^^

        A wants one of these:
          CommandLine contains 'comsvcs.dll,#24'
          CommandLine contains 'comsvcs.dll,MiniDump'

          content/seeds/002-comsvcs.yml:23:9, call
          23 |       - 'comsvcs.dll,#24'
                       ^^^^^^^^^^^^^^^^^

          content/seeds/002-comsvcs.yml:24:9, call
          24 |       - 'comsvcs.dll,MiniDump'
                       ^^^^^^^^^^^^^^^^^^^^^^

      Both select:
          Channel      Microsoft-Windows-Sysmon/Operational
          EventID      1
          Image        C:\\Windows\\System32\\rundll32.exe
          CommandLine  rundll32.exe C:\\Windows\\System32\\comsvcs.dll,MiniDump 624 C:\\Temp\\out.dmp full
      "
    `);
  });

  it('gives a table of several, and what sets each pair apart', () => {
    const { out } = assay(['compare', ...seeds]);
    expect(out).toContain('   A  B         C\nA     overlaps  overlaps\nB               overlaps\nC\n');
    expect(out).toContain(
      '  only C: {"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"CommandLine":"procdump',
    );
  });

  it('hints at what is asked besides the log', () => {
    const folder = folderWith({
      'a.yml': rule('x'),
      'b.yml': rule('x').replace('process_creation', 'network_connection'),
    });
    const { out } = assay(['compare', 'a.yml', 'b.yml'], { cwd: folder });
    expect(out).toContain('A and B are disjoint: no event is selected by both.\n');
    expect(out).toContain('  A wants: EventID is 1\n');
    expect(out).toContain('What they ask of an event besides its log is equivalent: see --ignore logsource.\n');
  });

  it('shows what can not be seen in a value', () => {
    const folder = folderWith({
      'a.yml': rule('x'),
      'b.yml': rule('x').replace('contains: x', () => "re|i: '^.*x.*$'"),
    });
    const { out } = assay(['compare', 'a.yml', 'b.yml'], { cwd: folder });
    expect(out).toContain('Apart from values with a line break, they are equivalent.');
    expect(out).toMatch(/CommandLine {2}".*\\n.*"/);
  });
});

describe('compare, as JSON', () => {
  it('has the shape of the contract', () => {
    const { status, out } = assay(['compare', ...seeds.slice(0, 2), '--format', 'json']);
    expect(status).toBe(0);
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(found)).toEqual(['relation', 'onlyA', 'onlyB', 'both', 'assumptions', 'reason']);
    expect(found).toMatchObject({ relation: 'overlap', assumptions: [], reason: null });
  });

  it('gives a cell for each pair of several', () => {
    const { out } = assay(['compare', ...seeds, '--format', 'json']);
    const { items, cells } = JSON.parse(out) as { items: string[]; cells: Record<string, unknown>[] };
    expect(items).toEqual(seeds);
    expect(cells.map(({ a, b, relation }) => [a, b, relation])).toEqual([
      [0, 1, 'overlap'],
      [0, 2, 'overlap'],
      [1, 2, 'overlap'],
    ]);
    expect(Object.keys(cells[0]!)).toEqual(['a', 'b', 'relation', 'onlyA', 'onlyB', 'both', 'assumptions', 'reason']);
  });

  it('names the side that can not be read, and where', () => {
    const { status, out, err } = assay(['compare', seeds[0]!, 'splunk:CommandLine=', '--format', 'json']);
    expect(status).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: { side: 'B', code: 'syntax', message: 'expected a value', line: 1, column: 13 },
    });
    expect(err).toContain('<splunk>:1:13: error: expected a value [syntax]');
    const missing = assay(['compare', 'nothing.yml', seeds[0]!, '--format', 'json']);
    expect([missing.status, JSON.parse(missing.out)]).toMatchObject([2, { error: { side: 'A', line: null } }]);
  });
});

describe('what can be compared', () => {
  const folder = folderWith({
    'rule.yml': rule('whoami'),
    'two.yml': `${rule('whoami')}---\n${rule('net', 'B')}`,
    'search.spl': 'EventCode=1 source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" CommandLine="*whoami*"\n',
    'search.txt': 'winlog.event_data.CommandLine:*whoami*\n',
    'own.yml': 'name: own\nextends: winlogbeat\nprefix: ""\n',
  });
  const relation = (...words: string[]) => {
    const { status, out, err } = assay(['compare', ...words, '--format', 'json'], { cwd: folder });
    return status === 0 ? (JSON.parse(out) as { relation: string }).relation : err;
  };

  it('files by their extension, and one query of several', () => {
    expect(relation('rule.yml', 'search.spl')).toBe('superset');
    expect(relation('rule.yml', 'two.yml')).toBe('subset');
    expect(relation('rule.yml', 'two.yml#1')).toBe('equivalent');
    expect(relation('rule.yml', 'two.yml#3')).toContain('two.yml: error: it holds no query number 3');
  });

  it('queries, and files whatever their name', () => {
    expect(relation('rule.yml', 'splunk:CommandLine="*whoami*"')).toBe('subset');
    expect(relation('es-qs:@search.txt', 'es-qs:winlog.event_data.CommandLine:*who*')).toBe('subset');
    expect(relation('rule.yml', 'sigma:@rule.yml')).toBe('equivalent');
  });

  it('what convert printed', () => {
    expect(assay(['convert', 'two.yml', '--to', 'all', '--out', 'out'], { cwd: folder }).status).toBe(0);
    expect(relation('two.yml#2', 'out/two-2.splunk.spl')).toBe('equivalent');
    expect(relation('two.yml#1', 'out/two-1.duckdb.sql')).toBe('equivalent');
    // Elasticsearch compares keywords by case.
    expect(relation('two.yml#1', 'out/two-1.es-qs.lucene')).toMatch(/equivalent|superset/);
  });

  it('without their log source', () => {
    expect(relation('rule.yml', 'search.spl', '--ignore', 'logsource')).toBe('equivalent');
    expect(relation('rule.yml', 'search.spl', '--ignore', 'everything')).toContain(
      "there is no thing to ignore 'everything'",
    );
  });

  it('in the fields of a schema, or of a file of one’s own', () => {
    expect(relation('rule.yml', 'es-qs:process.command_line:/.*[wW].*/', '--fields', 'ecs')).toBe('subset');
    expect(relation('es-qs:CommandLine:a', 'splunk:CommandLine=a', '--fields', 'own.yml')).toBe('subset');
    expect(relation('rule.yml', 'rule.yml', '--fields', 'nosuch')).toContain("there is no profile 'nosuch'");
  });

  it('not what it can not read', () => {
    expect(relation('rule.yml', 'kql:x')).toContain("there is no language 'kql' either: choose from sigma, splunk");
    expect(relation('rule.yml', 'page.md')).toContain('detections in .md files are not read');
  });
});
