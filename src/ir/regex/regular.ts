import { widthOf } from './size.ts';
import type { RegexNode } from './tree.ts';

/** Thrown where an expression can't be matched in linear time; caught by whoever compiles it. */
export class Irregular extends Error {
  override readonly name = 'Irregular';
}

type Repeat = Extract<RegexNode, { kind: 'repeat' }>;

/**
 * Rewrites `node` into one without atomic groups, possessive repeats and groups that finds matches in the same texts.
 *
 * A part of fixed width ends at one place only, so holding on to it changes nothing, and a possessive repeat of it is
 * the longest run: `\d++` is `\d+(?!\d)`. Throws `Irregular` for other parts that are held, and for back-references.
 */
export function regularOf(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set':
    case 'anchor':
      return node;
    case 'concat':
    case 'either':
      return { ...node, of: node.of.map(regularOf) };
    case 'look':
      // Languages try a look-behind from different ends.
      if (!node.ahead && holdsFreely(node.of)) throw tooFree();
      return { ...node, of: regularOf(node.of) };
    case 'group':
      return node.atomic ? held(regularOf(node.of)) : regularOf(node.of);
    case 'repeat': {
      const of = regularOf(node.of);
      return node.greed === 'possessive' ? longestRun({ ...node, of }) : { ...node, of };
    }
    case 'backref':
      throw new Irregular(
        `the back-reference to group ${node.to} can not be matched in linear time; write out what it may repeat`,
      );
  }
}

/** Whether an atomic group or possessive repeat with a choice of lengths is in `node`. */
function holdsFreely(node: RegexNode): boolean {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.some(holdsFreely);
    case 'look':
      return holdsFreely(node.of);
    case 'group':
    case 'repeat': {
      const { min, max } = widthOf(node);
      const holds = node.kind === 'group' ? node.atomic : node.greed === 'possessive';
      return (holds && min !== max) || holdsFreely(node.of);
    }
    default:
      return false;
  }
}

function held(body: RegexNode): RegexNode {
  const width = widthOf(body);
  if (width.min === width.max) return body;
  if (body.kind === 'repeat' && body.greed === 'greedy') return longestRun(body);
  if (body.kind === 'concat') {
    const last = body.of.at(-1)!;
    const before = widthOf({ kind: 'concat', of: body.of.slice(0, -1) });
    if (before.min === before.max) return { kind: 'concat', of: [...body.of.slice(0, -1), held(last)] };
  }
  throw tooFree();
}

function longestRun({ of, min, max }: Repeat): RegexNode {
  const width = widthOf(of);
  if (width.min !== width.max) throw tooFree();
  const times = (least: number, most: number | null): RegexNode => ({
    kind: 'repeat',
    of,
    min: least,
    max: most,
    greed: 'greedy',
  });
  if (width.max === 0 || min === max) return times(min, max);
  const stop: RegexNode = { kind: 'look', of, ahead: true, negative: true };
  if (max === null) return { kind: 'concat', of: [times(min, null), stop] };
  return { kind: 'either', of: [times(max, max), { kind: 'concat', of: [times(min, max - 1), stop] }] };
}

function tooFree(): Irregular {
  return new Irregular(
    'an atomic group or possessive repeat holds a part that can match in several lengths, which can not be matched in ' +
      'linear time; if it is there for speed alone, write (?:..) for (?>..) and leave out the + after the quantifier',
  );
}
