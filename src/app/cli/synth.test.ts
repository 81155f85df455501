import { expect, it } from 'vitest';
import { assay, folderWith, linesOf } from './testing/assay.ts';

const whoami =
  'title: A\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine|contains: whoami}, condition: s}\n';

it('writes events in which a hunt finds what they say', () => {
  const folder = folderWith({ 'rule.yml': whoami });
  const { status, out } = assay(['synth', 'rule.yml', '--count', '10', '--seed', '3'], { cwd: folder });
  expect(status).toBe(0);
  const lines = linesOf(out);
  expect(lines.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1])).toEqual([
    'match',
    'near-miss',
    'awkward',
  ]);
  expect(Object.keys(lines[0]!)).toEqual(['kind', 'why', 'event']);
  const input = lines.map(({ event }) => JSON.stringify(event)).join('\n');
  const hunted = assay(['hunt', '-', '--rules', 'rule.yml', '--format', 'ndjson'], { cwd: folder, input });
  const hits = new Set(linesOf(hunted.out).map(({ from }) => (from as { record: number }).record));
  for (const [index, { kind, why }] of lines.entries())
    expect(hits.has(index + 1)).toBe(kind === 'match' || String(why).endsWith('; it matches'));
});

it('asks for one rule, a count and a seed', () => {
  const folder = folderWith({ 'two.yml': `${whoami}---\n${whoami.replace('title: A', 'title: B')}` });
  const run = (...words: string[]) => assay(['synth', ...words], { cwd: folder });
  expect(run('two.yml')).toMatchObject({
    status: 2,
    err: expect.stringContaining('choose one from two.yml#1 to two.yml#2'),
  });
  expect(run('two.yml#2')).toMatchObject({ status: 0, err: '' });
  expect(run('two.yml#3')).toMatchObject({ status: 2, err: expect.stringContaining('no rule number 3') });
  expect(run('two.yml#1', '--count', 'x')).toMatchObject({ status: 2, err: expect.stringContaining("not 'x'") });
});

it('says why no event can be made', () => {
  const folder = folderWith({
    'open.yml': whoami.replace('contains: whoami', "expand: '%admins%'"),
    'never.yml': whoami.replace('condition: s', 'condition: s and not s'),
  });
  const run = (name: string) => assay(['synth', name], { cwd: folder });
  expect(run('open.yml')).toMatchObject({
    status: 2,
    err: expect.stringContaining('no values are given for %admins%'),
  });
  expect(run('never.yml')).toMatchObject({ status: 0, out: '', err: expect.stringContaining('no event was found') });
});
