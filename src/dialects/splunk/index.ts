import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** Splunk's Search Processing Language: `search`, and what follows the pipe as far as it selects events. */
export const splunk: Dialect = {
  name: 'splunk',
  title: 'Splunk SPL',
  reference: 'https://help.splunk.com/en/splunk-enterprise/spl-search-reference',
  extension: 'spl',
  capabilities: () => capabilities,
  print,
  parse,
};
