import { classLetters, everything, notNewline } from '../ir/regex/classes.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import type { Anchor, Regex, RegexNode } from '../ir/regex/tree.ts';

/**
 * Writes a regular expression in the PCRE flavour, on one line.
 *
 * Rules are written in that flavour, so the source is kept wherever it says what the tree says, with flags given beside
 * it in front; an expression that came from another flavour, or uses what only our reader knows (`\uHHHH`), is written
 * anew from its tree.
 *
 *     pcre(regexOf('a.c', { ignoreCase: true }))   // (?i)a.c
 */
export function pcre(regex: Regex): string {
  const { source, flags, tree } = regex;
  const letters = `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotAll ? 's' : ''}`;
  const text = `${letters === '' ? '' : `(?${letters})`}${oneLine(source)}`;
  return saysTheSame(text, tree) ? text : writePcre(tree);
}

function saysTheSame(text: string, tree: RegexNode): boolean {
  if (/\\u/.test(text.replaceAll('\\\\', ''))) return false;
  const read = parseRegex(text, { ignoreCase: false, multiline: false, dotAll: false });
  return 'regex' in read && JSON.stringify(read.regex.tree) === JSON.stringify(tree);
}

/** Control characters by their codes; one that is escaped already loses its backslash. */
function oneLine(source: string): string {
  return source.replace(/\\?[\u0000-\u001f\u007f]|\\[^]/g, (found) => {
    const code = found.charCodeAt(found.length - 1);
    return code < 0x20 || code === 0x7f ? coded(code) : found;
  });
}

/** Writes a text so that a regular expression means just it. */
export function pcreText(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, (control) => coded(control.charCodeAt(0)));
}

function coded(code: number): string {
  return code > 0xff ? `\\x{${code.toString(16)}}` : `\\x${code.toString(16).padStart(2, '0')}`;
}

const anchors: Readonly<Record<Anchor, string>> = {
  'text-start': '^',
  'text-end': '$',
  'very-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-border': '\\b',
  'no-word-border': '\\B',
};

/** Writes a tree; each part says for itself what case and line breaks mean to it. */
export function writePcre(node: RegexNode): string {
  switch (node.kind) {
    case 'set':
      return node.fold ? `(?i:${set(node.ranges)})` : set(node.ranges);
    case 'concat':
      return node.of.map((part) => (part.kind === 'either' ? `(?:${writePcre(part)})` : writePcre(part))).join('');
    case 'either':
      return node.of.length === 0 ? '(?!)' : node.of.map(writePcre).join('|');
    case 'repeat':
      return `${unit(node.of)}${times(node.min, node.max)}${{ greedy: '', lazy: '?', possessive: '+' }[node.greed]}`;
    case 'group':
      return `(${node.atomic ? '?>' : node.capture === null ? '?:' : node.name === null ? '' : `?<${node.name}>`}${writePcre(node.of)})`;
    case 'anchor':
      return anchors[node.at];
    case 'look':
      return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${writePcre(node.of)})`;
    case 'backref': {
      const reference = typeof node.to === 'number' ? `\\g{${node.to}}` : `\\k<${node.to}>`;
      return node.fold ? `(?i:${reference})` : reference;
    }
  }
}

/** What a repetition stands behind: one character, or a group. */
function unit(node: RegexNode): string {
  return node.kind === 'set' || node.kind === 'group' ? writePcre(node) : `(?:${writePcre(node)})`;
}

function times(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

type Ranges = Extract<RegexNode, { kind: 'set' }>['ranges'];

const known: readonly (readonly [string, string])[] = [
  [JSON.stringify(everything), '(?s:.)'],
  [JSON.stringify(notNewline), '(?-s:.)'],
  ...Object.entries(classLetters).map(([letter, ranges]) => [JSON.stringify(ranges), `\\${letter}`] as const),
];

function set(ranges: Ranges): string {
  const [first] = ranges;
  if (first === undefined) return '(?!)';
  const shown = JSON.stringify(ranges);
  const name = known.find(([each]) => each === shown)?.[1];
  if (name !== undefined) return name;
  if (ranges.length === 1 && first[0] === first[1]) return letter(first[0]);
  return `[${ranges.map(([from, to]) => (from === to ? member(from) : `${member(from)}-${member(to)}`)).join('')}]`;
}

function letter(code: number): string {
  return /[\p{L}\p{N}\p{P}\p{S} ]/u.test(String.fromCodePoint(code))
    ? pcreText(String.fromCodePoint(code))
    : coded(code);
}

function member(code: number): string {
  const text = String.fromCodePoint(code);
  return /[\p{L}\p{N} _./:]/u.test(text) ? text : coded(code);
}
