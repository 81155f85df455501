import { fold, foldClass } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import type { Predicate } from '../ir/predicate.ts';
import { codesOf } from './codes.ts';

/**
 * Whether two predicates are built alike, part by part, so that they mean the same: where they come from does not
 * count, nor does case where a pattern ignores it or has none. Of those that are not alike nothing is known.
 *
 * What a printer wrote and a reader read back mostly is, and this look is a tenth of the cost of numbering the parts.
 */
export function alike(a: Predicate, b: Predicate): boolean {
  if (a === b) return true;
  if ((a.kind === 'all' && b.kind === 'all') || (a.kind === 'any' && b.kind === 'any'))
    return a.of.length === b.of.length && a.of.every((part, index) => alike(part, b.of[index]!));
  if (a.kind === 'not' && b.kind === 'not') return alike(a.of, b.of);
  const [left, right] = [textsOf(a), textsOf(b)];
  if (left && right)
    return (
      (a.kind === 'keyword') === (b.kind === 'keyword') && isEqual(left.field, right.field) && fitSame(left, right)
    );
  return isEqual(a, b);
}

/** A field's test against a pattern; the field of a keyword is undefined. */
export interface Texts {
  readonly field?: unknown;
  readonly pattern: Pattern;
  readonly cased: boolean;
}

/** The pattern that a test holds a value against, if it is that kind of test. */
export function textsOf(node: Predicate): Texts | undefined {
  if (node.kind === 'like') return node;
  if (node.kind === 'keyword') return node.test.kind === 'like' ? node.test : undefined;
  if (node.kind !== 'equal') return undefined;
  const text = String(node.value);
  return fold(text) === text ? { field: node.field, pattern: [text], cased: false } : undefined;
}

function fitSame(a: Texts, b: Texts): boolean {
  if (a.pattern.length !== b.pattern.length) return false;
  return a.pattern.every((piece, index) => {
    const other = b.pattern[index]!;
    if (typeof piece !== 'string' || typeof other !== 'string')
      return typeof piece !== 'string' && typeof other !== 'string' && piece.wild === other.wild;
    if (a.cased !== b.cased) return piece === other && !hasCase(piece);
    return piece === other || (!a.cased && fold(piece) === fold(other));
  });
}

/** Whether a letter of the text is one of several that fold to the same. */
export function hasCase(text: string): boolean {
  if (/[A-Za-z]/.test(text)) return true;
  return /[^\u0000-\u007f]/.test(text) && codesOf(text).some((code) => foldClass(code).length > 1);
}

type Plain = Readonly<Record<string, unknown>>;

/** Whether two values are the same plain JSON, apart from origins; of an expression the tree is all that counts. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const [left, right] = [a as Plain, b as Plain];
  if ('tree' in left && 'tree' in right) return isEqual(left['tree'], right['tree']);
  const names = Object.keys(left).filter((name) => name !== 'origin');
  return (
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name])) &&
    Object.keys(right).every((name) => name === 'origin' || Object.hasOwn(left, name))
  );
}
