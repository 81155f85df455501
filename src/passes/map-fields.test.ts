import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { many, one } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { all, any, never, not } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import type { Regex } from '../ir/regex/tree.ts';
import type { Mapping } from '../schema/profile.ts';
import { mapFields } from './map-fields.ts';
import { simplify } from './simplify.ts';
import { valueAt } from './view-event.ts';

const runs = process.env['LONG'] ? 50_000 : 2_000;
const imphash: Mapping = { kind: 'inside', field: 'Hashes', key: 'IMPHASH' };
const account: Mapping = { kind: 'joined', left: 'Domain', by: '\\', right: 'Name' };
const label: Mapping = { kind: 'coded', field: 'Label', codes: { 'S-1-16-12288': 'High', 'S-1-16-8192': 'Medium' } };
const told: Mapping = { kind: 'told', field: 'Action', codes: { Accepted: 'false', Failed: 'true', Made: 'true' } };
const hex: Mapping = { kind: 'hex', field: 'Pid' };

function like(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}

function mapped(where: Predicate, mapping: Mapping) {
  return mapFields(where, () => mapping);
}

function holds(where: Predicate, raw: Raw): boolean {
  return evaluate(where, eventOf(raw));
}

describe('mapFields', () => {
  it('renames, and leaves keywords and rendered text alone', () => {
    const where = all([
      like('Image', 'x'),
      { kind: 'keyword', test: { kind: 'like', pattern: [many], cased: false } },
      { kind: 'like', field: { rendered: 'json-line' }, pattern: ['y'], cased: false },
      { kind: 'sameAs', field: 'Image', other: 'User', relation: 'whole', cased: false },
    ]);
    const { where: renamed, losses } = mapFields(where, (field) => `p.${field}`);
    expect(renamed).toMatchObject({
      of: [
        { field: 'p.Image' },
        { kind: 'keyword' },
        { field: { rendered: 'json-line' } },
        { field: 'p.Image', other: 'p.User' },
      ],
    });
    expect(losses).toEqual([]);
  });

  it('finds a hash inside a list wherever it stands, and only under its key', () => {
    const { where } = mapped(like('Imphash', 'ABC'), imphash);
    for (const Hashes of [
      'IMPHASH=ABC',
      'imphash=abc,MD5=1',
      'IMPHA\u017fH=ABC',
      'MD5=1,IMPHASH=ABC',
      'MD5=1,IMPHASH=ABC,SHA1=2',
    ])
      expect(holds(where, { Hashes }), Hashes).toBe(true);
    for (const Hashes of ['ABC', 'MD5=ABC', 'IMPHASH=ABCD', 'XIMPHASH=ABC', 'IMPHASH=1,MD5=ABC', 'IMPHASH=,ABC'])
      expect(holds(where, { Hashes }), Hashes).toBe(false);
  });

  it('lets no hole run past the entry', () => {
    const { where, losses } = mapped(like('Imphash', many, 'C'), imphash);
    expect(holds(where, { Hashes: 'MD5=1,IMPHASH=ABC' })).toBe(true);
    expect(holds(where, { Hashes: 'IMPHASH=ABD,MD5=1C' })).toBe(false);
    expect(losses).toEqual([]);
    expect(mapped(like('Imphash', 'A,', many), imphash).where).toEqual(never);
  });

  it('cuts a pattern over an account in two', () => {
    const { where } = mapped(like('User', 'NT AUTHORITY\\SYSTEM'), account);
    expect(simplify(where)).toEqual(all([like('Domain', 'NT AUTHORITY'), like('Name', 'SYSTEM')]));
    expect(
      holds(mapped(like('User', many, 'Y\\S', many), account).where, { Domain: 'AUTHORITY', Name: 'System' }),
    ).toBe(true);
    expect(mapped({ kind: 'equal', field: 'User', value: 5 }, account).where).toEqual(never);
  });

  it('writes numbers as the field does, and finds what is recorded as it is', () => {
    const four = { kind: 'equal', field: 'Pid', value: 4 } as const;
    expect(mapped({ ...four, field: 'ProcessId' }, hex).where).toEqual(any([like('Pid', '0x4'), four]));
    expect(mapped(like('ProcessId', '0x3e7'), hex)).toEqual({ where: like('Pid', '0x3e7'), losses: [] });
    expect(mapped(like('ProcessId', '4', many), hex).losses).toMatchObject([{ effect: 'narrower' }]);
  });

  it('asks for codes alone where nothing but them is stored', () => {
    const asked: Predicate = { kind: 'equal', field: 'Initiated', value: true };
    expect(mapped(asked, told).where).toEqual(any([like('Action', 'Failed'), like('Action', 'Made')]));
    expect(mapped(like('Initiated', 'maybe'), told).where).toEqual(any([]));
  });

  it('finds a value by its code', () => {
    expect(mapped(like('IntegrityLevel', 'high'), label).where).toEqual(
      any([like('Label', 'high'), like('Label', 'S-1-16-12288')]),
    );
  });

  it('asks a list that is kept apart for one entry', () => {
    const hashes: Mapping = { kind: 'list', fields: { MD5: 'hash.md5', IMPHASH: 'pe.imphash' } };
    expect(mapped(like('Hashes', many, 'IMPHASH=AB', many), hashes)).toEqual({
      where: like('pe.imphash', 'AB', many),
      losses: [],
    });
    expect(mapped(like('Hashes', many, 'SHA256=AB', many), hashes).losses).toMatchObject([{ effect: 'narrower' }]);
    expect(mapped(like('Hashes', many, 'MD5=A,IMPHASH=B', many), hashes).losses).toHaveLength(1);
    expect(mapped(like('Hashes', many, 'MD5=AB'), hashes).losses).toMatchObject([{ effect: 'wider' }]);
  });

  it('turns a loss round under a not, and keeps the place that it comes from', () => {
    const absent: Mapping = { kind: 'absent', why: 'nobody writes it' };
    const atom = { ...like('X', 'a'), origin: 7 } as Predicate;
    expect(mapped(atom, absent).losses).toEqual([
      { field: 'X', effect: 'narrower', why: 'nobody writes it', origin: 7 },
    ]);
    expect(mapped(not(atom), absent).losses).toMatchObject([{ effect: 'wider' }]);
    expect(mapped(atom, imphash).where).toMatchObject({ kind: 'any', origin: 7, of: [{ origin: 7 }, {}, {}, {}] });
  });

  it('compares two fields where both are whole and in one form', () => {
    const same: Predicate = { kind: 'sameAs', field: 'a', other: 'b', relation: 'whole', cased: false };
    expect(mapFields(same, (field) => ({ kind: 'hex', field: `${field}Id` })).losses).toEqual([]);
    expect(mapFields(same, (field) => (field === 'a' ? account : field))).toMatchObject({
      where: never,
      losses: [{ effect: 'narrower' }],
    });
  });

  it('finds a value between the marks of its element, and in no other', () => {
    const unnamed: Mapping = { kind: 'element', field: 'Xml', name: 'Data' };
    const takes = (value: string, xml: string, open = true) => {
      const pattern = open ? [many, value, many] : [value];
      const { where, losses } = mapped({ kind: 'like', field: 'f', pattern, cased: false }, unnamed);
      expect(losses).toEqual([]);
      return evaluate(where, eventOf({ Xml: xml }));
    };
    expect(takes('ntds.dit', '<Data>x</Data><Data>C:\\NTDS.dit</Data>')).toBe(true);
    expect(takes('ntds.dit', "<Data Name='a'>ntds.dit</Data><Data></Data>")).toBe(false);
    expect(takes('ntds.dit', '<Data>ntds</Data><Data>.dit</Data>')).toBe(false);
    expect(takes('a & b', '<Data>a &amp; b</Data>', false)).toBe(true);
    expect(mapped({ kind: 'like', field: 'f', pattern: [many, 'AMP', many], cased: false }, unnamed).losses).toEqual([
      expect.objectContaining({ effect: 'wider' }),
    ]);
  });

  it('finds a number of the registry in decimal, and no text that looks like it', () => {
    const details: Mapping = { kind: 'registry', field: 'Data', type: 'Kind' };
    const takes = (value: string, raw: Raw, open = false) => {
      const pattern = open ? [many, value, many] : [value];
      const { where, losses } = mapped({ kind: 'like', field: 'f', pattern, cased: false }, details);
      expect(losses).toEqual([]);
      return evaluate(where, eventOf(raw));
    };
    const ten = { Data: ['10'], Kind: 'SZ_DWORD' };
    expect(takes('dword (0x0000000A)', ten)).toBe(true);
    expect(takes('DWORD (0x0000000a)', ten, true)).toBe(true);
    expect(takes('DWORD (0x00000010)', ten)).toBe(false);
    expect(takes('10', ten)).toBe(false);
    expect(takes('10', { Data: ['10'], Kind: 'REG_SZ' })).toBe(true);
    expect(takes('DWORD (0x0000000a)', { Data: ['10'], Kind: 'REG_SZ' })).toBe(false);
    expect(takes('.dll', { Data: ['C:\\x.dll'], Kind: 'REG_SZ' }, true)).toBe(true);
    expect(mapped({ kind: 'like', field: 'f', pattern: ['DWORD', many], cased: false }, details).losses).toMatchObject([
      { effect: 'narrower' },
    ]);
  });

  it('means of an event what the test means of the view of it, unless it says otherwise (property)', () => {
    fc.assert(
      fc.property(mappings(), tests(), records(), (mapping, atom, raw) => {
        const { where, losses } = mapped(atom, mapping);
        fc.pre(losses.length === 0);
        const seen = valueAt(mapping, eventOf(raw));
        const wanted = evaluate(atom, eventOf(seen === undefined ? {} : { f: seen }));
        expect(evaluate(where, eventOf(raw)), JSON.stringify({ mapping, atom, raw, seen })).toBe(wanted);
      }),
      { numRuns: runs },
    );
  });

  it('errs on the side that it names (property)', () => {
    fc.assert(
      fc.property(mappings(), tests(), records(), (mapping, atom, raw) => {
        const { where, losses } = mapped(atom, mapping);
        fc.pre(losses.length > 0);
        const seen = valueAt(mapping, eventOf(raw));
        const wanted = evaluate(atom, eventOf(seen === undefined ? {} : { f: seen }));
        const found = evaluate(where, eventOf(raw));
        if (losses.every(({ effect }) => effect === 'narrower')) expect(found && !wanted).toBe(false);
        if (losses.every(({ effect }) => effect === 'wider')) expect(wanted && !found).toBe(false);
      }),
      { numRuns: runs },
    );
  });
});

