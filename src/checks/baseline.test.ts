import { expect, it } from 'vitest';
import type { Diagnostic } from '../text/diagnostic.ts';
import { beyond, readBaseline } from './baseline.ts';
import type { Baseline } from './baseline.ts';

function finding(file: string, message: string): Diagnostic {
  const source = { name: file, text: 'title: A\n' };
  return { code: 'check/title', severity: 'info', message, source, span: { start: 0, end: 5 } };
}

const baseline = (entries: readonly object[]) =>
  readBaseline({ name: 'b.json', text: JSON.stringify(entries) }) as Baseline;
const entry = (file: string, message: string) => ({ code: 'check/title', file, message, line: 99, hint: null });

it('lets known findings pass, wherever they stand now, each entry one', () => {
  const known = baseline([entry('./a\\b.yml', 'long'), entry('a/b.yml', 'short')]);
  const found = [finding('a/b.yml', 'long'), finding('a/b.yml', 'long'), finding('a/c.yml', 'long')];
  const { fresh, known: count } = beyond(known, found);
  expect(fresh).toEqual(found.slice(1));
  expect(count).toBe(1);
});

it.each(['', '{', '{}', '[1]', '[null]', '[{"code":"a","file":"b"}]'])('refuses %s as a baseline', (text) => {
  expect(readBaseline({ name: 'b.json', text })).toMatchObject({ code: 'file/baseline', severity: 'error' });
});
