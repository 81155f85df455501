import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge, Term, Tokenizer } from '../ir/predicate.ts';
import { hasTerm } from '../ir/term.ts';
import { codesOf } from './codes.ts';
import { graphOf } from './graph.ts';
import { runs } from './machine.ts';
import { regexMachine } from './regex-machine.ts';
import { termTree } from './term-tree.ts';

// U+0345 is no letter, and folds to one; the emoji is a pair.
const letter = fc.constantFrom(
  'a',
  'A',
  'k',
  'K',
  '1',
  '_',
  '.',
  ' ',
  '\\',
  'ä',
  'Ä',
  '\u0345',
  '\u{1f600}',
  '\u{10400}',
);
const terms: fc.Arbitrary<Term> = fc.record({
  kind: fc.constant('term' as const),
  field: fc.constant('f'),
  term: fc.array(letter, { maxLength: 3 }).map((letters) => letters.join('')),
  edge: fc.constantFrom<Edge>('whole', 'prefix', 'suffix'),
  tokenizer: fc.constantFrom<Tokenizer>('kusto', 'standard', 'splunk'),
  cased: fc.boolean(),
});

describe('termTree', () => {
  it('finds a term where the reference finds it', () => {
    const texts = fc.array(letter, { maxLength: 6 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(terms, fc.array(texts, { minLength: 20, maxLength: 40 }), (atom, several) => {
        const { tree, word } = termTree(atom);
        const machine = regexMachine(graphOf(tree, word));
        const { term, edge, tokenizer, cased } = atom;
        for (const text of [...several, term, `a${term}`, `${term}1`, ` ${term} `, `x${term} ${term}`])
          expect([text, runs(machine, codesOf(text))]).toEqual([text, hasTerm(text, term, edge, tokenizer, cased)]);
      }),
      { numRuns: 300 },
    );
  });
});
