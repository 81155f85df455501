import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits, diffOf } from './fixes.ts';

it('makes edits in any order, and of two that overlap the first', () => {
  const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text });
  expect(applyEdits('a b c', [edit(4, 5, 'C'), edit(0, 1, 'AA')])).toBe('AA b C');
  expect(applyEdits('abc', [edit(0, 2, 'x'), edit(1, 3, 'y')])).toBe('xc');
});

it('shows each change with the lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl';
  expect(diffOf('a.yml', before, before.replace('b', 'B').replace('l', 'L'))).toBe(
    [
      '--- a.yml',
      '+++ a.yml',
      '@@ -1,5 +1,5 @@',
      ' a',
      '-b',
      '+B',
      ' c',
      ' d',
      ' e',
      '@@ -9,4 +9,4 @@',
      ' i',
      ' j',
      ' k',
      '-l',
      '\\ No newline at end of file',
      '+L',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  );
  expect(diffOf('a.yml', before, before)).toBe('');
});

it('shows in each hunk as many lines as its head says', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', ''), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lines, fc.array(fc.nat(29)), fc.boolean(), (old, changes, closed) => {
      const now = old.map((line, index) => (changes.includes(index) ? `${line}x` : line));
      const end = closed ? '\n' : '';
      const diff = diffOf('f', old.join('\n') + end, now.join('\n') + end);
      for (const hunk of diff.split(/^(?=@@)/m).slice(1)) {
        const [head = '', ...rows] = hunk.split('\n').filter((row) => row !== '' && !row.startsWith('\\'));
        const [, count] = /-\d+,(\d+)/.exec(head) ?? [];
        expect(rows.filter((row) => !row.startsWith('+'))).toHaveLength(Number(count));
        expect(rows.filter((row) => !row.startsWith('-'))).toHaveLength(Number(count));
      }
    }),
  );
});
