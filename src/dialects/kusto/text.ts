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

/** Words that are no bare names, or mean something where a column may stand. */
const RESERVED = new Set(
  [
    'and or not in has has_any has_all hasprefix hassuffix contains startswith endswith matches between by of on to',
    'let set alias declare pattern restrict access print range datatable externaldata find search union where filter',
    'project extend summarize join kind take limit top sort order asc desc nulls first last with distinct count sample',
    'parse render evaluate invoke lookup make serialize facet fork consume reduce scan as partition mv_apply mv_expand',
    'true false null dynamic bool boolean int long real double decimal string datetime date timespan time guid uuid',
    'typeof table database cluster materialize toscalar view default isfuzzy withsource hint source _ step from id',
  ].flatMap((line) => line.split(' ')),
);

/** Writes the name of a column or table: `['a-b']` unless it is a plain word (entity names, "Identifier quoting"). */
export function entity(name: string): string {
  if (isPlain(name)) return name;
  return /['"\\]/.test(name) || UNPRINTED.test(name) ? `[${string(name)}]` : `['${name}']`;
}

function isPlain(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase());
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
