import type { Engine } from '../../prove/engine.ts';
import { duckdbEngine } from './duckdb.ts';
import { grepEngine } from './grep.ts';
import { luceneEngine } from './lucene.ts';

/** Every real engine that printed queries can be run by, started or not. Whoever runs one closes it. */
export function allEngines(): readonly Engine[] {
  return [duckdbEngine(), luceneEngine(), luceneEngine('graylog'), grepEngine()];
}
