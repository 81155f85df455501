import { foldRuns } from './fold-table.generated.ts';

/**
 * Unicode simple case folding: the one table that the evaluator, the automata and the engine share.
 * It maps a code point to one code point, so it never changes the number of code points of a text.
 */
const table = new Map<number, number>();
const classes = new Map<number, number[]>();
for (const [first, last, step, delta] of foldRuns)
  for (let code = first; code <= last; code += step) table.set(code, code + delta);
for (const [code, folded] of table) classes.set(folded, [...(classes.get(folded) ?? [folded]), code]);

/** The code point that `code` folds to: `K`, `k` and the Kelvin sign all fold to `k`. */
export function foldCode(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  return table.get(code) ?? code;
}

/** All code points that fold as `code` does, itself included, the folded one first. */
export function foldClass(code: number): readonly number[] {
  const folded = foldCode(code);
  return classes.get(folded) ?? [folded];
}

/** Folds a text code point by code point. */
export function fold(text: string): string {
  if (!/[^\u0000-\u007f]/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) folded += String.fromCodePoint(foldCode(character.codePointAt(0)!));
  return folded;
}
