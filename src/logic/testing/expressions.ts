import * as fc from 'fast-check';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex } from '../../ir/regex/tree.ts';

/** Random expressions over few letters, as text: classes, anchors, word borders, repetitions, alternatives, looks. */
export function sources(looks: boolean): fc.Arbitrary<string> {
  const letter = fc.constantFrom(
    'a',
    'b',
    'A',
    'k',
    '1',
    '_',
    ' ',
    '\\n',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '\\d',
    '\\W',
    '[^\\s]',
  );
  const anchor = fc.constantFrom('^', '$', '\\b', '\\B', '\\z', '\\A', '(?m:^)', '(?m:$)');
  return fc.letrec<{ part: string; whole: string }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 3 },
      { weight: 6, arbitrary: letter },
      { weight: 2, arbitrary: anchor },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie('whole'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '*?'))
          .map(([a, b]) => `(?:${a})${b}`),
      },
      { weight: 1, arbitrary: tie('whole').map((inner) => `(${inner})`) },
      { weight: 1, arbitrary: fc.tuple(tie('whole'), tie('whole')).map(([a, b]) => `(?:${a}|${b})`) },
      { weight: 1, arbitrary: tie('whole').map((inner) => `(?i:${inner})`) },
      ...(looks
        ? [
            {
              weight: 2,
              arbitrary: fc.tuple(fc.constantFrom('=', '!', '<=', '<!'), tie('whole')).map(([a, b]) => `(?${a}${b})`),
            },
          ]
        : []),
    ),
    whole: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
  })).whole;
}

/** The same, read. */
export function expressions(looks: boolean): fc.Arbitrary<Regex> {
  return sources(looks)
    .map((source) => parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false }))
    .filter((read) => 'regex' in read)
    .map((read) => (read as { regex: Regex }).regex);
}