function mappings(): fc.Arbitrary<Mapping> {
  return fc.constantFrom<Mapping>(
    'Name',
    imphash,
    account,
    label,
    told,
    hex,
    { kind: 'either', of: ['Name', imphash, hex] },
    { kind: 'last', field: 'Name', by: '\\' },
    { kind: 'element', field: 'Xml', name: 'Data' },
    { kind: 'registry', field: 'Name', type: 'Kind' },
    { kind: 'absent', why: 'nobody writes it' },
  );
}

const pieces = fc.constantFrom(
  many,
  one,
  'a',
  'AB',
  '\\',
  'a\\b',
  ',',
  '=',
  'high',
  '12',
  '0x',
  'IMPHASH',
  'İ',
  'k',
  '&',
  '<b',
);

function tests(): fc.Arbitrary<Atom> {
  const pattern = fc.array(pieces, { maxLength: 4 });
  const field = 'f';
  return fc.oneof(
    {
      arbitrary: fc.record({
        kind: fc.constant('like' as const),
        field: fc.constant(field),
        pattern,
        cased: fc.boolean(),
      }),
      weight: 8,
    },
    fc.constantFrom<Atom>(
      { kind: 'exists', field },
      { kind: 'equal', field, value: 12 },
      { kind: 'equal', field, value: true },
      { kind: 'compare', field, part: 'number', order: '>', value: 3 },
      { kind: 'compare', field, part: 'number', order: '=', value: 12 },
      { kind: 'cidr', field, network: '10.0.0.0/8' },
      { kind: 'term', field, term: 'ab', edge: 'whole', tokenizer: 'kusto', cased: false },
      { kind: 'regex', field, regex: regexOf('^a') },
      { kind: 'regex', field, regex: regexOf('a.?b') },
    ),
  );
}

