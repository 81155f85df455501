import * as fc from 'fast-check';
import type { Pattern } from '../../ir/pattern.ts';
import { many, one } from '../../ir/pattern.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';

/** Random patterns over a few letters, short enough that texts of a few letters tell them apart. */
export function patterns(alphabet: readonly string[]): fc.Arbitrary<Pattern> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...alphabet) },
    { weight: 2, arbitrary: fc.constant(many) },
    { weight: 1, arbitrary: fc.constant(one) },
  );
  return fc.array(piece, { maxLength: 4 });
}

/** Random predicates out of `atoms`, nested at most two deep. */
export function predicates(atoms: fc.Arbitrary<Atom>): fc.Arbitrary<Predicate> {
  const leaf: fc.Arbitrary<Predicate> = fc.oneof(
    { weight: 3, arbitrary: atoms },
    { weight: 1, arbitrary: atoms.map((of): Predicate => ({ kind: 'not', of })) },
  );
  const group = (part: fc.Arbitrary<Predicate>): fc.Arbitrary<Predicate> =>
    fc.oneof(
      fc.array(part, { maxLength: 3 }).map((of): Predicate => ({ kind: 'all', of })),
      fc.array(part, { maxLength: 3 }).map((of): Predicate => ({ kind: 'any', of })),
      part.map((of): Predicate => ({ kind: 'not', of })),
    );
  return fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf))));
}

/** A pair that is often close: unrelated, or the second a little change of the first. */
export function pairs(
  predicate: fc.Arbitrary<Predicate>,
  atoms: fc.Arbitrary<Atom>,
): fc.Arbitrary<[Predicate, Predicate]> {
  const near = fc.tuple(predicate, atoms, fc.nat(7)).map(([a, atom, at]): [Predicate, Predicate] => {
    let count = 0;
    const swap = (node: Predicate): Predicate => {
      switch (node.kind) {
        case 'all':
        case 'any':
          return { ...node, of: node.of.map(swap) };
        case 'not':
          return { ...node, of: swap(node.of) };
        default:
          return count++ === at ? atom : node;
      }
    };
    return [a, swap(a)];
  });
  return fc.oneof(fc.tuple(predicate, predicate), near);
}
