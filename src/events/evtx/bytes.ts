/** Little-endian numbers and texts in a piece of memory; reading beyond its end is `RangeError`, as in `DataView`. */
export interface Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A look at a piece of memory, without a copy. */
export function bytesOf(bytes: Uint8Array): Bytes {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Code units handed to one call of `String.fromCharCode`. */
const PIECE = 4096;

/** Reads `units` UTF-16 code units; lone surrogates stay, as Windows may well have written them. */
export function utf16({ view }: Bytes, at: number, units: number): string {
  let text = '';
  for (let done = 0; done < units; done += PIECE) {
    const codes: number[] = [];
    const end = Math.min(units, done + PIECE);
    for (let index = done; index < end; index += 1) codes.push(view.getUint16(at + 2 * index, true));
    text += String.fromCharCode(...codes);
  }
  return text;
}

/** What windows-1252 puts in place of the control characters from 0x80 on; `TextDecoder` of Node 20 leaves those there. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Reads text of one byte a character, in the code page of Western Windows: records do not name another. */
export function windows1252({ bytes }: Bytes, at: number, length: number): string {
  let text = '';
  for (let index = at; index < at + length; index += 1) {
    const byte = bytes[index]!;
    text += byte >= 0x80 && byte < 0xa0 ? HIGH[byte - 0x80]! : String.fromCharCode(byte);
  }
  return text;
}

/** Bytes as upper-case hexadecimal digits. */
export function hex({ bytes }: Bytes, at: number, length: number): string {
  let text = '';
  for (let index = at; index < at + length; index += 1) text += HEX[bytes[index]!]!;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());
