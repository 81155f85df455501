import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../ir/detection.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { all, any, atomsOf, not } from '../../ir/predicate.ts';
import type { Kind, Predicate } from '../../ir/predicate.ts';
import { many, one } from '../../ir/pattern.ts';
import { eventsFor } from '../../ir/testing/random-events.ts';
import { atoms, predicates } from '../../ir/testing/random.ts';
import { simplify } from '../../passes/simplify.ts';
import { keyOf } from '../../passes/distinct.ts';
import { read, readOne } from './testing/read.ts';
import { writeSigma } from './write.ts';

const runs = process.env['LONG'] ? 20_000 : 500;

/** A detection of one predicate, with nothing said about it. */
function detectionOf(where: Predicate, more: Partial<Detection> = {}): Detection {
  return {
    id: null,
    name: 'test.yml',
    title: 'Test',
    description: null,
    status: null,
    level: null,
    author: null,
    license: null,
    date: null,
    modified: null,
    references: [],
    tags: [],
    falsePositives: [],
    fields: [],
    related: [],
    extra: {},
    queries: [{ logsource: { product: 'windows' }, where, then: [] }],
    origins: [],
    placeholders: [],
    samples: [],
    file: 'test.yml',
    ...more,
  };
}

function textOf(where: Predicate): string {
  const written = writeSigma(detectionOf(where));
  return 'text' in written ? written.text : `refused: ${written.refused.message}`;
}

/** The lines from `detection:` on, without their first indentation. */
function sectionOf(where: Predicate): string {
  const lines = textOf(where).split('\n');
  const at = lines.indexOf('detection:');
  return lines
    .slice(at + 1)
    .map((line) => line.slice(4))
    .join('\n')
    .trim();
}

const sayable: Kind[] = ['like', 'regex', 'equal', 'compare', 'cidr', 'exists', 'sameAs', 'keyword'];

describe('what is written is read back', () => {
  it('as the same test of every event, or is refused for a reason', () => {
    let refusals = 0;
    fc.assert(
      fc.property(
        predicates(atoms(sayable)).chain((where) =>
          fc.tuple(fc.constant(where), fc.array(eventsFor(where), { minLength: 4, maxLength: 4 })),
        ),
        ([where, events]) => {
          const written = writeSigma(detectionOf(where));
          if ('refused' in written) {
            refusals += 1;
            return;
          }
          const back = readOne(written.text).queries[0]!.where;
          for (const event of events.map(eventOf))
            expect(evaluate(back, event), written.text).toBe(evaluate(where, event));
        },
      ),
      { numRuns: runs },
    );
    // Refused are constants, names with a bar, keywords bound at both ends: a minority, or the law says nothing.
    expect(refusals).toBeLessThan(runs * 0.5);
  });

  it('built alike, once both are simplified, where nothing had to be rewritten', () => {
    const plain = atoms(['like', 'equal', 'cidr', 'exists', 'sameAs']);
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (of) => {
        // Numbers that YAML can't write bare come back as the same text.
        fc.pre(!of.some((atom) => atom.kind === 'equal' && !/^-?[\d.]+$|^\w+$/.test(String(atom.value))));
        const where = all(of);
        const written = writeSigma(detectionOf(where));
        if ('refused' in written) return;
        const sorted = (node: Predicate) =>
          simplify(all([...atomsOf(node)].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))));
        const [back] = readOne(written.text).queries;
        // A lone presence test and its kin come back as they are; order is the writer's own.
        if ([...atomsOf(back!.where)].length === [...atomsOf(simplify(where))].length)
          expect(keyOf(sorted(simplify(back!.where)))).toBe(keyOf(sorted(simplify(where))));
      }),
      { numRuns: runs },
    );
  });
});

