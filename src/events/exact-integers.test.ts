import { describe, expect, it } from 'vitest';
import { jsonOf, longIntegers, parseExactly } from './exact-integers.ts';
import type { Raw } from '../ir/event.ts';

const exact = (text: string) => parseExactly(text, longIntegers(text));

describe('exact integers', () => {
  it.each([
    ['{"k":-9223372036854775808}', { k: '-9223372036854775808' }],
    ['{"k": 18446744073709551615 }', { k: '18446744073709551615' }],
    ['{"k":[1,9007199254740993]}', { k: [1, '9007199254740993'] }],
    ['{"k":9007199254740991}', { k: 9007199254740991 }],
    ['{"k":9007199254740992}', { k: '9007199254740992' }],
    ['{"k":"9007199254740993"}', { k: '9007199254740993' }],
    ['{"k":1.2345678901234567890}', { k: 1.2345678901234567 }],
    ['{"k":12345678901234567e3}', { k: 12345678901234567000 }],
    ['{"k":"a, 12345678901234567890, b","l":1}', { k: 'a, 12345678901234567890, b', l: 1 }],
    ['{"k":":12345678901234567890,"}', { k: ':12345678901234567890,' }],
    ['{"k\\"":"\\\\","l":12345678901234567890}', { 'k"': '\\', l: '12345678901234567890' }],
  ])('of %s', (text, value) => {
    expect(exact(text)).toEqual(value);
  });

  it('leaves an error of the text an error', () => {
    expect(() => exact('{"k":00000000000000000001}')).toThrow();
    expect(() => exact('{"k":12345678901234567890 1}')).toThrow();
  });

  it('writes them as the numbers that they were, and breaks no line', () => {
    const text =
      '{\n  "a": 12345678901234567890,\r\n  "b": "12345678901234567890",\n  "c": [-12345678901234567890]\n}\n';
    expect(jsonOf(exact(text) as Raw)).toBe(
      '{ "a": 12345678901234567890, "b": "12345678901234567890", "c": [-12345678901234567890] }',
    );
    expect(jsonOf({ a: 1 })).toBe('{"a":1}');
  });
});
