/** Regular expressions over a text in lower case, said of the text as it is. */
import { foldCode } from '../../ir/fold.ts';
import { foldRuns } from '../../ir/fold-table.generated.ts';
import { codeSet, complement, contains, isFoldClosed, meaningOf, setNode } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';

/**
 * The expression that finds in a text what `regex` finds in it once it is in lower case: `[a-c]X` becomes `[a-cA-C]` and
 * something that nothing matches, since lower case holds no `X`. Lower case is what letters fold to.
 */
export function ofLowered(regex: Regex): Regex {
  const tree = lowered(regex.tree);
  return tree === regex.tree ? regex : { ...regex, tree };
}

function lowered(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set': {
      const set = meaningOf(node);
      return isFoldClosed(set) ? node : setNode(unfolded(set));
    }
    case 'concat':
    case 'either': {
      const of = node.of.map(lowered);
      return of.every((part, index) => part === node.of[index]) ? node : { ...node, of };
    }
    case 'repeat':
    case 'group':
    case 'look': {
      const of = lowered(node.of);
      return of === node.of ? node : { ...node, of };
    }
    case 'backref':
      return node.fold ? node : { ...node, fold: true };
    case 'anchor':
      return node;
  }
}

/** Code points that fold to another. */
const foldable: readonly number[] = foldRuns.flatMap(([first, last, step]) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step),
);
const unfoldable: CodeSet = complement(codeSet(foldable.map((code) => [code, code] as const)));

/** Every code point that folds into the set. */
function unfolded(set: CodeSet): CodeSet {
  const kept = unfoldable.flatMap(([from, to]) => overlap(set, from, to));
  const more = foldable.filter((code) => contains(set, foldCode(code)));
  return codeSet([...kept, ...more.map((code) => [code, code] as const)]);
}

function overlap(set: CodeSet, from: number, to: number): CodeSet {
  return set.flatMap(([first, last]) =>
    first <= to && last >= from ? [[Math.max(first, from), Math.min(last, to)] as const] : [],
  );
}
