import type { CodeSet } from './code-set.ts';
import { codeSet, complement, foldClosure } from './code-set.ts';
import { posixClasses } from './classes.ts';
import type { Escape } from './read-escape.ts';
import { readClassEscape } from './read-escape.ts';
import type { Mode, Reader } from './reader.ts';
import { RegexFault, takeCode, takeMatch, takeText } from './reader.ts';
import type { CodeRange } from './tree.ts';

/**
 * Reads a bracketed class, after its `[`.
 *
 * Under `i` characters and ranges match in either case; `\w` and `\p{..}` keep to themselves, and `[:upper:]` and
 * `[:lower:]` mean `[:alpha:]` (PCRE2, pcre2pattern). `]` in the first place is itself. A dash beside a class such as
 * `\w` is itself, as in Perl; PCRE2 refuses it.
 */
export function readClass(reader: Reader, mode: Mode): CodeSet {
  const start = reader.at - 1;
  const negative = takeText(reader, '^');
  const written: CodeRange[] = [];
  const named: CodeRange[] = [];
  let first = true;
  for (; ; first = false) {
    settle(reader, mode);
    if (reader.at >= reader.text.length) {
      throw new RegexFault('the class is not closed', start, 'end it with ], or write \\[ for the character');
    }
    if (!first && !reader.quoted && takeText(reader, ']')) break;
    const item = readItem(reader, mode);
    if (item.kind === 'set') named.push(...item.set);
    else written.push([item.code, readRangeEnd(reader, mode, item.code) ?? item.code]);
  }
  const own = codeSet(written);
  const set = codeSet([...(mode.ignoreCase ? foldClosure(own) : own), ...named]);
  return negative ? complement(set) : set;
}

/** Passes over `\Q`, `\E` and, under `xx`, blanks. */
function settle(reader: Reader, mode: Mode): void {
  for (;;) {
    if (takeText(reader, '\\E')) reader.quoted = false;
    else if (!reader.quoted && takeText(reader, '\\Q')) reader.quoted = true;
    else if (reader.quoted || !mode.loose || !takeMatch(reader, /[ \t]+/y)) return;
  }
}

function readItem(reader: Reader, mode: Mode): Escape {
  const at = reader.at;
  if (reader.quoted) return { kind: 'code', code: takeCode(reader) };
  const posix = takeMatch(reader, /\[:(\^?)([a-z]+):\]/y);
  if (posix) {
    const name = mode.ignoreCase && /^(?:upper|lower)$/.test(posix[2]!) ? 'alpha' : posix[2]!;
    const set = Object.hasOwn(posixClasses, name) ? posixClasses[name] : undefined;
    if (!set) throw new RegexFault(`there is no class [:${name}:]`, at);
    return { kind: 'set', set: posix[1] ? complement(set) : set };
  }
  if (takeMatch(reader, /\[([.=])[^\]]*\1\]/y)) throw new RegexFault('collating elements are not read', at);
  return takeText(reader, '\\') ? readClassEscape(reader) : { kind: 'code', code: takeCode(reader) };
}

/** The upper end, if a dash and a character follow; a dash before a class or `]` is left where it is. */
function readRangeEnd(reader: Reader, mode: Mode, from: number): number | undefined {
  const { at: before, quoted } = reader;
  settle(reader, mode);
  if (reader.quoted || !takeText(reader, '-')) return undefined;
  settle(reader, mode);
  const at = reader.at;
  if (at < reader.text.length && (reader.quoted || reader.text[at] !== ']')) {
    const end = readItem(reader, mode);
    if (end.kind === 'code') {
      if (end.code >= from) return end.code;
      throw new RegexFault('the range is out of order', at, 'write the lower character first');
    }
  }
  reader.at = before;
  reader.quoted = quoted;
  return undefined;
}
