import { gunzip, inMemory, unzip } from './archives.ts';
import { inUtf8, withHead } from './chunks.ts';
import { readCsv } from './csv.ts';
import { DETECTABLE, detect, refusals } from './detect.ts';
import { readEvtx } from './evtx/read-evtx.ts';
import type { Inflate } from './inflate.ts';
import { readJson } from './ndjson.ts';
import type { Batch, Chunks } from './reading.ts';
import { readXml } from './xml.ts';
import type { RandomAccess } from './zip.ts';

/** A file of events as `app/` hands it down: it can be read from front to end, and mostly at any place as well. */
export interface Input {
  /** How results call it: its path, or `-`. */
  readonly name: string;
  open(): Chunks;
  /** Missing where bytes come only once, as from a pipe. */
  readonly access?: RandomAccess;
}

/** Readings of one file; a member of an archive goes by `archive.zip!member`. */
export interface FileBatch extends Batch {
  readonly file: string;
}

/** Bytes of an archive from a pipe that are held in memory, since its directory stands at the end. */
const LARGEST_PIPED_ARCHIVE = 512 * 1024 * 1024;

/**
 * Reads the events of a file, whatever it is: JSON in any layout, EVTX, XML of Windows events, CSV, or a gzip or ZIP of one of them.
 *
 * Never throws for what the file holds: what can't be read is a reading with a reason, in its place.
 */
export async function* readEvents(input: Input, inflate: Inflate): AsyncGenerator<FileBatch> {
  yield* readContent(
    input.name,
    faultless(() => input.open()),
    {
      inflate,
      // Inside an archive another archive is not opened; a gzip inside a ZIP is.
      gunzip: (inner) => readContent(input.name, inner, { inflate }),
      unzip: (piped) => readArchive(input, piped, inflate),
    },
  );
}

/** Ways to go on for a file that turns out to be an archive; where one is missing, the archive is refused. */
interface Ways {
  readonly inflate: Inflate;
  readonly gunzip?: (inner: Faultless) => AsyncGenerator<FileBatch>;
  readonly unzip?: (piped: Chunks) => AsyncGenerator<FileBatch>;
}

async function* readContent(file: string, source: Faultless, ways: Ways): AsyncGenerator<FileBatch> {
  const { head, rest } = await withHead(source.chunks, DETECTABLE);
  const kind = detect(file, head);
  if (kind === 'json') for await (const batch of readJson(inUtf8(rest))) yield { file, ...batch };
  else if (kind === 'xml') for await (const batch of readXml(inUtf8(rest))) yield { file, ...batch };
  else if (kind === 'csv') for await (const batch of readCsv(inUtf8(rest))) yield { file, ...batch };
  else if (kind === 'evtx') for await (const batch of readEvtx(rest)) yield { file, ...batch };
  else if (kind === 'gzip' && ways.gunzip) yield* ways.gunzip(faultless(() => gunzip(rest, ways.inflate)));
  else if (kind === 'zip' && ways.unzip) yield* ways.unzip(rest);
  else if (kind === 'gzip' || kind === 'zip')
    yield skipFile(file, 'an archive inside an archive is not read: unpack the outer one');
  else if (source.fault() === undefined) yield skipFile(file, refusals[kind]);
  const fault = source.fault();
  if (fault !== undefined) yield skipFile(file, fault);
}

async function* readArchive(input: Input, piped: Chunks, inflate: Inflate): AsyncGenerator<FileBatch> {
  const access = input.access ?? (await inMemory(piped, LARGEST_PIPED_ARCHIVE));
  if (!access) return yield skipFile(input.name, 'a ZIP archive of over 512 MB can only be read as a file');
  for await (const opened of unzip(access, inflate)) {
    const file = opened.name === null ? input.name : `${input.name}!${opened.name}`;
    if ('refused' in opened) yield skipFile(file, opened.refused);
    else
      yield* readContent(
        file,
        faultless(() => opened.chunks),
        {
          inflate,
          gunzip: (inner) => readContent(file, inner, { inflate }),
        },
      );
  }
}

function skipFile(file: string, reason: string): FileBatch {
  return { file, readings: [{ record: null, skipped: reason }], bytes: 0 };
}

/** A stream that ends where reading fails, and then tells why. */
interface Faultless {
  readonly chunks: AsyncIterable<Uint8Array>;
  fault(): string | undefined;
}

function faultless(open: () => Chunks): Faultless {
  let fault: string | undefined;
  const chunks = async function* () {
    try {
      yield* open();
    } catch (error) {
      fault = `it can't be read ${error instanceof Error ? `to its end: ${error.message}` : ''}`;
    }
  };
  return { chunks: chunks(), fault: () => fault };
}
