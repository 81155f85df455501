import { foldClass } from '../ir/fold.ts';
import type { Pattern, Piece } from '../ir/pattern.ts';
import { many, normal, one } from '../ir/pattern.ts';
import type { RegexNode } from '../ir/regex/tree.ts';
import { LAST_CODE } from '../ir/regex/code-set.ts';

/** An expression that says no more than a wildcard pattern does. */
export interface PlainPattern {
  readonly pattern: Pattern;
  readonly cased: boolean;
}

/**
 * Reads `tree` as a pattern, if it means no more than one: `^C:\\` is `['C:\', many]`, cased.
 *
 * So that a rule and a query that say the same thing, one by an expression, are found equal at a glance. A dot that
 * refuses line breaks and a `$` that allows one are no wildcards, and stay expressions.
 */
export function patternOf(tree: RegexNode): PlainPattern | null {
  const nodes = flat(tree);
  const head = isAnchor(nodes[0], 'text-start');
  const tail = isAnchor(nodes.at(-1), 'very-end');
  const inner = nodes.slice(head ? 1 : 0, tail && nodes.length > (head ? 1 : 0) ? -1 : undefined);
  const pieces: Piece[] = head ? [] : [many];
  const cases = { matters: false, ignored: false };
  for (const node of inner) {
    const piece = pieceOf(node, cases);
    if (!piece) return null;
    pieces.push(...piece);
  }
  if (!tail) pieces.push(many);
  return cases.matters && cases.ignored ? null : { pattern: normal(pieces), cased: cases.matters };
}

function flat(node: RegexNode): RegexNode[] {
  if (node.kind === 'concat') return node.of.flatMap(flat);
  return node.kind === 'group' && !node.atomic ? flat(node.of) : [node];
}

function isAnchor(node: RegexNode | undefined, at: string): boolean {
  return node?.kind === 'anchor' && node.at === at;
}

function isAny(node: RegexNode): boolean {
  if (node.kind === 'group') return !node.atomic && isAny(node.of);
  return (
    node.kind === 'set' && node.ranges.length === 1 && node.ranges[0]![0] === 0 && node.ranges[0]![1] === LAST_CODE
  );
}

/** Most wildcards of one code point that a bounded repetition may turn into. */
const MOST_ONES = 64;

function pieceOf(node: RegexNode, cases: { matters: boolean; ignored: boolean }): readonly Piece[] | null {
  if (isAny(node)) return [one];
  if (node.kind === 'repeat') {
    if (!isAny(node.of) || node.min > MOST_ONES || (node.max !== null && node.max !== node.min)) return null;
    if (node.greed === 'possessive' && node.max === null) return null;
    const ones = Array.from({ length: node.min }, () => one);
    return node.max === null ? [...ones, many] : ones;
  }
  if (node.kind !== 'set') return null;
  const [range, ...more] = node.ranges;
  if (range === undefined || more.length > 0 || range[0] !== range[1]) return null;
  if (foldClass(range[0]).length > 1) cases[node.fold ? 'ignored' : 'matters'] = true;
  return [String.fromCodePoint(range[0])];
}
