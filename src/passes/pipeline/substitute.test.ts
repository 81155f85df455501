import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRegex } from '../../ir/regex/parse.ts';
import { findAll } from './substitute.ts';

const plain = { ignoreCase: false, multiline: false, dotAll: false };

function regexOf(source: string) {
  const read = parseRegex(source, plain);
  if ('fault' in read) throw new Error(read.fault.message);
  return read.regex;
}

const places = (source: string, text: string) =>
  findAll(regexOf(source), text)?.map(({ start, end, groups }) => [start, end, groups.get('1')]);

describe('findAll', () => {
  it('finds what JavaScript finds, groups included', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      'a*',
      'b+?',
      '(a|ab)',
      '(?:ab)+',
      '[^a]',
      'a{1,2}',
      '(?=b)',
      '(?<!a)',
      '(b*)',
      '\\b',
      '$',
      '^',
    );
    const expression = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 });
    fc.assert(
      fc.property(expression, text, (source, value) => {
        const theirs = [...value.matchAll(new RegExp(source, 'gd'))].map(({ 0: all, index, indices }) => [
          index,
          index + all.length,
          indices?.[1],
        ]);
        const ours = findAll(regexOf(source), value)!.map(({ start, end, groups }) => [start, end, groups.get('1')]);
        // JavaScript forgets a group that an outer round did not take part in; none of these is repeated.
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes an empty match right behind another, as Python does', () => {
    expect(places('x*', 'abxd')).toEqual([
      [0, 0, undefined],
      [1, 1, undefined],
      [2, 3, undefined],
      [3, 3, undefined],
      [4, 4, undefined],
    ]);
  });

  it('gives up where it would take too long', () => {
    expect(findAll(regexOf('(a+)+$'), `${'a'.repeat(60)}b`)).toBeNull();
    expect(findAll(regexOf('(?:ab)*c'), 'ab'.repeat(100_000))).toBeNull();
    expect(findAll(regexOf('a.*b'), `a${'x'.repeat(50_000)}b`)).toHaveLength(1);
  });
});
