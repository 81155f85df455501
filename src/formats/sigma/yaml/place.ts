import type { Source, Span } from '../../../text/source.ts';
import type { ScalarNode } from './tree.ts';

/** Turns a place in the text of a scalar into one in the source. */
export type Place = (inText: Span) => Span;

/**
 * Says where the parts of a scalar's text stand in the source. Where quotes, escapes or folded lines move the letters
 * apart, the whole scalar is the answer: a caret that is too wide misleads nobody, one that is off does.
 */
export function placesIn(source: Source, { span, text }: ScalarNode): Place {
  for (const quote of [0, 1]) {
    const from = span.start + quote;
    if (source.text.startsWith(text, from) && from + text.length + quote <= span.end)
      return ({ start, end }) => ({ start: from + start, end: from + Math.max(end, start + 1) });
  }
  return () => span;
}
