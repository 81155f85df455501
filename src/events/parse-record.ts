import type { Raw } from '../ir/event.ts';
import { longIntegers, parseExactly } from './exact-integers.ts';
import type { Run } from './exact-integers.ts';
import { findFault } from './json-fault.ts';
import type { EventRead, Limits, Reading } from './reading.ts';

/**
 * Reads one JSON object. `runs` are the long integers of the text, where the caller has found them already.
 * Of a name that occurs twice the last value counts, as in every JSON reader of log pipelines.
 */
export function parseRecord(
  text: string,
  record: number,
  { depth }: Limits,
  runs: readonly Run[] = longIntegers(text),
): Reading {
  let value: unknown;
  try {
    value = runs.length === 0 ? JSON.parse(text) : parseExactly(text, runs);
  } catch {
    return { record, skipped: whyNotJson(text) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { record, skipped: `not an object but ${nameOf(value)}` };
  const raw = value as Raw;
  if (isDeeper(raw, depth)) return { record, skipped: `nested deeper than ${depth} levels` };
  return { record, raw };
}

/** Says where a text stops being JSON: a column from 1, and the line too where the text has several. */
function whyNotJson(text: string): string {
  const { offset, message } = findFault(text);
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length + 1;
  return `not JSON: ${before.length > 1 ? `line ${before.length} of it, ` : ''}column ${column}: ${message}`;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return `a ${typeof value}`;
}

function isDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true;
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, levels - 1)) return true;
  }
  return false;
}

/** Notes on an event that some of its text could not be decoded. */
export function marked(reading: Reading): Reading {
  return 'raw' in reading ? ({ ...reading, replaced: true } satisfies EventRead) : reading;
}
