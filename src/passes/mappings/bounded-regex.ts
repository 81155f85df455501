import type { Pattern } from '../../ir/pattern.ts';
import { foldClosure, setNode } from '../../ir/regex/code-set.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';

/** A piece of an expression as text and as tree. */
export interface Piece {
  readonly source: string;
  readonly node: RegexNode;
}

/** A pattern as a regular expression whose holes stop at `border` (one character), between what stands around it. */
export function boundedRegex(
  before: readonly Piece[],
  pattern: Pattern,
  after: readonly Piece[],
  border: string,
  cased: boolean,
): Regex {
  const middle = pattern.flatMap((piece) => {
    if (typeof piece !== 'string') return piece.wild === 'one' ? [notBorder(border)] : [run(notBorder(border))];
    return cased ? [...piece].map(plain) : letters(piece);
  });
  const parts = [...before, ...middle, ...after];
  return {
    source: parts.map(({ source }) => source).join(''),
    flags: { ignoreCase: !cased, multiline: false, dotAll: false },
    tree: { kind: 'concat', of: parts.map(({ node }) => node) },
  };
}

export function startOrAfter(border: string): Piece {
  const { source, node } = plain(border);
  return { source: `(?:^|${source})`, node: { kind: 'either', of: [{ kind: 'anchor', at: 'text-start' }, node] } };
}

export function endOrBefore(border: string): Piece {
  const { source, node } = plain(border);
  return { source: `(?:${source}|\\z)`, node: { kind: 'either', of: [node, { kind: 'anchor', at: 'very-end' }] } };
}

export const end: Piece = { source: '\\z', node: { kind: 'anchor', at: 'very-end' } };

/** The letters of a text, in either case by the flag of the whole expression. */
export function letters(text: string): Piece[] {
  return [...text].map((letter) => {
    const code = letter.codePointAt(0)!;
    return { source: plain(letter).source, node: setNode(foldClosure([[code, code]])) };
  });
}

/** The letters of a text in an expression in which case counts otherwise. */
export function eitherCase(text: string): Piece[] {
  return letters(text).map(({ source, node }) => {
    const [lower, upper] = [source.toLowerCase(), source.toUpperCase()];
    return { source: lower === upper ? source : `[${upper}${lower}]`, node };
  });
}

function plain(letter: string): Piece {
  const code = letter.codePointAt(0)!;
  const source = /[\\^$.|?*+()[\]{}]/.test(letter) ? `\\${letter}` : letter;
  return { source, node: { kind: 'set', ranges: [[code, code]], fold: false } };
}

function notBorder(border: string): Piece {
  const code = border.codePointAt(0)!;
  const ranges = [[0, code - 1] as const, [code + 1, 0x10ffff] as const];
  return { source: `[^${plain(border).source}]`, node: { kind: 'set', ranges, fold: false } };
}

function run({ source, node }: Piece): Piece {
  return { source: `${source}*`, node: { kind: 'repeat', of: node, min: 0, max: null, greed: 'greedy' } };
}
