/** The disk: the only file of the program that opens others, but for those that its package brings along. */
import { Readable, pipeline } from 'node:stream';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { createGunzip, createInflateRaw } from 'node:zlib';
import type { Inflate } from '../events/inflate.ts';
import type { Chunks } from '../events/reading.ts';
import type { Input } from '../events/read-events.ts';
import { aboutFile } from '../text/diagnostic.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';

/** What was asked for, and what is wrong with the rest. */
export interface Found<T> {
  readonly found: readonly T[];
  readonly faults: readonly Diagnostic[];
}

/** How standard input is called on the command line. */
export const STANDARD_INPUT = '-';

/**
 * Lists the files that paths stand for: a file is itself, whatever its name; a folder stands for all files in it and
 * below it whose names `wanted` takes, sorted. A file that is named twice is listed once. Links to folders inside a
 * folder are not followed, since they may lead in circles.
 */
export function listFiles(paths: readonly string[], wanted: (name: string) => boolean): Found<string> {
  const found = new Set<string>();
  const faults: Diagnostic[] = [];
  for (const path of paths) {
    const listed = path === STANDARD_INPUT ? [path] : attempt(path, () => filesOf(path, wanted));
    if (Array.isArray(listed)) for (const file of listed) found.add(file);
    else faults.push(listed);
  }
  return { found: [...found], faults };
}

function filesOf(path: string, wanted: (name: string) => boolean): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return filesOf(inner, wanted);
    return wanted(entry.name) && (entry.isFile() || leadsToFile(inner)) ? [inner] : [];
  });
}

/** A link that leads nowhere is passed over. */
function leadsToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** No rule, list or profile is longer: the longest rules of SigmaHQ have 100 KB. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/** Reads a text in UTF-8, or in the UTF-16 that a byte order mark announces. Bytes that are neither are a fault. */
export async function readText(path: string): Promise<Source | Diagnostic> {
  const bytes: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of openChunks(path)) {
      bytes.push(chunk);
      length += chunk.length;
      if (length > LONGEST_TEXT) return aboutFile(path, 'file/too-long', `longer than ${LONGEST_TEXT} bytes`);
    }
  } catch (error) {
    return faultOf(path, error);
  }
  const whole = Buffer.concat(bytes);
  const encoding = whole[0] === 0xff && whole[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return { name: path, text: new TextDecoder(encoding, { fatal: true }).decode(whole) };
  } catch {
    return notUtf8(path, whole);
  }
}

function notUtf8(path: string, bytes: Uint8Array): Diagnostic {
  const text = new TextDecoder().decode(bytes);
  const start = Math.max(0, text.indexOf('\ufffd'));
  const source = { name: path, text };
  const message = 'this byte is no UTF-8, so the text may not mean what it looks like';
  const hint = 'save the file as UTF-8';
  return { code: 'file/encoding', severity: 'error', message, source, span: { start, end: start + 1 }, hint };
}

/** Reads several texts; what can't be read is a fault, and the rest goes on. */
export async function readTexts(paths: readonly string[]): Promise<Found<Source>> {
  const found: Source[] = [];
  const faults: Diagnostic[] = [];
  for (const path of paths) {
    const text = await readText(path);
    if ('code' in text) faults.push(text);
    else found.push(text);
  }
  return { found, faults };
}

/** Makes a file, or standard input, ready to be read for events; a fault where it can't be opened. */
export function openEvents(path: string): Input | Diagnostic {
  if (path === STANDARD_INPUT) return { name: path, open: () => openChunks(path) };
  return attempt(path, (): Input => {
    const stat = statSync(path);
    // A pipe with a name, as `<(zcat ..)` makes, can be opened once and read from front to end.
    if (!stat.isFile()) return { name: path, open: () => openChunks(path) };
    withFile(path, () => undefined);
    return {
      name: path,
      open: () => openChunks(path),
      access: { size: stat.size, read: (offset, length) => Promise.resolve(readAt(path, offset, length)) },
    };
  });
}

/** Bytes read from a file at a time. */
const STEP = 256 * 1024;

function openChunks(path: string): Chunks {
  return path === STANDARD_INPUT ? process.stdin : chunksOf(path);
}

/** Reads a file from front to end. It waits for the disk, which costs less than to come back to it for each piece. */
function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const bytes = new Uint8Array(STEP);
      const length = readSync(file, bytes);
      if (length === 0) return;
      yield bytes.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function readAt(path: string, offset: number, length: number): Uint8Array {
  return withFile(path, (file) => {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const read = readSync(file, bytes, done, length - done, offset + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  });
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Decompresses by Node's own zlib. */
export const inflateNatively: Inflate = (format, compressed) => {
  const options = { chunkSize: 128 * 1024 };
  const engine = format === 'gzip' ? createGunzip(options) : createInflateRaw(options);
  // A fault reaches whoever iterates over `engine`.
  pipeline(Readable.from(compressed, { objectMode: true, highWaterMark: 1 }), engine, () => undefined);
  return engine;
};

/**
 * Writes a text into a folder, which is made if it is missing; returns its path, or a fault. The name is stripped of
 * all that could lead out of the folder or that some file system refuses.
 */
export function writeInside(folder: string, name: string, text: string, mode: 'new' | 'replace'): string | Diagnostic {
  const path = join(folder, safeName(name));
  if (!resolve(path).startsWith(resolve(folder) + sep))
    return aboutFile(path, 'file/outside', 'this name leads out of the folder');
  return attempt(path, () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text, { flag: mode === 'new' ? 'wx' : 'w' });
    return path;
  });
}

/** Writes a text to the very path that a person named. */
export function writeTo(path: string, text: string): Diagnostic | undefined {
  const written = attempt(path, () => void writeFileSync(path, text));
  return written === undefined ? undefined : written;
}

/**
 * Changes a text in its file, if the file still holds `before` and nothing else; a fault where it does not. A byte order
 * mark stays; a file in another encoding than UTF-8 is left as it is.
 */
export function replaceText(path: string, before: string, after: string): Diagnostic | undefined {
  if (path === STANDARD_INPUT) return aboutFile(path, 'file/fix', 'standard input can not be changed');
  return attempt(path, () => {
    const bytes = readFileSync(path);
    const mark = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : Buffer.alloc(0);
    if (!bytes.equals(Buffer.concat([mark, Buffer.from(before)])))
      return aboutFile(path, 'file/fix', 'it is not changed: it is no UTF-8, or has changed since it was read');
    writeFileSync(path, Buffer.concat([mark, Buffer.from(after)]));
    return undefined;
  });
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Makes a file name of any text: letters, digits, `.`, `-` and `_` stay, no dot leads, and Windows' names of devices
 * get a tail.
 */
export function safeName(text: string): string {
  const plain = text
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._]+/, '')
    .slice(0, 150);
  if (plain === '') return 'unnamed';
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
}

function attempt<T>(path: string, act: () => T): T | Diagnostic {
  try {
    return act();
  } catch (error) {
    return faultOf(path, error);
  }
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of this path is no folder',
  EACCES: 'it may not be opened: permission denied',
  EPERM: 'it may not be opened: permission denied',
  EISDIR: 'it is a folder, and a file is needed',
  EEXIST: 'it exists already and is left as it is',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};

function faultOf(path: string, error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '') throw error;
  const sentence = sentences[code] ?? `it can't be used (${code})`;
  return aboutFile(path, code === 'ENOENT' ? 'file/missing' : 'file/unusable', sentence);
}
