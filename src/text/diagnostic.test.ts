import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import { aboutFile, inOrder, render, SyntaxFault } from './diagnostic.ts';
import type { Diagnostic } from './diagnostic.ts';
import { lineAt, positionOf } from './source.ts';

const about = (text: string, start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'x/y',
  severity: 'error',
  message: 'no',
  source: { name: 'a.yml', text },
  span: { start, end },
  ...more,
});

describe('render', () => {
  it('shows the line and a caret under the span', () => {
    expect(render(about('one\ntwo three\n', 8, 13, { hint: 'say four' }))).toBe(
      'a.yml:2:5: error: no [x/y]\n\n2 | two three\n        ^^^^^\n\nhint: say four',
    );
  });

  it('keeps tabs under tabs, and the caret on the line at the end of the text', () => {
    expect(
      render(about('\tx = y', 3, 4))
        .split('\n')
        .at(-1),
    ).toBe('    \t  ^');
    expect(render(about('ab', 2, 3))).toBe('a.yml:1:3: error: no [x/y]\n\n1 | ab\n      ^');
  });

  it('cuts a line of a megabyte down to what surrounds the caret', () => {
    const text = `${'a'.repeat(500_000)}!${'b'.repeat(500_000)}`;
    const [, , line, caret] = render(about(text, 500_000, 500_001)).split('\n');
    expect(line!.length).toBeLessThan(170);
    expect(line![caret!.indexOf('^')]).toBe('!');
  });

  it('lets no control character through to a terminal', () => {
    expect(render(about('a\u001b[31mb', 0, 1))).not.toContain('\u001b');
  });

  it('says what concerns a whole file without a line', () => {
    expect(render(aboutFile('a.yml', 'file/missing', 'there is no such file', 'look again'))).toBe(
      'a.yml: error: there is no such file [file/missing]\n\nhint: look again',
    );
  });
});

it('orders by file, position and code', () => {
  const b = about('', 0, 0, { source: { name: 'b', text: '' } });
  const late = about('', 5, 6);
  const early = about('', 1, 2, { code: 'b' });
  const same = about('', 1, 2, { code: 'a' });
  expect(inOrder([b, late, early, same])).toEqual([same, early, late, b]);
});

it('finds lines and columns, with and without carriage returns', () => {
  const source = { name: 'a', text: 'one\r\ntwo' };
  expect(positionOf(source, 6)).toEqual({ line: 2, column: 2 });
  expect(positionOf(source, 99)).toEqual({ line: 2, column: 4 });
  expect(lineAt(source, 0)).toBe('one');
  expect(lineAt(source, 7)).toBe('two');
});

describe('Cursor', () => {
  it('takes what comes after blanks, or stays where it is', () => {
    const cursor = new Cursor({ name: 'q', text: '  ab = c ' });
    expect(cursor.take(/x/)).toBeUndefined();
    expect(cursor.take(/a(b)/)?.[1]).toBe('b');
    expect(cursor.sees(/=/)).toBe(true);
    expect(cursor.take(/=/)).toBeDefined();
    expect(cursor.done).toBe(false);
    expect(cursor.take(/c/)).toBeDefined();
    expect(cursor.done).toBe(true);
  });

  it('fails with a diagnostic at the next character', () => {
    const cursor = new Cursor({ name: 'q', text: 'a   ?' });
    cursor.take(/a/);
    try {
      cursor.expect(/b/, 'a b');
      expect.unreachable();
    } catch (fault) {
      expect(fault).toBeInstanceOf(SyntaxFault);
      expect((fault as SyntaxFault).diagnostic).toMatchObject({
        code: 'syntax',
        message: 'expected a b',
        span: { start: 4, end: 5 },
      });
    }
  });
});
