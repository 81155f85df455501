import { describe, expect, it } from 'vitest';
import { eventOf } from '../../../ir/event.ts';
import type { Raw } from '../../../ir/event.ts';
import type { Detection } from '../../../ir/detection.ts';
import { runQuery } from '../../../ir/run-query.ts';
import { render } from '../../../text/diagnostic.ts';
import { readSigma } from '../read.ts';
import { codesOf, read } from '../testing/read.ts';
import { writeSigma } from '../write.ts';

const base = (name: string, field: string) => `---
title: ${name}
name: ${name}
logsource: { product: windows }
detection:
    selection: { Kind: ${field} }
    condition: selection
`;
const correlation = (lines: string, title = 'Outer') =>
  `title: ${title}\nname: ${title.toLowerCase()}\ncorrelation:\n${lines
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`;

/** The single detection of a file, and the times (in seconds) at which it reports. */
function only(text: string): Detection {
  const { detections, diagnostics } = read(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (detections.length !== 1 || errors.length > 0)
    throw new Error(`${detections.length}\n${errors.map(render).join('\n')}`);
  return detections[0]!;
}

function reports(detection: Detection, events: readonly (Raw & { readonly at: number })[]): number[] {
  const input = events.map((event) => ({ event: eventOf(event), time: event.at * 1000 }));
  return detection.queries.flatMap((query) => runQuery(query, input)).map(({ time }) => time / 1000);
}

const event = (at: number, Kind: string, more: Raw = {}) => ({ at, Kind, ...more });

describe('a count', () => {
  const text =
    correlation('type: event_count\nrules: a\ngroup-by: [User]\ntimespan: 10s\ncondition: { gte: 3 }') + base('a', 'A');

  it('of one rule is that rule with stages behind it', () => {
    const { queries } = only(text);
    expect(queries[0]!.where).toMatchObject({ kind: 'like', field: 'Kind', pattern: ['A'] });
    expect(queries[0]!.then).toEqual([
      { kind: 'summarize', by: ['User'], with: [{ as: 'event_count', function: 'count', field: null }], within: 10 },
      { kind: 'having', where: { kind: 'compare', field: 'event_count', part: 'number', order: '>=', value: 3 } },
    ]);
    const events = [0, 4, 8, 30].map((at) => event(at, 'A', { User: 'u' }));
    expect(reports(only(text), [...events, event(9, 'A', { User: 'v' })])).toEqual([8]);
  });

  it('may be a range, of values, sums and the like', () => {
    const range = correlation(
      'type: value_count\nrules: [a, b]\ntimespan: 1m\ncondition: { gt: 1, lte: 2, field: Host }',
    );
    const counted = only(range + base('a', 'A') + base('b', 'B'));
    expect(counted.queries[0]!.then.map(({ kind }) => kind)).toEqual(['gather', 'summarize', 'having']);
    const hosts = ['x', 'x', 'y', 'z'].map((Host, at) => event(at, at % 2 ? 'A' : 'B', { Host }));
    expect(reports(counted, hosts)).toEqual([2]);
    const median = only(
      correlation('type: value_median\nrules: a\ntimespan: 1m\ncondition: { gt: 5, field: N }') + base('a', 'A'),
    );
    expect(reports(median, [event(0, 'A', { N: 1 }), event(1, 'A', { N: 9 }), event(2, 'A', { N: 9 })])).toEqual([2]);
    const pairs = only(
      correlation('type: value_count\nrules: a\ntimespan: 1m\ncondition: { gte: 3, field: [P, Q] }') + base('a', 'A'),
    );
    const both = [
      ['p', 'q'],
      ['p', 'q'],
      ['pq', ''],
      ['p', 'r'],
    ].map(([P, Q], at) => event(at, 'A', { P: P!, Q: Q! }));
    expect(reports(pairs, both)).toEqual([3]);
  });

  it('needs to know which percentile', () => {
    const lines = 'type: value_percentile\nrules: a\ntimespan: 1m\ncondition: { lte: 1, field: N }';
    expect(codesOf(correlation(lines) + base('a', 'A'))).toContain('sigma/correlation');
    const named = only(correlation(lines.replace('lte: 1', 'gte: 1, percentile: 95')) + base('a', 'A'));
    expect(named.queries[0]!.then[0]).toMatchObject({ with: [{ function: 'percentile', percent: 95 }] });
  });

  it('warns of a limit from above in a moving window', () => {
    const low = text.replace('gte: 3', 'lt: 3');
    expect(codesOf(low)).toEqual(['sigma/rare']);
  });
});

describe('a sequence', () => {
  const sequence = (type: string, condition = '') =>
    correlation(`type: ${type}\nrules: [a, b, c]\ntimespan: 10s${condition}`) +
    base('a', 'A') +
    base('b', 'B') +
    base('c', 'C');
  const events = (kinds: string) => [...kinds].map((kind, at) => event(at, kind));

  it('wants all rules, in any order or in the order listed', () => {
    expect(reports(only(sequence('temporal')), events('CAXB'))).toEqual([3]);
    expect(reports(only(sequence('temporal_ordered')), events('CAXB'))).toEqual([]);
    expect(reports(only(sequence('temporal_ordered')), events('ACBXC'))).toEqual([4]);
  });

  it('may want as many of them as a condition says', () => {
    expect(reports(only(sequence('temporal', '\ncondition: { gte: 2 }')), events('AAXC'))).toEqual([3]);
    const exactly = only(sequence('temporal', '\ncondition: { eq: 2 }'));
    expect(reports(exactly, events('AB'))).toEqual([1]);
  });

  it('may have a condition over the names, as pySigma has it', () => {
    const either = only(sequence('temporal', '\ncondition: a and (b or c)'));
    expect(reports(either, events('BXA'))).toEqual([2]);
    const without = only(sequence('temporal_extended', '\ncondition: a and b and not c'));
    expect(reports(without, events('CAB'))).toEqual([]);
    expect(reports(without, events('AB'))).toEqual([1]);
    const unlisted = correlation('type: temporal\ntimespan: 10s\ncondition: a and b') + base('a', 'A') + base('b', 'B');
    expect(reports(only(unlisted), events('BA'))).toEqual([1]);
  });

  it('joins fields of different names by aliases', () => {
    const text =
      correlation(
        'type: temporal\nrules: [a, b]\ngroup-by: [ip]\ntimespan: 10s\naliases:\n    ip:\n        a: SrcIp\n        b: DstIp',
      ) +
      base('a', 'A') +
      base('b', 'B');
    const joined = [event(0, 'A', { SrcIp: '1' }), event(1, 'B', { DstIp: '2' }), event(2, 'B', { DstIp: '1' })];
    expect(reports(only(text), joined)).toEqual([2]);
  });
});

describe('a chain', () => {
  const inner = (by: string) =>
    `---\n${correlation(`type: event_count\nrules: a\ngroup-by: [${by}]\ntimespan: 10s\ncondition: { gte: 2 }`, 'Inner')}`;
  const outer = correlation('type: temporal_ordered\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 1m');
  const events = [
    event(0, 'A', { User: 'u', Host: 'h' }),
    event(1, 'A', { User: 'u', Host: 'h' }),
    event(2, 'B', { User: 'v', Host: 'h' }),
    event(3, 'B', { User: 'u', Host: 'h' }),
  ];

  it('works whatever the order in the file', () => {
    expect(reports(only(outer + inner('User') + base('a', 'A') + base('b', 'B')), events)).toEqual([3]);
    const reversed = (base('a', 'A') + base('b', 'B') + inner('User')).replace(/^---\n/, '');
    expect(reports(only(`${reversed}---\n${outer}`), events)).toEqual([3]);
  });

  it('groups by its own fields, though the inner one groups by others', () => {
    expect(reports(only(outer + inner('Host') + base('a', 'A') + base('b', 'B')), events)).toEqual([3]);
  });

  it('may not be a circle', () => {
    const a = correlation('type: temporal\nrules: [b]\ntimespan: 1m', 'A');
    const b = correlation('type: temporal\nrules: [a]\ntimespan: 1m', 'B');
    expect(codesOf(`${a}---\n${b}`).filter((code) => code !== 'sigma/no-title')).toContain('sigma/correlation');
    expect(read(`${a}---\n${b}`).detections).toEqual([]);
  });
});

describe('the rules of a correlation', () => {
  const lines = 'type: event_count\nrules: a\ntimespan: 10s\ncondition: { gte: 3 }';

  it('are reported by themselves only if it says so', () => {
    expect(read(correlation(lines) + base('a', 'A')).detections.map(({ title }) => title)).toEqual(['Outer']);
    const both = read(correlation(`${lines}\ngenerate: true`) + base('a', 'A'));
    expect(both.detections.map(({ title }) => title)).toEqual(['Outer', 'a']);
  });

  it('may lie in other files, by id or name; their places name the file', () => {
    const { detections, diagnostics } = readSigma([
      { name: 'outer.yml', text: correlation(lines.replace('rules: a', 'rules: [ 4e1b ]')) },
      { name: 'inner.yml', text: base('a', 'A').replace('---\n', 'id: 4e1b\n') },
    ]);
    expect(detections.map(({ name }) => name)).toEqual(['outer.yml']);
    expect(detections[0]!.origins[0]).toMatchObject({ file: 'inner.yml', part: 'selection' });
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['sigma/part-of-correlation info']);
  });

  it('must be there', () => {
    expect(codesOf(correlation(lines))).toEqual(['sigma/unknown-rule']);
    const broken = base('a', 'A').replace('Kind:', 'Kind|nope:');
    expect(codesOf(correlation(lines) + broken).toSorted()).toEqual(['sigma/unknown-modifier', 'sigma/unknown-rule']);
  });
});

