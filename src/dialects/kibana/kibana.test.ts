import { describe, expect, it } from 'vitest';
import { all, any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { queryOf } from '../testing/agreement.ts';
import { kibana } from './index.ts';

const many = { wild: 'many' } as const;

function read(text: string, profile: Profile = profiles.ecs) {
  return kibana.parse({ name: 'test', text }, profile);
}

function meaning(text: string, profile?: Profile): Predicate | undefined {
  return read(text, profile).queries[0]?.where;
}

function print(where: Predicate, profile: Profile = profiles.ecs) {
  const printed = kibana.print(queryOf(where), profile);
  if (printed.kind === 'refused') return { text: null, losses: printed.losses.map(({ effect }) => effect) };
  return { text: printed.text, losses: printed.losses.map(({ effect }) => effect) };
}

function like(field: string, ...pattern: Extract<Predicate, { kind: 'like' }>['pattern']): Predicate {
  return { kind: 'like', field, pattern, cased: true };
}

describe('the grammar of Kibana', () => {
  it('blanks belong to the value, and are cut off at its ends', () => {
    expect(meaning('a:  x y ')).toEqual(like('a', 'x y'));
    expect(meaning('a: * -a ')).toEqual(like('a', many, ' -a'));
  });

  it('words of the language count in any case, with blanks at both sides', () => {
    expect(meaning('a: x OR b: y aNd c: z')).toEqual(
      any([like('a', 'x'), { kind: 'all', of: [like('b', 'y'), like('c', 'z')] }]),
    );
    expect(meaning('a: x\u00a0and\u00a0b: y')).toEqual({ kind: 'all', of: [like('a', 'x'), like('b', 'y')] });
    expect(meaning('a: sandy orchard')).toEqual(like('a', 'sandy orchard'));
  });

  it('an escape is a character, and `\\not` a line break and `ot`', () => {
    expect(meaning(String.raw`a: \u0041\:\(\and\or\\`)).toEqual(like('a', 'A:(andor\\'));
    expect(meaning(String.raw`a: x\not y`)).toEqual(like('a', 'x\not y'));
  });

  it('between quotation marks a backslash before any other character stands for itself', () => {
    expect(meaning(String.raw`a: "C:\Windows\"`)).toBeUndefined();
    expect(meaning(String.raw`a: "C:\Windows\\"`)).toEqual(like('a', 'C:\\Windows\\'));
    expect(meaning(String.raw`a: "*\temp*"`)).toEqual(like('a', '*\temp*'));
  });

  it('Kibana takes its own sign for a wildcard where there is one besides', () => {
    expect(meaning('a: x@kuery-wildcard@y*')).toEqual(like('a', 'x', many, 'y', many));
    expect(meaning('a: x@kuery-wildcard@y')).toEqual(like('a', 'x@kuery-wildcard@y'));
    expect(print(like('a', 'x@kuery-wildcard@y', many))).toEqual({ text: 'a: x*y*', losses: ['wider'] });
  });

  it('an empty text and a lone star find everything', () => {
    for (const text of ['', ' ', '*', '*: *']) expect(meaning(text)).toEqual({ kind: 'all', of: [] });
  });

  it('a query a line is read where the lines are no query together', () => {
    expect(read('a: x\nb: y').queries).toHaveLength(2);
    expect(read('a: x\nand b: y').queries).toHaveLength(1);
    expect(meaning('a: x\ny')).toEqual(like('a', 'x\ny'));
    expect(read('*\nb: y').diagnostics.map(({ code }) => code)).toEqual(['kibana/field-pattern']);
  });
});

describe('what a test means by the type of its field', () => {
  it('a value with wildcards is divided at blanks unless the field is a keyword field', () => {
    const parts = [like('process.command_line', many, 'a'), like('process.command_line', 'b', many)];
    expect(meaning('process.command_line: *a b*')).toEqual(any(parts));
    expect(read('process.command_line: *a b*').diagnostics.map(({ code }) => code)).toEqual(['kibana/divided']);
    expect(meaning('process.executable: *a b*')).toEqual(like('process.executable', many, 'a b', many));
    expect(print(like('process.command_line', many, 'a b', many))).toEqual({
      text: 'process.command_line: *a*b*',
      losses: ['wider'],
    });
  });

  it('words in a row without wildcards stay one text there', () => {
    expect(meaning('process.command_line: a b *c')).toEqual(
      any([like('process.command_line', 'a b'), like('process.command_line', many, 'c')]),
    );
  });

  it('a word of analysed text is whole, or open at an end', () => {
    const word = { kind: 'term', field: 'message', term: 'err', tokenizer: 'standard', cased: false } as const;
    expect(meaning('message: err')).toEqual({ ...word, edge: 'whole' });
    expect(meaning('message: err*')).toEqual({ ...word, edge: 'prefix' });
    expect(meaning('message: *err')).toEqual({ ...word, edge: 'suffix' });
    expect(print({ ...word, edge: 'prefix' })).toEqual({ text: 'message: err*', losses: [] });
  });

  it('letters make a keyword field too narrow, and nothing else does', () => {
    const uncased = (text: string): Predicate => ({ kind: 'like', field: 'a', pattern: [text], cased: false });
    expect(print(uncased('x')).losses).toEqual(['narrower']);
    expect(print(uncased('0x1')).losses).toEqual(['narrower']);
    expect(print(uncased('4688-1')).losses).toEqual([]);
    expect(print({ kind: 'not', of: uncased('x') }).losses).toEqual(['wider']);
  });

  it('an address field takes addresses and networks, a keyword field their beginnings', () => {
    expect(print(like('source.ip', '10.', many)).text).toBe('source.ip: "10.0.0.0/8"');
    expect(print({ kind: 'cidr', field: 'source.ip', network: 'fe80::/10' }).text).toBe('source.ip: "fe80::/10"');
    expect(print({ kind: 'cidr', field: 'a', network: '10.1.0.0/16' })).toEqual({
      text: 'a: 10.1.*',
      losses: ['wider'],
    });
    expect(print({ kind: 'cidr', field: 'a', network: '10.1.0.1/32' })).toEqual({ text: 'a: "10.1.0.1"', losses: [] });
  });

  it('a number that equals another is a range of one, since a text with blanks equals it, too', () => {
    const where = { kind: 'compare', field: 'process.pid', part: 'number', order: '=', value: 5 } as const;
    expect(print(where).text).toBe('process.pid >= 5 and process.pid <= 5');
  });

  it('more clauses than Elasticsearch allows are refused', () => {
    const list = any(Array.from({ length: 1025 }, (_, index) => like('a', String(index))));
    expect(print(list)).toEqual({ text: null, losses: ['refused'] });
  });
});

it.each(['*NOT', '*x or', '*x AND'])('keeps a value that ends in an operator, %s, apart from what follows', (value) => {
  const like = (field: string, text: string): Predicate => ({
    kind: 'like',
    field,
    pattern: [{ wild: 'many' }, text],
    cased: false,
  });
  const profile = { ...profiles.raw, defaultType: { kind: 'keyword', folded: true } } as const;
  const where = all([like('f', value.slice(1)), like('g', 'x')]);
  const printed = kibana.print({ logsource: {}, where, then: [] }, profile);
  const { queries } = kibana.parse({ name: 'q', text: printed.kind === 'text' ? printed.text : '' }, profile);
  expect(queries[0]?.where).toMatchObject({ kind: 'all', of: [{ field: 'f' }, { field: 'g' }] });
});
