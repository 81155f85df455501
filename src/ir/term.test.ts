import { expect, it } from 'vitest';
import { hasTerm } from './term.ts';

const tokenizers = ['kusto', 'standard', 'splunk'] as const;

/** Text, needle, edge, and the tokenizers by which the text has it. */
it.each([
  ['a full b', 'full', 'whole', 'kusto standard splunk'],
  ['FULL', 'full', 'whole', 'kusto standard splunk'],
  ['fully', 'full', 'whole', ''],
  ['fully', 'full', 'prefix', 'kusto standard splunk'],
  ['unfull', 'full', 'suffix', 'kusto standard splunk'],
  ['unfull', 'full', 'prefix', ''],
  ['a_full', 'full', 'whole', 'kusto splunk'],
  ['x.full-y', 'full', 'whole', 'kusto standard splunk'],
  ['dump full', ' full', 'whole', 'kusto standard splunk'],
  ['full', ' full', 'whole', ''],
  ['dump fully', ' full', 'whole', ''],
  ['lsass.exe', 'lsass.exe', 'whole', 'kusto standard splunk'],
  ['lsass.exes', 'lsass.exe', 'whole', ''],
  ['unfull full', 'full', 'whole', 'kusto standard splunk'],
  ['über', 'ber', 'whole', ''],
  ['😀ber', 'ber', 'whole', 'kusto standard splunk'],
  ['', '', 'whole', 'kusto standard splunk'],
] as const)('%j has %j (%s): %s', (text, term, edge, having) => {
  expect(tokenizers.filter((tokenizer) => hasTerm(text, term, edge, tokenizer, false)).join(' ')).toBe(having);
});

it('case counts where it is asked to', () => {
  expect(hasTerm('FULL', 'full', 'whole', 'kusto', true)).toBe(false);
});
