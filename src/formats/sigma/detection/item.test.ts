import { describe, expect, it } from 'vitest';
import { many, one } from '../../../ir/pattern.ts';
import { codesOf, hitsOf, readOne, ruleWith, whereOf } from '../testing/read.ts';

const like = (...pattern: unknown[]) => ({ kind: 'like', field: 'F', pattern, cased: false });

describe('text modifiers', () => {
  it('add their wildcards after the value is parsed', () => {
    expect(whereOf("F|contains: 'dir\\'")).toEqual(like(many, 'dir\\', many));
    expect(whereOf("F|startswith: 'a\\*'")).toEqual(like('a*', many));
    expect(whereOf("F|endswith: '\\cmd.exe'")).toEqual(like(many, '\\cmd.exe'));
    expect(whereOf("F|contains: 'a*b?'")).toEqual(like(many, 'a', many, 'b', one, many));
    expect(whereOf("F|contains: '*a'")).toEqual(like(many, 'a', many));
    expect(whereOf('F|contains: 46')).toEqual(like(many, '46', many));
    expect(whereOf('F|cased|contains: Ab')).toEqual({ ...like(many, 'Ab', many), cased: true });
  });

  it('make lists alternatives, or all of them', () => {
    expect(whereOf('F: [a, 1]')).toEqual({ kind: 'any', of: [like('a'), { kind: 'equal', field: 'F', value: 1 }] });
    expect(whereOf('F|contains|all: [a, b]')).toEqual({
      kind: 'all',
      of: [like(many, 'a', many), like(many, 'b', many)],
    });
  });

  it('encode in the order written', () => {
    expect(whereOf('F|base64|contains: foobar')).toEqual(like(many, 'Zm9vYmFy', many));
    expect(whereOf('F|wide|base64: ab')).toEqual(like('YQBiAA=='));
    expect(whereOf('F|utf16be|base64: ab')).toEqual(like('AGEAYg=='));
    expect(whereOf('F|utf16|base64: ab')).toEqual(like('//5hAGIA'));
    expect(whereOf('F|wide|contains: ab')).toEqual(like(many, 'a\u0000b\u0000', many));
    expect(whereOf('F|base64offset|contains: foobar')).toEqual({
      kind: 'any',
      of: [like(many, 'Zm9vYmFy', many), like(many, 'Zvb2Jhc', many), like(many, 'mb29iYX', many)],
    });
  });

  it('vary dashes', () => {
    const where = whereOf("F|windash|contains: ' -a'");
    expect(where.kind === 'any' && where.of).toHaveLength(5);
    expect(codesOf(ruleWith("selection:\n    F|windash|contains: '-a -b -c -d -e'"))).toEqual([
      'sigma/windash-too-many',
    ]);
  });
});

describe('other tests', () => {
  it('are regular expressions with flags', () => {
    expect(whereOf("F|re|i|s: 'a.*\\.b'")).toMatchObject({
      kind: 'regex',
      regex: { source: 'a.*\\.b', flags: { ignoreCase: true, multiline: false, dotAll: true } },
    });
  });

  it('are networks, with an address alone as the smallest', () => {
    expect(whereOf('F|cidr: 10.0.0.1')).toEqual({ kind: 'cidr', field: 'F', network: '10.0.0.1/32' });
    expect(whereOf("F|cidr: 'fe80::/10'")).toEqual({ kind: 'cidr', field: 'F', network: 'fe80::/10' });
    expect(whereOf("F|cidr: '::ffff:1.2.3.4/96'")).toMatchObject({ network: '::ffff:1.2.3.4/96' });
    for (const bad of ['10.0.0.0/33', '10.0.0/8', '10.0.0.256', '1::2::3/64', ':::/4', 'x', '10.0.*', "''"])
      expect(codesOf(ruleWith(`selection:\n    F|cidr: ${bad}`)), bad).toEqual(['sigma/cidr']);
  });

  it('are comparisons of numbers and of parts of times', () => {
    expect(whereOf('F|gte: 10.5')).toEqual({ kind: 'compare', field: 'F', part: 'number', order: '>=', value: 10.5 });
    expect(whereOf('F|hour: 22')).toEqual({ kind: 'compare', field: 'F', part: 'hour', order: '=', value: 22 });
    expect(whereOf('F|week|lt: 5')).toEqual({ kind: 'compare', field: 'F', part: 'week', order: '<', value: 5 });
    expect(codesOf(ruleWith('selection:\n    F|lt: 0x10'))).toEqual(['sigma/value']);
    expect(codesOf(ruleWith('selection:\n    F|minute: 60'))).toEqual(['sigma/time-range']);
  });

  it('are the presence of a field, and other fields', () => {
    expect(whereOf('F|exists: true')).toEqual({ kind: 'exists', field: 'F' });
    expect(whereOf('F|exists: false')).toEqual({ kind: 'not', of: { kind: 'exists', field: 'F' } });
    expect(whereOf('F|fieldref|endswith: G')).toEqual({
      kind: 'sameAs',
      field: 'F',
      other: 'G',
      relation: 'endswith',
      cased: false,
    });
  });

  it('are keywords where no field is named', () => {
    const keyword = (...pattern: unknown[]) => ({ kind: 'keyword', test: { kind: 'like', pattern, cased: false } });
    const where = (selection: string) =>
      JSON.parse(
        JSON.stringify(readOne(ruleWith(selection)).queries[0]!.where, (key, value: unknown) =>
          key === 'origin' ? undefined : value,
        ),
      );
    expect(where('selection: [a, 5]')).toEqual({
      kind: 'any',
      of: [keyword(many, 'a', many), keyword(many, '5', many)],
    });
    expect(where("selection:\n    '|all': [a, 'b*']")).toEqual({
      kind: 'all',
      of: [keyword(many, 'a', many), keyword(many, 'b', many)],
    });
    expect(where("selection:\n    '|startswith': a")).toEqual(keyword('a', many));
    expect(where("selection:\n    '|re': 'a.b'")).toMatchObject({ kind: 'keyword', test: { kind: 'regex' } });
    expect(where('selection: a')).toEqual(keyword(many, 'a', many));
  });
});

