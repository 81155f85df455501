import { newline, wordCodes } from './classes.ts';
import type { Edge } from './edges.ts';
import type { Flavour } from './flavours.ts';
import { lack } from './lack.ts';
import { printSet } from './print-set.ts';
import type { Anchor } from './tree.ts';

/** An anchor and what is known of its place. */
export interface AnchorPlace {
  readonly at: Anchor;
  /** It ends the expression. */
  readonly last: boolean;
  /** Least number of characters that follow in a match. */
  readonly after: number;
  /** The characters beside it. */
  readonly before: Edge;
  readonly next: Edge;
  /** The whole expression may match the empty text. */
  readonly mayBeEmpty: boolean;
}

/** Writes an anchor: by the flavour's own sign where that means ours, else by what stands around it. */
export function printAnchor({ at, last, after, before, next, mayBeEmpty }: AnchorPlace, flavour: Flavour): string {
  const line = printSet(newline, flavour);
  switch (at) {
    case 'text-start':
      return '^';
    case 'very-end':
      return flavour.veryEnd;
    case 'text-end':
      if (flavour.textEnd !== null) return flavour.textEnd;
      if (last) return `${line}?${flavour.veryEnd}`;
      return flavour.ahead ? `(?=${line}?${flavour.veryEnd})` : lack(flavour, 'a $ that something may follow');
    case 'line-start':
      if (flavour.lineStart !== null && (flavour.lineStartAtEnd || after > 0)) return flavour.lineStart;
      return `(?<![^${line}])`;
    case 'line-end':
      return flavour.lineEnd ?? `(?![^${line}])`;
    case 'word-border':
      return flavour.border?.[0] ?? borderByLook(before, next, flavour);
    case 'no-word-border':
      if (flavour.byBytes && mayBeEmpty) lack(flavour, 'a \\B that it would find inside of a character');
      return flavour.border?.[1] ?? noBorderByLook(before, next, flavour);
  }
}

function borderByLook(before: Edge, next: Edge, flavour: Flavour): string {
  const word = printSet(wordCodes, flavour);
  if (next !== null) return next === 'word' ? `(?<!${word})` : `(?<=${word})`;
  if (before !== null) return before === 'word' ? `(?!${word})` : `(?=${word})`;
  return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
}

function noBorderByLook(before: Edge, next: Edge, flavour: Flavour): string {
  const word = printSet(wordCodes, flavour);
  if (next !== null) return next === 'word' ? `(?<=${word})` : `(?<!${word})`;
  if (before !== null) return before === 'word' ? `(?=${word})` : `(?!${word})`;
  return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
}
