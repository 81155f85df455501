import { evaluate } from '../ir/evaluate.ts';
import { scalarsOf, textOf } from '../ir/event.ts';
import type { Event } from '../ir/event.ts';
import { fold } from '../ir/fold.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/** A stretch of a value that a test found there, in UTF-16 offsets. */
export interface Mark {
  readonly field: string;
  /** The value as text: one of several, where the field holds an array. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Marks what the tests that make `predicate` true of `event` found in its values: the literal parts of a pattern, of
 * other tests the stretch without which they would not hold. Tests under a `not` hold by what is absent, and mark
 * nothing; so do tests of the whole event.
 */
export function marks(predicate: Predicate, event: Event): Mark[] {
  if (!evaluate(predicate, event)) return [];
  switch (predicate.kind) {
    case 'not':
      return [];
    case 'all':
    case 'any':
      return predicate.of.flatMap((part) => marks(part, event));
    case 'keyword':
      return keywordMarks(predicate, event);
    default:
      return typeof predicate.field === 'string' ? valueMarks(predicate, predicate.field, event) : [];
  }
}

function valueMarks(atom: Exclude<Atom, { kind: 'keyword' }>, field: string, event: Event): Mark[] {
  const holds = (text: string) =>
    evaluate(atom, { get: (name) => (name === field ? text : event.get(name)), values: () => [] });
  const value = scalarsOf(event.get(field)).map(textOf).find(holds);
  return value === undefined ? [] : found(atom, field, value, holds);
}

function keywordMarks(atom: Extract<Atom, { kind: 'keyword' }>, event: Event): Mark[] {
  for (const [field, scalar] of event.values()) {
    const holds = (text: string) => evaluate(atom, { get: () => undefined, values: () => [[field, text]] });
    const value = textOf(scalar);
    if (holds(value)) return found(atom.test.kind === 'like' ? { ...atom.test, field } : atom, field, value, holds);
  }
  return [];
}

function found(atom: Atom, field: string, value: string, holds: (text: string) => boolean): Mark[] {
  const literals = atom.kind === 'like' ? likeMarks(atom, field, value) : [];
  return literals.length > 0 ? literals : [{ field, value, ...stretch(value, holds) }];
}

/** The literal parts of a pattern, sought from the left as the evaluator does. */
function likeMarks({ pattern, cased }: Extract<Atom, { kind: 'like' }>, field: string, value: string): Mark[] {
  const read = cased ? (text: string) => text : sameLength;
  const text = read(value);
  let at = 0;
  return pattern.flatMap((piece, index): Mark[] => {
    if (typeof piece !== 'string') return [];
    const needle = read(piece);
    const isTail = index === pattern.length - 1 && index > 0;
    const start = isTail ? text.length - needle.length : text.indexOf(needle, at);
    if (start < at) return [];
    at = start + needle.length;
    return [{ field, value, start, end: at }];
  });
}

/** Folds a text unless that would move its offsets, which it can outside of the basic plane. */
function sameLength(text: string): string {
  const folded = fold(text);
  return folded.length === text.length ? folded : text;
}

/** Beyond, a value is marked whole: each of its characters costs a look at all of it. */
const LONGEST = 600;

/**
 * From the first character whose loss stops the match to the last; the whole value where no single one does, as where
 * the value matches in two places.
 */
function stretch(value: string, holds: (text: string) => boolean): { start: number; end: number } {
  const whole = { start: 0, end: value.length };
  if (value.length > LONGEST) return whole;
  const needed = Array.from(value, (_, at) => at).filter(
    (at) => !holds(`${value.slice(0, at)}\u0001${value.slice(at + 1)}`),
  );
  return needed.length === 0 ? whole : { start: needed[0]!, end: needed.at(-1)! + 1 };
}
