import type { CodeSet } from '../../ir/regex/code-set.ts';
import { codeSet, meaningOf, setNode } from '../../ir/regex/code-set.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';

const highHalf: CodeSet = [[0xd800, 0xdbff]];
const lowHalf: CodeSet = [[0xdc00, 0xdfff]];

/**
 * Reads `(?:[..]|[\uD800-\uDBFF][\uDC00-\uDFFF])`, which is how .NET says a class that holds the characters beyond U+FFFF,
 * as that class. Halves that stand alone go with it: the XML of an event holds none.
 */
export function wholeCharacters(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'concat':
      return { ...node, of: node.of.map(wholeCharacters) };
    case 'either': {
      const of = node.of.map(wholeCharacters);
      const [first, second, ...others] = of;
      if (first?.kind !== 'set' || !second || others.length > 0 || !isPair(second)) return { ...node, of };
      return setNode(codeSet([...meaningOf(first), ...highHalf, ...lowHalf, [0x10000, 0x10ffff]]));
    }
    case 'repeat':
    case 'group':
    case 'look':
      return { ...node, of: wholeCharacters(node.of) };
    default:
      return node;
  }
}

function isPair(node: RegexNode): boolean {
  return node.kind === 'concat' && node.of.length === 2 && isSet(node.of[0], highHalf) && isSet(node.of[1], lowHalf);
}

function isSet(node: RegexNode | undefined, [range]: CodeSet): boolean {
  const only = node?.kind === 'set' && node.ranges.length === 1 ? node.ranges[0] : undefined;
  return only !== undefined && only[0] === range?.[0] && only[1] === range[1];
}