describe('neq', () => {
  it('needs a value to differ, and none of those listed', () => {
    const rule = readOne(ruleWith('selection:\n    F|neq: [a, b]'));
    expect(hitsOf(rule, [{}, { F: null }, { F: 'A' }, { F: 'c' }, { F: '' }, { F: ['b', 'c'] }])).toEqual([3, 4]);
    const other = readOne(ruleWith('selection:\n    F|fieldref|neq: G'));
    expect(hitsOf(other, [{ F: 'a' }, { F: 'a', G: 'a' }, { F: 'a', G: 'b' }, { G: 'b' }])).toEqual([2]);
    const part = readOne(ruleWith('selection:\n    F|contains|neq: a'));
    expect(hitsOf(part, [{ F: 'xay' }, { F: 'xy' }, {}])).toEqual([1]);
  });
});

describe('expand', () => {
  const item = "F|expand: '%admins%-\\%x%'";
  it('puts values in, with their wildcards', () => {
    expect(whereOf(item, { admins: ['adm*', 7] })).toEqual({
      kind: 'any',
      of: [like('adm', many, '-%x%'), like('7-%x%')],
    });
    expect(whereOf("F|re|expand: '^%n%$'", { n: ['a.b'] })).toMatchObject({ regex: { source: '^a\\.b$' } });
  });

  it('keeps the name and says what is missing', () => {
    const rule = readOne(ruleWith(`selection:\n    ${item}`));
    expect(rule.placeholders).toEqual(['admins']);
    expect(whereOf(item)).toEqual(like('%admins%-%x%'));
    expect(readOne(ruleWith("selection:\n    F: '%admins%'")).placeholders).toEqual([]);
    expect(readOne(ruleWith("selection:\n    F|expand: '%toString%'")).placeholders).toEqual(['toString']);
  });

  it('does not multiply without bound', () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    const text = ruleWith("selection:\n    F|expand: '%a%%a%%a%'");
    expect(() => readOne(text, { a: many })).toThrow('sigma/expand-too-many');
  });
});

describe('a selection', () => {
  it('is all of a map, any of a list', () => {
    const rule = readOne(ruleWith('selection:\n    - A: 1\n      B: 2\n    - C: 3\n    - word'));
    expect(hitsOf(rule, [{ A: 1, B: 2 }, { A: 1 }, { C: 3 }, { D: 'a WORD here' }])).toEqual([0, 2, 3]);
  });

  it('knows where each of its tests stands', () => {
    const text = ruleWith("selection:\n    Image|endswith:\n        - '\\a.exe'\n        - '\\b.exe'");
    const rule = readOne(text);
    const slices = rule.origins.map(({ part, span }) => [part, text.slice(span.start, span.end)]);
    const where = rule.queries[0]!.where;
    expect(where.kind === 'any' && where.of.map(({ origin }) => slices[origin!])).toEqual([
      ['selection', "'\\a.exe'"],
      ['selection', "'\\b.exe'"],
    ]);
    expect(slices[where.origin!]).toEqual(['selection', 'Image|endswith']);
  });
});
