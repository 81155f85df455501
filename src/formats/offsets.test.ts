import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originOf, through } from './offsets.ts';
import { readJson } from './watcher/json.ts';

function stringOf(text: string) {
  const read = readJson(text);
  if ('message' in read || read.value.kind !== 'string') throw new Error(text);
  return read.value;
}

describe('offsets', () => {
  it('lead from each unit through two levels of escapes to where it is written', () => {
    const texts = fc.array(fc.constantFrom('a', 'b c', '"', '\\', '\n', '\u0000', 'ü', '{{'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const written = JSON.stringify(JSON.stringify(text));
        const outer = stringOf(written);
        const inner = stringOf(outer.text);
        expect(inner.text).toBe(text);
        const offsets = through(inner.offsets, outer.offsets);
        let last = -1;
        for (let at = 0; at <= text.length; at += 1) {
          const from = originOf(offsets, at);
          expect(from).toBe(originOf(outer.offsets, originOf(inner.offsets, at)));
          expect(from).toBeGreaterThan(last);
          if (/[a-cü {]/.test(text[at] ?? '')) expect(written[from]).toBe(text[at]);
          last = from;
        }
      }),
    );
  });
});
