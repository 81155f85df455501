import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** Kusto's query language, KQL: Microsoft Sentinel, Defender XDR's advanced hunting, Azure Data Explorer. */
export const kusto: Dialect = {
  name: 'kusto',
  title: 'Kusto (KQL)',
  reference: 'https://learn.microsoft.com/kusto/query/',
  extension: 'kql',
  capabilities: () => capabilities,
  print,
  parse,
};
