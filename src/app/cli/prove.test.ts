import { describe, expect, it } from 'vitest';
import { duckdbEngine } from '../engines/duckdb.ts';
import { assay, folderWith } from './testing/assay.ts';

const here = await duckdbEngine().available();
const rule =
  'title: A\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine|contains: whoami}, condition: s}\n';
const folder = folderWith({
  'rule.yml': rule,
  'events.ndjson': [
    '{"Channel":"Security","EventID":4688,"CommandLine":"whoami /all","NewProcessName":"C:\\\\x.exe"}',
    '{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":1,"event_data":{"CommandLine":"whoami"}}}',
    'broken',
  ].join('\n'),
  'empty.ndjson': '',
});
const prove = (...words: string[]) => assay(['prove', ...words], { cwd: folder });

describe.skipIf(!here.ok)(`prove, by DuckDB${here.ok ? '' : ` (skipped: ${here.install})`}`, () => {
  it('has the engine run the query, and counts by class of value', () => {
    const { status, out } = prove('rule.yml', '--to', 'duckdb');
    expect(status).toBe(0);
    expect(out).toMatch(/^duckdb {2}exact, executed; duckdb: (\d+) of \1 events agree {2}A\n/);
    expect(out).toMatch(/^near miss +(\d+) +\1 +0$/m);
    expect(out).toContain('1 proof: 1 exact. None failed.\n');
  });

  it('has the shape of the contract as JSON, recorded events included', () => {
    const { status, out } = prove('rule.yml', '--to', 'duckdb', '--events', 'events.ndjson', '--format', 'json');
    expect(status).toBe(0);
    const [proof] = JSON.parse(out) as Record<string, unknown>[];
    const keys = ['rule', 'target', 'verdict', 'basis', 'missed', 'extra', 'engines', 'reason'];
    expect(Object.keys(proof!)).toEqual(expect.arrayContaining(keys));
    const { duckdb } = proof!['engines'] as {
      duckdb: { events: number; agree: number; classes: Record<string, unknown> };
    };
    expect(duckdb.agree).toBe(duckdb.events);
    expect(duckdb.classes['recorded']).toEqual({ events: 2, agree: 2, told: 0 });
  });
});

describe('prove', () => {
  it('shows the verdict where no engine speaks the language', () => {
    const { status, out } = prove('rule.yml', '--to', 'splunk', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ target: 'splunk', verdict: 'exact', engines: {}, missed: null }]);
  });

  it('reports an engine that is not installed as skipped, with what installs it', () => {
    const { status, out } = assay(['prove', 'rule.yml', '--to', 'es-qs', '--engine', 'lucene'], {
      cwd: folder,
      env: { PATH: '/nowhere' },
    });
    expect(status).toBe(0);
    expect(out).toContain('lucene: skipped');
    expect(out).toMatch(/lucene is not installed and was skipped; to install it: apt-get install/);
  });

  it('refuses what it does not know', () => {
    expect(prove('rule.yml')).toMatchObject({ status: 2, err: expect.stringContaining('prove needs --to') });
    expect(prove('rule.yml', '--to', 'nosuch')).toMatchObject({
      status: 2,
      err: expect.stringContaining("no target 'nosuch'"),
    });
    expect(prove('rule.yml', '--to', 'duckdb', '--engine', 'mysql')).toMatchObject({
      status: 2,
      err: expect.stringContaining("there is no engine 'mysql'"),
    });
    expect(prove('rule.yml', '--to', 'splunk', '--events', 'empty.ndjson')).toMatchObject({
      status: 2,
      err: expect.stringContaining('it holds no event'),
    });
  });
});
