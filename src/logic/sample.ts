import type { CodeRange, RegexNode } from '../ir/regex/tree.ts';
import { codeSet, complement } from '../ir/regex/code-set.ts';
import { letters } from './codes.ts';

/**
 * Writes a few texts that an expression probably matches: each alternative once, repetitions as short as they may
 * be or once round. Anchors and look-arounds are passed over, so whoever uses a text asks the expression first.
 */
export function sampleOf(tree: RegexNode): string[] {
  const texts = new Set<string>();
  for (let round = 0; round < 6; round += 1) texts.add(write(tree, { round, groups: new Map() }));
  return [...texts].filter((text) => text.length <= LONGEST);
}

/** Beyond this a value shows nobody anything. */
const LONGEST = 4000;

interface Pen {
  readonly round: number;
  readonly groups: Map<number | string, string>;
}

function write(node: RegexNode, pen: Pen): string {
  switch (node.kind) {
    case 'set':
      return String.fromCodePoint(letterOf(node.ranges));
    case 'concat':
      return node.of.map((part) => write(part, pen)).join('');
    case 'either':
      return node.of.length === 0 ? '' : write(node.of[pen.round % node.of.length]!, pen);
    case 'repeat': {
      const wanted = pen.round % 2 === 0 ? node.min : Math.min(Math.max(1, node.min), node.max ?? Infinity);
      const text = write(node.of, pen);
      return text.repeat(Math.min(wanted, Math.ceil(LONGEST / (text.length + 1))));
    }
    case 'group': {
      const text = write(node.of, pen);
      if (node.capture !== null) pen.groups.set(node.capture, text);
      if (node.name !== null) pen.groups.set(node.name, text);
      return text;
    }
    case 'backref':
      return pen.groups.get(node.to) ?? '';
    case 'anchor':
    case 'look':
      return '';
  }
}

const none: ReadonlySet<number> = new Set();

/** The most natural member of a set of characters. */
function letterOf(ranges: readonly CodeRange[]): number {
  return letters([], complement(codeSet(ranges)), none)[0] ?? 0x78;
}
