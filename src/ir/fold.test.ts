import { expect, it } from 'vitest';
import { fold, foldClass, foldCode } from './fold.ts';

it("agrees with the folding of JavaScript's expressions for every code point", () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x1ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const folded = foldCode(code);
    if (folded === code) continue;
    const same = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(String.fromCodePoint(folded));
    if (!same) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

it('folds what a person may not expect, and leaves alone what would change the length', () => {
  expect(fold('\u212aelvin \u017fharp STRASSE ẞ')).toBe('kelvin sharp strasse ß');
  expect(fold('İ')).toBe('İ');
  expect(
    foldClass('k'.codePointAt(0)!)
      .map((code) => String.fromCodePoint(code))
      .sort(),
  ).toEqual(['K', 'k', '\u212a']);
});

it('folding twice changes nothing', () => {
  for (let code = 0; code <= 0x1ffff; code += 1) expect(foldCode(foldCode(code))).toBe(foldCode(code));
});
