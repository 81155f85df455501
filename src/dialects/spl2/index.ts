import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** Splunk's SPL2: pipelines over objects, as far as `eval` and `where` select events. */
export const spl2: Dialect = {
  name: 'spl2',
  title: 'Splunk SPL2',
  reference: 'https://help.splunk.com/en/splunk-enterprise/search/spl2-search-reference',
  extension: 'spl2',
  capabilities: () => capabilities,
  print,
  parse,
};
