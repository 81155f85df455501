import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';
import { boundedRegex, end, startOrAfter } from './bounded-regex.ts';

/**
 * Carries a test of the last part of a text over to the text: of a file's name to its path. A pattern is exact; one
 * whose holes could run into the part before becomes a regular expression in which they can't.
 */
export function mapLast(atom: ValueAtom, field: string, by: string, note: Note): Predicate {
  switch (atom.kind) {
    case 'exists':
      return { kind: 'like', field, pattern: [many], cased: false };
    case 'equal':
      return mapPattern(field, by, [String(atom.value)], false);
    case 'like':
      return mapPattern(field, by, normal(atom.pattern), atom.cased);
    case 'regex':
    case 'term':
      note(field, 'differs', `a ${atom.kind} test of the last part was put to all of ${field}`);
      return { ...atom, field };
    case 'compare':
    case 'cidr':
      note(field, 'narrower', `the last part of ${field} can't be read as a number, time or address`);
      return never;
  }
}

function mapPattern(field: string, by: string, pattern: Pattern, cased: boolean): Predicate {
  const like = (wanted: Pattern): Predicate => ({ kind: 'like', field, pattern: normal(wanted), cased });
  if (pattern.some((piece) => typeof piece === 'string' && piece.includes(by))) return never;
  if (isAnything(pattern)) return like(pattern);
  if (literal(pattern) !== undefined) return any([like(pattern), like([many, by, ...pattern])]);
  // What ends the last part ends the whole.
  if (isAnything(pattern.slice(0, 1)) && literal(pattern.slice(1)) !== undefined) return like(pattern);
  return { kind: 'regex', field, regex: boundedRegex([startOrAfter(by)], pattern, [end], by, cased) };
}
