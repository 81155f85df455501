import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesIn, golden } from '../../dialects/testing/layout.ts';
import { fixtureRules } from '../../dialects/testing/fixtures.ts';
import { breakouts } from '../../dialects/testing/hostile.ts';
import type { Detection } from '../../ir/detection.ts';
import { convert } from '../../prove/convert.ts';
import { render } from '../../text/diagnostic.ts';
import { readSigma } from '../sigma/read.ts';
import type { Settings } from '../envelope.ts';
import { readTarget } from '../read-target.ts';
import { findTarget } from '../targets.ts';
import { watcher } from './index.ts';
import { hasBash, runInBash } from './testing/bash.ts';
import { watchId } from './watch-id.ts';

const target = findTarget('xpack-watcher')!;

function rule(detection: string, more = ''): Detection {
  const text = `title: T\n${more}logsource: {product: windows, category: process_creation}\ndetection: ${detection}\n`;
  const { detections, diagnostics } = readSigma([{ name: 'rule.yml', text }]);
  if (!detections[0]) throw new Error(diagnostics.map(render).join('\n'));
  return detections[0];
}

const plain = rule('{s: {CommandLine|contains: whoami}, condition: s}');

function wrapped(detection: Detection, settings: Settings = {}) {
  return convert(detection, { ...target, settings }).queries[0]!;
}

interface Watch {
  readonly metadata: { readonly title: string; readonly subject: string };
  readonly trigger: { readonly schedule: { readonly interval: string } };
  readonly input: { readonly search: { readonly request: Request } };
  readonly condition: { readonly compare: unknown };
  readonly actions: { readonly send_email: { readonly email: Readonly<Record<string, unknown>> } };
}

interface Request {
  readonly indices: readonly string[];
  readonly body: { readonly size: number; readonly query: Query; readonly aggs?: unknown };
}

interface Query {
  readonly bool: {
    readonly must: readonly [{ readonly query_string: { readonly query: string } }];
    readonly filter: readonly unknown[];
  };
}

