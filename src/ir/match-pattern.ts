import { fold } from './fold.ts';
import type { Pattern } from './pattern.ts';
import { normal } from './pattern.ts';

/** A pattern made ready to be asked of many texts. */
export type TextTest = (text: string) => boolean;

/**
 * Prepares the question whether a whole text fits `pattern`.
 *
 * Between two `many`s the segment is sought from the left and never reconsidered, which is right because whatever
 * a later segment needs lies further right in any case; so the work is bounded by text length x segment length, and
 * no text can make it explode, as it can a regular expression made of the same wildcards.
 */
export function compilePattern(pattern: Pattern, cased: boolean): TextTest {
  const segments = segmentsOf(normal(pattern), cased);
  const read = cased ? (text: string) => text : fold;
  const [head, ...rest] = segments as [Segment, ...Segment[]];
  const tail = rest.pop();
  if (tail === undefined) return (text) => fitsAt(read(text), 0, head) === read(text).length;
  return (text) => {
    const whole = read(text);
    let at = fitsAt(whole, 0, head);
    for (const segment of rest) if (at !== -1) at = find(whole, at, segment);
    return at !== -1 && endsWith(whole, at, tail);
  };
}

/** Pieces between two `many`s: literal texts and, as a number, how many `one`s stand there. */
type Segment = readonly (string | number)[];

function segmentsOf(pattern: Pattern, cased: boolean): Segment[] {
  const segments: (string | number)[][] = [[]];
  for (const piece of pattern) {
    const segment = segments.at(-1)!;
    if (typeof piece === 'string') segment.push(cased ? piece : fold(piece));
    else if (piece.wild === 'many') segments.push([]);
    else if (typeof segment.at(-1) === 'number') segment[segment.length - 1] = (segment.at(-1) as number) + 1;
    else segment.push(1);
  }
  return segments;
}

/** Where `segment` ends if it begins at `at`, or -1. */
function fitsAt(text: string, at: number, segment: Segment): number {
  let end = at;
  for (const piece of segment) {
    if (typeof piece === 'string') {
      if (!text.startsWith(piece, end)) return -1;
      end += piece.length;
    } else {
      for (let left = piece; left > 0; left -= 1) {
        if (end >= text.length) return -1;
        end += widthAt(text, end);
      }
    }
  }
  return end;
}

/** Where the first occurrence of `segment` at or after `from` ends, or -1. */
function find(text: string, from: number, segment: Segment): number {
  const [first] = segment;
  if (first === undefined) return from;
  for (let at = from; at <= text.length; at += widthAt(text, at)) {
    if (typeof first === 'string') {
      at = text.indexOf(first, at);
      if (at === -1) return -1;
    }
    const end = fitsAt(text, at, segment);
    if (end !== -1) return end;
  }
  return -1;
}

/** Whether the text ends in `segment`, beginning no earlier than `from`. */
function endsWith(text: string, from: number, segment: Segment): boolean {
  let at = text.length;
  for (const piece of segment.toReversed()) {
    if (typeof piece === 'string') {
      if (!text.endsWith(piece, at)) return false;
      at -= piece.length;
    } else for (let left = piece; left > 0; left -= 1) at -= at > 1 && isPair(text, at - 2) ? 2 : 1;
    if (at < from) return false;
  }
  return true;
}

function widthAt(text: string, at: number): number {
  return isPair(text, at) ? 2 : 1;
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
