import { describe, expect, it } from 'vitest';
import { readSigma } from '../formats/sigma/read.ts';
import { checkConventions } from './conventions.ts';
import { applySuppressions } from './suppressions.ts';
import { clean } from './testing/check.ts';

/** What is left of the findings about a text, and the reasons for the others. */
function judged(text: string): { left: string[]; silenced: string[] } {
  const source = { name: 'a.yml', text };
  const { units, diagnostics } = readSigma([source]);
  const { findings, silenced } = applySuppressions([...diagnostics, ...checkConventions(units)], [source], units);
  return {
    left: findings.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`),
    silenced: silenced.map(({ finding, reason }) => `${finding.code}: ${reason}`),
  };
}

const undated = clean.replace(/^date.*\n/m, '');

it.each([
  ['in front', `# assay-ignore check/date-missing: it is: old\n${undated}`],
  ['behind a value', undated.replace('status: test', 'status: test # assay-ignore check/date-missing: it is: old')],
  ['at the end', `${undated}    #assay-ignore check/date-missing:it is: old`],
  [
    'with line breaks of Windows',
    `# assay-ignore check/date-missing: it is: old\r\n${undated.replaceAll('\n', '\r\n')}`,
  ],
])('silences a finding by a comment %s', (_where, text) => {
  expect(judged(text)).toEqual({ left: [], silenced: ['check/date-missing: it is: old'] });
});

it('takes several codes, and says which of them silences nothing', () => {
  const comment = '# assay-ignore check/date-missing, check/title-case: generated';
  expect(judged(`${comment}\n${undated}`)).toEqual({
    left: [`check/ignore-unused: ${comment}`],
    silenced: ['check/date-missing: generated'],
  });
});

it.each(['# assay-ignore check/date-missing', '# assay-ignore check/date-missing:  ', '# assay-ignore: because'])(
  'silences nothing by %s, and says so',
  (comment) => {
    const { left, silenced } = judged(`${comment}\n${undated}`);
    expect(left).toEqual(['check/date-missing: title', `check/ignore-reason: ${comment.trimEnd()}`]);
    expect(silenced).toEqual([]);
  },
);

describe('leaves alone', () => {
  it('another document of the file', () => {
    const { left } = judged(
      `# assay-ignore check/date-missing: old\n${undated}---\n${undated.replace('7a01', '7a02')}`,
    );
    expect(left).toEqual(['check/date-missing: title']);
  });

  it('what looks like a comment inside a text', () => {
    const text = undated.replace(/Finds.*$/m, '|\n  Finds programs.\n  # assay-ignore check/date-missing: no comment');
    expect(judged(text).left).toEqual(['check/date-missing: title']);
    const quoted = undated.replace(/Finds.*$/m, "'Finds it. # assay-ignore check/date-missing: no comment'");
    expect(judged(quoted).left).toEqual(['check/date-missing: title']);
  });

  it('errors of reading, and words that only begin alike', () => {
    const text = `# assay-ignore sigma/unknown-selection: no\n${clean.replace('condition: selection', 'condition: sel')}`;
    expect(judged(text).left.map((each) => each.split(':')[0])).toContain('sigma/unknown-selection');
    expect(judged(`# assay-ignored check/date-missing: x\n${undated}`).left).toEqual(['check/date-missing: title']);
  });
});
