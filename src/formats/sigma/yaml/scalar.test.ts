import { describe, expect, it } from 'vitest';
import { readScalar } from './scalar.ts';
import { whereOf } from '../testing/read.ts';

const plain = (text: string) => readScalar({ kind: 'scalar', text, plain: true, span: { start: 0, end: 0 } });

describe('readScalar', () => {
  it('takes only canonical decimals for numbers', () => {
    for (const text of ['0', '4688', '-5', '3.25', '0.5'])
      expect(plain(text)).toEqual({ kind: 'number', value: Number(text) });
  });

  it('keeps what YAML 1.1 or 1.2 would rewrite', () => {
    const texts = [
      'no',
      'Yes',
      'on',
      '010',
      '0x10',
      '0o17',
      '1_000',
      '1.0',
      '1e3',
      '+1',
      '-0',
      '.5',
      '2020/02/04',
      '2020-02-04',
      '12:30',
      '12345678901234567890',
      '.inf',
    ];
    for (const text of texts) expect(plain(text)).toEqual({ kind: 'text', text });
  });

  it('knows null and booleans in YAML 1.2\u2019s spellings', () => {
    for (const text of ['', '~', 'null', 'NULL']) expect(plain(text)).toEqual({ kind: 'null' });
    expect(plain('True')).toEqual({ kind: 'boolean', value: true });
  });
});

describe('a value in a rule', () => {
  it('is compared as it is written', () => {
    expect(whereOf('EventID: 4688')).toEqual({ kind: 'equal', field: 'EventID', value: 4688 });
    expect(whereOf('F: 010')).toEqual({ kind: 'like', field: 'F', pattern: ['010'], cased: false });
    expect(whereOf('F: 2020-02-04')).toEqual({ kind: 'like', field: 'F', pattern: ['2020-02-04'], cased: false });
    expect(whereOf("F: '4688'")).toEqual({ kind: 'like', field: 'F', pattern: ['4688'], cased: false });
    expect(whereOf('F: yes')).toEqual({ kind: 'like', field: 'F', pattern: ['yes'], cased: false });
    expect(whereOf('F: true')).toEqual({ kind: 'equal', field: 'F', value: true });
    expect(whereOf('F: !!str 5')).toEqual({ kind: 'like', field: 'F', pattern: ['5'], cased: false });
  });

  it('is no value if it is null, and empty if it is empty', () => {
    const noValue = { kind: 'not', of: { kind: 'like', field: 'F', pattern: [{ wild: 'many' }], cased: false } };
    for (const text of ['F: null', 'F: ~', 'F:']) expect(whereOf(text)).toEqual(noValue);
    expect(whereOf("F: ''")).toEqual({ kind: 'like', field: 'F', pattern: [], cased: false });
  });
});
