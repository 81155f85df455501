/** Texts and holes of a pattern as they stand in JSON between quotation marks, written as an expression. */
import { foldClass } from '../../ir/fold.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { isAnything, normal } from '../../ir/pattern.ts';

/** One character of a value, however JSON writes it (`json-text.ts`). */
export const UNIT = String.raw`(?:[^"\\]|\\u.{4}|\\[^u])`;

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\\\"',
  '\\': '\\\\\\\\',
  '\b': '\\\\b',
  '\t': '\\\\t',
  '\n': '\\\\n',
  '\f': '\\\\f',
  '\r': '\\\\r',
};

/** Puts a text into an expression, for itself. */
export function escapeRegex(text: string): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return /[^ -~]/.test(escaped) ? escaped.replace(/[^ -~\p{L}\p{N}\p{P}\p{S}]/gu, byCode) : escaped;
}

function byCode(character: string): string {
  return `\\x{${character.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}}`;
}

/**
 * A text as JSON writes it, as an expression; `folded`: it will stand in `(?i:..)`. Letters beyond ASCII may be written by
 * their number, as `json.dumps` of Python does; other signs (emoji) are sought as they stand.
 */
export function jsonLiteral(text: string, folded: boolean): string {
  if (/^[-\w !#%&',/:;<=>@~`]*$/.test(text)) return text;
  let written = '';
  for (const character of text) written += characterOf(character, folded);
  return written;
}

function characterOf(character: string, folded: boolean): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x80) return escapeRegex(character);
  if (code < 0x20 || (code >= 0xd800 && code < 0xe000)) return numberOf(character, folded);
  const alike = folded ? foldClass(code) : [code];
  if (code > 0xffff || !/\p{L}/u.test(character) || alike.some((each) => each < 0x80)) return escapeRegex(character);
  const numbers = alike.map((each) => numberOf(String.fromCodePoint(each), folded));
  return `(?:${[escapeRegex(character), ...numbers].join('|')})`;
}

/** `\u00e9`, its digits in either case. */
function numberOf(character: string, folded: boolean): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((digits) => `\\\\u${folded ? digits : digits.replace(/[a-f][\da-f]*/, '(?i:$&)')}`)
    .join('');
}

/**
 * One way to pass a test: by a text that has `body` inside, at its start, at its end, or is it; or by a bare value.
 * `fold`: the body wants to stand in `(?i:..)`, or must not, or does not care.
 */
export interface Way {
  readonly kind: 'inside' | 'end' | 'start' | 'whole' | 'bare';
  readonly body: string;
  readonly fold: 'fold' | 'plain' | 'any';
}

/** Whether some letter of the pattern has another case. */
export function hasLetters(pattern: Pattern): boolean {
  return pattern.some((piece) => typeof piece === 'string' && (/[a-z]/i.test(piece) || foldsBeyondAscii(piece)));
}

function foldsBeyondAscii(text: string): boolean {
  return /[^\0-\x7f]/.test(text) && [...text].some((each) => foldClass(each.codePointAt(0)!).length > 1);
}

/** How a text passes a pattern that asks for more than for a value to be there. */
export function likeWay(written: Pattern, cased: boolean): Way {
  const pattern = normal(written);
  const letters = hasLetters(pattern);
  const fold = letters ? (cased ? 'plain' : 'fold') : 'any';
  if (isAnything(pattern)) return { kind: 'inside', body: '', fold };
  const open = isMany(pattern[0]);
  const loose = isMany(pattern.at(-1));
  const stretches = stretchesOf(pattern.slice(open ? 1 : 0, loose ? -1 : undefined), fold === 'fold');
  if (stretches.length === 1) {
    const kind = open ? (loose ? 'inside' : 'end') : loose ? 'start' : 'whole';
    return { kind, body: stretches[0]!, fold };
  }
  // The first place where a stretch between two holes fits is as good as a later one: held, they take no time squared.
  const body = stretches.map((stretch, at) => {
    if (at === 0 && !open) return stretch;
    return at < stretches.length - 1 ? `(?>${UNIT}*?${stretch})` : `${UNIT}*${stretch}`;
  });
  return { kind: loose ? 'start' : 'whole', body: body.join(''), fold };
}

/** What stands between the holes of any length. */
function stretchesOf(pieces: Pattern, folded: boolean): string[] {
  const stretches = [''];
  for (const piece of pieces) {
    if (isMany(piece)) stretches.push('');
    else stretches[stretches.length - 1] += typeof piece === 'string' ? jsonLiteral(piece, folded) : UNIT;
  }
  return stretches;
}

function isMany(piece: Piece | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'many';
}

/** Alternatives in one group, which folds case if they want it. One alternative that does not care stands alone. */
export function alternatives(ways: readonly Pick<Way, 'body' | 'fold'>[]): string {
  const bodies = ways.map(({ body }) => body);
  const folds = ways.some(({ fold }) => fold === 'fold');
  if (folds && ways.every(({ fold }) => fold !== 'plain')) return `(?i:${bodies.join('|')})`;
  const each = ways.map(({ body, fold }) => (fold === 'fold' ? `(?i:${body})` : body));
  return each.length === 1 ? each[0]! : `(?:${each.join('|')})`;
}