describe('a written rule', () => {
  const image = { kind: 'like', field: 'Image', pattern: [many, '\\cmd.exe'], cased: false } as const;
  const line = (text: string) =>
    ({ kind: 'like', field: 'CommandLine', pattern: [many, text, many], cased: false }) as const;

  it('has one map for what must all match', () => {
    expect(sectionOf(all([image, { kind: 'equal', field: 'EventID', value: 1 }]))).toBe(
      "selection:\n    Image|endswith: '\\cmd.exe'\n    EventID: 1\ncondition: selection",
    );
  });

  it('has lists for alternatives of one shape, and `all` for several of one field', () => {
    expect(sectionOf(all([any([line(' -a'), line(' -b')]), image]))).toBe(
      "selection:\n    CommandLine|contains:\n        - ' -a'\n        - ' -b'\n    Image|endswith: '\\cmd.exe'\ncondition: selection",
    );
    expect(sectionOf(all([line('x'), line('y')]))).toBe(
      "selection:\n    CommandLine|contains|all:\n        - 'x'\n        - 'y'\ncondition: selection",
    );
  });

  it('names what is left out as SigmaHQ does', () => {
    expect(sectionOf(all([image, not(line('safe')), not({ kind: 'equal', field: 'User', value: 5 })]))).toBe(
      [
        'selection:',
        "    Image|endswith: '\\cmd.exe'",
        'filter_main_commandline:',
        "    CommandLine|contains: 'safe'",
        'filter_main_user:',
        '    User: 5',
        'condition: selection and not 1 of filter_main_*',
      ].join('\n'),
    );
  });

  it('has a list of maps for alternatives of different shape', () => {
    expect(
      sectionOf(any([image, { kind: 'like', field: 'OriginalFileName', pattern: ['Cmd.Exe'], cased: false }])),
    ).toBe("selection:\n    - Image|endswith: '\\cmd.exe'\n    - OriginalFileName: 'Cmd.Exe'\ncondition: selection");
  });

  it('has keywords as a list', () => {
    const keyword = (text: string) =>
      ({ kind: 'keyword', test: { kind: 'like', pattern: [many, text, many], cased: false } }) as const;
    expect(sectionOf(any([keyword('a'), keyword('b')]))).toBe("keywords:\n    - 'a'\n    - 'b'\ncondition: keywords");
    expect(sectionOf(all([keyword('a'), keyword('b')]))).toBe(
      "selection:\n    '|all':\n        - 'a'\n        - 'b'\ncondition: selection",
    );
  });

  it('says null and missing fields as Sigma does', () => {
    expect(sectionOf(all([image, not({ kind: 'like', field: 'User', pattern: [many], cased: false })]))).toBe(
      "selection:\n    Image|endswith: '\\cmd.exe'\n    User: null\ncondition: selection",
    );
    expect(sectionOf(not({ kind: 'exists', field: 'User' }))).toBe(
      'selection:\n    User|exists: false\ncondition: selection',
    );
  });

  it('takes the spellings of windash back to one', () => {
    const where = readOne(
      "title: T\nlogsource: { product: windows }\ndetection:\n  s:\n    CommandLine|contains|windash: [' -ma ', '-x -y']\n  condition: s\n",
    ).queries[0]!.where;
    expect(sectionOf(where)).toBe(
      "selection:\n    CommandLine|contains|windash:\n        - ' -ma '\n        - '-x -y'\ncondition: selection",
    );
  });

  it('escapes wildcards that mean themselves, and doubles backslashes only where it must', () => {
    const like = (...pattern: Extract<Predicate, { kind: 'like' }>['pattern']) =>
      sectionOf({ kind: 'like', field: 'F', pattern, cased: false }).split('\n')[1]!.trim();
    expect(like('C:\\a*b')).toBe("F: 'C:\\a\\*b'");
    expect(like('\\\\srv\\x')).toBe("F: '\\\\\\\\srv\\x'");
    expect(like('a\\', many, 'b')).toBe("F: 'a\\\\*b'");
    expect(like('a\\', many)).toBe("F|startswith: 'a\\'");
    expect(like('a', one)).toBe("F: 'a?'");
  });

  it('quotes what YAML 1.1 would take for something else', () => {
    const text = textOf({ kind: 'like', field: 'no', pattern: ["it's: #1"], cased: false });
    expect(text).toContain("'no': 'it''s: #1'");
    const control = textOf({ kind: 'like', field: 'F', pattern: ['a\u0007b\nc'], cased: false });
    expect(control).toContain('F: "a\\u0007b\\nc"'.replace('\\u0007', '\\a'));
  });

  it('is refused with the reason where Sigma has no words', () => {
    expect(textOf({ kind: 'term', field: 'F', term: 'x', edge: 'whole', tokenizer: 'kusto', cased: false })).toBe(
      'refused: Sigma has no test for whole words',
    );
    expect(textOf({ kind: 'like', field: { rendered: 'json-line' }, pattern: ['x'], cased: false })).toBe(
      'refused: Sigma has no test of the event as one text (json-line)',
    );
    expect(textOf({ kind: 'like', field: 'a|b', pattern: ['x'], cased: false })).toContain(
      "refused: a field name with '|'",
    );
    // An array with one value below and one above would meet `gte` and `lte`.
    expect(textOf({ kind: 'compare', field: 'N', part: 'number', order: '=', value: 5 })).toBe(
      'refused: Sigma compares numbers by order alone',
    );
    expect(sectionOf({ kind: 'compare', field: 'T', part: 'hour', order: '=', value: 5 })).toContain('T|hour: 5');
    expect(textOf(all([]))).toBe('refused: Sigma has no rule for every event');
    expect(textOf(any([]))).toBe('refused: the query selects no event');
  });

  it('refuses a predicate too deep to be read, and does not run out of stack', () => {
    let deep: Predicate = image;
    for (let level = 0; level < 50_000; level += 1) deep = level % 2 ? all([deep, image]) : any([deep, line('x')]);
    expect(textOf(deep)).toBe('refused: the predicate is nested too deeply');
  });
});

