import { foldClass } from '../../ir/fold.ts';

/**
 * Writes a text: verbatim where it holds a backslash, as people write paths, `@"C:\Windows"`, and with escapes where it
 * holds a character that must not stand in a line (string data type, "String literals").
 */
export function string(text: string): string {
  if (UNPRINTED.test(text)) return `"${text.replace(/[\\"]/g, '\\$&').replace(EVERY_UNPRINTED, escaped)}"`;
  if (text.includes('\\')) return `@"${text.replaceAll('"', '""')}"`;
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** Control characters, line separators and halves of pairs. */
const UNPRINTED = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;
const EVERY_UNPRINTED = new RegExp(UNPRINTED, 'gu');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Words that are no bare names, or might mean something where a column stands: those that Microsoft's parser wants in
 * brackets (KS228), and the words of operators and types.
 */
const RESERVED = new Set(
  [
    '3Dchart access accumulate alias and anomalychart areachart as asc bagexpansion barchart between bin_legacy',
    'bool boolean by byte cachingpolicy callout cancel card char cluster columnchart consume contains',
    'contains_cs containscs count cycles database dataexport datascope datatable date datetime decimal declare',
    'decodeblocks default desc distinct double dynamic earliest encodingpolicy endswith endswith_cs evaluate',
    'expandoutput extend extent_tags_retention external_data externaldata facet false filter find first flags',
    'float force_remote fork from guid harddelete hardretention has has_all has_any has_cs hasprefix',
    'hasprefix_cs hassuffix hassuffix_cs hint hotcache id in int int16 int32 int64 int8 invoke isfuzzy join',
    'journal kind ladderchart last latest let like likecs limit linechart long lookup make matches materialize',
    'mdm missing mv_apply mv_expand nooptimization not notcontains notcontainscs notlike notlikecs null nulls of',
    'on or order others parse partition pathformat pattern piechart pivotchart print project queries',
    'query_results range real reduce relaxed render restrict restricted_view_access row_level_security rowstore',
    'rowstore_references rowstore_sealinfo rowstorepolicy rowstores sample scan scatterchart seal seals search',
    'serialize set shards simple softdelete softretention sort source sql stackedareachart startswith',
    'startswith_cs statistics step storedqueryresultcontainers string summarize table tablepurge take time',
    'timechart timeline timepivot timespan title to top toscalar totable treemap true typeof uint uint16 uint32',
    'uint64 uint8 ulong union uniqueid unrestrictedviewers uuid verbose view viewers views where with',
    'with_itemindex with_match_id with_step_name withsource writeaheadlog',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/** Writes the name of a column or table: `['a-b']` unless it is a plain word (entity names, "Identifier quoting"). */
export function entity(name: string): string {
  if (isPlain(name)) return name;
  return /['"\\]/.test(name) || UNPRINTED.test(name) ? `[${string(name)}]` : `['${name}']`;
}

function isPlain(name: string): boolean {
  return /^(?!__)[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase());
}

/** Writes a part of a dynamic value: `EventData.Image`, `EventData["a b"]`. */
export function part(of: string, keys: readonly string[]): string {
  return keys.reduce((text, key) => (isPlain(key) ? `${text}.${key}` : `${text}[${string(key)}]`), of);
}

/** Whether the text holds a letter whose case differs, or one beyond ASCII that does. */
export function hasLetters(text: string, from = 0): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0)!;
    return code >= from && foldClass(code).length > 1;
  });
}

/** Whether Kusto's folding of the text is a matter of letters beyond ASCII. */
export function foldsBeyondAscii(text: string): boolean {
  return hasLetters(text, 0x80);
}
