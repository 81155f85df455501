import { many, normal } from '../../../ir/pattern.ts';
import type { Pattern } from '../../../ir/pattern.ts';
import type { Context } from './context.ts';
import { base64, base64Offsets, bytesOf, countDashes, dashVariants, interleaved, MOST_DASHES } from './encodings.ts';
import type { Key, Step } from './key.ts';
import type { Wrap } from './modifiers.ts';
import { parsePattern } from './pattern-text.ts';
import type { ScalarNode } from '../yaml/tree.ts';

/** Alternatives that the placeholders of one value may multiply to. */
const MOST_VALUES = 20_000;

/** The patterns that a value stands for under its modifiers: usually one, several after windash, expand, base64offset. */
export function patternsOf(text: string, key: Key, node: ScalarNode, context: Context): Pattern[] {
  const start = key.expand ? expanded(text, node, context) : [parsePattern(text)];
  return key.steps
    .reduce<Pattern[]>((patterns, step) => patterns.flatMap((pattern) => apply(step, pattern, node, context)), start)
    .map(normal);
}

function apply(step: Step, pattern: Pattern, node: ScalarNode, { report }: Context): Pattern[] {
  switch (step.kind) {
    case 'wrap':
      return [wrapped(pattern, step.wrap)];
    case 'windash': {
      const count = countDashes(pattern);
      if (count <= MOST_DASHES) return dashVariants(pattern);
      return report.refuse(
        'sigma/windash-too-many',
        `'windash' would make ${5 ** Math.min(count, 20)} spellings of this value: it has ${count} dash characters`,
        node.span,
        `split the value: at most ${MOST_DASHES} dashes are varied in one`,
      );
    }
    case 'coding':
      return [
        interleaved(pattern, step.coding) ??
          report.refuse(
            'sigma/encoding',
            'only ASCII letters can be looked for as UTF-16 in a text',
            node.span,
            'put base64 or base64offset behind the encoding',
          ),
      ];
    case 'encode':
      return encoded(step, pattern, node, report);
  }
}

function wrapped(pattern: Pattern, wrap: Wrap): Pattern {
  switch (wrap) {
    case 'contains':
      return [many, ...pattern, many];
    case 'startswith':
      return [...pattern, many];
    case 'endswith':
      return [many, ...pattern];
  }
}

function encoded(
  { encode, coding }: Extract<Step, { kind: 'encode' }>,
  pattern: Pattern,
  node: ScalarNode,
  report: Context['report'],
): Pattern[] {
  const texts = pattern.map((piece) =>
    typeof piece === 'string'
      ? piece
      : report.refuse(
          'sigma/encoding',
          `a value with wildcards can't be encoded by '${encode}'`,
          node.span,
          'put contains, startswith and endswith behind the encoding, and escape * and ? that mean themselves',
        ),
  );
  const bytes = bytesOf(texts.join(''), coding);
  if (encode === 'base64') return [[base64(bytes)]];
  const offsets = base64Offsets(bytes);
  if (offsets.length > 0) return offsets.map((text) => [text]);
  return report.refuse(
    'sigma/encoding',
    "the value is too short for 'base64offset'",
    node.span,
    'two bytes are the least',
  );
}

/** A text cut at its placeholders. `\%` is a percent sign that starts none (specification, "Placeholders"). */
export type Segment = { readonly text: string } | { readonly placeholder: string };

export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let literal = '';
  for (let at = 0; at < text.length;) {
    const name = text[at] === '%' ? /^%([^%\s]+)%/.exec(text.slice(at, at + 200))?.[1] : undefined;
    if (name !== undefined) {
      segments.push({ text: literal }, { placeholder: name });
      literal = '';
      at += name.length + 2;
    } else if (text[at] === '\\' && text[at + 1] === '%') {
      literal += '%';
      at += 2;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  return [...segments, { text: literal }].filter((segment) => !('text' in segment) || segment.text !== '');
}

/**
 * Puts the values of placeholders in. A value may hold wildcards (`srv*`), as the specification's own example has.
 * Without values the placeholder stays as its own text and is noted: the rule can be read, shown and converted, but
 * not run.
 */
function expanded(text: string, node: ScalarNode, context: Context): Pattern[] {
  return segmentsOf(text).reduce<Pattern[]>(
    (patterns, segment) => {
      const choices =
        'text' in segment
          ? [parsePattern(segment.text)]
          : (valuesOf(segment.placeholder, context)?.map(parsePattern) ?? [[`%${segment.placeholder}%`]]);
      checkCount(patterns.length * choices.length, node, context);
      return patterns.flatMap((pattern) => choices.map((choice) => [...pattern, ...choice]));
    },
    [[]],
  );
}

/** The values of a placeholder as written, or undefined; then its name is noted. */
function valuesOf(placeholder: string, { placeholders, unresolved }: Context): readonly string[] | undefined {
  const values = Object.hasOwn(placeholders, placeholder) ? placeholders[placeholder]! : [];
  if (values.length > 0) return values.map(String);
  unresolved.add(placeholder);
  return undefined;
}

/** Puts the values of placeholders into a text that is no pattern, such as a regular expression, each through `quote`. */
export function expandedTexts(
  text: string,
  node: ScalarNode,
  context: Context,
  quote: (value: string) => string,
): string[] {
  return segmentsOf(text).reduce<string[]>(
    (texts, segment) => {
      if ('text' in segment) return texts.map((before) => before + segment.text);
      const values = valuesOf(segment.placeholder, context)?.map(quote) ?? [`%${segment.placeholder}%`];
      checkCount(texts.length * values.length, node, context);
      return texts.flatMap((before) => values.map((value) => before + value));
    },
    [''],
  );
}

function checkCount(count: number, node: ScalarNode, { report }: Context): void {
  if (count > MOST_VALUES)
    report.refuse(
      'sigma/expand-too-many',
      `the placeholders of this value multiply to more than ${MOST_VALUES} values`,
      node.span,
    );
}
