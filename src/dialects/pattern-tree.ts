import { foldClass, foldCode } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import { everything } from '../ir/regex/classes.ts';
import { setNode } from '../ir/regex/code-set.ts';
import type { RegexNode } from '../ir/regex/tree.ts';

/**
 * A pattern as an expression that is sought in a text: with anchors, but at the ends where a `many` stands. For languages
 * that say a pattern, or part of one, by a regular expression.
 */
export function patternTree(pattern: Pattern, cased: boolean): RegexNode {
  const any = setNode(everything);
  const parts = pattern.flatMap((piece): RegexNode[] => {
    if (typeof piece === 'object')
      return [piece.wild === 'one' ? any : { kind: 'repeat', of: any, min: 0, max: null, greed: 'greedy' }];
    return [...piece].map((character) => {
      const code = character.codePointAt(0)!;
      const alone = cased || foldClass(code).length === 1;
      return { kind: 'set', ranges: [[alone ? code : foldCode(code), alone ? code : foldCode(code)]], fold: !alone };
    });
  });
  const closed = typeof pattern[0] !== 'object' || pattern[0].wild === 'one';
  const last = pattern.at(-1);
  const ended = typeof last !== 'object' || last.wild === 'one';
  return {
    kind: 'concat',
    of: [
      ...(closed ? [{ kind: 'anchor', at: 'text-start' } as const] : []),
      ...parts.slice(closed ? 0 : 1, ended ? undefined : -1),
      ...(ended ? [{ kind: 'anchor', at: 'very-end' } as const] : []),
    ],
  };
}
