import { sysmonRecords } from './sysmon.mjs';
import { twofoldRecords } from './twofold.mjs';
import { windowsRecords } from './windows.mjs';

/**
 * A book of records in the making. Each method writes what Windows records of one happening and takes, last, the names
 * of the rules that must hit it: `hits` for all its records, or one list a log where they differ.
 */
export function openBook() {
  const records = [];
  const write = (host, log, eventId, at, fields, hits = []) =>
    records.push({ host, log, eventId, at, fields, hits, serial: records.length });
  return { records, ...twofoldRecords(write), ...sysmonRecords(write), ...windowsRecords(write) };
}
