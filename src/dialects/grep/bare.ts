/** Tests of values that JSON writes without quotation marks: numbers, `true` and `false`. */
import { compilePattern } from '../../ir/match-pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { codeSet, complement, meaningOf, setNode } from '../../ir/regex/code-set.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import { compileRegex } from '../../ir/regex/match.ts';
import { widthOf } from '../../ir/regex/size.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import { escapeRegex } from './json-literal.ts';
import { ahead, anchor, behind, either, never, oneOf, repeat, row, setOf, text } from './tree.ts';

/** The characters of numbers, as `JSON.stringify` writes them. */
const figures: CodeSet = setOf('+-.0123456789e');
const figure: RegexNode = setNode(figures);
const figureRun: RegexNode = repeat(figure, 0, null);
const bareEnd: RegexNode = ahead(oneOf(' ,]}'));
const bareStart: RegexNode = behind(oneOf(' ,:['));
const words = ['true', 'false'];

/** What finds the bare values that fit the pattern, from their beginning on. */
export function bareLike(pattern: Pattern, cased: boolean): string[] {
  if (pattern.some((piece) => typeof piece === 'string' && /[^-+.0-9a-z]/i.test(piece))) return [];
  const number = numberLike(pattern, cased);
  if (pattern.some((piece) => typeof piece === 'string' && /[^truefals]/i.test(piece)))
    return number === undefined ? [] : [number];
  const fits = compilePattern(pattern, cased);
  return [...(number === undefined ? [] : [number]), ...words.filter((word) => fits(word))];
}

function numberLike(pattern: Pattern, cased: boolean): string | undefined {
  if (pattern.length === 0) return undefined;
  let written = '';
  for (const [at, piece] of pattern.entries()) {
    if (typeof piece === 'object') {
      if (piece.wild === 'one') written += FIGURE;
      else if (pattern.length === 1) written += FIGURE;
      else if (at < pattern.length - 1 || at === 0) written += `${FIGURE}*`;
    } else {
      const text = cased ? piece : piece.toLowerCase();
      if (/[^-+.0-9e]/.test(text)) return undefined;
      written += escapeRegex(text);
    }
  }
  const last = pattern.at(-1);
  return typeof last === 'object' && last.wild === 'many' ? written : `${written}(?=[ ,\\]}])`;
}

const FIGURE = '[\\d+\\-.e]';

/**
 * What finds the bare values in which `node` finds something, at their start alone if `closed`, at their end alone if
 * `ended`; none where it can't be told.
 */
export function bareRegex(node: RegexNode, closed: boolean, ended: boolean): RegexNode[] {
  const found = matcherOf(
    row([...(closed ? [anchor('text-start')] : []), node, ...(ended ? [anchor('very-end')] : [])]),
  );
  if (!found) return [];
  const number = overFigures(node);
  // Where nothing is found, too, there must be a number.
  const begun = widthOf(number).min === 0 ? [ahead(figure)] : [];
  return [
    ...(number === never ? [] : [row([...begun, ...(closed ? [] : [figureRun]), number, ...(ended ? [bareEnd] : [])])]),
    ...words.filter((word) => found(word)).map((word) => row(text(word))),
  ];
}

function matcherOf(tree: RegexNode): ((text: string) => boolean) | undefined {
  const compiled = compileRegex({ source: '', flags: noFlags, tree });
  return 'refused' in compiled ? undefined : compiled;
}

const noFlags = { ignoreCase: false, multiline: false, dotAll: false };

/** `node` where all characters are those of numbers; `never` where that leaves nothing. */
function overFigures(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set': {
      const set = within(meaningOf(node));
      return set.length === 0 ? never : setNode(set);
    }
    case 'concat': {
      const parts = node.of.map(overFigures);
      return parts.includes(never) ? never : row(parts);
    }
    case 'either':
      return either(node.of.map(overFigures).filter((part) => part !== never));
    case 'repeat': {
      const of = overFigures(node.of);
      if (of !== never) return { ...node, of };
      return node.min === 0 ? row([]) : never;
    }
    case 'group': {
      const of = overFigures(node.of);
      return node.atomic && of !== never ? { ...node, of } : of;
    }
    case 'anchor':
      if (node.at === 'text-start') return bareStart;
      return node.at === 'very-end' || node.at === 'text-end' ? bareEnd : never;
    case 'look':
    case 'backref':
      return never;
  }
}

function within(set: CodeSet): CodeSet {
  const outside = complement(figures);
  return complement(codeSet([...complement(set), ...outside]));
}
