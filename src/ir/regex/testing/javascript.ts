import { meaningOf } from '../code-set.ts';
import type { Anchor, RegexNode } from '../tree.ts';

/**
 * Writes a tree for JavaScript's `RegExp` with the `u` flag alone, in the plainest way, as an oracle: every set by its
 * code points, every anchor by what stands around it, atomic groups as a look-ahead that is taken back (not in a
 * look-behind, where they must have a fixed width).
 */
export function toJavaScript(tree: RegexNode): string {
  let holds = 0;
  let behind = false;
  const numbers = new Map<string, number | null>();
  // JavaScript reads a look-behind from its end, where taking back has no meaning.
  const held = (text: string) => (behind ? text : `(?=(?<h${(holds += 1)}>${text}))\\k<h${holds}>`);
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
        return node.atomic ? `(?:${held(write(node.of))})` : `(?<c${node.capture}>${write(node.of)})`;
      case 'anchor':
        return anchors[node.at];
      case 'look': {
        const outer = behind;
        behind = !node.ahead;
        const text = `(?:(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${write(node.of)}))`;
        behind = outer;
        return text;
      }
      case 'backref':
        return `\\k<c${typeof node.to === 'string' ? numbers.get(node.to) : node.to}>`;
      case 'repeat': {
        const text = `(?:${write(node.of)}){${node.min},${node.max ?? ''}}`;
        if (node.greed === 'possessive') return `(?:${held(text)})`;
        return node.greed === 'lazy' ? `${text}?` : text;
      }
    }
  };
  return write(tree);
}

/** Finds `tree` in `text` by JavaScript's engine. V8 alone would also look for it between the halves of a pair. */
export function foundByJavaScript(tree: RegexNode, text: string): boolean {
  return foundAnywhere(new RegExp(toJavaScript(tree), 'uy'), text);
}

/** Tries a sticky expression at every code point. */
export function foundAnywhere(sticky: RegExp, text: string): boolean {
  let at = 0;
  for (const character of [...text, '']) {
    sticky.lastIndex = at;
    if (sticky.test(text)) return true;
    at += character.length;
  }
  return false;
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
