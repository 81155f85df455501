import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';
import { boundedRegex, eitherCase, endOrBefore, letters, startOrAfter } from './bounded-regex.ts';

/**
 * Carries a test of one value over to the list that holds it: `MD5=..,IMPHASH=..`.
 *
 * A pattern is exact. As long as none of its holes can run past the value, it stays a pattern, once for each place
 * that the entry can have in the list (alone, first, last, between); else it becomes a regular expression whose holes
 * stop at a comma. The key's case does not count.
 */
export function mapInside(atom: ValueAtom, field: string, key: string, note: Note): Predicate {
  switch (atom.kind) {
    case 'exists':
      return listed(field, key, [many]);
    case 'equal':
      return mapPattern(field, key, [String(atom.value)], false);
    case 'like':
      return mapPattern(field, key, normal(atom.pattern), atom.cased);
    case 'regex':
    case 'term':
      note(key, 'differs', `a ${atom.kind} test of one entry was put to the whole list ${field}`);
      return { ...atom, field };
    case 'compare':
    case 'cidr':
      note(
        key,
        'narrower',
        `an entry of the list ${field} can't be read as a ${atom.kind === 'cidr' ? 'network address' : 'number or time'}`,
      );
      return never;
  }
}

function mapPattern(field: string, key: string, pattern: Pattern, cased: boolean): Predicate {
  if (pattern.some((piece) => typeof piece === 'string' && piece.includes(','))) return never;
  if (isAnything(pattern)) return listed(field, key, [many]);
  const open = isAnything(pattern.slice(-1));
  const fixed = literal(open ? pattern.slice(0, -1) : pattern) !== undefined;
  if (fixed && !cased) return listed(field, key, pattern);
  return { kind: 'regex', field, regex: entryRegex(key, pattern, cased) };
}

/** The entry at each place that it can have; a pattern that ends open reaches over what follows by itself. */
function listed(field: string, key: string, pattern: Pattern): Predicate {
  const open = isAnything(pattern.slice(-1));
  const first: Pattern = [`${key}=`, ...pattern];
  const later: Pattern = [many, `,${key}=`, ...pattern];
  const shapes = open ? [first, later] : [first, [...first, ',', many], later, [...later, ',', many]];
  return any(shapes.map((shape): Predicate => ({ kind: 'like', field, pattern: normal(shape), cased: false })));
}

/** `(?:^|,)KEY=` and the pattern with holes that stop at a comma, then the entry's end. */
function entryRegex(key: string, pattern: Pattern, cased: boolean): Regex {
  const open = isAnything(pattern.slice(-1));
  const before = [startOrAfter(','), ...(cased ? eitherCase : letters)(`${key}=`)];
  return boundedRegex(before, open ? pattern.slice(0, -1) : pattern, open ? [] : [endOrBefore(',')], ',', cased);
}
