import { describe, expect, it } from 'vitest';
import { matrixCsv, matrixText, summaryText } from './conversion-matrix.ts';
import type { Standing } from './conversion-matrix.ts';

const cell = (rule: string, target: string, rest: Partial<Standing> = {}): Standing => ({
  rule,
  title: `Rule ${rule}`,
  target,
  verdict: 'exact',
  except: [],
  reasons: [],
  ...rest,
});

const standings = [
  cell('a', 'splunk'),
  cell('a', 'grep', { except: ['line-break'], reasons: ['line-break'] }),
  cell('b', 'splunk', { verdict: 'refused', reasons: ['no lookbehind\u001b[2J'] }),
  cell('b', 'grep', { verdict: 'wider', reasons: ['no lookbehind'] }),
];

describe('conversions side by side', () => {
  it('draws a line a rule and a column a target', () => {
    expect(
      matrixText(standings)
        .split('\n')
        .slice(0, 5)
        .map((line) => line.trimEnd()),
    ).toEqual([
      '                      splunk',
      '                      | grep',
      'Rule a                = ~',
      'Rule b                - >',
      '',
    ]);
  });

  it('keeps within the width of a terminal', () => {
    const wide = [cell('c', 'splunk', { title: 'x'.repeat(300) })];
    for (const line of matrixText(wide, 80).split('\n').slice(0, 2)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('counts verdicts and their reasons, and lets no rule write to the terminal', () => {
    expect(summaryText(standings)).toBe(
      [
        'splunk: 1 exact, 1 refused',
        '       1  refused: no lookbehind [2J',
        '',
        'grep: 1 exact with exceptions, 1 wider',
        '       1  exact with exceptions: line-break',
        '       1  wider: no lookbehind',
        '',
      ].join('\n'),
    );
  });

  it('writes words for a spreadsheet', () => {
    expect(matrixCsv(standings)).toBe(
      'rule,title,splunk,grep\r\na,Rule a,exact,exact but for line-break\r\nb,Rule b,refused,wider\r\n',
    );
  });
});
