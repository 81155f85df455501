import { foldClass, foldCode } from '../../ir/fold.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { everything } from '../../ir/regex/classes.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';

/** Tells whether some character of the pattern has a partner that folds alike: then its case matters. */
export function hasLetters(pattern: Pattern): boolean {
  return pattern.some(
    (piece) =>
      typeof piece === 'string' && [...piece].some((character) => foldClass(character.codePointAt(0)!).length > 1),
  );
}

/**
 * Writes a pattern as an expression that ignores case and is sought in the text: with anchors, but for the ends at
 * which a `many` stands.
 */
export function patternRegex(pattern: Pattern): RegexNode {
  const pieces = [...pattern];
  const open = isMany(pieces[0]);
  if (open) pieces.shift();
  const loose = isMany(pieces.at(-1));
  if (loose) pieces.pop();
  const start: RegexNode[] = open ? [] : [{ kind: 'anchor', at: 'text-start' }];
  const end: RegexNode[] = loose || (open && pieces.length === 0) ? [] : [{ kind: 'anchor', at: 'very-end' }];
  return { kind: 'concat', of: [...start, ...pieces.flatMap(nodesOf), ...end] };
}

function isMany(piece: Piece | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'many';
}

const any: RegexNode = { kind: 'set', ranges: everything, fold: false };

function nodesOf(piece: Piece): RegexNode[] {
  if (typeof piece === 'object')
    return [piece.wild === 'one' ? any : { kind: 'repeat', of: any, min: 0, max: null, greed: 'greedy' }];
  return [...piece].map((character): RegexNode => {
    const code = foldCode(character.codePointAt(0)!);
    return { kind: 'set', ranges: [[code, code]], fold: foldClass(code).length > 1 };
  });
}
