import type { Pattern, Piece } from '../../../ir/pattern.ts';

/** How a text becomes bytes before it is compared or encoded. `utf16` starts with the byte order mark FF FE. */
export type Coding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16';

/** The bytes of a text; a surrogate without its partner stays what it is in UTF-16 and is U+FFFD in UTF-8. */
export function bytesOf(text: string, coding: Coding): Uint8Array {
  if (coding === 'utf8') return new TextEncoder().encode(text);
  const marked = coding === 'utf16' ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < marked.length; at += 1) view.setUint16(at * 2, marked.charCodeAt(at), coding !== 'utf16be');
  return bytes;
}

/** Base64 with padding (RFC 4648). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * The three texts of which one occurs in any Base64 text whose content holds `bytes`: those letters that `bytes` alone
 * decides when 0, 1 or 2 other bytes stand before it in a group of three. Empty if a shift decides no letter at all.
 */
export function base64Offsets(bytes: Uint8Array): string[] {
  const texts = [0, 1, 2].map((shift) => {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const start = [0, 2, 3][shift]!;
    const cut = [0, 3, 2][padded.length % 3]!;
    const text = base64(padded);
    return text.slice(start, text.length - cut);
  });
  return texts.includes('') ? [] : texts;
}

/**
 * A pattern whose literals are written in UTF-16 but looked for in a text, as a log shows raw UTF-16 read byte by byte:
 * a NUL beside each letter. Undefined for a letter beyond ASCII, whose bytes are no characters of their own.
 */
export function interleaved(pattern: Pattern, coding: Coding): Pattern | undefined {
  const pieces: Piece[] = [];
  for (const [index, piece] of pattern.entries()) {
    if (typeof piece !== 'string') pieces.push(piece);
    else if (/[^\u0000-\u007f]/.test(piece)) return undefined;
    else {
      const mark = coding === 'utf16' && index === 0 ? '\u00ff\u00fe' : '';
      pieces.push(mark + piece.replaceAll(/[^]/g, coding === 'utf16be' ? '\u0000$&' : '$&\u0000'));
    }
  }
  return pieces;
}

/** The dash, the slash and the three longer dashes that Windows programs and shells take for one another. */
export const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;

/** Dashes of one value that `windash` varies: 5^4 spellings are as many as a query can carry. */
export const MOST_DASHES = 4;

const DASH = /[-/\u2013\u2014\u2015]/g;

/** How many characters of the pattern `dashVariants` would vary. */
export function countDashes(pattern: Pattern): number {
  return pattern.reduce((sum, piece) => sum + (typeof piece === 'string' ? (piece.match(DASH)?.length ?? 0) : 0), 0);
}

/**
 * All spellings of a pattern with each dash character, wherever it stands, replaced by each of the five: 5^n of them,
 * the one as written first.
 *
 * The specification (sigma-appendix-modifiers, `windash`) asks for "all possible permutations" and names no position.
 * pySigma varies only dashes that begin a word (`\B[-/]\b`), and so leaves the first dash of `--flag` alone and varies
 * the second; the specification's reading has no such holes, and is wider by command lines that nobody writes.
 */
export function dashVariants(pattern: Pattern): Pattern[] {
  return pattern.reduce<Pattern[]>(
    (variants, piece) => {
      const spellings = typeof piece === 'string' ? spellingsOf(piece) : [piece];
      return variants.flatMap((variant) => spellings.map((spelling) => [...variant, spelling]));
    },
    [[]],
  );
}

function spellingsOf(text: string): string[] {
  let spellings = [''];
  for (const part of text.split(/([-/\u2013\u2014\u2015])/)) {
    const choices = /^[-/\u2013\u2014\u2015]$/.test(part) ? [part, ...dashes.filter((dash) => dash !== part)] : [part];
    spellings = spellings.flatMap((spelling) => choices.map((choice) => spelling + choice));
  }
  return spellings;
}
