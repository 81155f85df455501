import { meaningOf } from '../code-set.ts';
import type { Anchor, RegexNode } from '../tree.ts';

/**
 * Writes a tree for JavaScript's `RegExp` with the `u` flag alone, in the plainest way, as an oracle: every set by its
 * code points, every anchor by what stands around it, atomic groups as a look-ahead that is taken back.
 */
export function toJavaScript(tree: RegexNode): string {
  let holds = 0;
  const numbers = new Map<string, number | null>();
  const held = (text: string) => `(?=(?<h${(holds += 1)}>${text}))\\k<h${holds}>`;
  const write = (node: RegexNode): string => {
    switch (node.kind) {
      case 'set':
        return `[${meaningOf(node)
          .map(([from, to]) => `${code(from)}-${code(to)}`)
          .join('')}]`;
      case 'concat':
        return node.of.map(write).join('');
      case 'either':
        return node.of.length === 0 ? '[]' : `(?:${node.of.map(write).join('|')})`;
      case 'group':
        if (node.name !== null) numbers.set(node.name, node.capture);
        return node.atomic ? held(write(node.of)) : `(?<c${node.capture}>${write(node.of)})`;
      case 'anchor':
        return anchors[node.at];
      case 'look':
        return `(?:(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${write(node.of)}))`;
      case 'backref':
        return `\\k<c${typeof node.to === 'string' ? numbers.get(node.to) : node.to}>`;
      case 'repeat': {
        const text = `(?:${write(node.of)}){${node.min},${node.max ?? ''}}`;
        if (node.greed === 'possessive') return held(text);
        return node.greed === 'lazy' ? `${text}?` : text;
      }
    }
  };
  return write(tree);
}

function code(point: number): string {
  return `\\u{${point.toString(16)}}`;
}

const anchors: Readonly<Record<Anchor, string>> = {
  'text-start': '(?<![^])',
  'text-end': '(?=\\n?(?![^]))',
  'very-end': '(?![^])',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  'word-border': '\\b',
  'no-word-border': '\\B',
};
