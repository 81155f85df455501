import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** The Kibana Query Language of Kibana's search bar and of Elastic's rules of type `query`, as Kibana 8.12.1 to 9 compiles it. */
export const kibana: Dialect = {
  name: 'kibana',
  title: 'Kibana Query Language (KQL)',
  reference: 'https://www.elastic.co/docs/reference/query-languages/kql',
  extension: 'kuery',
  capabilities,
  print,
  parse,
};
