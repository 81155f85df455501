import { many, normal, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { sizeOf } from '../../ir/regex/code-set.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import { hasLetters } from './json-literal.ts';

/**
 * The pattern that finds what the expression does, where it is but texts and holes, so that there is one way to write
 * what can be said in two. `closed`: only at the start of a value; `ended`: only at its end.
 */
export function patternIn(
  node: RegexNode,
  closed: boolean,
  ended: boolean,
): { readonly pattern: Pattern; readonly cased: boolean } | undefined {
  const pieces: Piece[] = closed ? [] : [many];
  const cases = new Set<boolean>();
  for (const part of node.kind === 'concat' ? node.of : [node]) {
    const piece = pieceOf(part);
    if (piece === undefined) return undefined;
    pieces.push(piece);
    if (typeof piece === 'string' && hasLetters([piece])) cases.add(part.kind === 'set' && part.fold);
  }
  if (cases.size > 1) return undefined;
  return { pattern: normal(ended ? pieces : [...pieces, many]), cased: cases.has(false) };
}

function pieceOf(part: RegexNode): Piece | undefined {
  if (part.kind === 'set') {
    if (sizeOf(part.ranges) === 1) return String.fromCodePoint(part.ranges[0]![0]);
    return isAny(part) ? one : undefined;
  }
  const isRun = part.kind === 'repeat' && part.min === 0 && part.max === null && part.greed !== 'possessive';
  return isRun && isAny(part.of) ? many : undefined;
}

function isAny(node: RegexNode): boolean {
  return node.kind === 'set' && sizeOf(node.ranges) === 0x110000;
}
