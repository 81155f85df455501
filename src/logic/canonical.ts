import { newline } from '../ir/regex/classes.ts';
import { setNode } from '../ir/regex/code-set.ts';
import type { RegexNode } from '../ir/regex/tree.ts';

/**
 * Rewrites an expression into one that finds a match in the same texts, the same for many ways to write it: groups
 * dissolved, alternatives sorted, `$` at the end as `\n?\z`, and without what is idle at the edge of a match that may
 * lie anywhere: `.*x+` finds what `x` finds. An expression with back-references, atomic groups or possessive repeats stays as it is.
 */
export function canonicalOf(tree: RegexNode): RegexNode {
  if (isHeld(tree)) return tree;
  const parts = partsOf(tidy(tree));
  if (isAnchor(parts.at(-1), 'text-end')) parts.splice(-1, 1, maybeNewline, { kind: 'anchor', at: 'very-end' });
  return concat(withoutIdle(withoutIdle(parts, 'first'), 'last'));
}

const maybeNewline: RegexNode = { kind: 'repeat', of: setNode(newline), min: 0, max: 1, greed: 'greedy' };

/** Whether a part of the expression depends on what another part has matched, or keeps what it has. */
function isHeld(node: RegexNode): boolean {
  switch (node.kind) {
    case 'backref':
      return true;
    case 'concat':
    case 'either':
      return node.of.some(isHeld);
    case 'group':
      return node.atomic || isHeld(node.of);
    case 'repeat':
      return node.greed === 'possessive' || isHeld(node.of);
    case 'look':
      return isHeld(node.of);
    default:
      return false;
  }
}

function tidy(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'concat':
      return concat(node.of.flatMap((part) => partsOf(tidy(part))));
    case 'either':
      return either(node.of.flatMap((part) => choicesOf(tidy(part))));
    case 'group':
      return tidy(node.of);
    case 'look':
      return { ...node, of: tidy(node.of) };
    case 'repeat': {
      const of = tidy(node.of);
      if (node.min === 1 && node.max === 1) return of;
      return { ...node, of, greed: 'greedy' };
    }
    default:
      return node;
  }
}

/** Cuts repetitions at one edge down to what a match needs of them: the rest of them may lie outside. */
function withoutIdle(parts: readonly RegexNode[], edge: 'first' | 'last'): readonly RegexNode[] {
  const at = edge === 'first' ? 0 : parts.length - 1;
  const part = parts[at];
  if (part?.kind !== 'repeat' || part.max === part.min) return parts;
  if (part.min > 1) return parts.toSpliced(at, 1, { ...part, max: part.min });
  return withoutIdle(parts.toSpliced(at, 1, ...(part.min === 1 ? partsOf(part.of) : [])), edge);
}

function partsOf(node: RegexNode): RegexNode[] {
  return node.kind === 'concat' ? [...node.of] : [node];
}

function choicesOf(node: RegexNode): readonly RegexNode[] {
  return node.kind === 'either' ? node.of : [node];
}

function concat(parts: readonly RegexNode[]): RegexNode {
  return parts.length === 1 ? parts[0]! : { kind: 'concat', of: parts };
}

function either(choices: readonly RegexNode[]): RegexNode {
  const keyed = new Map(choices.map((choice) => [JSON.stringify(choice), choice]));
  const sorted = [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, choice]) => choice);
  return sorted.length === 1 ? sorted[0]! : { kind: 'either', of: sorted };
}

function isAnchor(node: RegexNode | undefined, at: string): boolean {
  return node?.kind === 'anchor' && node.at === at;
}
