/** Text with holes in it. A wildcard is a piece, never a character, so nothing in here is ever escaped. */
export type Pattern = readonly Piece[];

/** Literal text, or a hole: `many` is any run of characters (none, and line breaks, included), `one` is one code point. */
export type Piece = string | Wild;
export interface Wild {
  readonly wild: 'many' | 'one';
}

export const many: Wild = { wild: 'many' };
export const one: Wild = { wild: 'one' };

/** The pattern that any value fits, so that a test of it asks whether there is a value at all. */
export const anything: Pattern = [many];

/**
 * Brings a pattern to its only form: literals joined, empty ones dropped, and in each run of wildcards the `one`s
 * first and then at most one `many`. The empty text is `[]`.
 *
 *     normal(['a', 'b', many, one, many])   // ['ab', one, many]
 */
export function normal(pattern: Pattern): Pattern {
  if (isNormal(pattern)) return pattern;
  const pieces: Piece[] = [];
  let ones = 0;
  let open = false;
  const flush = () => {
    for (; ones > 0; ones -= 1) pieces.push(one);
    if (open) pieces.push(many);
    open = false;
  };
  for (const piece of pattern) {
    if (typeof piece === 'string') {
      if (piece === '') continue;
      flush();
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = last + piece;
      else pieces.push(piece);
    } else if (piece.wild === 'one') ones += 1;
    else open = true;
  }
  flush();
  return pieces;
}

function isNormal(pattern: Pattern): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    const piece = pattern[at]!;
    if (piece === '') return false;
    if (at === 0) continue;
    const before = pattern[at - 1]!;
    const areTexts = typeof piece === 'string' && typeof before === 'string';
    const areWild = typeof piece !== 'string' && typeof before !== 'string';
    if (areTexts || (areWild && before.wild === 'many')) return false;
  }
  return true;
}

/** The text of a pattern without wildcards, or undefined where it has one. */
export function literal(pattern: Pattern): string | undefined {
  let text = '';
  for (const piece of pattern) {
    if (typeof piece !== 'string') return undefined;
    text += piece;
  }
  return text;
}

/** Tells whether the pattern is nothing but `many`: a test for the presence of a value. */
export function isAnything(pattern: Pattern): boolean {
  return (
    pattern.length === 1 && pattern[0] !== undefined && typeof pattern[0] !== 'string' && pattern[0].wild === 'many'
  );
}
