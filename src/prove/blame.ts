import { evaluate } from '../ir/evaluate.ts';
import { scalarsOf, textOf } from '../ir/event.ts';
import type { Event } from '../ir/event.ts';
import { fold } from '../ir/fold.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/** A test that decides what a predicate says of an event, and whether a `not` stands over it. */
export interface Blamed {
  readonly atom: Atom;
  /** What the predicate would need of the test: true, or false where it stands under a `not`. */
  readonly wanted: boolean;
}

/**
 * Lists the tests because of which `predicate` is false of `event`: changing the outcome of some of them would make it
 * true. Of an `all`, the parts that fail; of an `any`, every part; so the list is as short as the rule allows.
 */
export function blame(predicate: Predicate, event: Event, wanted = true): Blamed[] {
  if (evaluate(predicate, event) === wanted) return [];
  switch (predicate.kind) {
    case 'not':
      return blame(predicate.of, event, !wanted);
    case 'all':
    case 'any': {
      const each = predicate.of.map((part) => blame(part, event, wanted)).filter((found) => found.length > 0);
      const oneIsEnough = (predicate.kind === 'any') === wanted;
      // Where one part would do, the one with the least to change is the explanation a person looks for.
      return oneIsEnough ? (each.toSorted((a, b) => a.length - b.length)[0] ?? []) : each.flat();
    }
    default:
      return [{ atom: predicate, wanted }];
  }
}

/** A stretch of a value that a test found, in UTF-16 offsets. */
export interface Mark {
  readonly field: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Marks the literal parts of the values that make `predicate` true of `event`; tests without literals mark nothing. */
export function marks(predicate: Predicate, event: Event): Mark[] {
  if (!evaluate(predicate, event)) return [];
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.flatMap((part) => marks(part, event));
    case 'like':
      return typeof predicate.field === 'string' ? likeMarks(predicate, predicate.field, event) : [];
    default:
      return [];
  }
}

function likeMarks(atom: Extract<Atom, { kind: 'like' }>, field: string, event: Event): Mark[] {
  for (const value of scalarsOf(event.get(field)).map(textOf)) {
    if (!evaluate(atom, { get: () => value, values: () => [] })) continue;
    const [text, read] = atom.cased ? [value, (piece: string) => piece] : [foldSameLength(value), fold];
    let at = 0;
    return atom.pattern.flatMap((piece, index): Mark[] => {
      if (typeof piece !== 'string') return [];
      const needle = read(piece);
      const start =
        index === atom.pattern.length - 1 && index > 0 ? text.length - needle.length : text.indexOf(needle, at);
      if (start < 0) return [];
      at = start + needle.length;
      return [{ field, value, start, end: at }];
    });
  }
  return [];
}

/** Folds a text unless that would move its offsets, which it can outside of the basic plane. */
function foldSameLength(text: string): string {
  const folded = fold(text);
  return folded.length === text.length ? folded : text;
}
