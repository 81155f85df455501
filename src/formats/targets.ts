import type { Dialect } from '../dialects/dialect.ts';
import { grep } from '../dialects/grep/index.ts';
import { kibana } from '../dialects/kibana/index.ts';
import { kusto } from '../dialects/kusto/index.ts';
import { logpoint } from '../dialects/logpoint/index.ts';
import { esQs } from '../dialects/lucene/es-qs.ts';
import { graylog } from '../dialects/lucene/graylog.ts';
import { powershell } from '../dialects/powershell/index.ts';
import { spl2 } from '../dialects/spl2/index.ts';
import { splunk } from '../dialects/splunk/index.ts';
import { duckdb } from '../dialects/sql/duckdb.ts';
import type { Profile } from '../schema/profile.ts';
import { profiles } from '../schema/profiles/index.ts';
import type { Envelope, Settings } from './envelope.ts';
import { watcher } from './watcher/index.ts';

/**
 * What a person names with `--to`: a query language and the schema that its queries are written for, unless told
 * otherwise, and, where queries travel in an envelope, that and what was decided about it (else the usual).
 */
export interface Target {
  readonly name: string;
  readonly title: string;
  readonly dialect: Dialect;
  readonly profile: Profile;
  readonly envelope?: Envelope;
  readonly settings?: Settings;
}

/** Every target, in the order in which `--to all` prints them. */
export const targets: readonly Target[] = [
  { name: 'splunk', title: 'Splunk SPL', dialect: splunk, profile: profiles['windows-ta'] },
  { name: 'spl2', title: 'Splunk SPL2', dialect: spl2, profile: profiles.ocsf },
  { name: 'es-qs', title: 'Elasticsearch query string (Lucene)', dialect: esQs, profile: profiles.winlogbeat },
  // Kibana passes the text of its search bar on as it stands; index and time range are chosen beside it.
  { name: 'kibana-lucene', title: 'Kibana search bar, Lucene mode', dialect: esQs, profile: profiles.winlogbeat },
  { name: 'kibana', title: 'Kibana Query Language (KQL)', dialect: kibana, profile: profiles.winlogbeat },
  {
    name: 'xpack-watcher',
    title: 'Elasticsearch Watcher',
    dialect: esQs,
    profile: profiles.winlogbeat,
    envelope: watcher,
  },
  { name: 'graylog', title: 'Graylog search', dialect: graylog, profile: profiles.graylog },
  { name: 'duckdb', title: 'DuckDB SQL', dialect: duckdb, profile: profiles.flat },
  { name: 'powershell', title: 'PowerShell Get-WinEvent', dialect: powershell, profile: profiles['windows-event'] },
  { name: 'grep', title: 'GNU grep -P over JSON lines', dialect: grep, profile: profiles.flat },
  { name: 'logpoint', title: 'LogPoint search', dialect: logpoint, profile: profiles.logpoint },
  { name: 'kusto', title: 'Kusto (Microsoft Sentinel, Defender XDR)', dialect: kusto, profile: profiles.sentinel },
];

/** Of files that hold a text of the target, without the dot. */
export function extensionOf({ dialect, envelope }: Target): string {
  return envelope?.extension ?? dialect.extension;
}

/** The target of that name, or undefined. */
export function findTarget(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}
