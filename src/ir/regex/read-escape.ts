import type { CodeSet } from './code-set.ts';
import { complement } from './code-set.ts';
import { classLetters, unicodeProperty } from './classes.ts';
import type { Reader } from './reader.ts';
import { RegexFault, takeCode, takeMatch, takeText } from './reader.ts';

/** What a backslash and what follows it stand for, where that means the same inside and outside of a class. */
export type Escape = { readonly kind: 'code'; readonly code: number } | { readonly kind: 'set'; readonly set: CodeSet };

const controls: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/**
 * Reads what follows a backslash: a character by name or number, a class such as `\d` or `\p{Lu}`, or a character that
 * stands for itself. A letter or digit that means nothing is a fault, as in PCRE2: what would it have meant?
 */
export function readEscape(reader: Reader): Escape {
  const start = reader.at - 1;
  if (reader.at >= reader.text.length) throw new RegexFault('the backslash at the end escapes nothing', start);
  const letter = reader.text[reader.at]!;
  if (!/[A-Za-z0-9]/.test(letter)) return { kind: 'code', code: takeCode(reader) };
  const number = readNumber(reader);
  if (number !== undefined) return { kind: 'code', code: number };
  reader.at += 1;
  if (Object.hasOwn(controls, letter)) return { kind: 'code', code: controls[letter]! };
  if (Object.hasOwn(classLetters, letter)) return { kind: 'set', set: classLetters[letter]! };
  if (letter === 'p' || letter === 'P') return { kind: 'set', set: readProperty(reader, letter === 'P') };
  throw new RegexFault(`\\${letter} has no meaning`, start, hintFor(letter));
}

function hintFor(letter: string): string {
  if (letter === 'x') return 'write two hexadecimal digits (\\x41) or braces (\\x{1F600})';
  if (letter === 'u') return 'write four hexadecimal digits (\\u0041)';
  if ('KGXC'.includes(letter)) return `this part of PCRE is not read; leave \\${letter} out if it does not matter`;
  return `write \\\\${letter} for a backslash and ${letter}, or ${letter} alone for the character`;
}

/** Octal, hexadecimal and control characters; the number must be that of a code point. */
function readNumber(reader: Reader): number | undefined {
  const start = reader.at - 1;
  const found =
    takeMatch(
      reader,
      /x\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{1,2})|N\{U\+([0-9A-Fa-f]{1,8})\}|u\{([0-9A-Fa-f]{1,8})\}/y,
    ) ?? takeMatch(reader, /u([0-9A-Fa-f]{4})/y);
  const digits = found?.slice(1).find((part) => part !== undefined);
  if (found && digits !== undefined) {
    const code = Number.parseInt(digits, 16);
    if (code > 0x10ffff) throw new RegexFault(`there is no character U+${digits.toUpperCase()}`, start);
    return found[0][0] === 'u' ? joined(reader, code) : code;
  }
  const octal = takeMatch(reader, /o\{([0-7]{1,7})\}|(0[0-7]{0,2})/y);
  if (octal) return Number.parseInt(octal[1] ?? octal[2]!, 8);
  const control = takeMatch(reader, /c([\x20-\x7e])/y);
  return control ? control[1]!.toUpperCase().charCodeAt(0) ^ 0x40 : undefined;
}

/** `\uD83D\uDE00` is one character, as in Java, .NET and JavaScript. */
function joined(reader: Reader, code: number): number {
  if (code < 0xd800 || code > 0xdbff) return code;
  const low = takeMatch(reader, /\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})/y);
  return low ? 0x10000 + ((code - 0xd800) << 10) + (Number.parseInt(low[1]!, 16) - 0xdc00) : code;
}

/** `L`, `{Lu}`, `{^Lu}`, `{Greek}`, after `\p` or `\P`. */
function readProperty(reader: Reader, negative: boolean): CodeSet {
  const start = reader.at - 2;
  const found = takeMatch(reader, /\{(\^?)([^{}]{1,60})\}|([A-Z])/y);
  const name = (found?.[2] ?? found?.[3] ?? '').trim();
  const set = unicodeProperty(name);
  if (!set) {
    throw new RegexFault(
      `no Unicode property '${name}' is known`,
      start,
      'write a category (\\p{Lu}) or a script (\\p{Greek})',
    );
  }
  return negative !== (found?.[1] === '^') ? complement(set) : set;
}

/** Reads what follows a backslash inside a class, where `\b` is the backspace and `\R`, `\B` mean nothing. */
export function readClassEscape(reader: Reader): Escape {
  if (takeText(reader, 'b')) return { kind: 'code', code: 8 };
  const octal = takeMatch(reader, /[0-7]{1,3}/y);
  if (octal) return { kind: 'code', code: Number.parseInt(octal[0], 8) };
  return readEscape(reader);
}
