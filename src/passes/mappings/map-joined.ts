import { isAnything, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Mapping } from '../../schema/profile.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';

type Joined = Extract<Mapping, { kind: 'joined' }>;

/**
 * Carries a test of a text over to the two fields that it is joined of. A pattern is exact: it fits the joined text if
 * it can be cut in two, at the joint, so that each part fits its side. A hole can be cut anywhere, so `*admin*` asks
 * for `*admin*` on one side and anything on the other.
 */
export function mapJoined(atom: ValueAtom, { left, by, right }: Joined, note: Note): Predicate {
  const sides = (before: Pattern, after: Pattern, cased: boolean): Predicate =>
    all([
      { kind: 'like', field: left, pattern: normal(before), cased },
      { kind: 'like', field: right, pattern: normal(after), cased },
    ]);
  switch (atom.kind) {
    case 'exists':
      return sides([many], [many], false);
    case 'like':
      if (isAnything(normal(atom.pattern))) return sides([many], [many], false);
      return any(cuts(normal(atom.pattern), by).map(([before, after]) => sides(before, after, atom.cased)));
    case 'equal':
    case 'compare':
    case 'cidr':
      // A text with a joint such as a backslash in it is no number, point in time or address.
      return never;
    case 'regex':
    case 'term':
      note(
        `${left}${by}${right}`,
        'narrower',
        `a ${atom.kind} test of a text that two fields hold has nothing to look at`,
      );
      return never;
  }
}

/** Every way to cut a pattern in two where `by` stands, or may stand inside a hole. */
function cuts(pattern: Pattern, by: string): (readonly [before: Pattern, after: Pattern])[] {
  return pattern.flatMap((piece, index): (readonly [Pattern, Pattern])[] => {
    const before = pattern.slice(0, index);
    const after = pattern.slice(index + 1);
    if (typeof piece !== 'string')
      return piece.wild === 'many'
        ? [
            [
              [...before, many],
              [many, ...after],
            ],
          ]
        : [...by].length === 1
          ? [[before, after]]
          : [];
    return occurrences(piece, by).map((at) => [
      [...before, piece.slice(0, at)],
      [piece.slice(at + by.length), ...after],
    ]);
  });
}

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}
