import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRegex } from './parse.ts';
import { foundAnywhere, foundByJavaScript } from './testing/javascript.ts';
import type { RegexFlags, RegexNode } from './tree.ts';

const none: RegexFlags = { ignoreCase: false, multiline: false, dotAll: false };

function treeOf(source: string, flags: Partial<RegexFlags> = {}): RegexNode {
  const read = parseRegex(source, { ...none, ...flags });
  if ('fault' in read) throw new Error(`${source}: ${read.fault.message}`);
  return read.regex.tree;
}

/** By JavaScript's engine, from the tree alone. */
function matches(source: string, text: string, flags: Partial<RegexFlags> = {}): boolean {
  return foundByJavaScript(treeOf(source, flags), text);
}

function faultOf(source: string): string {
  const read = parseRegex(source, none);
  return 'fault' in read ? `${read.fault.at}: ${read.fault.message}` : 'no fault';
}

describe('parseRegex', () => {
  it('reads what matches what', () => {
    const cases: [source: string, yes: string[], no: string[]][] = [
      ['^\\d\\D\\w\\W\\s\\S$', ['1aa! x', '1\u0661_\u00e9\tx'], ['\u0661aa! x', '1aa! \n ']],
      ['^\\h\\H\\v\\V\\N$', ['\u00a0a\u2028ab'], ['aaaaa', '\ta\nb\n']],
      ['^a\\Rb$', ['a\r\nb', 'a\nb', 'a\rb', 'a\u2028b'], ['a\r\r\nb', 'ab']],
      ['^\\R\\n$', ['\n\n', '\r\n\n'], ['\r\n']],
      ['^\\x41\\x{1F600}\\u00e9\\ud83d\\ude00\\o{101}\\0101\\cA$', ['A😀é😀A\u00081\u0001'], []],
      ['\\x4', ['\u0004'], ['4', 'x4']],
      ['^\\Qa.b*\\E+$', ['a.b*', 'a.b***'], ['axb*', 'a.b']],
      ['^\\Q\\\\E$', ['\\'], ['']],
      ['^[\\Qa-z]\\E]$', ['-', 'z', ']'], ['b']],
      ['^\\p{Lu}\\P{L}\\pN\\p{^L}\\p{Greek}\\p{L&}$', ['É12-αb'], ['é12-αb', 'É12-ab']],
      ['^[[:alpha:]][[:^digit:]][[:word:][:space:]]$', ['az_', 'Z! '], ['1zz', 'a1z']],
      ['^[]a][^]a]$', [']b', 'ab'], ['ba', ']]']],
      ['^[a-c\\-x-][\\w-.]$', ['a-', '-.', 'xz'], ['d-', 'a!']],
      ['^[\\b][\\101]$', ['\bA'], ['b1']],
      ['^a{2}b{1,}c{0,2}d{,2}{x}$', ['aabbccd{,2}{x}', 'aabd{,2}{x}'], ['abd{,2}{x}', 'aab{x}']],
      ['^a+?b*?c??$', ['a', 'abbc'], ['b']],
      ["^(?:ab|c)(?<n>d)(?P<m>e)(?'k'f)$", ['abdef', 'cdef'], ['abcdef']],
      ['^(?i)a(?-i)b(?i:c)d$', ['AbCd', 'abcd'], ['ABcd', 'abcD']],
      ['^(?:a(?i)b|c)d$', ['aBd', 'Cd'], ['Abd', 'aBD']],
      ['^(?i:k)(?i:[r-t])$', ['Kſ', '\u212aS', 'kR'], ['kq']],
      ['^(?i)[^k]$', ['l'], ['K', '\u212a']],
      ['^(?i)\\w[\\w][[:upper:]]$', ['aba'], ['\u017fba', 'a\u017fa']],
      ['(?s)a.b(?-s).', ['a\nbc'], ['a\nb\n']],
      ['(?m)^a$', ['x\na\ny', 'a\n'], ['xa']],
      ['(?x) a b # c\n c\\ [ ] (?# d ) +', ['abc  '], ['abc ', 'a b c  ']],
      ['(?xx)[a b]c', ['bc'], [' c']],
      ['^(?U)a+(?^)b$', ['aab'], ['B']],
      ['a(?=b)(?!bc)b(?<=ab)(?<!x)', ['ab', 'abx'], ['abc', 'a']],
      ['\\Aa\\b\\B?', [], []],
      ['\\Aa\\Z', ['a', 'a\n'], ['a\n\n', 'ba']],
      ['\\Aa\\z', ['a'], ['a\n']],
      ['^a$', ['a', 'a\n'], ['a\n\n', '\na']],
      ['\\bfoo\\B', ['a foox'], ['foo', 'xfoox']],
      ['^(a)\\1(?<n>b)\\k<n>\\k{n}(?P=n)\\g{-1}\\g1$', ['aabbbbba'], ['aabbbb']],
      ['(?n)^(a)(?<x>b)\\1$', ['abb'], ['aba']],
      ['^(?>a|ab)c$', ['ac'], ['abc']],
      ['^a*+a$', [], ['aa', 'a']],
      ['^(?|x)$', [], []],
      ['^}]{$', ['}]{'], []],
      ['', ['', 'a'], []],
      ['a||b', [''], []],
      ['^()$', [''], ['a']],
    ];
    for (const [source, yes, no] of cases) {
      if ('fault' in parseRegex(source, none)) {
        expect([...yes, ...no], source).toEqual([]);
        continue;
      }
      for (const text of yes) expect(matches(source, text), `${source} on ${JSON.stringify(text)}`).toBe(true);
      for (const text of no) expect(matches(source, text), `${source} on ${JSON.stringify(text)}`).toBe(false);
    }
  });

  it('takes the flags given beside the expression', () => {
    expect(matches('a.b$', 'A\nB\nc', { ignoreCase: true, dotAll: true, multiline: true })).toBe(true);
    expect(matches('a.b$', 'A\nB\nc', { ignoreCase: true, dotAll: true })).toBe(false);
  });

  it('gives one tree to one meaning', () => {
    for (const [a, b] of [
      ['(?i)[a-z]', '(?i)[A-Z]'],
      ['(?i)é', '[éÉ]'],
      ['(?i)1', '1'],
      ['(?i).', '.'],
      ['(?i)[^a]', '[^aA]'],
      ['\\d', '[0-9]'],
      ['(?:a)(?:bc)', 'abc'],
      ['(?:a|b)|c', 'a|b|c'],
      ['\\x41', 'A'],
      ['(?s).', '[\\s\\S]'],
    ] as const)
      expect(treeOf(a), a).toEqual(treeOf(b));
    expect(treeOf('(?i)k')).not.toEqual(treeOf('[kK]'));
  });

  it('says what is wrong and where', () => {
    expect(
      [
        'a)',
        '(a',
        'a|*',
        '[a',
        '[b-a]',
        'a\\',
        '\\y',
        '\\xg',
        '\\u12',
        '\\x{110000}',
        'a**',
        'a{3}{4}',
        '^*',
        'a{1001}',
        'a{2,1}',
        '(?:(?:a{1000}){1000}){1000}',
        '(?<n>a)(?<n>b)',
        '\\2(a)',
        '\\k<x>',
        '\\g{-1}',
        '(?R)',
        '(?1)',
        '(?(1)a|b)',
        '(?|a)',
        '(*SKIP)',
        '(?#a',
        '(?d)a',
        '(?<1>a)',
        '\\p{Klingon}',
        '[[:foo:]]',
        '[:alpha:]',
        '\\Kx',
        '(?',
      ].map((source) => `${source} -> ${faultOf(source)}`),
    ).toMatchInlineSnapshot(`
      [
        "a) -> 1: this ) closes no group",
        "(a -> 0: the group is not closed",
        "a|* -> 2: there is nothing for this * to repeat",
        "[a -> 0: the class is not closed",
        "[b-a] -> 3: the range is out of order",
        "a\\ -> 1: the backslash at the end escapes nothing",
        "\\y -> 0: \\y has no meaning",
        "\\xg -> 0: \\x has no meaning",
        "\\u12 -> 0: \\u has no meaning",
        "\\x{110000} -> 0: there is no character U+110000",
        "a** -> 1: a repeat can not be repeated",
        "a{3}{4} -> 1: a repeat can not be repeated",
        "^* -> 1: an anchor can not be repeated",
        "a{1001} -> 1: a count goes to 1000 at most",
        "a{2,1} -> 1: the counts are out of order",
        "(?:(?:a{1000}){1000}){1000} -> 3: the expression is too large: with its repeats written out it has more than 50000 states",
        "(?<n>a)(?<n>b) -> 7: two groups have the name n",
        "\\2(a) -> 0: there is no group 2 to refer to",
        "\\k<x> -> 0: there is no group x to refer to",
        "\\g{-1} -> 0: there is no group 0 to refer to",
        "(?R) -> 0: a group that calls a group is not read",
        "(?1) -> 0: a group that calls a group is not read",
        "(?(1)a|b) -> 0: a group with a condition is not read",
        "(?|a) -> 0: a group that resets numbers is not read",
        "(*SKIP) -> 0: a verb such as (*SKIP) is not read",
        "(?#a -> 0: the comment is not closed",
        "(?d)a -> 0: the flag d is not known",
        "(?<1>a) -> 0: (?< begins no group that is known",
        "\\p{Klingon} -> 0: no Unicode property 'Klingon' is known",
        "[[:foo:]] -> 1: there is no class [:foo:]",
        "[:alpha:] -> 0: a class such as [:alpha:] stands inside brackets",
        "\\Kx -> 0: \\K has no meaning",
        "(? -> 0: (? begins no group that is known",
      ]
    `);
  });

  it('answers for deep, large and broken text', () => {
    expect(faultOf('('.repeat(100_000))).toMatch('200 deep');
    expect(faultOf(`${'('.repeat(200)}${')'.repeat(200)}`)).toBe('no fault');
    expect(faultOf('a'.repeat(60_000))).toMatch('too large');
    expect(faultOf('(((a{99}){99}){99}){99}')).toMatch('too large');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(..."(?<>=!:imsxP'a|b)*+{1,2}[]^-\\QEdpLk$.#&\n{}~"), { maxLength: 12 }),
        (letters) => {
          const source = letters.join('');
          const read = parseRegex(source, none);
          if ('fault' in read) {
            expect(read.fault.at).toBeGreaterThanOrEqual(0);
            expect(read.fault.at).toBeLessThanOrEqual(source.length);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('agrees with JavaScript on what both languages share', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'K',
      '.',
      '\\d',
      '[a-c]',
      '[^a\\d]',
      '\\.',
      '\\n',
      '[\\]-]',
      '\\x61',
      '\\u0062',
      '😀',
    );
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        { arbitrary: atom, weight: 4 },
        { arbitrary: fc.constantFrom('\\b', '\\B', ''), weight: 1 },
        { arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b), weight: 3 },
        { arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`), weight: 2 },
        {
          arbitrary: fc
            .tuple(fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!'), tie('node'))
            .map(([a, b]) => `${a}${b})`),
          weight: 2,
        },
        {
          arbitrary: fc
            .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}?'))
            .map(([a, b]) => `(?:${a})${b}`),
          weight: 2,
        },
      ),
    }));
    const text = fc
      .array(fc.constantFrom(...'aAbBkK\u212ac1. \n]-', '😀'), { maxLength: 8 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(node, text, fc.boolean(), fc.boolean(), (source, value, ignoreCase, dotAll) => {
        // With `i` and `u` JavaScript's own `\b` and `\d` know folded letters; ours are ASCII always.
        const own = new RegExp(source, `uy${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}`);
        fc.pre(!(ignoreCase && /\\[bB]/.test(source)));
        fc.pre(dotAll || !/[\r\u2028\u2029]/.test(value));
        expect(matches(source, value, { ignoreCase, dotAll })).toBe(foundAnywhere(own, value));
      }),
      { numRuns: 2000 },
    );
  });
});
