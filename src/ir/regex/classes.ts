import type { CodeSet } from './code-set.ts';
import { codeSet, complement, LAST_CODE } from './code-set.ts';
import type { CodeRange } from './tree.ts';

/**
 * The classes that expressions name. `\d`, `\w` and `\s` are ASCII, as in PCRE without UCP, RE2 and Java; .NET and
 * JavaScript know more digits, letters and blanks.
 */
export const digits: CodeSet = [[0x30, 0x39]];
export const wordCodes: CodeSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** Tab, line feed, vertical tab, form feed, carriage return, blank: PCRE2's `\s`; RE2's lacks the vertical tab. */
export const blanks: CodeSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
/** PCRE's `\h`. */
export const horizontal: CodeSet = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
/** PCRE's and Java's `\v`, a class; elsewhere `\v` is the vertical tab alone. */
export const vertical: CodeSet = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
export const newline: CodeSet = [[0x0a, 0x0a]];
/** What `.` means without the dot-all flag: all but the line feed, as in PCRE, RE2 and .NET. */
export const notNewline: CodeSet = complement(newline);
export const everything: CodeSet = [[0, 0x10ffff]];

/** What `\d`, `\W` and the like mean, by their letter. */
export const classLetters: Readonly<Record<string, CodeSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCodes,
  W: complement(wordCodes),
  s: blanks,
  S: complement(blanks),
  h: horizontal,
  H: complement(horizontal),
  v: vertical,
  V: complement(vertical),
  N: notNewline,
};

/** The names of `[[:alpha:]]` and its like, ASCII alone (PCRE without UCP). */
export const posixClasses: Readonly<Record<string, CodeSet>> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: digits,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: blanks,
  upper: [[0x41, 0x5a]],
  word: wordCodes,
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};

const categories =
  /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfosn]?|Any|ASCII|Alphabetic|White_Space)$/;

const known = new Map<string, CodeSet>();

/**
 * What `\p{name}` means, or undefined for an unknown name: a general category (`L`, `Lu`, `L&`), `Any`, or a script
 * (`Greek`, `IsGreek`). The version of Unicode is that of the JavaScript engine that runs us.
 */
export function unicodeProperty(name: string): CodeSet | undefined {
  if (name.length > 40 || !/^(?:L&|[A-Za-z][A-Za-z_]*)$/.test(name)) return undefined;
  const found = known.get(name) ?? scan(name);
  if (found) known.set(name, found);
  return found;
}

/** The properties that were asked for so far, by name: a printer looks here for a name of a large set. */
export function knownProperties(): Iterable<readonly [name: string, set: CodeSet]> {
  return known;
}

/** Asks JavaScript's own `\p{..}` of every code point; the halves of pairs fall into different stretches. */
function scan(name: string): CodeSet | undefined {
  const bare = name.replace(/^Is/, '');
  const body = bare === 'L&' ? '\\p{LC}' : categories.test(bare) ? `\\p{${bare}}` : `\\p{Script=${bare}}`;
  let members: RegExp;
  try {
    members = new RegExp(`${body}+`, 'gu');
  } catch {
    return undefined;
  }
  const runs: CodeRange[] = [];
  for (let from = 0; from <= LAST_CODE; from += STRETCH) {
    const stretch = String.fromCodePoint(...Array.from({ length: STRETCH }, (_, step) => from + step));
    for (const [run] of stretch.matchAll(members)) {
      const codes = [...run];
      runs.push([codes[0]!.codePointAt(0)!, codes.at(-1)!.codePointAt(0)!]);
    }
  }
  return codeSet(runs);
}

const STRETCH = 0x400;
