import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from './match.ts';
import type { Matcher } from './match.ts';
import { parseRegex } from './parse.ts';
import { foundByJavaScript } from './testing/javascript.ts';
import { randomTexts, randomTrees } from './testing/random-regex.ts';
import type { Regex, RegexNode } from './tree.ts';

const none = { ignoreCase: false, multiline: false, dotAll: false };
const numRuns = process.env['LONG'] ? 300_000 : 4000;

function regexOf(source: string): Regex {
  const read = parseRegex(source, none);
  if ('fault' in read) throw new Error(read.fault.message);
  return read.regex;
}

function matcher(source: string): Matcher {
  const compiled = compileRegex(regexOf(source));
  if (typeof compiled !== 'function') throw new Error(compiled.refused);
  return compiled;
}

function refusal(source: string): string {
  const compiled = compileRegex(regexOf(source));
  return typeof compiled === 'function' ? 'none' : compiled.refused;
}

const wrapped = (tree: RegexNode): Regex => ({ source: '', flags: none, tree });

describe('compileRegex', () => {
  it('agrees with JavaScript on random trees', () => {
    fc.assert(
      fc.property(randomTrees(), fc.array(randomTexts(), { minLength: 1, maxLength: 8 }), (tree, texts) => {
        const compiled = compileRegex(wrapped(tree));
        if (typeof compiled !== 'function') throw new Error(compiled.refused);
        for (const text of texts) expect(compiled(text), JSON.stringify(text)).toBe(foundByJavaScript(tree, text));
      }),
      { numRuns },
    );
  });

  it('agrees with JavaScript on atomic groups and possessive repeats, or refuses them', () => {
    let answered = 0;
    fc.assert(
      fc.property(
        randomTrees({ held: true }),
        fc.array(randomTexts(), { minLength: 1, maxLength: 8 }),
        (tree, texts) => {
          const compiled = compileRegex(wrapped(tree));
          if (typeof compiled !== 'function') return;
          answered += 1;
          for (const text of texts) expect(compiled(text), JSON.stringify(text)).toBe(foundByJavaScript(tree, text));
        },
      ),
      { numRuns },
    );
    expect(answered).toBeGreaterThan(numRuns / 4);
  });

  it('sees code points, and halves of pairs as themselves', () => {
    expect(matcher('^.$')('😀')).toBe(true);
    expect(matcher('^..$')('😀')).toBe(false);
    expect(matcher('^.$')('\ud83d')).toBe(true);
    expect(matcher('(?<=^.)b')('\ude00b')).toBe(true);
    expect(matcher('a(?=.$)')('a😀')).toBe(true);
    expect(matcher('\\x{DE00}')('😀')).toBe(false);
  });

  it('puts anchors where PCRE does', () => {
    expect(['a', 'a\n', 'a\n\n', 'a\r\n', 'b\na'].map(matcher('^a$'))).toEqual([true, true, false, false, false]);
    expect(['a', 'a\n', 'b\na\nc', 'ba'].map(matcher('(?m)^a$'))).toEqual([true, true, true, false]);
    expect(['a', 'a\n'].map(matcher('a\\z'))).toEqual([true, false]);
    expect(['a-b', 'aéb', 'ab'].map(matcher('a\\b'))).toEqual([true, true, false]);
  });

  it('finds the longest run where a repeat is possessive', () => {
    expect(['aab', 'aac'].map(matcher('a++b'))).toEqual([true, false]);
    expect(['aaa', 'a'].map(matcher('a++a'))).toEqual([false, false]);
    expect(['aaaa', 'aa'].map(matcher('^a{1,3}+a'))).toEqual([true, false]);
    expect(['ababc', 'abab'].map(matcher('^(?:ab)*+c'))).toEqual([false, false].map((_, at) => at === 0));
    expect(['"a"', '"a'].map(matcher('"(?>[^"]*)"'))).toEqual([true, false]);
  });

  it('says what to do where it can not', () => {
    expect([refusal('(a)\\1'), refusal('(?>a|ab)c'), refusal('(?:a|bc)++d')]).toMatchInlineSnapshot(`
      [
        "the back-reference to group 1 can not be matched in linear time; write out what it may repeat",
        "an atomic group or possessive repeat holds a part that can match in several lengths, which can not be matched in linear time; if it is there for speed alone, write (?:..) for (?>..) and leave out the + after the quantifier",
        "an atomic group or possessive repeat holds a part that can match in several lengths, which can not be matched in linear time; if it is there for speed alone, write (?:..) for (?>..) and leave out the + after the quantifier",
      ]
    `);
    expect(refusal(Array.from({ length: 30 }, (_, at) => `(?=${'a'.repeat(at)})`).join(''))).toMatch('24 look-arounds');
  });

  it('takes its time by the length of the text alone', () => {
    const long = 'a'.repeat(65_536);
    expect(matcher('(a+)+$')(`${long}!`)).toBe(false);
    expect(matcher('(a|aa)*b')(long)).toBe(false);
    expect(matcher('(?:(?:a*)*)*b')(long)).toBe(false);
    expect(matcher('(?=(a+)+$)(?<=(a|a?)+b)')(`${long}!`)).toBe(false);
    expect(matcher('(?:(?=a)a){100}b')(long)).toBe(false);
    const noisy = Array.from({ length: 65_536 }, (_, at) => 'ab'[Math.imul(at + 7, 2654435761) >>> 31]).join('');
    expect(matcher('^.*a.{20}c.*')(noisy)).toBe(false);
    expect(matcher('a[ab]{200}c')(noisy)).toBe(false);
    expect(matcher('a.{20}b')(noisy)).toBe(true);
  });

  it('gives the same answer after its memory was emptied', () => {
    const find = matcher('a[ab]{14}c');
    const texts = Array.from({ length: 60 }, (_, seed) =>
      Array.from({ length: 3000 }, (_, at) => 'ab'[Math.imul(at * 31 + seed * 977 + 7, 2654435761) >>> 31]).join(''),
    );
    for (const text of texts) {
      expect(find(text)).toBe(false);
      expect(find(`${text}a${text.slice(0, 14)}c`)).toBe(true);
    }
  });
});
