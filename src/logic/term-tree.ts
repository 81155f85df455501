import { fold, foldClass, foldCode } from '../ir/fold.ts';
import type { Term, Tokenizer } from '../ir/predicate.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import { codeSet, complement, contains, meaningOf } from '../ir/regex/code-set.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import type { CodeRange, RegexNode } from '../ir/regex/tree.ts';
import { isWordCharacter, wordCharacters } from '../ir/term.ts';
import { codesOf, foldingCodes } from './codes.ts';
import { concat } from './trees.ts';

/** A test for whole words as an expression, whose word borders set `word` apart from other characters. */
export interface TermTree {
  readonly tree: RegexNode;
  readonly word: CodeSet;
}

/** Which ends of the term must lie on a word border: an end that is no word character itself need not. */
export function bordersOf({ term, edge, tokenizer, cased }: Term): {
  readonly before: boolean;
  readonly after: boolean;
} {
  const characters = [...(cased ? term : fold(term))];
  return {
    before: edge !== 'suffix' && isWordCharacter(characters[0], tokenizer),
    after: edge !== 'prefix' && isWordCharacter(characters.at(-1), tokenizer),
  };
}

export function termTree(atom: Term): TermTree {
  const border: RegexNode = { kind: 'anchor', at: 'word-border' };
  const { before, after } = bordersOf(atom);
  const letters = codesOf(atom.term).map((code): RegexNode => ({
    kind: 'set',
    ranges: [[code, code]],
    fold: !atom.cased && foldClass(code).length > 1,
  }));
  return {
    tree: concat(...(before ? [border] : []), ...letters, ...(after ? [border] : [])),
    word: wordCodes(atom.tokenizer, atom.cased),
  };
}

const known = new Map<string, CodeSet>();

/** The characters inside of words. Where case does not count, a character is looked at as what it folds to. */
function wordCodes(tokenizer: Tokenizer, cased: boolean): CodeSet {
  const key = `${tokenizer} ${cased}`;
  let codes = known.get(key);
  if (!codes) known.set(key, (codes = cased ? asWritten(tokenizer) : asFolded(asWritten(tokenizer))));
  return codes;
}

function asWritten(tokenizer: Tokenizer): CodeSet {
  const read = parseRegex(`[${wordCharacters[tokenizer]}]`, { ignoreCase: false, multiline: false, dotAll: false });
  if ('fault' in read || read.regex.tree.kind !== 'set') throw new Error(`no class: ${wordCharacters[tokenizer]}`);
  return meaningOf(read.regex.tree);
}

/** `set`, with each character that folds to another treated as that other. */
function asFolded(set: CodeSet): CodeSet {
  const [into, outOf]: [CodeRange[], CodeRange[]] = [[], []];
  for (const code of foldingCodes) (contains(set, foldCode(code)) ? into : outOf).push([code, code]);
  return complement(codeSet([...complement(codeSet([...set, ...into])), ...outOf]));
}
