import { parseRegex } from '../../ir/regex/parse.ts';
import type { RegexError } from '../../ir/regex/parse.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';
import { patternOf } from '../../logic/regex-pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Noted } from './assumptions.ts';

/** A test of a text without the column it is a test of. */
export type TextTest =
  | { readonly kind: 'like'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly regex: Regex };

/**
 * Reads an expression of `matches regex`: as a pattern where it is one, else as an expression.
 *
 * The page "regex syntax" describes Rust's crate: `$` is the very end, `\d \s \w` are Unicode, `(?-u:\b)` is the border
 * of ASCII words, a class may intersect others (`[a&&b]`, which `print` writes for nothing at all), and there is neither
 * look-around nor a back reference. The rest is read as PCRE, which it is a part of.
 */
export function readRegex(text: string, noted: Noted): TextTest | { readonly fault: RegexError } {
  const flags = { ignoreCase: false, multiline: false, dotAll: false };
  if (/(?:^|[^\\])(?:\\\\)*\\b/i.test(text.replaceAll(/\(\?-u:\\[bB]\)/g, ''))) noted.add('classes');
  const read = parseRegex(asPcre(text), flags);
  if ('fault' in read) return read;
  const lacking = lackIn(read.regex.tree);
  if (lacking !== undefined) return { fault: { message: `Kusto has no ${lacking} in regular expressions`, at: 0 } };
  const plain = patternOf(read.regex.tree);
  return plain ? { kind: 'like', ...plain } : { kind: 'regex', regex: read.regex };
}

const SPACES = '\\t-\\r \\x{85}\\p{Z}';
const DIGITS = '\\p{Nd}';
const WORDS = '\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}';

const classes: Readonly<Record<string, string>> = { s: SPACES, d: DIGITS, w: WORDS };

function asPcre(text: string): string {
  const lines = /\(\?[a-zA-Z]*m/.test(text);
  let inClass = false;
  return text.replace(
    /\(\?-u:(\\[bB])\)|\[a&&b\]|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[^]|\[\^?\]?|[\]$]/g,
    (part: string, border?: string) => {
      if (border !== undefined) return border;
      if (part === '[a&&b]') return '[^\\x{0}-\\x{10FFFF}]';
      const letter = part.length === 2 && part.startsWith('\\') ? part[1]! : '';
      const set = classes[letter.toLowerCase()];
      if (set !== undefined) {
        if (letter !== letter.toLowerCase()) return inClass ? part : `[^${set}]`;
        return inClass ? set : `[${set}]`;
      }
      if (part.startsWith('[')) {
        if (inClass) return part;
        inClass = true;
      } else if (part === ']') inClass = false;
      else if (part === '$' && !inClass && !lines) return '\\z';
      return part;
    },
  );
}

function lackIn(node: RegexNode): string | undefined {
  switch (node.kind) {
    case 'look':
      return 'look-around';
    case 'backref':
      return 'back references';
    case 'group':
      return node.atomic ? 'atomic groups' : lackIn(node.of);
    case 'repeat':
      return node.greed === 'possessive' ? 'possessive repetition' : lackIn(node.of);
    case 'concat':
    case 'either':
      for (const part of node.of) {
        const lacking = lackIn(part);
        if (lacking !== undefined) return lacking;
      }
      return undefined;
    default:
      return undefined;
  }
}
