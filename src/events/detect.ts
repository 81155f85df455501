import { encodingOf } from './chunks.ts';

/** What a file of events is, as far as reading it goes. */
export type Kind = 'json' | 'gzip' | 'zip' | 'tar' | 'evtx' | 'xml' | 'csv' | 'unknown';

/** Bytes of a file that `detect` wants to see, where it has as many. */
export const DETECTABLE = 512;

/** What a file begins with. */
const signatures: readonly { readonly kind: Kind; readonly at: number; readonly bytes: readonly number[] }[] = [
  { kind: 'gzip', at: 0, bytes: [0x1f, 0x8b] },
  { kind: 'zip', at: 0, bytes: [0x50, 0x4b, 3, 4] },
  { kind: 'zip', at: 0, bytes: [0x50, 0x4b, 5, 6] }, // an archive of nothing
  { kind: 'evtx', at: 0, bytes: [...'ElfFile\0'].map((character) => character.charCodeAt(0)) },
  { kind: 'tar', at: 257, bytes: [...'ustar'].map((character) => character.charCodeAt(0)) },
];

const extensions: Readonly<Record<string, Kind>> = {
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  evtx: 'evtx',
  xml: 'xml',
  csv: 'csv',
  tsv: 'csv',
};

/** Tells what a file is: by its first bytes, and where they leave it open by the extension of its name. */
export function detect(name: string, head: Uint8Array): Kind {
  const signature = signatures.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (signature) return signature.kind;
  const start = new TextDecoder(encodingOf(head)).decode(head).trimStart();
  if (/^[{[]/.test(start) || /^Record \d+\s/.test(start)) return 'json';
  if (start.startsWith('<')) return 'xml';
  const extension = /\.(\w+)(?:\.gz)?$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(extensions, extension)) return extensions[extension]!;
  // Nothing but blanks, as an empty log, holds no record, which is no fault.
  return start === '' && head.length < DETECTABLE ? 'json' : 'unknown';
}

/** Why a kind of file is not read, and what to do instead. */
export const refusals: Readonly<Record<Exclude<Kind, 'json' | 'evtx' | 'xml' | 'csv' | 'gzip' | 'zip'>, string>> = {
  tar: 'tar archives are not read: unpack it, and give the folder',
  unknown:
    'neither JSON nor EVTX nor XML, nor an archive of them, nor named .csv or .tsv: it is not known how to read events from it',
};
