import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickhouse, dotnet, flavours, java, javascript, kusto, pcre, postgres, re2 } from './flavours.ts';
import type { Flavour } from './flavours.ts';
import { compileRegex } from './match.ts';
import { parseRegex } from './parse.ts';
import { printRegex } from './print.ts';
import { foundAnywhere } from './testing/javascript.ts';
import { randomTexts, randomTrees } from './testing/random-regex.ts';
import type { Regex, RegexNode } from './tree.ts';

const duckdb = await import('@duckdb/node-api').catch(() => undefined);

const none = { ignoreCase: false, multiline: false, dotAll: false };
const numRuns = process.env['LONG'] ? 100_000 : 2000;

function regexOf(source: string): Regex {
  const read = parseRegex(source, none);
  if ('fault' in read) throw new Error(`${source}: ${read.fault.message}`);
  return read.regex;
}

/** An expression whose text says nothing, so that it is printed from its tree. */
const ofTree = (tree: RegexNode): Regex => ({ source: '(', flags: none, tree });

function printed(source: string, flavour: Flavour): string {
  const result = printRegex(ofTree(regexOf(source).tree), flavour);
  return 'text' in result ? result.text : `refused: ${result.refused}`;
}

function finds(regex: Regex): (text: string) => boolean {
  const compiled = compileRegex(regex);
  if (typeof compiled !== 'function') throw new Error(compiled.refused);
  return compiled;
}

const texts = fc.array(randomTexts(), { minLength: 1, maxLength: 8 });

