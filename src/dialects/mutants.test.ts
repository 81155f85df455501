import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Pattern } from '../ir/pattern.ts';
import type { Dialect } from './dialect.ts';
import { kusto } from './kusto/index.ts';
import { esQs } from './lucene/es-qs.ts';
import { splunk } from './splunk/index.ts';
import { faultsOf, nestedCases, singleCases } from './testing/agreement.ts';
import { profilesOf } from './testing/profiles.ts';

/**
 * Printers broken on purpose: the laws must notice each of these, or they are too weak. Every entry is a mistake that
 * somebody made in some converter, or could make here in one line.
 */
type Change = (text: string) => string;

const splunkTexts: Readonly<Record<string, Change>> = {
  'a backslash is written once': replacing(/\\\\/g, '\\'),
  'a quotation mark is not escaped': replacing(/\\"/g, '"'),
  'OR becomes AND': replacing(/ OR /g, ' AND '),
  'AND becomes OR in where': replacing(/ AND /g, ' OR '),
  'a parenthesis is lost': withoutGroup,
  'the wildcard in front is left out': replacing(/="\*/g, '="'),
  'the wildcard behind is left out': replacing(/\*"/g, '"'),
  'the wildcard inside is left out': replacing(/(\w)\*(\w)/g, '$1$2'),
  'NOT is dropped': replacing(/NOT /g, ''),
  'one of two NOTs is dropped': replacing(/NOT NOT /g, 'NOT '),
  'the flag that ignores case is dropped': replacing(/\(\?i(s?)\)/g, (_, s: string) => (s ? '(?s)' : '')),
  'the flag that lets a dot cross lines is dropped': replacing(/\(\?(i?)s\)/g, (_, i: string) => (i ? '(?i)' : '')),
  'the anchor at the end is dropped': replacing(/\\\\z"\)/g, '")'),
  'the anchor at the end lets a line break by': replacing(/\\\\z"\)/g, '$")'),
  'the anchor at the start is dropped': replacing(/("(?:\(\?i?s?\))?)\^/g, '$1'),
  'the guard for a missing field is dropped': replacing(/isnull\([^()]*\) OR (?=NOT)/g, ''),
  'two fields are compared as they are': replacing(/lower\(([^()]*)\)/g, '$1'),
  'a value that is there becomes an empty one': replacing(/=\*/g, '=""'),
  'the last value of a list is left out': replacing(/, "[^",]*"\)/g, ')'),
  'a name with a blank is written bare': replacing(/"user name"/g, 'user name'),
  'a name with a dash is written bare in where': replacing(/'a-b'/g, 'a-b'),
  'a network is one bit smaller': replacing(/\/8"/g, '/9"'),
  'a bound is left out of its range': replacing(/([<>])=/g, '$1'),
  'a comparison is turned round': replacing(/>(?==?-?\d)/g, '<'),
  'what search can not say is lost': replacing(/ \| where .*$/s, ''),
  'what search can say is lost': replacing(/^.* \| where/s, '* | where'),
  'nothing becomes everything': replacing(/NOT \*/g, '*'),
  'never becomes always in where': replacing(/false\(\)/g, 'true()'),
  'a dot in an expression is not escaped': replacing(/\\\\\./g, '.'),
  'another part of the date is compared': replacing(/"%H"/g, '"%M"'),
  'a text becomes a number': replacing(/="(01|1\.0|0x10|1e3)"/g, (_, text: string) => `=${Number(text)}`),
};

const luceneTexts: Readonly<Record<string, Change>> = {
  'a backslash is written once': replacing(/\\\\/g, '\\'),
  'a quotation mark is not escaped': replacing(/\\"/g, '"'),
  'a blank is not escaped': replacing(/\\ /g, ' '),
  'a star is not escaped': replacing(/\\\*/g, '*'),
  'a question mark is not escaped': replacing(/\\\?/g, '?'),
  'a colon in a name is not escaped': replacing(/a\\:b/g, 'a:b'),
  'OR becomes AND': replacing(/ OR /g, ' AND '),
  'AND becomes OR': replacing(/ AND /g, ' OR '),
  'a parenthesis is lost': withoutGroup,
  'NOT is dropped': replacing(/NOT /g, ''),
  'a lone negation has no group of its own': replacing(/\(\*:\* AND (NOT [^()\s]+)\)/g, '$1'),
  'the wildcard in front is left out': replacing(/:\*(?=[\w\\])/g, ':'),
  'the wildcard behind is left out': replacing(/(\w)\*(?=[\s)]|$)/g, '$1'),
  'the hole of one character is left out': replacing(/(?<!\\)\?/g, ''),
  'a hole of one character becomes a wildcard': replacing(/:\?$/g, ':*'),
  'a letter has one case only': replacing(/\[([a-z])[A-Z]\]/g, '$1'),
  'letters beyond ASCII are forgotten': replacing(/[\u017f\u212a]/g, ''),
  'an expression begins anywhere': replacing(/:\/(?!\.\*)/g, ':/.*'),
  'an expression ends anywhere': replacing(/([^*])\/(?=[\s)]|$)/g, '$1.*/'),
  'an expression begins at the start': replacing(/:\/\.\*/g, ':/'),
  'presence becomes absence': replacing(/(?<!NOT )_exists_:/g, 'NOT _exists_:'),
  'a set is turned into its opposite': replacing(/\[\^/g, '['),
  'a bound is left out of its range': replacing(/([<>])=/g, '$1'),
  'a comparison is turned round': replacing(/:>(?==?\d)/g, ':<'),
  'a group of values keeps its first alone': replacing(/:\((\S+) OR [^()]*\)/g, ':$1'),
  'an operator as a text is written bare': replacing(/"(OR|NOT x)"/g, '$1'),
  'a phrase is written bare': replacing(/"([^"\\]* [^"\\]*)"/g, '$1'),
  'everything becomes nothing': replacing(/^\*:\*$/g, '(*:* AND NOT *:*)'),
  'a dot in an expression is not escaped': replacing(/\\\./g, '.'),
  'a slash in an expression is not escaped': replacing(/\\\//g, '/'),
};

const kustoTexts: Readonly<Record<string, Change>> = {
  'a verbatim text is not verbatim': replacing(/@"/g, '"'),
  'a quotation mark is not doubled': replacing(/""/g, '"'),
  'a quotation mark is not escaped': replacing(/\\"/g, '"'),
  'a line break is left out': replacing(/\\n(?=")/g, ''),
  'or becomes and': replacing(/ or /g, ' and '),
  'and becomes or': replacing(/ and /g, ' or '),
  'a parenthesis is lost': withoutGroup,
  'not is dropped': replacing(/not\(/g, '('),
  'case counts': replacing(/=~/g, '=='),
  'case does not count': replacing(/(\w) == "/g, '$1 =~ "'),
  'contains becomes a word': replacing(/ contains /g, ' has '),
  'a word becomes contains': replacing(/ has /g, ' contains '),
  'the start of a word becomes a word': replacing(/hasprefix/g, 'has'),
  'startswith becomes contains': replacing(/startswith/g, 'contains'),
  'endswith becomes contains': replacing(/endswith/g, 'contains'),
  'a cased test loses its mark': replacing(/_cs /g, ' '),
  'a negated operator is not': replacing(/ !(?=[a-z])/g, ' '),
  'the flag that ignores case is dropped': replacing(/\(\?i(s?)\)/g, (_, one: string) => (one ? '(?s)' : '')),
  'the flag that lets a dot cross lines is dropped': replacing(/\(\?(i?)s\)/g, (_, one: string) => (one ? '(?i)' : '')),
  'the anchor at the start is dropped': replacing(/"((?:\(\?i?s?\))?)\^/g, '"$1'),
  'the anchor at the end is dropped': replacing(/\$"/g, '"'),
  'the guard for what is null is dropped': replacing(/coalesce\((.*?), false\)/g, '$1'),
  'what is not empty is not null': replacing(/isnotempty/g, 'isnotnull'),
  'what is not null is null': replacing(/isnotnull/g, 'isnull'),
  'the guard for a missing column is dropped': replacing(/isnotempty\([^()]*\) and /g, ''),
  'the last value of a list is left out': replacing(/, "[^",]*"\)/g, ')'),
  'a name with a dash is written bare': replacing(/\['a-b'\]/g, 'a-b'),
  'a column is taken for a part of another': replacing(/\['process\.name'\]/g, 'Process.Name'),
  'a network is one bit smaller': replacing(/\/8"/g, '/9"'),
  'a bound is left out of its range': replacing(/([<>])=/g, '$1'),
  'a comparison is turned round': replacing(/>(?==? -?\d)/g, '<'),
  'another part of the date is compared': replacing(/"Hour"/g, '"Minute"'),
  'a number is compared as a text': replacing(/todouble\(([^()]*)\) == (\S+)/g, '$1 == "$2"'),
  'everything becomes nothing': replacing(/\btrue\b/g, 'false'),
  'a keyword is sought in one column': replacing(/\* contains/g, 'Image contains'),
};

function replacing(found: RegExp, by: string | ((...parts: string[]) => string)): Change {
  return (text) => (typeof by === 'string' ? text.replace(found, by) : text.replace(found, by));
}

/** Takes the first pair of parentheses that lies inside another, or behind something, away. */
function withoutGroup(text: string): string {
  const open = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|[\w)]\(| \(|\(\(/gs)].find(
    ([found]) => found === ' (' || found === '((',
  );
  if (!open) return text;
  const start = open.index + 1;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const quoted = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at));
    if (quoted) at += quoted[0].length - 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && (depth -= 1) === 0)
      return text.slice(0, start) + text.slice(start + 1, at) + text.slice(at + 1);
  }
  return text;
}

const SEED = 7_101;

/** Whether the laws notice, on one of the profiles, that the dialect does not print what it means. */
function isCaught(dialect: Dialect, honest: Dialect, numRuns = 4000): boolean {
  return profilesOf(dialect.name).some((profile) => {
    const cases = fc.oneof(
      { arbitrary: singleCases(honest, profile), weight: 2 },
      { arbitrary: nestedCases(honest, profile), weight: 1 },
    );
    const holds = fc.property(cases, (each) => {
      try {
        return faultsOf(dialect, profile, each).length === 0;
      } catch {
        return false;
      }
    });
    return fc.check(holds, { numRuns, seed: SEED, endOnFailure: true }).failed;
  });
}

function changed(dialect: Dialect, change: Change): Dialect {
  return {
    ...dialect,
    print: (query, profile) => {
      const printed = dialect.print(query, profile);
      return printed.kind === 'text' ? { ...printed, text: change(printed.text) } : printed;
    },
  };
}

describe('the laws pass what is right', () => {
  it.each([splunk, esQs, kusto].map((dialect) => [dialect.name, dialect] as const))('%s', (_, dialect) => {
    expect(isCaught(dialect, dialect, 400)).toBe(false);
  });
});

describe.each([
  [splunk, splunkTexts],
  [esQs, luceneTexts],
  [kusto, kustoTexts],
] as const)('the laws notice when text of $name is changed:', (dialect, changes) => {
  it.each(Object.entries(changes))('%s', (_, change) => {
    expect(isCaught(changed(dialect, change), dialect)).toBe(true);
  });
});

interface SourceChange {
  readonly module: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const stars = (pattern: Pattern) => pattern.map((piece) => (typeof piece === 'string' ? piece : '*')).join('');

const splunkSources: Readonly<Record<string, SourceChange>> = {
  'nothing is escaped in texts': { module: './splunk/text.ts', exports: { quoted: (text: string) => `"${text}"` } },
  'nothing is escaped in patterns': {
    module: './splunk/text.ts',
    exports: { quotedPattern: (pattern: Pattern) => `"${stars(pattern)}"` },
  },
  'every name is written bare in search': {
    module: './splunk/text.ts',
    exports: { searchName: (name: string) => name },
  },
  'every name is written bare in where': { module: './splunk/text.ts', exports: { evalName: (name: string) => name } },
  'an apostrophe in a name is not escaped': {
    module: './splunk/text.ts',
    exports: { evalName: (name: string) => `'${name}'` },
  },
  'any name can be searched': { module: './splunk/text.ts', exports: { searchable: () => true } },
  'search is taken to say everything': { module: './splunk/print-search.ts', exports: { sayable: () => true } },
  'the search before where is narrower': {
    module: './splunk/print-search.ts',
    exports: { widened: () => ({ kind: 'like', field: 'Image', pattern: ['x'], cased: false }) },
  },
  'the search before where asks for too much': {
    module: './splunk/print-search.ts',
    exports: { widened: (node: unknown) => node },
  },
  'an expression is not escaped': { module: './splunk/regex-text.ts', exports: { textRegex: (text: string) => text } },
  'flags beside an expression are forgotten': {
    module: './splunk/regex-text.ts',
    exports: { regexText: ({ source }: { source: string }) => source },
  },
  'a term need not be a whole word': {
    module: './splunk/term-pattern.ts',
    exports: { termPattern: ({ term }: { term: string }) => term.replace(/\W/g, '.') },
  },
};

const luceneSources: Readonly<Record<string, SourceChange>> = {
  'nothing is escaped in texts': { module: './lucene/escape.ts', exports: { quoted: (text: string) => `"${text}"` } },
  'nothing is escaped in patterns': { module: './lucene/escape.ts', exports: { bare: stars } },
  'nothing is escaped in names': { module: './lucene/escape.ts', exports: { fieldName: (name: string) => name } },
  'no text has letters': { module: './lucene/letters.ts', exports: { hasLetters: () => false } },
};

describe.each([
  ['splunk', splunk, splunkSources, async () => (await import('./splunk/index.ts')).splunk],
  ['es-qs', esQs, luceneSources, async () => (await import('./lucene/es-qs.ts')).esQs],
] as const)('the laws notice when the printer of %s is changed:', (_, honest, changes, load) => {
  afterEach(() => {
    vi.doUnmock(Object.values(changes)[0]!.module);
    vi.resetModules();
  });

  it.each(Object.entries(changes))('%s', async (_name, { module, exports }) => {
    vi.resetModules();
    vi.doMock(module, async (original) => ({ ...(await original<object>()), ...exports }));
    const broken = await load();
    vi.doUnmock(module);
    // The reader stays honest, so that a mistake that it shares is still noticed.
    expect(isCaught({ ...honest, print: broken.print }, honest)).toBe(true);
  });
});
