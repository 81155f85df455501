import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { describe as inWords } from '../../ir/describe.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { atomsOf } from '../../ir/predicate.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import { lineTest } from './line-test.ts';

function regexOf(source: string): Regex {
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read) throw new Error(read.fault.message);
  return read.regex;
}

it.each([
  ['^(?:.*(?=.*lsass)(?=.*procdump))', 2],
  ['^(?:.*(?=.*(?:.*a|.*b))(?=.*c))', 3],
  ['^(?:.*.*comsvcs\\.dll,#24.*|.*.*comsvcs\\.dll,MiniDump.*)', 2],
])('takes %s apart', (source, tests) => {
  const atoms = [...atomsOf(lineTest(regexOf(source)))];
  expect(atoms.map(({ kind }) => kind)).toEqual(Array.from({ length: tests }, () => 'like'));
});

it('leaves together what is no row of conditions', () => {
  for (const source of ['^(?=a)b', '^a', '(?=.*a)(?!.*b)', '(?<=a)b', '(?=a)(?=.*b)'])
    expect([...atomsOf(lineTest(regexOf(source)))].map(inWords)).toHaveLength(1);
});

it('means what the expression means (property)', () => {
  const { source } = fc.letrec<{ source: string }>((tie) => ({
    source: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('a', 'b', 'ab', '.*', '.*a', '[ab]', 'a?', ''),
      fc.array(tie('source'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
      fc.array(tie('source'), { minLength: 2, maxLength: 3 }).map((parts) => `(?:${parts.join('|')})`),
      tie('source').map((inner) => `(?=${inner})`),
      tie('source').map((inner) => `(?=.*${inner})`),
      tie('source').map((inner) => `.*(?!${inner})`),
      tie('source').map((inner) => `^(?:.*${inner})`),
    ),
  }));
  fc.assert(
    fc.property(
      source,
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 }), { minLength: 6 }),
      (text, values) => {
        const regex = regexOf(text);
        const whole = { kind: 'regex', field: { rendered: 'json-line' }, regex } as const;
        for (const value of values) {
          const event = eventOf({ c: value });
          expect(evaluate(lineTest(regex), event)).toBe(evaluate(whole, event));
        }
      },
    ),
    { numRuns: 2000 },
  );
});
