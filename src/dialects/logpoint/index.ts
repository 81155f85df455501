import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** LogPoint's search query language: the search, and the commands after the pipe that select logs or count them. */
export const logpoint: Dialect = {
  name: 'logpoint',
  title: 'LogPoint search query language',
  reference: 'https://docs.logpoint.com/siem/readme/a_work-with-your-log-data/search_your_log_data/search-query-syntax',
  extension: 'logpoint',
  capabilities: () => capabilities,
  print,
  parse,
};
