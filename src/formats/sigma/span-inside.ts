import type { Source, Span } from '../../text/source.ts';
import type { ScalarNode } from './yaml-tree.ts';

/**
 * The place of a part of a scalar's text in the source. Where quotes, escapes or folded lines move the letters apart,
 * the whole scalar is the answer: a caret that is too wide misleads nobody, one that is off does.
 */
export function spanInside(source: Source, node: ScalarNode, start: number, end: number): Span {
  const { span, text } = node;
  for (const quote of [0, 1]) {
    const from = span.start + quote;
    if (source.text.startsWith(text, from) && from + text.length + quote <= span.end)
      return { start: from + start, end: from + Math.max(end, start + 1) };
  }
  return span;
}
