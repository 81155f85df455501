import { foldClass } from '../../ir/fold.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { atomsOf } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { pcre } from '../../ir/regex/flavours.ts';
import { printRegex } from '../../ir/regex/print.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type { Loss } from '../dialect.ts';
import type { Noted } from './assumptions.ts';
import { foldsBeyondAscii } from './text.ts';

/** Writes an expression as `match` takes it: Splunk's are PCRE (Search Manual, "SPL and regular expressions"). */
export function regexText(regex: Regex): string {
  const printed = printRegex(regex, pcre);
  if ('refused' in printed) throw new Error(`an expression that can't be written was not refused: ${regex.source}`);
  return printed.text;
}

/** The expressions of a predicate that PCRE can't say, each as a refusal. */
export function unwritable(where: Predicate): Loss[] {
  return [...atomsOf(where)].flatMap((atom): Loss[] => {
    const regex =
      atom.kind === 'regex'
        ? atom.regex
        : atom.kind === 'keyword' && atom.test.kind === 'regex'
          ? atom.test.regex
          : null;
    const printed = regex && printRegex(regex, pcre);
    if (!printed || !('refused' in printed)) return [];
    return [
      {
        feature: atom.kind === 'regex' ? 'regex' : 'keyword.regex',
        effect: 'refused',
        why: printed.refused,
        origin: atom.origin,
      },
    ];
  });
}

/** Writes a text so that an expression means just it, on one line. */
export function textRegex(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(
      /[\u0000-\u001f\u007f]/g,
      (control) => `\\x${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
}

/** A regular expression for a pattern: `[many, 'a.b']` is `(?i)a\.b\z`. Holes at the ends need no words. */
export function patternRegex(pattern: Pattern, cased: boolean, noted: Noted): string {
  const [first, last] = [pattern[0], pattern.at(-1)];
  const inner = pattern.slice(isMany(first) ? 1 : 0, isMany(last) ? -1 : undefined);
  const texts = inner.filter((piece) => typeof piece === 'string').join('');
  const folds = !cased && [...texts].some((letter) => foldClass(letter.codePointAt(0)!).length > 1);
  if (folds && foldsBeyondAscii(texts)) noted.add('folding');
  const flags = `${folds ? 'i' : ''}${inner.some((piece) => typeof piece !== 'string') ? 's' : ''}`;
  const body = inner.map((piece) => (typeof piece === 'string' ? textRegex(piece) : piece.wild === 'one' ? '.' : '.*'));
  return `${flags === '' ? '' : `(?${flags})`}${isMany(first) ? '' : '^'}${body.join('')}${isMany(last) ? '' : '\\z'}`;
}

function isMany(piece: Pattern[number] | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'many';
}
