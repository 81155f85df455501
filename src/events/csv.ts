import { parse } from 'csv-parse/browser/esm/sync';
import type { Raw } from '../ir/event.ts';
import { csvLines, separatorOf } from './csv-lines.ts';
import type { Cut } from './csv-lines.ts';
import { pieces } from './chunks.ts';
import { marked } from './parse-record.ts';
import { limits as usual } from './reading.ts';
import type { Batch, Chunks, Limits, Reading } from './reading.ts';

/**
 * Reads the records of a file of comma-separated values (RFC 4180); tabs, semicolons and bars separate as well. The
 * first record names the columns. A value is the text of its cell, whatever it looks like; an empty cell is a field
 * that the event has not, since whoever writes events of several kinds into one table leaves cells empty for that.
 *
 *     EventID,Image\n1,C:\\a.exe\n       // [{ record: 2, raw: { EventID: '1', Image: 'C:\\a.exe' } }]
 *
 * The number of a record is the line it begins in, from 1. What can't be read is skipped with a reason, and reading goes
 * on in the next line.
 */
export async function* readCsv(chunks: Chunks, limits: Limits = usual): AsyncGenerator<Batch> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const reader = csvReader(limits);
  for await (const chunk of pieces(chunks))
    yield { readings: reader.push(decoder.decode(chunk, { stream: true })), bytes: chunk.length };
  yield { readings: [...reader.push(decoder.decode()), ...reader.end()], bytes: 0 };
}

/** The header, once it is known: what separates cells, and the name of each column. */
interface Header {
  readonly separator: string;
  readonly names: readonly string[];
}

function csvReader(limits: Limits) {
  let header: Header | 'broken' | undefined;
  let separator: string | undefined;
  /** Records of one line each that wait to be handed to the library in one piece. */
  let block: Cut[] = [];
  let readings: Reading[] = [];

  /** Takes a whole record; false if its text is no record. */
  const take = (cut: Cut): boolean => {
    if (header === undefined) return takeHeader(cut);
    if (header === 'broken') return true;
    if (cut.isOneLine) {
      block.push(cut);
      return true;
    }
    flush(header);
    const cells = cellsOf(cut.text, header.separator, 'strict');
    if (typeof cells === 'string' || cells.length !== 1) return false;
    readings.push(readRecord(cells[0]!, cut, header));
    return true;
  };

  const takeHeader = (cut: Cut): boolean => {
    // Windows PowerShell's Export-Csv writes the type of its objects above the header, Excel the separator.
    if (cut.text.startsWith('#TYPE ')) return true;
    const announced = /^sep=([^"])$/.exec(cut.text)?.[1];
    if (announced !== undefined) {
      separator = announced;
      return true;
    }
    separator ??= separatorOf(cut.text);
    const cells = cellsOf(cut.text, separator, cut.isOneLine ? 'lenient' : 'strict');
    if (typeof cells !== 'string' && cells.length === 1) header = { separator, names: named(cells[0]!) };
    else if (!cut.isOneLine) return false;
    else {
      header = 'broken';
      const reason = typeof cells === 'string' ? cells : 'it is not one line';
      readings.push({ record: null, skipped: `the line that names the columns can not be read: ${reason}` });
    }
    return true;
  };

  const flush = (known: Header): void => {
    for (const reading of readBlock(block, known)) readings.push(reading);
    block = [];
  };

  const lines = csvLines(limits.record, take, (skipped) => {
    if (header === 'broken') return;
    if (header) flush(header);
    readings.push(skipped);
  });

  const taken = (): readonly Reading[] => {
    if (header !== undefined && header !== 'broken') flush(header);
    const all = readings;
    readings = [];
    return all;
  };
  return {
    push(text: string): readonly Reading[] {
      lines.push(text);
      return taken();
    },
    end(): readonly Reading[] {
      lines.end();
      return taken();
    },
  };
}

/** Reads records of one line each: in one piece, and where one of them is broken each by itself. */
function readBlock(block: readonly Cut[], header: Header): Reading[] {
  if (block.length === 0) return [];
  const whole = cellsOf(block.map(({ text }) => text).join('\n'), header.separator, 'strict');
  const isSound = typeof whole !== 'string' && whole.length === block.length;
  return block.map((cut, index) => {
    if (isSound) return readRecord(whole[index]!, cut, header);
    const own = cellsOf(cut.text, header.separator, 'lenient');
    if (typeof own !== 'string' && own.length === 1) return readRecord(own[0]!, cut, header);
    return { record: cut.line, skipped: typeof own === 'string' ? own : 'it is not one record' };
  });
}

/**
 * The cells of each record of a text, or why it has none. Leniently, a quote inside of a cell that does not begin with
 * one is a character like any other, as in `cmd.exe /c "a b"` where nothing is quoted: but only within one line, so that
 * it can't swallow the next.
 */
function cellsOf(text: string, separator: string, quotes: 'strict' | 'lenient'): string[][] | string {
  try {
    return parse(text, {
      delimiter: separator,
      record_delimiter: ['\n'],
      relax_column_count: true,
      relax_quotes: quotes === 'lenient',
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
    return 'a quote stands inside of a cell, or behind its end';
  }
}

function readRecord(cells: readonly string[], { line, text }: Cut, { names }: Header): Reading {
  const excess = cells.slice(names.length).some((cell) => cell !== '');
  if (excess || cells.length < names.length)
    return {
      record: line,
      skipped: `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, but ${names.length} columns have names`,
    };
  const gathered = new Map<string, string[]>();
  for (const [index, name] of names.entries()) {
    const cell = cells[index]!;
    if (cell === '') continue;
    const before = gathered.get(name);
    if (before) before.push(cell);
    else gathered.set(name, [cell]);
  }
  const raw: Raw = Object.fromEntries(
    [...gathered].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
  const reading: Reading = { record: line, raw };
  return text.includes('\ufffd') ? marked(reading) : reading;
}

/** Names of columns; one without a name goes by its place, from 1. */
function named(cells: readonly string[]): string[] {
  return cells.map((cell, index) => (cell.trim() === '' ? `column ${index + 1}` : cell.trim()));
}
