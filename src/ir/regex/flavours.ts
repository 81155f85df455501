import type { CodeSet } from './code-set.ts';
import { complement } from './code-set.ts';
import { blanks, digits, everything, notNewline, wordCodes } from './classes.ts';

/** How one language writes regular expressions, and what it lacks. Texts are given where it means the same as we do. */
export interface Flavour {
  readonly name: string;
  /** How a person knows it, for messages. */
  readonly title: string;
  readonly reference: string;
  /** Where `(?i)` may stand: around any part, at the front alone, or nowhere. */
  readonly flags: 'scoped' | 'front' | 'none';
  /** The letters that make it fold. */
  readonly foldFlag: string;
  /** Which letters it folds: those of ASCII, or all by simple case folding. */
  readonly folds: 'ascii' | 'unicode';
  /** What `.` matches without flags. */
  readonly dot: CodeSet;
  /** Escapes for sets, which may also stand inside brackets. */
  readonly shorthands: readonly (readonly [text: string, set: CodeSet])[];
  /** `\p{Lu}`. */
  readonly properties: boolean;
  /** Null: it has none that means ours, and look-arounds take its place. */
  readonly textEnd: string | null;
  readonly veryEnd: string;
  readonly lineStart: string | null;
  /** Whether that also holds after a line feed that ends the text, as ours does. */
  readonly lineStartAtEnd: boolean;
  readonly lineEnd: string | null;
  readonly border: readonly [border: string, none: string] | null;
  readonly ahead: boolean;
  /** Which look-behinds it takes, by the width of what they look for. */
  readonly behind: 'none' | 'fixed' | 'bounded' | 'any';
  /** How it writes that a part gives nothing back. */
  readonly held: 'possessive' | 'atomic' | 'none';
  readonly backReferences: boolean;
  readonly mostRepeats: number;
  /** Most that nested repeats may come to when multiplied. */
  readonly mostNested: number;
  /** Capturing groups it takes; with more, groups that nothing refers to do not capture. */
  readonly mostGroups: number;
  /** What matches nothing. */
  readonly never: string;
  /** Whether it looks for an empty match between the bytes of a character, too. */
  readonly byBytes: boolean;
  /** Whether a class may hold characters beyond U+FFFF; else a character is a UTF-16 unit. */
  readonly astral: boolean;
  /** Characters that need a backslash inside brackets, beside `\`, `]`, `^`, `-` and `[`. */
  readonly signs: string;
  /** Writes a character by its number. */
  readonly code: (code: number) => string;
  /** Whether rules are written in it, so that their text can stay as it is. */
  readonly native: boolean;
}

const asciiClasses: Flavour['shorthands'] = [
  ['\\d', digits],
  ['\\D', complement(digits)],
  ['\\w', wordCodes],
  ['\\W', complement(wordCodes)],
];
const asciiBlanks: Flavour['shorthands'] = [
  ['\\s', blanks],
  ['\\S', complement(blanks)],
];

const hex = (code: number, width: number) => code.toString(16).toUpperCase().padStart(width, '0');
const braced = (code: number) => (code < 0x100 ? `\\x${hex(code, 2)}` : `\\x{${hex(code, 4)}}`);

/** PCRE without UCP: Splunk, `grep -P`. Look-behinds have a fixed width (PCRE2 before 10.43). */
export const pcre: Flavour = {
  name: 'pcre',
  title: 'PCRE',
  reference: 'https://www.pcre.org/current/doc/html/pcre2pattern.html',
  flags: 'scoped',
  foldFlag: 'i',
  folds: 'unicode',
  dot: notNewline,
  shorthands: [...asciiClasses, ...asciiBlanks],
  properties: true,
  textEnd: '$',
  veryEnd: '\\z',
  lineStart: '(?m:^)',
  lineStartAtEnd: false,
  lineEnd: '(?m:$)',
  border: ['\\b', '\\B'],
  ahead: true,
  behind: 'fixed',
  held: 'possessive',
  backReferences: true,
  mostRepeats: 65_535,
  mostNested: Infinity,
  mostGroups: 65_535,
  never: '(?!)',
  byBytes: false,
  astral: true,
  signs: '',
  code: braced,
  native: true,
};