describe('printRegex', () => {
  it('says the same in PCRE, as our reader reads it', () => {
    fc.assert(
      fc.property(randomTrees(), texts, (tree, values) => {
        const result = printRegex(ofTree(tree), { ...pcre, behind: 'any' });
        if ('refused' in result) throw new Error(result.refused);
        const again = finds(regexOf(result.text));
        // PCRE's `(?m:^)`, which is not ours after the last line feed, is printed only where that does not matter.
        for (const text of values)
          expect(again(text), `${result.text} on ${JSON.stringify(text)}`).toBe(finds(ofTree(tree))(text));
      }),
      { numRuns },
    );
  });

  it('says the same in JavaScript, as its engine has it', () => {
    fc.assert(
      fc.property(randomTrees(), texts, (tree, values) => {
        const result = printRegex(ofTree(tree), javascript);
        if ('refused' in result) throw new Error(result.refused);
        const own = new RegExp(result.text, 'uy');
        for (const text of values)
          expect(foundAnywhere(own, text), `${result.text} on ${JSON.stringify(text)}`).toBe(finds(ofTree(tree))(text));
      }),
      { numRuns },
    );
  });

  it('reads back what it prints for the others, as far as PCRE shares their signs', () => {
    const others: Flavour[] = [
      { ...re2, ahead: true, behind: 'any', never: '(?!)', byBytes: false },
      { ...java, textEnd: null, lineStart: null, lineEnd: null },
      { ...dotnet, folds: 'unicode', astral: true },
      postgres,
    ];
    const shared = others.map((flavour): Flavour => ({
      ...flavour,
      foldFlag: 'i',
      mostNested: Infinity,
      code: pcre.code,
      behind: 'any',
    }));
    for (const flavour of shared) {
      fc.assert(
        fc.property(randomTrees(), texts, (tree, values) => {
          const result = printRegex(ofTree(tree), flavour);
          if ('refused' in result) throw new Error(result.refused);
          const again = finds(regexOf(flavour.dot === pcre.dot ? result.text : `(?s)${result.text}`));
          // `$` is the very end there, and a line feed may stand before it.
          fc.pre(flavour.veryEnd === pcre.veryEnd || !values.some((text) => text.endsWith('\n')));
          for (const text of values)
            expect(again(text), `${flavour.name}: ${result.text} on ${JSON.stringify(text)}`).toBe(
              finds(ofTree(tree))(text),
            );
        }),
        { numRuns: numRuns / 4 },
      );
    }
  });

  it.skipIf(!duckdb)('says the same in RE2, as DuckDB has it (skipped where it is not installed)', async () => {
    const connection = await (await duckdb!.DuckDBInstance.create()).connect();
    const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
    await fc.assert(
      fc.asyncProperty(randomTrees(), texts, async (tree, values) => {
        const result = printRegex(ofTree(tree), re2);
        fc.pre('text' in result && !halves.test(result.text));
        const { text: written } = result as { text: string };
        const whole = values.filter((text) => !halves.test(text));
        const select = `select ${whole.map((_, at) => `regexp_matches($${at + 2}, $1)`).join(', ')}`;
        const rows =
          whole.length === 0 ? [[]] : (await connection.runAndReadAll(select, [written, ...whole])).getRows();
        expect(rows[0], `${written} on ${JSON.stringify(whole)}`).toEqual(whole.map(finds(ofTree(tree))));
      }),
      { numRuns: numRuns / 8 },
    );
  });

  it('keeps the text where it is PCRE already', () => {
    const keep = (source: string) => printRegex(regexOf(source), pcre);
    expect(keep('(?i)a{2}\\d+[^"]*\\b(?:x|y)')).toEqual({ text: '(?i)a{2}\\d+[^"]*\\b(?:x|y)' });
    expect(keep('[\\w-.]\\u0041')).toEqual({ text: '[\\w\\-.]A' });
    expect(keep('a\nb')).toEqual({ text: 'a\\nb' });
    expect(keep('(?m)^$')).toEqual({ text: '(?<![^\\n])(?m:$)' });
    expect(keep('(?<=a+)b')).toEqual({ refused: 'PCRE can not say it: a look-behind without a bound' });
    const flags = { ...none, ignoreCase: true, dotAll: true };
    const read = parseRegex('a.b', flags);
    expect('regex' in read && printRegex(read.regex, pcre)).toEqual({ text: '(?is)a.b' });
    expect(printRegex({ ...regexOf('a'), tree: regexOf('b').tree }, pcre)).toEqual({ text: 'b' });
  });

  it('writes each flavour as a person would', () => {
    const sources = [
      '(?i)comsvcs\\.dll[, ]+.*MiniDump',
      '^C:\\\\Users\\\\[^\\\\]+\\\\(?:a|b)\\.exe$',
      '(?i:abc)DEF(?i)g',
      '\\bwhoami\\b',
      '\\w+\\s\\d{2,}',
      '(?s)a.b',
      'a.b',
      '(?m)^a$',
      'a$b|c$',
      '(?=.*a)(?<!b)c',
      '(?<n>a)\\k<n>1',
      'a++b',
      '(?>a|b)c',
      '[^a-z]|[kK]',
      '(?i)é|x',
      '\\p{Lu}\\x1b\\x{1F600}+',
      '[\\s\\-\\]^&~]',
      'a{300}',
      '(?:a{40}){40}',
      '(a)(b)',
      '(?:(?i)ab|cd)*?',
      '(?<=a+)b',
      '(?<=a|bc)d',
      '[^\\S]x[^\\D]',
      '\\z',
    ];
    expect(
      sources.map((source) => [source, ...flavours.map((flavour) => `${flavour.name}: ${printed(source, flavour)}`)]),
    ).toMatchSnapshot();
  });

  it('gives up groups where a flavour counts them', () => {
    expect(printed('(a)'.repeat(17), kusto)).toBe('(?:a)'.repeat(17));
    expect(printed('(a)'.repeat(16), kusto)).toBe('(a)'.repeat(16));
  });

  it('sees a character beyond U+FFFF as two in .NET', () => {
    expect(printed('😀*', dotnet)).toBe('(?:😀)*');
    expect(printed('a.*.+', dotnet)).toBe('a.*.+');
    expect(printed('^.$', dotnet)).toBe('^(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])$');
    expect(printed('[a😀]', dotnet)).toBe('(?:a|😀)');
  });

  it('refuses what RE2 finds between the bytes of a character', () => {
    expect(printed('\\B', re2)).toMatch('refused');
    expect(printed('a\\B', re2)).toBe('a\\B');
  });

  it('answers for deep and long expressions', () => {
    expect(printed(`${'(?:a?'.repeat(150)}${')?'.repeat(150)}`, javascript)).toHaveLength(150 * 7);
    expect(printed('(?-i)a(?i)b'.repeat(5000), pcre)).toHaveLength(5000 * 5);
    expect(printed('[^a]'.repeat(5000), re2)).toHaveLength(5000 * 4);
  });

  it('says `.` and line breaks outright', () => {
    expect(printed('a.b', clickhouse)).toBe('a[^\\n]b');
    expect(printed('(?s)a.b', clickhouse)).toBe('a.b');
    expect(printed('(?s)a.b', re2)).toBe('a[\\s\\S]b');
  });
});
