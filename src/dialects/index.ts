import type { Dialect } from './dialect.ts';
import { grep } from './grep/index.ts';
import { kibana } from './kibana/index.ts';
import { kusto } from './kusto/index.ts';
import { logpoint } from './logpoint/index.ts';
import { esQs } from './lucene/es-qs.ts';
import { graylog } from './lucene/graylog.ts';
import { powershell } from './powershell/index.ts';
import { spl2 } from './spl2/index.ts';
import { splunk } from './splunk/index.ts';
import { duckdb } from './sql/duckdb.ts';

/** Every query language that this program writes and reads. A new one is a folder beside this file and a line here. */
export const dialects: readonly Dialect[] = [
  splunk,
  spl2,
  esQs,
  graylog,
  duckdb,
  logpoint,
  kibana,
  kusto,
  grep,
  powershell,
];