describe('a correlation', () => {
  it('is refused where it is incomplete', () => {
    const codes = (lines: string) => codesOf(correlation(lines) + base('a', 'A'))[0];
    expect(codes('type: event_cout\nrules: a\ntimespan: 1m\ncondition: { gte: 1 }')).toBe('sigma/correlation');
    expect(codes('rules: a\ntimespan: 1m\ncondition: { gte: 1 }')).toBe('sigma/correlation');
    expect(codes('type: event_count\nrules: a\ncondition: { gte: 1 }')).toBe('sigma/timespan');
    expect(codes('type: event_count\nrules: a\ntimespan: 1 week\ncondition: { gte: 1 }')).toBe('sigma/timespan');
    expect(codes('type: event_count\nrules: a\ntimespan: 1m')).toBe('sigma/correlation');
    expect(codes('type: event_count\nrules: a\ntimespan: 1m\ncondition: { atleast: 1 }')).toBe('sigma/correlation');
    expect(codes('type: event_count\nrules: a\ntimespan: 1m\ncondition: { gte: many }')).toBe('sigma/correlation');
    expect(codes('type: value_count\nrules: a\ntimespan: 1m\ncondition: { gte: 1 }')).toBe('sigma/correlation');
    expect(codes('type: temporal\nrules: [a]\ntimespan: 1m\ncondition: b')).toBe('sigma/unknown-rule');
    expect(codes('type: temporal\nrules: [a]\ntimespan: 1m\naliases: { x: { z: F } }')).toBe('sigma/unknown-rule');
    expect(codes('type: temporal\nrules: [a]\ntimespan: 1m\nordered: true')).toBe('sigma/unknown-key');
  });

  it('is written and read back the same', () => {
    const texts = [
      correlation('type: event_count\nrules: a\ngroup-by: [User]\ntimespan: 90m\ncondition: { gte: 3, lt: 9 }') +
        base('a', 'A'),
      correlation('type: value_count\nrules: [a, b]\ntimespan: 1d\ncondition: { neq: 3, field: Host }') +
        base('a', 'A') +
        base('b', 'B'),
      correlation(
        'type: temporal_ordered\nrules: [a, b]\ngroup-by: [ip]\ntimespan: 10s\naliases:\n    ip:\n        a: S\n        b: D',
      ) +
        base('a', 'A') +
        base('b', 'B'),
      correlation('type: temporal\nrules: [a, b, c]\ntimespan: 45s\ncondition: a and (b or not c)') +
        base('a', 'A') +
        base('b', 'B') +
        base('c', 'C'),
      correlation('type: temporal\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 1m') +
        `---\n${correlation('type: event_count\nrules: a\ngroup-by: [Host]\ntimespan: 10s\ncondition: { gte: 2 }', 'Inner')}` +
        base('a', 'A') +
        base('b', 'B'),
    ];
    for (const text of texts) {
      const before = only(text);
      const written = writeSigma(before);
      if (!('text' in written)) throw new Error(written.refused.message);
      const after = only(written.text);
      const plain = (detection: Detection) =>
        JSON.parse(
          JSON.stringify(detection.queries, (key, value: unknown) => (key === 'origin' ? undefined : value)),
        ) as unknown;
      // A lone rule is named anew; names of branches follow.
      expect(plain(after), written.text).toEqual(plain(before));
    }
  });

  it('is not written where Sigma has no words', () => {
    const [query] = only(
      correlation('type: event_count\nrules: a\ntimespan: 1m\ncondition: { gte: 3 }') + base('a', 'A'),
    ).queries;
    const detection = only(
      correlation('type: event_count\nrules: a\ntimespan: 1m\ncondition: { gte: 3 }') + base('a', 'A'),
    );
    const refusedOf = (then: typeof query extends infer Q ? (Q extends { then: infer T } ? T : never) : never) => {
      const written = writeSigma({ ...detection, queries: [{ ...query!, then }] });
      return 'refused' in written ? written.refused.message : written.text;
    };
    expect(refusedOf([{ kind: 'keep', fields: ['A'] }])).toBe("Sigma has no 'keep' of events");
    expect(
      refusedOf([
        {
          ...(query!.then[0] as Extract<(typeof query & object)['then'][number], { kind: 'summarize' }>),
          within: null,
        },
        query!.then[1]!,
      ]),
    ).toBe('a Sigma correlation needs a time span');
  });
});
