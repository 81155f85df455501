import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { elasticsearch } from './flavour.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** Elasticsearch's query_string, the text of Kibana's search bar in Lucene mode; read and written for Elasticsearch 7.10 to 9. */
export const esQs: Dialect = {
  name: 'es-qs',
  title: 'Elasticsearch query string (Lucene)',
  reference: 'https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query',
  extension: 'lucene',
  capabilities,
  print: (query, profile) => print(query, profile, elasticsearch),
  parse,
};
