import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Predicate } from '../ir/predicate.ts';
import { render } from '../ir/render.ts';
import { codesOf } from './codes.ts';
import { wordOf } from './language.ts';
import { runs } from './machine.ts';
import { difference } from './relate.ts';
import { shapeOf, unrendered } from './shape.ts';

const renderings = ['event-xml', 'json-line', 'windows-message'] as const;
const letter = fc.constantFrom(
  ...'aA1<>&\'"\\/:,[]{} \n\r\t\u0000\u001f\u007f\u2028é',
  '\u{1f600}',
  '&lt;',
  "'>",
  ': ',
);
const text = fc.array(letter, { maxLength: 6 }).map((letters) => letters.join(''));
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(1e21, -0, 1e-9));
const events: fc.Arbitrary<Raw> = fc.dictionary(text, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), {
  maxKeys: 3,
});

describe('the shape of a rendering', () => {
  it.each(renderings)('%s: every event reads so', (as) => {
    fc.assert(
      fc.property(events, (event) => {
        const line = render(eventOf(event), as);
        expect([line, shapeOf(as).has(wordOf(line)), runs(shapeOf(as).machine(), codesOf(line))]).toEqual([
          line,
          true,
          true,
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['event-xml', 'json-line'] as const)('%s: a text of that shape is read back as an event', (as) => {
    fc.assert(
      fc.property(events, (event) => {
        const line = render(eventOf(event), as);
        // JSON has no word for NaN: it writes null, which is no value.
        fc.pre(!line.includes('null'));
        expect(render(eventOf(unrendered(line, as)!), as)).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  it('shows that what is escaped stands nowhere in the text', () => {
    const holds = (as: (typeof renderings)[number], piece: string): Predicate => ({
      kind: 'like',
      field: { rendered: as },
      pattern: [many, piece, many],
      cased: false,
    });
    const never: Predicate = { kind: 'any', of: [] };
    expect(difference(holds('event-xml', 'cat </dev/tcp/'), never).onlyA.kind).toBe('none');
    expect(difference(holds('event-xml', '&__VIEWSTATE='), never).onlyA.kind).toBe('none');
    expect(difference(holds('event-xml', 'a</Data><Data'), never).onlyA.kind).toBe('event');
    expect(difference(holds('json-line', 'a\nb'), never).onlyA.kind).toBe('none');
    expect(difference(holds('json-line', 'a\\d'), never).onlyA.kind).toBe('none');
    expect(difference(holds('json-line', 'a","b'), never).onlyA.kind).toBe('event');
    expect(difference(holds('windows-message', 'a\r\nb: c'), never).onlyA.kind).toBe('event');
  });
});
