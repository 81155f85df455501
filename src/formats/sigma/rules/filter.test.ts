import { describe, expect, it } from 'vitest';
import { readSigma } from '../read.ts';
import { codesOf, hitsOf, read } from '../testing/read.ts';

const rule = (name: string, more = '') => `title: ${name}
name: ${name}
logsource: { product: windows, category: process_creation }
detection:
    selection: { A: 1 }
    condition: selection${more}
`;
const filter = (condition: string, rules = 'rules: [one]', logsource = '{ product: windows }') => `---
title: Admins
logsource: ${logsource}
filter:
    ${rules}
    selection: { User|startswith: adm_ }
    condition: ${condition}
`;
const events = [{ A: 1 }, { A: 1, User: 'adm_x' }, { A: 2, User: 'adm_x' }];

describe('a filter', () => {
  it('leaves out what its condition selects, as the specification\u2019s example does, and says so', () => {
    const { detections, diagnostics } = read(rule('one') + filter('selection'));
    expect(detections.map(({ title }) => title)).toEqual(['one']);
    expect(hitsOf(detections[0]!, events)).toEqual([0]);
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['sigma/filter-polarity info']);
  });

  it('says itself what must hold, if it has a `not`, as pySigma\u2019s example does', () => {
    const { detections, diagnostics } = read(rule('one') + filter('not selection'));
    expect(hitsOf(detections[0]!, events)).toEqual([0]);
    expect(diagnostics).toEqual([]);
  });

  it('is for the rules that it names, or for all of its log source', () => {
    const files = (text: string) =>
      readSigma([
        { name: 'a.yml', text: rule('one') },
        { name: 'b.yml', text: rule('two') },
        { name: 'f.yml', text: text.replace('---\n', '') },
      ]).detections.map((detection) => hitsOf(detection, events).length);
    expect(files(filter('not selection'))).toEqual([1, 2]);
    expect(files(filter('not selection', 'rules: any'))).toEqual([1, 1]);
    expect(files(filter('not selection', 'rules: []'))).toEqual([1, 1]);
    expect(files(filter('not selection', 'rules: any', '{ product: linux }'))).toEqual([2, 2]);
  });

  it('warns of names and log sources that do not fit', () => {
    expect(codesOf(rule('one') + filter('not selection', 'rules: [one, three]'))).toEqual(['sigma/unknown-rule']);
    expect(codesOf(rule('one') + filter('not selection', 'rules: [one]', '{ product: linux }'))).toEqual([
      'sigma/filter-logsource',
    ]);
  });

  it('leads back to its own file', () => {
    const { detections } = readSigma([
      { name: 'a.yml', text: rule('one') },
      { name: 'f.yml', text: filter('not selection') },
    ]);
    expect(detections[0]!.origins.map(({ file }) => file ?? 'own')).toContain('f.yml');
    const where = detections[0]!.queries[0]!.where;
    const negated = where.kind === 'all' ? where.of[1] : undefined;
    const inner = negated?.kind === 'not' ? negated.of.origin : undefined;
    expect(detections[0]!.origins[inner!]).toMatchObject({ file: 'f.yml', part: 'selection' });
  });

  it('goes before the stages of what it filters', () => {
    const counted = rule('one', ' | count() by User > 1') + filter('not selection');
    const [query] = read(counted).detections[0]!.queries;
    expect(query!.where.kind).toBe('all');
    expect(query!.then).toHaveLength(2);
    const near = `title: one\nname: one\nlogsource: { product: windows }\ndetection:\n    a: { A: 1 }\n    b: { B: 1 }\n    condition: a | near b\n${filter('not selection')}`;
    const [gather] = read(near).detections[0]!.queries[0]!.then;
    expect(gather?.kind === 'gather' && gather.of.map(({ query: { where } }) => where.kind)).toEqual(['all', 'all']);
  });

  it('is refused where it is incomplete', () => {
    expect(codesOf(filter('not selection', 'about: [one]'))[0]).toBe('sigma/filter');
    expect(codesOf(filter('selection | count() > 5'))[0]).toBe('sigma/filter');
    expect(codesOf('title: F\nlogsource: { product: x }\nfilter: none')).toEqual(['sigma/filter']);
  });
});
