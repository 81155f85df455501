import { array, assert, boolean, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDemoContent } from './content.ts';
import { compareOn, readingOf } from './matrix.ts';
import type { Example } from './matrix.ts';

const { pack, publications, examples } = readDemoContent();
const own = { name: 'pack', title: 'the pack', publisher: 'us', detections: pack };
const columns = [...publications, own];
const matrix = compareOn(examples, columns);

/** The row of the one example whose line contains `part`, as the names of the columns that detect it. */
function detectedBy(part: string): string[] {
  const rows = matrix.rows.filter(({ example }) => example.line.includes(part));
  expect(rows.length, part).toBe(1);
  return columns.filter((_, column) => rows[0]!.cells[column]).map(({ name }) => name);
}

describe('the matrix of the publications', () => {
  it('002 wants the call in one piece: a blank after the comma, or in its place, is enough to pass', () => {
    expect(detectedBy('comsvcs.dll,MiniDump 612')).toEqual(['002', '003', '004', 'pack']);
    expect(detectedBy('comsvcs.dll, MiniDump 552')).toEqual(['003', '004', 'pack']);
    expect(detectedBy('rundll32 comsvcs.dll MiniDump')).toEqual(['003', '004', 'pack']);
  });

  it('003 and 004 look for the name of the function, not for its number', () => {
    expect(detectedBy('comsvcs.dll,#24')).toEqual(['002', 'pack']);
    expect(detectedBy('#+000024')).toEqual(['pack']);
  });

  it('003 asks for the file name rundll32.exe', () => {
    expect(detectedBy('r.exe')).toEqual(['004', 'pack']);
  });

  it('004 looks for whole terms: procdump64 is none, a slash before ma does not matter', () => {
    expect(detectedBy('PROCDUMP64.EXE')).toEqual(['001', 'pack']);
    expect(detectedBy('procdump.exe /ma lsass')).toEqual(['004', 'pack']);
    expect(detectedBy('procdump -ma lsass.exe')).toEqual(['001', '004', 'pack']);
    expect(detectedBy('cs.dll, MiniDump 612 x.bin')).toEqual(['004', 'pack']);
    expect(detectedBy('sekurlsa')).toEqual(['004', 'pack']);
  });

  it('a number in place of the name, or carets, pass all five', () => {
    expect(detectedBy('-ma 612')).toEqual(['pack']);
    expect(detectedBy('c^omsvcs')).toEqual(['pack']);
  });

  it('001 goes by switches, so a renamed tool is seen; 000 by what Dumpert is and leaves', () => {
    expect(detectedBy('svcmon.exe')).toEqual(['001', 'pack']);
    expect(detectedBy('Outflank-Dumpert')).toEqual(['000', 'pack']);
  });

  it('a tool that somebody wrote for himself says nothing on its command line, not even to the pack', () => {
    expect(detectedBy('d.exe 612')).toEqual([]);
  });

  it('the pack takes nothing harmless; 004 takes a note about the words', () => {
    expect(detectedBy('w3wp.exe')).toEqual([]);
    expect(detectedBy('regsvr32')).toEqual([]);
    expect(detectedBy('procdump-lsass.txt')).toEqual(['004']);
  });

  it('is read in words that follow from its cells', () => {
    const reading = readingOf(matrix);
    const attacks = matrix.rows.filter(({ example }) => example.attack);
    for (const [column, { name }] of publications.entries())
      expect(reading).toContain(`${name} sees ${attacks.filter(({ cells }) => cells[column]).length}`);
    expect(reading).toContain(`the pack ${attacks.filter(({ cells }) => cells.at(-1)).length}.`);
    expect(reading).toContain('"procdump64.exe -accepteula -ma 612 out.dmp"');
    expect(reading).toContain('Nobody sees "d.exe 612 report.bin".');
    expect(reading).toContain('004 on "notepad.exe');
  });

  it('is read without the sentences that have nothing to say', () => {
    const row = { example: examples[0]!, cells: [false, true] };
    expect(readingOf({ columns: [columns[0]!, own], rows: [row] })).toBe(
      'Of 1 attacks 000 sees 0; together they see 0 and the pack 1. The pack alone sees "procdump -ma lsass.exe lsass_dump". There is no false alarm.',
    );
  });
});

describe('a column', () => {
  it('detects what one of its detections detects, whatever the line', () => {
    const word = constantFrom('procdump', 'lsass.exe', '-ma', 'comsvcs.dll,', 'MiniDump', '#24', 'full', '612', '^');
    const line = array(word, { maxLength: 6 }).map((words) => words.join(' '));
    assert(
      property(line, boolean(), (text, attack) => {
        const example: Example = { line: text, image: 'C:\\Windows\\System32\\rundll32.exe', version: '-', attack };
        const alone = pack.map((detection) => ({ ...own, detections: [detection] }));
        const [whole] = compareOn([example], [own]).rows[0]!.cells;
        expect(whole).toBe(compareOn([example], alone).rows[0]!.cells.some(Boolean));
      }),
      { numRuns: 60 },
    );
  });
});
