import type { Scalar } from '../../ir/event.ts';
import { hex, utf16, windows1252 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { damaged } from './damage.ts';

/** The types of values in BinXML ([MS-EVEN6] 2.2.12.3): the low seven bits; the eighth marks an array. */
export const NULL = 0x00;
export const BINXML = 0x21;
const ARRAY = 0x80;
const UTF16 = 0x01;
const ANSI = 0x02;
const SID = 0x13;

/** Bytes of one value of a type of fixed width. */
const widths: Readonly<Record<number, number>> = {
  ...{ 0x03: 1, 0x04: 1, 0x05: 2, 0x06: 2, 0x07: 4, 0x08: 4, 0x09: 8, 0x0a: 8, 0x0b: 4, 0x0c: 8, 0x0d: 4 },
  ...{ 0x0f: 16, 0x11: 8, 0x12: 16, 0x14: 4, 0x15: 8 },
};

/** Whether a type byte is that of an array. */
export function isArray(type: number): boolean {
  return (type & ARRAY) !== 0;
}

/** Reads a value as Windows shows it in XML; null for the type of no value. Numbers beyond 2^53 are text of their digits. */
export function readValue(at: Bytes, start: number, size: number, type: number): Scalar | null {
  if (size === 0 && type !== UTF16 && type !== ANSI) return null;
  const width = widths[type];
  // Windows writes booleans of one, two and eight bytes as well; other odd widths are shown as they are.
  if (width !== undefined && size !== width && type !== 0x0d) return hex(at, start, size);
  const { view } = at;
  switch (type) {
    case NULL:
      return null;
    case UTF16:
      return withoutEnd(utf16(at, start, size >> 1));
    case ANSI:
      return withoutEnd(windows1252(at, start, size));
    case 0x03:
      return view.getInt8(start);
    case 0x04:
      return view.getUint8(start);
    case 0x05:
      return view.getInt16(start, true);
    case 0x06:
      return view.getUint16(start, true);
    case 0x07:
      return view.getInt32(start, true);
    case 0x08:
      return view.getUint32(start, true);
    case 0x09:
      return exact(view.getBigInt64(start, true));
    case 0x0a:
      return exact(view.getBigUint64(start, true));
    case 0x0b:
      return shortest(view.getFloat32(start, true));
    case 0x0c:
      return finite(view.getFloat64(start, true));
    case 0x0d:
      return at.bytes.subarray(start, start + size).some((byte) => byte !== 0);
    case 0x0f:
      return guid(at, start);
    case 0x10:
    case 0x14:
    case 0x15:
      return address(at, start, size);
    case 0x11:
      return fileTime(view.getBigUint64(start, true));
    case 0x12:
      return systemTime(view, start) ?? hex(at, start, size);
    case SID:
      return sid(at, start, size) ?? hex(at, start, size);
    default:
      return hex(at, start, size);
  }
}

/** Reads the items of an array: texts end at NUL, SIDs tell their length, all others have a fixed width. */
export function readArray(at: Bytes, start: number, size: number, type: number): (Scalar | null)[] {
  const item = type & ~ARRAY;
  if (size === 0) return [];
  if (item === UTF16 || item === ANSI) {
    const text = item === UTF16 ? utf16(at, start, size >> 1) : windows1252(at, start, size);
    return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
  }
  const items: (Scalar | null)[] = [];
  for (let from = start; from < start + size;) {
    const width = item === SID ? 8 + 4 * (at.bytes[from + 1] ?? 0) : (widths[item] ?? pointerWidth(item, size));
    const length = Math.min(width, start + size - from);
    items.push(readValue(at, from, length, item));
    from += length;
  }
  return items;
}

/** `size_t` has the width of the machine that wrote it; what is of no known width is one item. */
function pointerWidth(item: number, size: number): number {
  return item === 0x10 && size % 8 === 0 ? 8 : item === 0x10 && size % 4 === 0 ? 4 : size;
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

function exact(value: bigint): Scalar {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function finite(value: number): Scalar {
  return Number.isFinite(value) ? value : String(value);
}

/** The shortest decimal that is this single-precision number: 0.1, not 0.10000000149011612. */
function shortest(value: number): Scalar {
  for (let digits = 1; digits <= 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return finite(value);
}

/** `{8f1c2e5a-...}`: the first three groups are little-endian, the rest is as it stands. */
function guid(at: Bytes, start: number): string {
  const { view } = at;
  const groups = [
    view.getUint32(start, true).toString(16).padStart(8, '0'),
    view
      .getUint16(start + 4, true)
      .toString(16)
      .padStart(4, '0'),
    view
      .getUint16(start + 6, true)
      .toString(16)
      .padStart(4, '0'),
    hex(at, start + 8, 2),
    hex(at, start + 10, 6),
  ];
  return `{${groups.join('-').toLowerCase()}}`;
}

function address({ view, bytes }: Bytes, start: number, size: number): string {
  if (size === 8) return `0x${view.getBigUint64(start, true).toString(16)}`;
  if (size === 4) return `0x${view.getUint32(start, true).toString(16)}`;
  return hex({ bytes, view }, start, size);
}

/** Hundreds of nanoseconds between 1601 and 1970. */
const EPOCH = 116_444_736_000_000_000n;

/** The latest time that JavaScript knows, in hundreds of nanoseconds since 1601. */
const LATEST = 86_400_000_000_000_000n + EPOCH;

/** A FILETIME with all of its seven digits: `2024-01-31T09:26:53.5897932Z`. */
export function fileTime(ticks: bigint): string {
  if (ticks > LATEST) return `0x${ticks.toString(16)}`;
  const since = ticks - EPOCH;
  const whole = since >= 0n ? since / 10_000_000n : (since - 9_999_999n) / 10_000_000n;
  const fraction = String(since - whole * 10_000_000n).padStart(7, '0');
  return `${new Date(Number(whole) * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
}

function systemTime(view: DataView, start: number): string | undefined {
  const [year, month, , day, hours, minutes, seconds, milliseconds] = Array.from({ length: 8 }, (_, index) =>
    view.getUint16(start + 2 * index, true),
  ) as [number, number, number, number, number, number, number, number];
  const time = new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds, milliseconds));
  const isReal = time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return isReal ? time.toISOString() : undefined;
}

/** `S-1-5-21-...`: revision, authority (big-endian) and sub-authorities. */
function sid(at: Bytes, start: number, size: number): string | undefined {
  if (size < 8) return undefined;
  const { view, bytes } = at;
  const count = bytes[start + 1]!;
  if (size < 8 + 4 * count) return undefined;
  const authority = view.getUint16(start + 2, false) * 2 ** 32 + view.getUint32(start + 4, false);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(start + 8 + 4 * index, true));
  return ['S', bytes[start], authority, ...parts].join('-');
}

/** Checks that a value lies within its record. */
export function within(start: number, size: number, end: number): void {
  if (start + size > end) damaged('a value reaches beyond the end of the record');
}