describe('metadata', () => {
  const where: Predicate = { kind: 'equal', field: 'EventID', value: 1 };
  const full = detectionOf(where, {
    id: '6f0a0b8e-2d0c-4c25-9a5c-0d6a3c1f7b11',
    title: "A 'quoted': title # not a comment",
    description: 'First line\n\n  second: line\n',
    status: 'test',
    level: 'high',
    author: 'Ada, no',
    license: 'DRL-1.1',
    date: '2024-02-04',
    modified: '2024/02/05',
    references: ['https://example.org/#a: b', 'on'],
    tags: ['attack.t1003.001'],
    falsePositives: ['Unlikely', '12'],
    fields: ['CommandLine'],
    related: [{ id: 'x', type: 'derived' }],
    extra: { name: 'my_rule', custom: { a: [1, 'no', null, true] }, scope: ['server'], logsource: { note: 'audit' } },
    samples: [{ name: 'one', matches: true, event: { EventID: 1, Image: 'C:\\x' } }],
    placeholders: [],
  });

  it('stands in SigmaHQ\u2019s order and is read back', () => {
    const written = writeSigma(full);
    if (!('text' in written)) throw new Error('refused');
    const keys = [...written.text.matchAll(/^(\w+):/gm)].map(([, key]) => key);
    expect(keys.join(' ')).toBe(
      'title id name related status description license references author date modified tags logsource detection fields falsepositives level scope custom samples',
    );
    expect(written.text).toContain('\ndate: 2024-02-04\n');
    const { queries: _, origins: __, name: ___, file: ____, ...back } = readOne(written.text);
    const { queries: a, origins: b, name: c, file: d, ...expected } = full;
    expect([a, b, c, d]).toBeDefined();
    expect(back).toEqual({ ...expected, description: expected.description!.trim() });
  });

  it('of several log sources goes to a global document', () => {
    const two = detectionOf(where, {
      title: 'Both',
      queries: [
        { logsource: { product: 'windows', service: 'sysmon' }, where, then: [] },
        { logsource: { product: 'windows', service: 'security' }, where: not(where), then: [] },
      ],
    });
    const written = writeSigma(two);
    if (!('text' in written)) throw new Error('refused');
    expect(written.text.startsWith('action: global\ntitle: Both\n---\n')).toBe(true);
    const back = readOne(written.text);
    expect(back.queries.map(({ logsource }) => logsource.service)).toEqual(['sysmon', 'security']);
    expect(back.name).toBe('rule.yml');
  });

  it('keeps placeholders', () => {
    const rule =
      "title: T\nlogsource: { product: windows }\ndetection:\n  s:\n    User|expand: '%admins%\\%x'\n    Ip|cidr|expand: '%nets%'\n    L|re|expand: 'a%admins%.'\n  condition: s\n";
    const before = readOne(rule);
    const written = writeSigma(before);
    if (!('text' in written)) throw new Error(written.refused.message);
    const after = readOne(written.text);
    expect(after.placeholders).toEqual(['admins', 'nets']);
    expect(keyOf(after.queries[0]!.where)).toBe(keyOf(before.queries[0]!.where));
    expect(read(written.text).diagnostics).toEqual([]);
  });
});
