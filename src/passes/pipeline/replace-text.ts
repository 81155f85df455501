import { normal } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import type { ValueChange } from '../../schema/pipeline.ts';
import { patternOf, plainPiece } from './plain-text.ts';
import { findAll } from './substitute.ts';
import type { Found } from './substitute.ts';

/** Characters that replacements may make of one value. */
const LONGEST = 200_000;

type Replace = Extract<ValueChange, { kind: 'replace' }>;

/**
 * Replaces what an expression matches in a pattern, after the fashion of Python's `re.sub`; null where looking for it
 * would take too long.
 *
 * The expression sees the whole value with its wildcards as `*` and `?`, or, with `literal`, each text between them. What
 * it leaves alone stays what it was: in pySigma a backslash before a wildcard then makes that a star of its own, which
 * is a fault and not done here.
 */
export function replaceText(pattern: Pattern, change: Replace): Pattern | null {
  if (!change.literal) return replaceIn(pattern, change, true);
  const pieces: Piece[] = [];
  for (const piece of pattern) {
    const replaced = typeof piece === 'string' ? replaceIn([piece], change, change.wildcards) : [piece];
    if (replaced === null) return null;
    pieces.push(...replaced);
  }
  return normal(pieces);
}

function replaceIn(pattern: Pattern, { regex, by, literal }: Replace, wildcards: boolean): Pattern | null {
  const letters = pattern.flatMap((piece): Letter[] =>
    typeof piece === 'string'
      ? Array.from({ length: piece.length }, (_, at) => ({ shown: shown(piece[at]!, literal), piece: piece[at]! }))
      : [{ shown: plainPiece(piece), piece }],
  );
  const text = letters.map((letter) => letter.shown).join('');
  const found = findAll(regex, text);
  if (found === null) return null;
  const slice = (start: number, end: number): Piece[] => piecesIn(letters, start, end);
  const pieces: Piece[] = [];
  let at = 0;
  let length = 0;
  for (const match of found) {
    if ((length += by.length + match.end - match.start) > LONGEST) return null;
    pieces.push(...slice(at, match.start));
    for (const part of parts(by, match))
      pieces.push(...(typeof part === 'string' ? written(part, wildcards) : slice(...part)));
    at = match.end;
  }
  return normal([...pieces, ...slice(at, text.length)]);
}

/** A character or wildcard of the value, and how the expression sees it. */
interface Letter {
  readonly shown: string;
  readonly piece: Piece;
}

function shown(letter: string, literal: boolean): string {
  return literal ? letter : plainPiece(letter);
}

function piecesIn(letters: readonly Letter[], start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const letter of letters) {
    // A star that means itself is shown as two characters; the second of them stands for it.
    const last = at + letter.shown.length - 1;
    if (last >= start && last < end) pieces.push(letter.piece);
    at += letter.shown.length;
  }
  return pieces;
}

/** What a replacement writes: wildcards where they are asked for; a backslash before anything but those is itself. */
function written(text: string, wildcards: boolean): Pattern {
  return wildcards ? patternOf(text.replaceAll(/\\(?![*?])/g, '\\\\')) : [text];
}

/** A replacement as texts and groups of the match: `\1`, `\g<1>`, `\g<name>`. A group that took no part is empty. */
function parts(by: string, { start, end, groups }: Found): (string | readonly [number, number])[] {
  const pieces: (string | readonly [number, number])[] = [];
  for (const [, named, number, escaped, text] of by.matchAll(/\\g<(\w+)>|\\(\d{1,2})|\\([^])|([^\\]+|\\$)/g)) {
    const group = named ?? number;
    if (group === undefined) pieces.push(text ?? escapes[escaped!] ?? escaped!);
    else if (group === '0') pieces.push([start, end]);
    else {
      const place = groups.get(group);
      if (place) pieces.push(place);
    }
  }
  return pieces;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\u0007' };