/** RE2 as DuckDB runs it. `\s` has no vertical tab there. */
export const re2: Flavour = {
  name: 're2',
  title: 'RE2',
  reference: 'https://github.com/google/re2/blob/main/doc/syntax.txt',
  flags: 'scoped',
  foldFlag: 'i',
  folds: 'unicode',
  dot: notNewline,
  shorthands: [
    ...asciiClasses,
    [
      '\\s',
      [
        [0x09, 0x0a],
        [0x0c, 0x0d],
        [0x20, 0x20],
      ],
    ],
  ],
  properties: true,
  textEnd: null,
  veryEnd: '$',
  lineStart: '(?m:^)',
  lineStartAtEnd: true,
  lineEnd: '(?m:$)',
  border: ['\\b', '\\B'],
  ahead: false,
  behind: 'none',
  held: 'none',
  backReferences: false,
  mostRepeats: 1000,
  mostNested: 1000,
  mostGroups: 1000,
  never: '[^\\x00-\\x{10FFFF}]',
  byBytes: true,
  astral: true,
  signs: '',
  code: braced,
  native: false,
};

/** RE2 as ClickHouse runs it, where `.` takes line breaks. */
export const clickhouse: Flavour = {
  ...re2,
  name: 'clickhouse',
  title: 'RE2 in ClickHouse',
  reference: 'https://clickhouse.com/docs/sql-reference/functions/string-search-functions#match',
  dot: everything,
};

/** Kusto: the syntax of Rust's crate, where `\d \w \s \b` are Unicode. */
export const kusto: Flavour = {
  ...re2,
  name: 'kusto',
  title: "Kusto's regular expressions",
  reference: 'https://learn.microsoft.com/azure/data-explorer/kusto/query/regex',
  shorthands: [],
  border: ['(?-u:\\b)', '(?-u:\\B)'],
  mostGroups: 16,
  byBytes: false,
  never: '[a&&b]',
  signs: '&~',
};

/** JavaScript with the `u` flag. Inline flags are too new to count on. */
export const javascript: Flavour = {
  ...pcre,
  name: 'javascript',
  title: 'JavaScript',
  reference: 'https://tc39.es/ecma262/#sec-patterns',
  flags: 'none',
  dot: complement([
    [0x0a, 0x0a],
    [0x0d, 0x0d],
    [0x2028, 0x2029],
  ]),
  shorthands: asciiClasses,
  textEnd: null,
  veryEnd: '$',
  lineStart: null,
  lineEnd: null,
  behind: 'any',
  held: 'none',
  // One to a group that took no part matches the empty text there, and fails elsewhere.
  backReferences: false,
  never: '[]',
  code: (code) => (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`),
  native: false,
};

/** Java, where `\b` is Unicode before version 19 and `$` knows five line breaks without `(?d)`. */
export const java: Flavour = {
  ...pcre,
  name: 'java',
  title: "Java's regular expressions",
  reference: 'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html',
  foldFlag: 'iu',
  dot: complement([
    [0x0a, 0x0a],
    [0x0d, 0x0d],
    [0x85, 0x85],
    [0x2028, 0x2029],
  ]),
  textEnd: '(?d:$)',
  lineStart: '(?dm:^)',
  lineEnd: '(?dm:$)',
  border: null,
  behind: 'bounded',
  signs: '&',
  native: false,
};

/** .NET (PowerShell), where classes and borders are Unicode and a character is a UTF-16 unit. */
export const dotnet: Flavour = {
  ...pcre,
  name: 'dotnet',
  title: ".NET's regular expressions",
  reference: 'https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference',
  folds: 'ascii',
  shorthands: [],
  properties: false,
  lineStartAtEnd: true,
  border: null,
  behind: 'any',
  held: 'atomic',
  astral: false,
  code: (code) => `\\u${hex(code, 4)}`,
  native: false,
};

/** PostgreSQL's advanced expressions, where `.` takes line breaks, and classes and `\y` go by the locale. */
export const postgres: Flavour = {
  ...pcre,
  name: 'postgres',
  title: "PostgreSQL's regular expressions",
  reference: 'https://www.postgresql.org/docs/current/functions-matching.html#FUNCTIONS-POSIX-REGEXP',
  flags: 'front',
  folds: 'ascii',
  dot: everything,
  shorthands: [],
  properties: false,
  textEnd: null,
  veryEnd: '$',
  lineStart: null,
  lineEnd: null,
  border: null,
  behind: 'any',
  held: 'none',
  mostRepeats: 255,
  code: (code) => (code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`),
  native: false,
};

export const flavours: readonly Flavour[] = [pcre, re2, clickhouse, kusto, javascript, java, dotnet, postgres];
