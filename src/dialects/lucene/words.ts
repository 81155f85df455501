import type { Pattern } from '../../ir/pattern.ts';
import type { Atom } from '../../ir/predicate.ts';
import type { FieldType } from '../../schema/profile.ts';

/**
 * The runs of a pattern that must each stand inside one word of the analysed text: of ASCII letters and digits, which
 * the standard analyser never divides, or of anything but blanks, which the whitespace analyser does not.
 */
export function wordsOf(pattern: Pattern, analyzer: 'standard' | 'whitespace'): string[] {
  const run = analyzer === 'standard' ? /[0-9A-Za-z]+/g : /[^\p{White_Space}]+/gu;
  return [
    ...new Set(
      pattern.flatMap((piece) => (typeof piece === 'string' ? [...piece.matchAll(run)].map(([word]) => word) : [])),
    ),
  ];
}

/** Tells whether the test asks for one run between two wildcards, which an analysed field answers exactly. */
export function isOneWord(atom: Atom, type: FieldType): boolean {
  if (type.kind !== 'text' || atom.kind !== 'like' || atom.cased || atom.pattern.length !== 3) return false;
  const [before, text, after] = atom.pattern;
  return (
    typeof before !== 'string' &&
    typeof after !== 'string' &&
    before?.wild === 'many' &&
    after?.wild === 'many' &&
    wordsOf(atom.pattern, type.analyzer)[0] === text
  );
}
