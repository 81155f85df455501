import { foldClass, foldCode } from '../../ir/fold.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { everything } from '../../ir/regex/classes.ts';
import { setNode } from '../../ir/regex/code-set.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import { anchor, repeat, row } from './tree.ts';

/** A pattern over a whole line as an expression. */
export function patternTree(pattern: Pattern, cased: boolean): RegexNode {
  const any = setNode(everything);
  const parts = pattern.flatMap((piece): RegexNode[] => {
    if (typeof piece === 'object') return [piece.wild === 'one' ? any : repeat(any, 0, null)];
    return [...piece].map((character) => {
      const code = character.codePointAt(0)!;
      const alone = cased || foldClass(code).length === 1;
      return { kind: 'set', ranges: [[alone ? code : foldCode(code), alone ? code : foldCode(code)]], fold: !alone };
    });
  });
  const closed = typeof pattern[0] !== 'object' || pattern[0].wild === 'one';
  const last = pattern.at(-1);
  const ended = typeof last !== 'object' || last.wild === 'one';
  return row([...(closed ? [anchor('text-start')] : []), ...parts, ...(ended ? [anchor('very-end')] : [])]);
}
