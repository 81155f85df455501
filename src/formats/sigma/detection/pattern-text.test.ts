import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { many, normal, one } from '../../../ir/pattern.ts';
import { patterns } from '../../../ir/testing/random.ts';
import { parsePattern, printPattern } from './pattern-text.ts';

describe('parsePattern', () => {
  it('lets a backslash take the meaning only from *, ? and a backslash', () => {
    const cases: [string, ReturnType<typeof parsePattern>][] = [
      ['C:\\Windows\\', ['C:\\Windows\\']],
      ['C:\\\\Windows', ['C:\\Windows']],
      ['\\\\host', ['\\host']],
      ['\\\\\\host', ['\\\\host']],
      ['\\\\\\\\host', ['\\\\host']],
      ['a\\*b', ['a*b']],
      ['a\\\\*b', ['a\\', many, 'b']],
      ['a\\\\\\*b', ['a\\*b']],
      ['a?c', ['a', one, 'c']],
      ['a\\?c', ['a?c']],
      ['*\\*', [many, '*']],
      ['*\\\\*', [many, '\\', many]],
      ['\\', ['\\']],
      ['', []],
    ];
    for (const [text, pattern] of cases) expect(parsePattern(text), text).toEqual(pattern);
  });
});

describe('printPattern', () => {
  it('writes what is read back, for every pattern', () => {
    fc.assert(
      fc.property(patterns(), (pattern) => {
        expect(normal(parsePattern(printPattern(pattern)))).toEqual(normal(pattern));
      }),
    );
  });

  it('reads and writes back every text with the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('\\', '*', '?', 'a') });
    fc.assert(
      fc.property(text, (text) => {
        expect(parsePattern(printPattern(parsePattern(text)))).toEqual(parsePattern(text));
      }),
    );
  });
});
