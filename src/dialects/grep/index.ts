import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** GNU `grep -P` over events as lines of JSON, as a command line for bash. */
export const grep: Dialect = {
  name: 'grep',
  title: 'GNU grep -P over JSON lines',
  reference: 'https://www.gnu.org/software/grep/manual/grep.html',
  extension: 'sh',
  capabilities: () => capabilities,
  print,
  parse,
};
