import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { eventOf } from './event.ts';
import type { Raw } from './event.ts';
import { many, one } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { not } from './predicate.ts';
import type { Predicate } from './predicate.ts';

const like = (pattern: Pattern, cased = false): Predicate => ({ kind: 'like', field: 'f', pattern, cased });
const holds = (predicate: Predicate, raw: Raw) => evaluate(predicate, eventOf(raw));

/** Rows of the README's truth tables: predicate, then events of which it is true, then events of which it is false. */
const tables: readonly [string, Predicate, readonly Raw[], readonly Raw[]][] = [
  [
    'like, a literal',
    like(['Cmd.exe']),
    [{ f: 'cmd.EXE' }, { f: ['x', 'cmd.exe'] }, { f: 'Cmd.exe' }],
    [{}, { f: null }, { f: '' }, { f: [] }, { f: 'cmd.exe ' }, { f: { g: 'cmd.exe' } }, { F: 'cmd.exe' }],
  ],
  ['like, cased', like(['Cmd'], true), [{ f: 'Cmd' }], [{ f: 'cmd' }]],
  ['like, the Kelvin sign folds to k', like(['k']), [{ f: 'K' }, { f: '\u212a' }], [{ f: 'kk' }]],
  ['like, the empty text', like([]), [{ f: '' }, { f: ['a', ''] }], [{}, { f: null }, { f: [] }, { f: ' ' }]],
  [
    'like, one many: a value is there',
    like([many]),
    [{ f: '' }, { f: 0 }, { f: false }, { f: 'a\nb' }],
    [{}, { f: null }, { f: [] }, { f: {} }, { f: [null] }],
  ],
  ['null: no value is there', not(like([many])), [{}, { f: null }, { f: [] }, { f: {} }], [{ f: '' }, { f: 0 }]],
  [
    'like, one is one code point',
    like(['a', one, 'c']),
    [{ f: 'abc' }, { f: 'a😀c' }, { f: 'a\nc' }],
    [{ f: 'ac' }, { f: 'abbc' }],
  ],
  [
    'like, segments in order',
    like([many, 'ab', many, 'b', one, many, 'a']),
    [{ f: 'abbxa' }, { f: 'xabyyb-zza' }, { f: 'abb😀a' }],
    [{ f: 'abba' }, { f: 'abb' }, { f: 'bab' }],
  ],
  ['like, segments do not overlap', like(['ab', many, 'ba']), [{ f: 'abba' }], [{ f: 'aba' }]],
  ['like, a number is its decimal text', like(['1', many]), [{ f: 1 }, { f: 12.5 }, { f: '1e3' }], [{ f: 0.1 }]],
  [
    'like, a dotted name against nesting',
    { kind: 'like', field: 'a.b', pattern: ['x'], cased: false },
    [{ 'a.b': 'x' }, { a: { b: 'x' } }, { a: [{ b: 'y' }, { b: 'x' }] }, { a: { b: ['x'] } }],
    [{ a: 'x' }, { b: 'x' }, { a: { 'b.c': 'x' } }],
  ],
  [
    'like, blanks in recorded names do not count',
    { kind: 'like', field: 'ThreatName', pattern: ['x'], cased: false },
    [{ 'Threat Name': 'x' }],
    [{ 'Threat-Name': 'x' }],
  ],
  [
    'equal, a number',
    { kind: 'equal', field: 'f', value: 1 },
    [{ f: 1 }, { f: '1' }, { f: [2, 1] }],
    [{}, { f: '01' }, { f: '1.0' }, { f: true }, { f: null }],
  ],
  [
    'equal, a boolean',
    { kind: 'equal', field: 'f', value: true },
    [{ f: true }, { f: 'TRUE' }],
    [{ f: 1 }, { f: false }, {}],
  ],
  [
    'compare',
    { kind: 'compare', field: 'f', part: 'number', order: '>=', value: 5 },
    [{ f: 5 }, { f: ' 5.5 ' }, { f: '1e1' }, { f: [1, 9] }],
    [{}, { f: '0x9' }, { f: 'six' }, { f: 4.99 }, { f: true }, { f: '' }],
  ],
  [
    'compare, the hour',
    { kind: 'compare', field: 'f', part: 'hour', order: '=', value: 3 },
    [{ f: '2024-05-01T03:10:00Z' }, { f: '2024-05-01 03:59' }],
    [{ f: '2024-05-01' }, { f: '2024-05-01T13:10:00Z' }, { f: 3 }],
  ],
  [
    'compare, the ISO week',
    { kind: 'compare', field: 'f', part: 'week', order: '=', value: 53 },
    [{ f: '2020-12-31' }, { f: '2021-01-03' }],
    [{ f: '2021-01-04' }, { f: '2021-02-30' }],
  ],
  [
    'cidr',
    { kind: 'cidr', field: 'f', network: '10.0.0.0/8' },
    [{ f: '10.1.2.3' }],
    [{}, { f: '11.0.0.1' }, { f: '10.1.2' }, { f: '10.0.0.0/8' }],
  ],
  ['exists', { kind: 'exists', field: 'f' }, [{ f: null }, { f: '' }, { f: [] }, { f: {} }], [{}, { g: 1 }]],
  [
    'same as',
    { kind: 'sameAs', field: 'f', other: 'g', relation: 'whole', cased: false },
    [
      { f: 'A', g: 'a' },
      { f: 1, g: '1' },
      { f: ['x', 'y'], g: ['y', 'z'] },
    ],
    [{}, { f: 'a' }, { g: 'a' }, { f: null, g: null }, { f: 'a', g: 'b' }],
  ],
  [
    'same as, a part',
    { kind: 'sameAs', field: 'f', other: 'g', relation: 'startswith', cased: true },
    [
      { f: 'abc', g: 'ab' },
      { f: 'a', g: '' },
    ],
    [{ f: 'Abc', g: 'ab' }],
  ],
  [
    'keyword',
    { kind: 'keyword', test: { kind: 'like', pattern: [many, 'evil', many], cased: false } },
    [{ a: 'an EVIL thing' }, { a: { b: ['x', 'evil'] } }],
    [{}, { evil: 'x' }, { a: 'ev', b: 'il' }],
  ],
  [
    'rendered, a JSON line',
    { kind: 'like', field: { rendered: 'json-line' }, pattern: [many, '"EventID":1,', many], cased: false },
    [{ EventID: 1, a: 2 }],
    [{ EventID: '1', a: 2 }, { EventID: 1 }],
  ],
  ['all of nothing', { kind: 'all', of: [] }, [{}, { f: 1 }], []],
  ['any of nothing', { kind: 'any', of: [] }, [], [{}, { f: 1 }]],
];

describe('evaluate', () => {
  for (const [name, predicate, yes, no] of tables) {
    it(name, () => {
      for (const raw of yes) expect(holds(predicate, raw), `true of ${JSON.stringify(raw)}`).toBe(true);
      for (const raw of no) expect(holds(predicate, raw), `false of ${JSON.stringify(raw)}`).toBe(false);
      for (const raw of [...yes, ...no]) expect(holds(not(predicate), raw)).toBe(!holds(predicate, raw));
    });
  }

  it('is not slowed down by wildcards over a long value that almost fits', () => {
    const pattern = [many, 'ab', many, 'ab', one, many, 'ab', many, 'abc'];
    expect(holds(like(pattern), { f: 'ab'.repeat(100_000) })).toBe(false);
  });
});
