import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { isAnything, literal, normal } from '../../ir/pattern.ts';
import { any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';

/**
 * Carries a test of a number over to a field that writes it in hexadecimal, as `0x1a4`. Collectors turn some of them
 * into decimals, and rules write some as recorded (`0x3e7`); so the test is put to the field as it stands as well.
 */
export function mapHex(atom: ValueAtom, field: string, note: Note): Predicate {
  const number = numberIn(atom);
  if (number !== undefined)
    return any([
      { kind: 'like', field, pattern: [`0x${number.toString(16)}`], cased: false },
      { ...atom, field },
    ]);
  if (atom.kind === 'compare' && atom.part === 'number')
    note(field, 'narrower', 'the field writes numbers in hexadecimal, which can be told apart but not ordered');
  else if (atom.kind !== 'exists' && !(atom.kind === 'like' && isRecordedForm(atom)))
    note(
      field,
      'narrower',
      'the field writes numbers in hexadecimal, so a test of their decimal digits has nothing to look at',
    );
  return { ...atom, field };
}

/** The whole number that a test asks for, in whatever way it is written. */
function numberIn(atom: ValueAtom): number | undefined {
  const value =
    atom.kind === 'equal' || (atom.kind === 'compare' && atom.part === 'number' && atom.order === '=')
      ? atom.value
      : atom.kind === 'like'
        ? literal(normal(atom.pattern))
        : undefined;
  const number = typeof value === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** No decimal number fits it, so only the recorded form can be meant, or no value matters. */
function isRecordedForm(atom: Extract<ValueAtom, { kind: 'like' }>): boolean {
  const pattern = normal(atom.pattern);
  if (isAnything(pattern)) return true;
  return pattern.length === 0 || pattern.some((piece) => typeof piece === 'string' && /[^\d]/.test(piece));
}

/**
 * Carries a test over to a field that holds the value or a code for it: `High` is `S-1-16-12288`. The test is put to
 * the field as it is, and each code whose text passes it is asked for besides.
 */
export function mapCoded(atom: ValueAtom, field: string, codes: Readonly<Record<string, string>>): Predicate {
  const own: Predicate = { ...atom, field };
  if (atom.kind === 'exists') return own;
  const named = codesOf(atom, field, codes);
  return named.length === 0 ? own : any([own, ...named]);
}

/** Carries a test over to a field that tells the value by a code alone: `Initiated: true` is `ConnectionSuccess` and others. */
export function mapTold(atom: ValueAtom, field: string, codes: Readonly<Record<string, string>>): Predicate {
  return any(codesOf(atom, field, codes));
}

/** A test for each code whose text passes. */
function codesOf(atom: ValueAtom, field: string, codes: Readonly<Record<string, string>>): Predicate[] {
  const alone: Predicate = { ...atom, field: 'text' };
  const fitting = Object.keys(codes).filter((code) => evaluate(alone, eventOf({ text: codes[code]! })));
  return fitting.map((code): Predicate => ({ kind: 'like', field, pattern: [code], cased: false }));
}

/** Nothing holds the value: every test of it is false, as of a missing field. */
export function mapAbsent(field: string, why: string, note: Note): Predicate {
  note(field, 'narrower', why);
  return never;
}