function regexOf(text: string): Regex {
  const parsed = parseRegex(text, { ignoreCase: true, multiline: false, dotAll: false });
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return parsed.regex;
}

function records(): fc.Arbitrary<Raw> {
  const text = fc
    .array(fc.constantFrom('a', 'ab', 'AB', '\\', ',', '=', 'high', 'S-1-16-12288', '12', '0xc', 'k', 'K', 'b'), {
      maxLength: 4,
    })
    .map((parts) => parts.join(''));
  const entry = fc
    .tuple(fc.constantFrom('MD5', 'IMPHASH', 'imphash', 'XIMPHASH', ''), text)
    .map(([key, value]) => `${key}=${value}`);
  const element = fc
    .tuple(fc.constantFrom('<Data>', '<Data>', "<Data Name='a'>"), text, fc.constantFrom('', '&amp;', '&lt;b', '&gt;'))
    .map(([open, ...parts]) => `${open}${parts.join('')}</Data>`);
  const value = (texts: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
    fc.oneof(
      { arbitrary: texts, weight: 6 },
      fc.constantFrom<Value>(null, '', 12, true, []),
      fc.array(texts, { maxLength: 2 }),
    );
  return fc.record(
    {
      Hashes: value(fc.array(entry, { maxLength: 4 }).map((entries) => entries.join())),
      Domain: value(text),
      Xml: value(fc.array(element, { maxLength: 3 }).map((elements) => elements.join(''))),
      Name: value(text),
      Kind: fc.constantFrom('SZ_DWORD', 'REG_SZ', 'sz_dword'),
      Label: value(fc.oneof(text, fc.constantFrom('High', 'S-1-16-12288', 's-1-16-8192'))),
      Pid: value(fc.oneof(text, fc.constantFrom('0xc', '0xC', '0x00c', '12'))),
    },
    { requiredKeys: [] },
  );
}
