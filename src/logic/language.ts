import { inNetwork } from '../ir/cidr.ts';
import { evaluate } from '../ir/evaluate.ts';
import type { Event } from '../ir/event.ts';
import { fold } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import type { Atom, Cidr, Compare, Term } from '../ir/predicate.ts';
import { compileRegex } from '../ir/regex/match.ts';
import { Irregular, regularOf } from '../ir/regex/regular.ts';
import type { Regex, RegexNode } from '../ir/regex/tree.ts';
import { canonicalOf } from './canonical.ts';
import { codesOf } from './codes.ts';
import type { Glob } from './glob.ts';
import { fitsCodes, globMachine, globOf, lettersOf } from './glob.ts';
import { graphOf, setsOf } from './graph.ts';
import type { Machine } from './machine.ts';
import { runs as accepts } from './machine.ts';
import { networkTree } from './network-tree.ts';
import { regexMachine } from './regex-machine.ts';
import { sampleOf } from './sample.ts';
import { termTree } from './term-tree.ts';
import { momentTree, numberTree } from './trees.ts';

/** A text made ready to be asked of many languages. */
export interface Word {
  readonly text: string;
  readonly codes: readonly number[];
  readonly folded: readonly number[];
}

export function wordOf(text: string): Word {
  return { text, codes: codesOf(text), folded: codesOf(fold(text)) };
}

/** The texts for which a test of one value holds. */
export interface Language {
  /** Whether a text belongs, as the reference evaluator has it; null where no evaluator can tell. */
  readonly has: (word: Word) => boolean | null;
  /** The automaton of the language, or, where `inexact` says why, of more texts than those. Made when first asked for. */
  readonly machine: () => Machine;
  readonly inexact: string | null;
  readonly glob: Glob | null;
  /** The test itself, where it is an order between figures. */
  readonly compare: Compare | null;
  /** Whether it is made of the addresses of a network. */
  readonly address: boolean;
  /** Code points that the author wrote. */
  readonly letters: () => readonly number[];
  /** Texts that probably belong, the most natural first. */
  readonly samples: () => readonly string[];
}

type LanguageAtom = Exclude<Atom, { kind: 'exists' | 'sameAs' | 'keyword' }>;

/** The language of a test of a field's value. */
export function languageOf(atom: LanguageAtom): Language {
  switch (atom.kind) {
    case 'like':
      return likeLanguage(atom.pattern, atom.cased);
    case 'equal':
      return likeLanguage([String(atom.value)], false);
    case 'regex':
      return regexLanguage(atom.regex, canonicalOf(atom.regex.tree));
    case 'term':
      return termLanguage(atom);
    case 'compare':
      return compareLanguage(atom);
    case 'cidr':
      return cidrLanguage(atom);
  }
}

export function likeLanguage(pattern: Pattern, cased: boolean): Language {
  const glob = globOf(pattern, cased);
  return {
    has: (word) => fitsCodes(glob, glob.cased ? word.codes : word.folded),
    machine: once(() => globMachine(glob)),
    inexact: null,
    glob,
    compare: null,
    address: false,
    letters: () => lettersOf(glob),
    samples: () => [],
  };
}

/**
 * Classes of characters beyond which an expression is not worth an automaton, and beyond which it is not worth matching
 * either, since its matcher costs as much to make; none that a person wrote has a tenth of them.
 */
const MOST_CLASSES = 300;
const MOST_MATCHED = 1000;

/** The language of an expression; `tree` finds a match in the same texts, and is all that the automaton needs. */
export function regexLanguage(regex: Regex, tree: RegexNode): Language {
  const full = graphOf(plainTree(tree));
  const classes = setsOf(full).length;
  if (classes > MOST_CLASSES) return crowdedLanguage(regex, classes);
  const test = compileRegex(regex);
  const machine = once(() => regexMachine(full));
  const runs = typeof test === 'function';
  const inexact = full.exact ? null : irregularity(regex.tree);
  return {
    ...plain,
    has: runs ? ({ text }) => test(text) : ({ codes }) => (accepts(machine(), codes) ? null : false),
    machine,
    inexact: runs ? inexact : (inexact ?? 'a regular expression that cannot be run'),
    letters: () => codesOf(regex.source),
    samples: once(() => sampleOf(regex.tree)),
  };
}

/** An expression of so many classes that of its automaton nothing is known but that it takes what it takes. */
function crowdedLanguage(regex: Regex, classes: number): Language {
  const test = classes > MOST_MATCHED ? null : compileRegex(regex);
  return {
    ...plain,
    has: typeof test === 'function' ? ({ text }) => test(text) : () => null,
    machine: once(() => regexMachine(graphOf({ kind: 'concat', of: [] }))),
    inexact: 'an expression of too many classes',
    letters: () => codesOf(regex.source),
    samples: once(() => (test === null ? [] : sampleOf(regex.tree))),
  };
}

const plain = { glob: null, compare: null, address: false, letters: (): readonly number[] => [] };

/** An expression without atomic groups and possessive repeats, where there is one that finds the same. */
function plainTree(tree: RegexNode): RegexNode {
  try {
    return regularOf(tree);
  } catch (fault) {
    if (fault instanceof Irregular) return tree;
    throw fault;
  }
}

/** The part of an expression that no automaton of ours can hold. */
function irregularity(tree: RegexNode): string {
  const text = JSON.stringify(tree);
  if (text.includes('"kind":"backref"')) return 'a back-reference';
  if (text.includes('"atomic":true') || text.includes('"possessive"')) return 'an atomic group';
  return text.includes('"kind":"look"') ? 'a look-around' : 'a repetition with a large bound';
}

function termLanguage(atom: Term): Language {
  return {
    ...plain,
    has: reference(atom),
    machine: once(() => {
      const { tree, word } = termTree(atom);
      return regexMachine(graphOf(tree, word));
    }),
    inexact: null,
    letters: () => codesOf(atom.term),
    samples: () => [atom.term, `a ${atom.term} b`],
  };
}

function compareLanguage(atom: Compare): Language {
  return {
    ...plain,
    has: reference(atom),
    machine: once(() => regexMachine(graphOf(atom.part === 'number' ? numberTree : momentTree))),
    inexact: atom.part === 'number' ? 'an order of numbers' : 'a part of a time',
    compare: atom,
    samples: () => [],
  };
}

function cidrLanguage(atom: Cidr): Language {
  const network = once(() => networkTree(atom.network));
  return {
    ...plain,
    has: ({ text }) => inNetwork(text, atom.network),
    machine: once(() => regexMachine(graphOf(network().tree))),
    inexact: null,
    address: true,
    samples: () => network().samples,
  };
}

/** Asks the reference evaluator, of an event that has the word as the field's value; a rendering is a text like another. */
function reference(atom: Compare | Term): (word: Word) => boolean {
  const test: LanguageAtom = { ...atom, field: 'value' };
  return ({ text }) => evaluate(test, { get: () => text, values: () => [] } satisfies Event);
}

/** Makes a value when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
