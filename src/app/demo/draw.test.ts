import { describe, expect, it } from 'vitest';
import { readDemoContent } from './content.ts';
import { drawDemo } from './demo.ts';
import { ansi, drawTimeline, plain, wrapped } from './draw.ts';

const content = readDemoContent();

describe('the demo', () => {
  const text = drawDemo(content, 100, plain);

  it('fits its columns, without codes', () => {
    for (const width of [88, 100, 120])
      expect(
        drawDemo(content, width, plain)
          .split('\n')
          .filter((line) => line.length > width),
      ).toEqual([]);
    expect(text).not.toContain('\u001b');
  });

  it('says the same on a terminal', () => {
    const styled = drawDemo(content, 100, ansi);
    expect(styled).not.toBe(text);
    expect(styled.replace(/\u001b\[\d+m/g, '')).toBe(text);
  });

  it('tells each way of the intruder, in order of time', () => {
    const heads = text.split('\n').filter((line) => /^2026-11-18 \d\d:\d\d:\d\d {2}/.test(line));
    expect(heads.length).toBeGreaterThanOrEqual(12);
    expect(heads).toEqual(heads.toSorted());
    expect(heads[0]).toMatch(/ws-101\.fjellheim\.example {2}FJELLHEIM\\ingrid\.solberg$/);
  });

  it('shows the deciding command line, with its carets', () => {
    expect(text).toContain('M^i^n^i^D^u^m^p');
    expect(text).toContain('comsvcs.dll, #+000024');
  });
});

describe('drawing', () => {
  it('breaks lines at blanks, and words that are too long inside', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapped('', 4)).toEqual(['']);
    for (const width of [0, -30]) expect(wrapped('ab c', width)).toEqual(['a', 'b', 'c']);
  });

  it('lets no control character of an event reach the terminal', () => {
    const deed = { what: 'a\u001b[2Jb\r\nc\u202ed', events: ['Sysmon 1'], rules: [] };
    const incident = { time: null, host: 'h', user: null, deeds: [deed] };
    expect(drawTimeline({ events: 1, hits: 1, incidents: [incident] }, 80, plain)).toBe('no time  h\n  a [2Jb c d');
  });
});
