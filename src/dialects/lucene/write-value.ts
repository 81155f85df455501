import { literal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { fitsAutomaton } from './automaton-size.ts';
import { bare, quoted } from './escape.ts';
import { needsExpression } from './flavour.ts';
import type { Flavour } from './flavour.ts';
import { caseless, hasLetters, inCase } from './letters.ts';
import { writeRegexp } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/** What stands right of a field's colon, or why nothing can. */
export type Value = { readonly text: string } | { readonly refused: string };

/** `index.max_regex_length`: a longer expression is refused by the server. */
export const LONGEST_REGEXP = 1000;

const TOO_COMPLEX =
  'its automaton has more states than Lucene builds: a free end and then many places for any character';

/** Writes an expression between slashes, unless Lucene would refuse it for its size. */
export function regexpValue(regexp: Regexp): Value {
  const value = inSlashes(regexp);
  return 'text' in value && !fitsAutomaton(regexp) ? { refused: TOO_COMPLEX } : value;
}

function inSlashes(regexp: Regexp): Value {
  const text = writeRegexp(regexp);
  if (text.length <= LONGEST_REGEXP) return { text: `/${text}/` };
  return {
    refused: `it needs an expression of ${text.length} characters, and Elasticsearch allows ${LONGEST_REGEXP}`,
  };
}

/**
 * Writes a pattern for a field that keeps case: as plain text where case can't matter or does matter, else as an
 * expression that holds every letter in all its cases.
 *
 *     comsvcs.dll, uncased     /[cC][oO][mM]...\.[dD][lL][lL]/
 *     *\ -ma *, cased          *\ \-ma\ *
 */
export function casedValue(pattern: Pattern, cased: boolean, flavour: Flavour): Value {
  const letters = pattern.some((piece) => typeof piece === 'string' && hasLetters(piece));
  return cased || !letters ? plainValue(pattern, flavour) : caselessValue(pattern);
}

function caselessValue(pattern: Pattern): Value {
  const regexp = caseless(pattern);
  return hasSingles(pattern) ? regexpValue(regexp) : inSlashes(regexp);
}

/** Without a hole for one character, a pattern is a search for texts, and its automaton is no larger than they are. */
function hasSingles(pattern: Pattern): boolean {
  return pattern.some((piece) => typeof piece !== 'string' && piece.wild === 'one');
}

/** Writes a pattern as plain text: a whole number bare, other literals quoted, the rest with wildcards, if they may lead. */
export function plainValue(pattern: Pattern, flavour: Flavour): Value {
  const text = literal(pattern);
  if (text !== undefined) return { text: /^(?:0|[1-9]\d{0,14})$/.test(text) ? text : quoted(text) };
  if (needsExpression(pattern, flavour)) return regexpValue(inCase(pattern));
  if (hasSingles(pattern) && !fitsAutomaton(inCase(pattern))) return { refused: TOO_COMPLEX };
  return { text: bare(pattern) };
}
