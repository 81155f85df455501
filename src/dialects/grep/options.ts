import type { Cursor } from '../../text/cursor.ts';
import type { Command, Word } from './parse-shell.ts';

/** What a command line asks of grep. */
export interface Grep {
  readonly pattern: Word;
  readonly fixed: boolean;
  readonly ignoreCase: boolean;
  readonly inverted: boolean;
  readonly word: boolean;
  readonly line: boolean;
}

/** Options by their long names; those of one letter are short for them. */
const LETTERS: Readonly<Record<string, string>> = {
  P: 'perl-regexp', F: 'fixed-strings', E: 'extended-regexp', G: 'basic-regexp', e: 'regexp', f: 'file', i: 'ignore-case',
  y: 'ignore-case', v: 'invert-match', w: 'word-regexp', x: 'line-regexp', a: 'text', h: 'no-filename',
  H: 'with-filename', n: 'line-number', s: 'no-messages', r: 'recursive', R: 'dereference-recursive', U: 'binary',
  b: 'byte-offset', T: 'initial-tab', c: 'count', l: 'files-with-matches', o: 'only-matching', q: 'quiet', m: 'max-count',
  A: 'after-context', B: 'before-context', C: 'context', L: 'files-without-match', z: 'null-data', Z: 'null',
}; // prettier-ignore

/** Options that change what is shown of the lines, not which they are. */
const HARMLESS = new Set([
  'text', 'no-filename', 'with-filename', 'line-number', 'no-messages', 'recursive', 'dereference-recursive', 'binary',
  'byte-offset', 'initial-tab', 'count', 'files-with-matches', 'only-matching', 'quiet', 'silent', 'null', 'color', 'colour',
  'line-buffered', 'no-ignore-case', 'include', 'exclude', 'exclude-dir',
]); // prettier-ignore

const WITH_VALUE = new Set(['regexp', 'file', 'max-count', 'after-context', 'before-context', 'context']);

/** Reads the words of a grep command; options may stand anywhere before `--` (GNU grep manual, "Command-line Options"). */
export function readOptions({ words, span }: Command, cursor: Cursor): Grep {
  const given = new Set<string>();
  const operands: Word[] = [];
  let pattern: Word | undefined;
  const take = (name: string, word: Word, value: Word | undefined): void => {
    if (name === 'regexp') {
      if (pattern && value) cursor.fail('grep/option', 'with -P there is one expression', word.span);
      pattern = value ?? cursor.fail('grep/option', 'this option needs a value', word.span);
    } else if (!HARMLESS.has(name) && !KNOWN.has(name))
      cursor.fail('grep/option', `the option '${word.text}' is not read`, word.span);
    given.add(name);
  };
  const queue = words.slice(1);
  for (let word = queue.shift(); word; word = queue.shift()) {
    if (word.text === '--') operands.push(...queue.splice(0));
    else if (word.text.startsWith('--')) {
      const [name = '', ...value] = word.text.slice(2).split('=');
      const own = value.length > 0 ? part(word, name.length + 3) : undefined;
      take(name, word, WITH_VALUE.has(name) ? (own ?? queue.shift()) : own);
    } else if (/^-[^]/.test(word.text)) {
      for (let at = 1; at < word.text.length; at += 1) {
        const name = LETTERS[word.text[at]!] ?? '';
        const own = WITH_VALUE.has(name) && at + 1 < word.text.length ? part(word, at + 1) : undefined;
        take(name, word, WITH_VALUE.has(name) ? (own ?? queue.shift()) : undefined);
        if (own) break;
      }
    } else operands.push(word);
  }
  pattern ??= operands.shift();
  if (!pattern) return cursor.fail('grep/option', 'there is no expression to look for', span);
  const fixed = given.has('fixed-strings');
  if (!fixed && !given.has('perl-regexp'))
    cursor.fail('grep/option', 'only grep -P and grep -F are read', words[0]!.span, 'add -P');
  return {
    pattern,
    fixed,
    ignoreCase: given.has('ignore-case'),
    inverted: given.has('invert-match'),
    word: given.has('word-regexp'),
    line: given.has('line-regexp'),
  };
}

const KNOWN = new Set(['perl-regexp', 'fixed-strings', 'ignore-case', 'invert-match', 'word-regexp', 'line-regexp']);

/** What follows in a word from `at` on. */
function part({ text, places, span }: Word, at: number): Word {
  return { text: text.slice(at), places: places.slice(at), span };
}
