import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../ir/regex/match.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import type { RegexNode } from '../ir/regex/tree.ts';
import { canonicalOf } from './canonical.ts';
import { expressions } from './testing/expressions.ts';
import { textsOf } from './testing/oracle.ts';

const flags = { ignoreCase: false, multiline: false, dotAll: false };
const texts = [...textsOf(['a', 'b', '\n', '_'], 4), 'A', 'k', '1 ', 'aaaaa', 'ab\n\n', 'abab\n'];

function treeOf(source: string): RegexNode {
  const read = parseRegex(source, flags);
  if ('fault' in read) throw new Error(read.fault.message);
  return canonicalOf(read.regex.tree);
}

describe('canonicalOf', () => {
  it('finds a match in the same texts', () => {
    fc.assert(
      fc.property(expressions(true), (regex) => {
        const [before, after] = [compileRegex(regex), compileRegex({ ...regex, tree: canonicalOf(regex.tree) })];
        if (typeof before !== 'function' || typeof after !== 'function') return;
        expect(texts.filter((text) => before(text) !== after(text))).toEqual([]);
      }),
      { numRuns: process.env['LONG'] === '1' ? 50_000 : 1500 },
    );
  });

  it.each([
    ['(?:a|b)x', '(b|a)x'],
    ['ab$', 'ab\\n?\\z'],
    ['.*ab', 'ab'],
    ['a+?b{2,}', 'ab{2}'],
    ['(?:.*(ab)+)?c', 'c'],
    ['a|b|a', '(?:b|(?:a))'],
    ['x(?:y){1}', 'xy'],
  ])('makes %s and %s one', (a, b) => {
    expect(treeOf(a)).toEqual(treeOf(b));
  });

  it('keeps what is needed', () => {
    expect(treeOf('a*+ab')).not.toEqual(treeOf('ab'));
    expect(treeOf('^.*ab')).not.toEqual(treeOf('^ab'));
    expect(treeOf('(a)*b\\1')).not.toEqual(treeOf('b\\1'.replace('\\1', 'a')));
  });
});