/** The JSON between the command and the end of its here-document. */
function bodyOf(text: string): Watch {
  return JSON.parse(text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\nEOF'))) as Watch;
}

const queryOf = ({ input }: Watch) => input.search.request.body.query.bool.must[0].query_string.query;

const titles = [
  '$(touch x)',
  '`touch x`',
  "'; touch x; '",
  '"; touch x; "',
  'two\nlines',
  'EOF',
  'a\nEOF\ntouch x',
  '{{ctx.payload.hits.total}}',
  '{{{x}}} {{#toJson}}ctx{{/toJson}}',
  'Überwachung – 監視 \u2028 \u{1f600}',
  '\\n \\" \\\\',
  '$HOME ${HOME} $((1+1))',
  '\u0000\u0007\u001b[31m',
  '\ud800 half a pair',
  '-d @/etc/passwd',
  '../../_security/user/x',
  ...breakouts,
];

describe('a watch', () => {
  it('searches, looks at the time, and mails what it finds', () => {
    const { text, verdict, basis, assumptions } = wrapped(plain);
    const { input, condition, trigger, actions, metadata } = bodyOf(text!);
    expect(text!.split('\n')[0]).toBe(
      "curl -sS -XPUT -H 'Content-Type: application/json' --data-binary @- 'http://localhost:9200/_watcher/watch/T' <<'EOF'",
    );
    expect(trigger).toEqual({ schedule: { interval: '5m' } });
    expect(input.search.request.indices).toEqual(['winlogbeat-*']);
    expect(input.search.request.body.size).toBe(100);
    expect(input.search.request.body.query.bool.filter).toEqual([{ range: { '@timestamp': { gte: 'now-6m' } } }]);
    expect(condition).toEqual({ compare: { 'ctx.payload.hits.total': { gt: 0 } } });
    expect(actions.send_email.email).toMatchObject({ to: ['root@localhost'], subject: '{{{ctx.metadata.subject}}}' });
    expect(metadata).toMatchObject({ title: 'T', subject: "Sigma rule 'T'" });
    expect({ verdict, basis }).toEqual({ verdict: 'exact', basis: 'proved' });
    expect(assumptions).toContain('Every event has its time in `@timestamp`.');
  });

  it.each(['count', 'distinct', 'dump-by-ordinal', 'quotes', 'two-documents'])('is golden for %s', (name) => {
    const { text } = fixtureRules().find((each) => each.name === name)!;
    const queries = readSigma([{ name: `${name}.yml`, text }]).detections.flatMap(
      (detection) => convert(detection, target).queries,
    );
    const shown = `${queries.map((query) => query.text ?? `refused: ${query.reason}`).join('\n\n')}\n`;
    const path = fileURLToPath(new URL(`golden/${name}.sh`, import.meta.url));
    expect(golden(path, shown)).toBe(shown);
  });

  it('takes its settings', () => {
    const settings = {
      indices: 'logs-*, old-*',
      recipient: 'soc@example.org,b@example.org',
      interval: '1h',
      'time-field': 'event.created',
      url: 'https://es:9200/',
    };
    const { text, verdict, except, missed } = wrapped(plain, settings);
    const { input, trigger, actions } = bodyOf(text!);
    expect(text).toContain("'https://es:9200/_watcher/watch/T'");
    expect(input.search.request.indices).toEqual(['logs-*', 'old-*']);
    expect(trigger.schedule.interval).toBe('1h');
    expect(actions.send_email.email['to']).toEqual(['soc@example.org', 'b@example.org']);
    expect(input.search.request.body.query.bool.filter).toEqual([{ range: { 'event.created': { gte: 'now-61m' } } }]);
    // The schema knows no such field, so an event may lack it.
    expect({ verdict, except }).toEqual({ verdict: 'exact', except: ['missing'] });
    expect(missed).not.toHaveProperty('event.created');
  });

  it.each(watcher.settings.map((setting) => [setting.name, setting] as const))(
    '%s: the usual value will do',
    (_, setting) => {
      expect(setting.fault(setting.usual)).toBeUndefined();
      for (const hostile of ['', '{{x}}', 'a\nb']) expect(setting.fault(hostile), hostile).toBeDefined();
    },
  );

  it('does not take a setting that would break out', () => {
    const { text } = wrapped(plain, { url: "http://x'; touch x; '", interval: '{{x}}', indices: 'a"b' });
    expect(text).toBe(wrapped(plain).text);
  });

  it('counts hits, and hits of each value of a field', () => {
    const counted = (condition: string) =>
      wrapped(rule(`{s: {EventID: 1, CommandLine|contains: x}, timeframe: 5m, condition: '${condition}'}`));
    const all = counted('s | count() > 5');
    expect(bodyOf(all.text!).condition).toEqual({ compare: { 'ctx.payload.hits.total': { gt: 5 } } });
    expect(bodyOf(all.text!).trigger).toEqual({ schedule: { interval: '1m' } });
    expect(bodyOf(all.text!).input.search.request.body.query.bool.filter).toEqual([
      { range: { '@timestamp': { gte: 'now-6m' } } },
    ]);
    expect(all).toMatchObject({ verdict: 'wider', reason: expect.stringContaining('over 6m every 1m') });
    const each = counted('s | count() by Image >= 5');
    expect(bodyOf(each.text!).input.search.request.body.aggs).toEqual({
      by: {
        terms: { field: 'winlog.event_data.Image', size: 10, order: { _count: 'desc' }, min_doc_count: 5 },
      },
    });
    expect(bodyOf(each.text!).condition).toEqual({
      compare: { 'ctx.payload.aggregations.by.buckets.0.doc_count': { gte: 5 } },
    });
    expect(each.verdict).toBe('wider');
  });

  it.each([
    ['s | count() by Image, User > 5', 'by one field'],
    ['s | count(User) by Image > 5', 'different values'],
    ['s | count() < 5', 'not for fewer'],
  ])('%s is refused: %s', (condition, why) => {
    const query = wrapped(rule(`{s: {EventID: 1}, timeframe: 5m, condition: '${condition}'}`));
    expect(query).toMatchObject({ text: null, verdict: 'refused', reason: expect.stringContaining(why) });
    const untimed = wrapped(rule(`{s: {EventID: 1}, condition: 's | count() > 5'}`));
    expect(untimed.reason).toContain('no timeframe');
  });

  it('parts braces that Watcher would take for a template', () => {
    const query = wrapped(rule(`{s: {CommandLine|cased: 'a{{{x}}}b'}, condition: s}`));
    expect(queryOf(bodyOf(query.text!))).toContain('"a{\\{\\{x}}}b"');
    expect(query.verdict).toBe('exact');
  });

  it('names its watch so that it is a path and no two rules share one', () => {
    expect(watchId({ id: null, title: 'Suspicious Use of Procdump' }, 2)).toBe('Suspicious-Use-of-Procdump-2');
    expect(watchId({ id: '2704ab9e-afe2-4854-a3b1-0c0706d03578', title: 'x' }, 1)).toBe(
      '2704ab9e-afe2-4854-a3b1-0c0706d03578',
    );
    const ids = ['C# dump', 'C dump', 'C+ dump', '監視', '視監', '..', ''].map((title) =>
      watchId({ id: null, title }, 1),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^\w[\w.-]*$/);
  });
});

describe.skipIf(!hasBash)(`in bash${hasBash ? '' : ' (skipped: no bash)'}`, () => {
  it('every watch of the fixtures arrives as it was meant, with its title', () => {
    for (const { name, text } of fixtureRules())
      for (const detection of readSigma([{ name, text }]).detections) {
        const texts = convert(detection, target).queries.flatMap((query) => query.text ?? []);
        const { calls, errors, status, made } = runInBash(`${texts.join('\n\n')}\n`);
        expect({ errors, status, made }).toEqual({ errors: '', status: texts.length === 0 ? 0 : 0, made: [] });
        expect(calls.map(({ input }) => JSON.parse(input) as unknown)).toEqual(texts.map(bodyOf));
        for (const { input } of calls) expect((JSON.parse(input) as Watch).metadata.title).toBe(detection.title);
      }
  });

  it('no title, id, author or value runs a command or ends the body', () => {
    for (const hostile of titles) {
      const detection: Detection = {
        ...rule(`{s: {CommandLine|contains: ${JSON.stringify(hostile)}, EventID: 1}, condition: s}`),
        title: hostile,
        id: hostile,
        author: hostile,
        description: hostile,
        tags: [hostile],
      };
      const { text, verdict } = wrapped(detection);
      if (text === null) continue;
      const { calls, errors, made } = runInBash(`${text}\n`);
      expect({ errors, made, calls: calls.length }, hostile).toEqual({ errors: '', made: [], calls: 1 });
      const arrived = JSON.parse(calls[0]!.input) as Watch;
      expect(arrived).toEqual(bodyOf(text));
      expect(arrived.metadata.title).toBe(hostile);
      expect(arrived.metadata.subject).not.toMatch(/[\n\r\u0000]/);
      expect(calls[0]!.words.at(-1)).toMatch(/^http:\/\/localhost:9200\/_watcher\/watch\/\w[\w.-]*$/);
      expect(queryOf(arrived)).not.toContain('{{');
      expect(['exact', 'wider'], hostile).toContain(verdict);
    }
  });

  it('reads of a command what bash makes of it', () => {
    const pieces = fc.constantFrom(
      ...['a', 'b c', '\\\\', '\\"', '\\', '$x', '$(x)', '`', '$', '"', "'", '\n', '{', '}', '\\n', '$1', '\\$', '\\`'],
    );
    const body = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
    const mark = fc.constantFrom('EOF', "'EOF'", '"EOF"', '\\EOF');
    fc.assert(
      fc.property(body, mark, (inside, delimiter) => {
        const text = `curl -XPUT h/_watcher/watch/x --data-binary @- <<${delimiter}\n{"input":"${inside}"}\nEOF\n`;
        const { diagnostics } = watcher.unwrap({ name: 'x', text });
        const { calls } = runInBash(text);
        const isJson = isRead(calls[0]?.input ?? '');
        const codes = diagnostics.map(({ code }) => code);
        if (codes.includes('watcher/expansion')) return;
        expect(codes.includes('watcher/json') || codes.includes('watcher/shell-eats-escapes'), text).toBe(!isJson);
      }),
      { numRuns: process.env['LONG'] ? 2000 : 60 },
    );
  });
});

function isRead(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('reading', () => {
  const body = (query: unknown, more: object = {}) =>
    JSON.stringify({ input: { search: { request: { body: { query }, indices: [] } } }, ...more });
  const text = { query_string: { query: 'a:1 AND b:"\\"x"', analyze_wildcard: true } };

  it.each([
    ['a body', body(text)],
    ['several bodies', `${body(text)}\n${body(text)}`],
    ['what the server answers', `{"_id":"x","watch":${body(text)}}`],
    ['a request of the console', `PUT _watcher/watch/x\n${body(text)}\n\nPUT _watcher/watch/y\n${body(text)}`],
    ['a command with a quoted delimiter', `curl -XPUT es/_watcher/watch/x -d @- <<'END'\n${body(text)}\nEND`],
    ['one with tabs', `curl -XPUT es/_watcher/watch/x -d @- <<-'END'\n\t${body(text)}\n\tEND\n`],
    ['one with the body in quotes', `curl -XPUT \\\n  "$ES/_watcher/watch/x" \\\n  -d '${body(text)}'`],
    ['one with comments', `# a rule\ncurl -XPUT es/_xpack/watcher/watch/x --data-binary '${body(text)}' # done`],
  ])('%s', (_, watch) => {
    const { queries, diagnostics } = readTarget({ name: 'watch', text: watch }, target, target.profile);
    expect(diagnostics.map(render)).toEqual([]);
    expect(queries[0]!.where).toMatchObject({ kind: 'all', of: [{ field: 'a' }, { field: 'b', pattern: ['"x'] }] });
  });

  it('shows a fault of the query where it stands', () => {
    const watch = body({ query_string: { query: 'a:"\\\\" AND b:(1' } });
    const { queries, diagnostics } = readTarget({ name: 'watch', text: watch }, target, target.profile);
    expect(queries).toEqual([]);
    expect(watch.slice(diagnostics[0]!.span.start)).toMatch(/^\(1/);
  });

  it('a filter on a field that is no time of the schema finds no event without it', () => {
    const range = (field: string) => ({ range: { [field]: { gte: 'now-30m/m' } } });
    const watch = (field: string) => body({ bool: { must: [text], filter: range(field) } });
    const read = (field: string) => readTarget({ name: 'w', text: watch(field) }, target, target.profile);
    expect(read('@timestamp').queries[0]!.where).toMatchObject({ of: [{ field: 'a' }, { field: 'b' }] });
    expect(read('timestamp').queries[0]!.where).toMatchObject({ of: [{ field: 'timestamp' }, { kind: 'all' }] });
  });

  it('warns of gaps, and of mails without hits', () => {
    const watch = body(
      { bool: { must: [text], filter: [{ range: { '@timestamp': { gte: 'now-1m' } } }] } },
      { trigger: { schedule: { interval: '5m' } } },
    );
    expect(watcher.unwrap({ name: 'w', text: watch }).diagnostics.map(({ code }) => code)).toEqual(['watcher/gap']);
  });

  const errors = filesIn(fileURLToPath(new URL('errors', import.meta.url)), 'sh');
  it.each(errors.map(({ name, path }) => [name, path] as const))('error: %s', (name, path) => {
    const { queries, diagnostics } = readTarget({ name, text: readFileSync(path, 'utf8') }, target, target.profile);
    expect(queries).toEqual([]);
    const shown = `${diagnostics.map(render).join('\n\n')}\n`;
    expect(golden(join(path, '..', `${name}.txt`), shown)).toBe(shown);
  });

  it('throws for nothing', () => {
    const garbage = fc.array(
      fc.constantFrom(
        ...[
          'curl ',
          '-d ',
          "'",
          '"',
          '{',
          '}',
          '[',
          ']',
          ':',
          ',',
          '<<EOF\n',
          'EOF',
          '\n',
          '\\',
          '$',
          '`',
          'x/_watcher/watch/1 ',
        ],
        ...[
          '"input"',
          '"search"',
          '"query"',
          '"query_string"',
          '{"query":"a"}',
          'PUT _watcher/watch/x\n',
          '@-',
          '0',
          'null',
          '#',
          ';',
        ],
      ),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(garbage, (parts) => {
        const source = { name: 'x', text: parts.join('') };
        const { queries, diagnostics } = readTarget(source, target, target.profile);
        if (queries.length === 0) expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        expect(diagnostics.map(render).join('')).toBeTypeOf('string');
      }),
      { numRuns: process.env['LONG'] ? 20_000 : 1000 },
    );
    for (const deep of ['{"a":', '[', '"', '\\', 'curl _watcher/watch/x -d '])
      watcher.unwrap({ name: 'x', text: deep.repeat(100_000) });
  });
});
