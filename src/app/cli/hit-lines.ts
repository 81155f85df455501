import { jsonOf } from '../../events/exact-integers.ts';
import type { Hit } from '../../engine/hit.ts';
import type { HostedHit } from '../hunting.ts';
import { csvRow } from './csv.ts';

/** One hit as a line of JSON; integers of the event beyond 2^53 keep their digits. */
export function ndjsonLine({ event, ...rest }: Hit): string {
  const { rule, time, from, matched, together } = rest;
  const head = JSON.stringify({ rule, time, from, matched, ...(together && { together }) });
  return `${head.slice(0, -1)},"event":${jsonOf(event)}}\n`;
}

const columns = [
  'time',
  'level',
  'rule',
  'id',
  'author',
  'license',
  'rule file',
  'host',
  'file',
  'record',
  'matched',
  'event',
];

/** The first line of a table for spreadsheets. */
export const csvHeader = csvRow(columns);

/** One hit as a line for spreadsheets: the values that matched in one cell, the event as JSON in the last. */
export function csvLine({ hit, host }: HostedHit): string {
  const { rule, time, from, matched, event } = hit;
  const values = matched.map(({ field, value }) => (field === '' ? value : `${field}: ${value}`)).join('\n');
  const cells = [rule.title, rule.id, rule.author, rule.license, rule.file, host, from.file, String(from.record)];
  return csvRow([time, rule.level, ...cells, values, jsonOf(event)]);
}
