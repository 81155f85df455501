import { describe, expect, it } from 'vitest';
import { inNetwork } from '../../ir/cidr.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { regexOf } from '../../ir/testing/random.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { networkRegex } from '../network-regex.ts';
import { queryOf } from '../testing/agreement.ts';
import { esQs } from './es-qs.ts';

function like(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}

function typed(type: FieldType): Profile {
  return { ...profiles.raw, types: {}, defaultType: type };
}

function print(where: Predicate, profile: Profile = profiles.raw): string {
  const printed = esQs.print(queryOf(where), profile);
  return printed.kind === 'text' ? printed.text : `refused: ${printed.losses[0]!.why}`;
}

function effects(where: Predicate, profile: Profile): readonly string[] {
  return esQs.print(queryOf(where), profile).losses.map(({ effect }) => effect);
}

const keyword: FieldType = { kind: 'keyword', folded: false };

describe('values of a keyword field', () => {
  it.each([
    [like('f', 'comsvcs.dll'), 'f:/[cC][oO][mM][sSſ][vV][cC][sSſ]\\.[dD][lL][lL]/'],
    [like('f', many, 'k', many), 'f:/.*[kK\u212a].*/'],
    [like('f', 'K'), 'f:/[kK\u212a]/'],
    [like('f', many, ' -1 ', many), 'f:*\\ \\-1\\ *'],
    [like('f', '4688'), 'f:4688'],
    [like('f', '01'), 'f:"01"'],
    [like('f', '10.0.0.1'), 'f:"10.0.0.1"'],
    [like('f', '-5'), 'f:"-5"'],
    [like('f', '>5'), 'f:">5"'],
    [like('f'), 'f:""'],
    [like('f', many), '_exists_:f'],
    [like('f', one, many), 'f:?*'],
    [like('f', 'a\\'), 'f:/[aA][\\\\]/'],
    [like('f', 'a/b'), 'f:/[aA]\\/[bB]/'],
    [{ kind: 'like', field: 'f', pattern: ['Ab"\\'], cased: true }, 'f:"Ab\\"\\\\"'],
    [{ kind: 'equal', field: 'f', value: -1.5 }, 'f:"-1.5"'],
    [{ kind: 'equal', field: 'f', value: true }, 'f:/[tT][rR][uU][eE]/'],
  ] as const)('%j is %s', (where, text) => expect(print(where)).toBe(text));

  it('is refused past a thousand characters of an expression', () => {
    expect(print(like('f', 'x'.repeat(250)))).toBe(`f:/${'[xX]'.repeat(250)}/`);
    expect(print(like('f', 'x'.repeat(251)))).toMatch(/^refused: it needs an expression of 1004 characters/);
  });

  it('is refused where Lucene would not build the automaton', () => {
    const holes = Array.from({ length: 20 }, () => one);
    expect(print(like('f', many, 'a', ...holes, 'b', many))).toMatch(/^refused: its automaton/);
    expect(print(like('f', 'a', ...holes, 'b', many))).toBe(`f:/[aA]${'.'.repeat(20)}[bB].*/`);
  });

  it('is refused for more clauses than the server takes, and packed where they are values of one field', () => {
    const fields = Array.from({ length: 1025 }, (_, index) => like(`f${index}`, '1'));
    expect(print(any(fields))).toMatch(/^refused: it has 1025 clauses/);
    const values = Array.from({ length: 1025 }, (_, index) => like('f', `v${index}`));
    expect(print(any(values))).toMatch(/^f:\(\/\[vV\]0\|\[vV\]1\|/);
  });

  it('packs short lists as well where a query would have too many clauses', () => {
    const list = (field: string) => any(Array.from({ length: 350 }, (_, index) => like(field, `v${index}`)));
    expect(print(all([list('a'), list('b')]))).toMatch(/^\(a:\(\/\[vV\]0\/ OR /);
    expect(print(all([list('a'), list('b'), list('c')]))).toMatch(/^\(a:\(\/\[vV\]0\|\[vV\]1\|.* AND b:\(\/.*\|/);
    const mixed = any(
      [...Array.from({ length: 600 }, (_, index) => [like('a', `${index}x`), like('b', `${index}y`)])].flat(),
    );
    expect(print(mixed)).toMatch(/^\(a:\(\/0\[xX\]\|1\[xX\]\|.* OR b:\(\/0\[yY\]\|/);
  });
});

describe('groups', () => {
  const [a, b, c] = [like('a', '1'), like('b', '2'), like('c', '3')];
  it.each([
    [all([a, any([b, c])]), '(a:1 AND (b:2 OR c:3))'],
    [any([a, all([b, c])]), '(a:1 OR (b:2 AND c:3))'],
    [any([a, not(b)]), '(a:1 OR (*:* AND NOT b:2))'],
    [all([a, not(b)]), '(a:1 AND NOT b:2)'],
    [all([not(a), not(b)]), '(*:* AND NOT a:1 AND NOT b:2)'],
    [not(a), '(*:* AND NOT a:1)'],
    [not(not(a)), '(*:* AND NOT (*:* AND NOT a:1))'],
    [not(all([a, b])), '(*:* AND NOT (a:1 AND b:2))'],
    [any([like('a', '1'), like('a', '2')]), 'a:(1 OR 2)'],
    [all([like('a', '1'), like('a', '2')]), '(a:1 AND a:2)'],
    [all([]), '*:*'],
    [any([]), '(*:* AND NOT *:*)'],
  ] as const)('%j is %s', (where, text) => expect(print(where)).toBe(text));
});

describe('field types', () => {
  const folded: FieldType = { kind: 'keyword', folded: true };
  const words: FieldType = { kind: 'text', analyzer: 'standard' };
  it.each([
    [{ kind: 'wildcard' }, like('f', 'a', many), 'f:/[aA].*/'],
    [folded, like('f', 'Ab', many), 'f:Ab*'],
    [folded, like('f', 'C:\\X'), 'f:"C:\\\\X"'],
    [words, like('f', many, 'mimikatz', many), 'f:*mimikatz*'],
    [words, like('f', many, 'comsvcs.dll, MiniDump', many), 'f:(*comsvcs* AND *dll* AND *MiniDump*)'],
    [words, like('f', many, '\\', many), 'refused: the field is indexed as words, and this text has none'],
    [{ kind: 'number' }, like('f', '5'), 'f:5'],
    [{ kind: 'number' }, { kind: 'compare', field: 'f', part: 'number', order: '>=', value: -5 }, 'f:>=-5'],
    [{ kind: 'number' }, { kind: 'compare', field: 'f', part: 'number', order: '=', value: -5 }, 'f:[-5 TO -5]'],
    [{ kind: 'number' }, like('f', '5', many), 'refused: the field holds numbers, and this is none'],
    [
      keyword,
      { kind: 'compare', field: 'f', part: 'number', order: '<', value: 5 },
      'refused: on a keyword field a range compares texts, so 10 comes before 9; it needs a number field',
    ],
    [{ kind: 'ip' }, { kind: 'cidr', field: 'f', network: 'fc00::/7' }, 'f:"fc00::/7"'],
    [{ kind: 'ip' }, like('f', '192.168.', many), 'f:"192.168.0.0/16"'],
    [
      { kind: 'ip' },
      like('f', '192.1', many),
      'refused: the field holds addresses: it can be asked for one, or for a network',
    ],
    [{ kind: 'boolean' }, { kind: 'equal', field: 'f', value: true }, 'f:true'],
    [{ kind: 'date' }, like('f', many), '_exists_:f'],
  ] as readonly (readonly [FieldType, Predicate, string])[])('%j: %j is %s', (type, where, text) =>
    expect(print(where, typed(type))).toBe(text),
  );

  it('words lose what stands between them: wider, and under a `not` narrower', () => {
    const phrase = like('f', many, 'a b', many);
    expect(effects(phrase, typed(words))).toEqual(['wider']);
    expect(effects(not(phrase), typed(words))).toEqual(['narrower']);
    expect(effects(like('f', many, 'ab', many), typed(words))).toEqual([]);
  });

  it('names what it takes for granted', () => {
    const printed = esQs.print(
      queryOf({ kind: 'keyword', test: { kind: 'like', pattern: ['1'], cased: true } }),
      profiles.raw,
    );
    expect(printed.kind === 'text' && printed.assumptions).toHaveLength(1);
    expect(print(like('f', 'a'))).not.toBe('');
    const plain = esQs.print(queryOf(like('f', 'a')), profiles.raw);
    expect(plain.kind === 'text' && plain.assumptions).toEqual([]);
  });
});

describe('expressions', () => {
  it.each([
    ['abc', 'f:/.*abc.*/'],
    ['^abc$', 'f:/abc\n?/'],
    ['\\babc\\b', 'f:/(.*[^0-9A-Z_a-z])?abc([^0-9A-Z_a-z].*)?/'],
    ['^(?!.*x)a', 'f:/a.*&~([^\n]*x.*)/'],
    ['(?i)ab', 'f:/.*[aA][bB].*/'],
    ['a.*b', 'f:/.*a[^\n]*b.*/'],
    ['(?s)a.*b', 'f:/.*a.*b.*/'],
    ['.*a.*', 'f:/.*a.*/'],
    ['(a)\\1', 'refused: Lucene matches with an automaton, which has no back references'],
    ['a++b', 'refused: Lucene has no possessive repetition'],
    ['(?:\\ba)+', 'refused: Lucene has no anchors, least of all inside a repetition'],
    ['(?!^)a', 'refused: its look-around meets an anchor that looks further back'],
  ])('%s is %s', (source, text) => expect(print({ kind: 'regex', field: 'f', regex: regexOf(source) })).toBe(text));
});

describe('reading', () => {
  function read(text: string, profile: Profile = profiles.raw) {
    const { queries, diagnostics } = esQs.parse({ name: 'q', text }, profile);
    return { where: queries[0]?.where, codes: diagnostics.map(({ code }) => code) };
  }

  it('takes a keyword pattern as cased, and classes of both cases as uncased', () => {
    expect(read('f:*ab*').where).toEqual({ kind: 'like', field: 'f', pattern: [many, 'ab', many], cased: true });
    expect(read('f:/.*[aA][bB].*/').where).toMatchObject({ kind: 'like', pattern: [many, 'ab', many], cased: false });
  });

  it('reads what sigmac wrote for the seeds', () => {
    const { where } = read('CommandLine.keyword:(*comsvcs.dll,#24* OR *comsvcs.dll,MiniDump*)');
    const hit = (CommandLine: string) => evaluate(where!, eventOf({ 'CommandLine.keyword': CommandLine }));
    expect(hit('x comsvcs.dll,#24 y')).toBe(true);
    expect(hit('x comsvcs.dll, #24 y')).toBe(false);
    expect(hit('x COMSVCS.DLL,#24 y')).toBe(false);
  });

  it('has no precedence: beside a required clause an optional one is dropped, with a warning', () => {
    const { where, codes } = read('a:1 OR b:2 AND c:3');
    expect(where).toMatchObject({ kind: 'all', of: [{ field: 'b' }, { field: 'c' }] });
    expect(codes).toEqual(['lucene/optional-clause']);
  });

  it('splits `f:*a b*` after the blank, and joins words in a row', () => {
    expect(read('f:*a b*').where).toMatchObject({
      kind: 'any',
      of: [{ kind: 'like', field: 'f' }, { kind: 'keyword' }],
    });
    expect(read('f:(a b)').where).toMatchObject({ kind: 'like', field: 'f', pattern: ['a b'] });
    expect(read('f:a\u00a0b').where).toMatchObject({ pattern: ['a\u00a0b'] });
    expect(read('f:a\u3000f:b').where).toMatchObject({ kind: 'any' });
  });

  it('warns where other languages have an anchor or a flag', () => {
    expect(read('f:/^a$/').codes).toEqual(['lucene/plain-character', 'lucene/plain-character']);
    expect(read('f:/(?i)a/').codes).toEqual(['lucene/plain-character']);
  });

  it('reads values by the type of their field', () => {
    expect(read('f:5', typed({ kind: 'number' })).where).toEqual({ kind: 'equal', field: 'f', value: 5 });
    expect(read('f:[1 TO 1]', typed({ kind: 'number' })).where).toMatchObject({
      kind: 'compare',
      order: '=',
      value: 1,
    });
    expect(read('f:[1 TO 5}', typed({ kind: 'number' })).where).toMatchObject({
      of: [{ order: '>=' }, { order: '<' }],
    });
    expect(read('f:"10.0.0.0/8"', typed({ kind: 'ip' })).where).toMatchObject({ kind: 'cidr', network: '10.0.0.0/8' });
    expect(read('f:10.0.0.1', typed({ kind: 'ip' })).where).toMatchObject({ network: '10.0.0.1/32' });
    expect(read('f:*Ab*', typed({ kind: 'text', analyzer: 'standard' })).where).toMatchObject({ cased: false });
    expect(read('f:ab', typed({ kind: 'keyword', folded: true })).where).toMatchObject({ cased: false });
  });

  it.each([
    '('.repeat(5000),
    'f:"'.repeat(5000),
    'NOT '.repeat(20_000),
    '/'.repeat(20_000),
    `f:/${'('.repeat(999)}/`,
    'a '.repeat(20_000),
    `f:/${'a{999}'.repeat(150)}/`,
    '\\'.repeat(9999),
  ])('answers hostile text %#', (text) => {
    const { queries, diagnostics } = esQs.parse({ name: 'hostile', text }, profiles.raw);
    expect(queries.length + diagnostics.length).toBeGreaterThan(0);
  });
});

describe('networks as texts', () => {
  it.each([
    '10.0.0.0/8',
    '192.168.1.0/24',
    '172.16.0.0/12',
    '10.1.2.3/32',
    '0.0.0.0/0',
    '10.0.0.128/25',
    '10.0.0.64/29',
  ])('%s', (network) => {
    const regex: Predicate = {
      kind: 'regex',
      field: 'f',
      regex: {
        source: '',
        flags: { ignoreCase: false, multiline: false, dotAll: false },
        tree: {
          kind: 'concat',
          of: [{ kind: 'anchor', at: 'text-start' }, networkRegex(network), { kind: 'anchor', at: 'very-end' }],
        },
      },
    };
    const octets = [
      0, 1, 9, 10, 15, 16, 31, 32, 63, 64, 71, 72, 99, 100, 127, 128, 168, 172, 192, 199, 200, 249, 250, 255, 256,
    ];
    for (const octet of octets)
      for (const address of [
        `${octet}.16.0.0`,
        `10.${octet}.2.3`,
        `192.168.${octet}.1`,
        `10.0.0.${octet}`,
        `172.${octet}.1.1`,
        `10.0.0.0${octet}`,
      ])
        if (!/(?:^|\.)0\d/.test(address))
          expect(evaluate(regex, eventOf({ f: address })), address).toBe(inNetwork(address, network));
  });
});
