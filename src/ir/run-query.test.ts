import { describe, expect, it } from 'vitest';
import { eventOf } from './event.ts';
import { any } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import { figure } from './query.ts';
import type { Branch, Query, Stage } from './query.ts';
import { runQuery } from './run-query.ts';

const is = (field: string, text: string): Predicate => ({ kind: 'like', field, pattern: [text], cased: false });
const query = (where: Predicate, ...then: Stage[]): Query => ({ logsource: {}, where, then });
const branch = (name: string, rename: Branch['rename'] = {}): Branch => ({
  name,
  query: query(is('act', name)),
  rename,
});

/** `a@3 bob` is an event at second 3 with act `a` and user `bob`. */
function events(...texts: string[]) {
  return texts.map((text) => {
    const [act = '', at = '', user] = text.split(/[@ ]/);
    return { event: eventOf({ act, ...(user && { user }), size: Number(at) }), time: Number(at) * 1000 };
  });
}

const sourcesOf = (found: ReturnType<typeof runQuery>) => found.map(({ sources }) => sources);
const count = (within: number | null, by: string[] = []): Stage => ({
  kind: 'summarize',
  by,
  with: [{ as: 'n', function: 'count', field: null }],
  within,
});

describe('runQuery', () => {
  it('without stages gives the events that pass the filter', () => {
    expect(sourcesOf(runQuery(query(is('act', 'a')), events('a@1', 'b@2', 'a@3')))).toEqual([[0], [2]]);
  });

  it('counts by group over the whole input, leaving out rows without the group', () => {
    const found = runQuery(
      query(is('act', 'a'), count(null, ['user']), { kind: 'having', where: figure('n', '>', 1) }),
      events('a@1 x', 'a@2 y', 'a@9 x', 'a@9'),
    );
    expect(sourcesOf(found)).toEqual([[0, 2]]);
    expect(found[0]!.event.get('n')).toBe(2);
    expect(found[0]!.event.get('user')).toBe('x');
  });

  it('counts in sliding windows and reports a burst once, then again after it has ended', () => {
    const stages = [count(10), { kind: 'having', where: figure('n', '>=', 2) } as const];
    const found = runQuery(query(is('act', 'a'), ...stages), events('a@0', 'a@9', 'a@12', 'a@40', 'a@45'));
    expect(found.map(({ time }) => time)).toEqual([9000, 45000]);
  });

  it('a window is open at its old end', () => {
    const found = runQuery(
      query(is('act', 'a'), count(10), { kind: 'having', where: figure('n', '>=', 2) }),
      events('a@0', 'a@10'),
    );
    expect(found).toEqual([]);
  });

  it('sorts by time first', () => {
    const found = runQuery(
      query(is('act', 'a'), count(5), { kind: 'having', where: figure('n', '>=', 2) }),
      events('a@100', 'a@1', 'a@3'),
    );
    expect(sourcesOf(found)).toEqual([[1, 2]]);
  });

  const steps = {
    kind: 'both',
    of: [
      { kind: 'branch', name: 'a' },
      { kind: 'branch', name: 'b' },
    ],
  } as const;
  const correlate = (ordered: boolean, by: string[] = []): Query =>
    query(
      any([is('act', 'a'), is('act', 'b')]),
      { kind: 'gather', of: [branch('a'), branch('b')] },
      { kind: 'sequence', of: steps, ordered, by, within: 10 },
    );

  it('finds branches near each other, in any order or only in the given one', () => {
    expect(sourcesOf(runQuery(correlate(false), events('b@1', 'a@3')))).toEqual([[0, 1]]);
    expect(sourcesOf(runQuery(correlate(true), events('b@1', 'a@3')))).toEqual([]);
    expect(sourcesOf(runQuery(correlate(true), events('b@1', 'a@3', 'b@4')))).toEqual([[0, 1, 2]]);
    expect(sourcesOf(runQuery(correlate(false), events('b@1', 'a@30')))).toEqual([]);
  });

  it('keeps groups apart and uses up what it has reported', () => {
    expect(sourcesOf(runQuery(correlate(false, ['user']), events('a@1 x', 'b@2 y', 'b@3 x', 'b@4 x')))).toEqual([
      [0, 2],
    ]);
  });

  it('gathers under common names', () => {
    const other: Branch = { ...branch('b', { user: 'act' }) };
    const found = runQuery(
      query(is('act', 'b'), { kind: 'gather', of: [other] }, count(null, ['user'])),
      events('b@1 x', 'b@2 y'),
    );
    expect(found.map(({ event }) => event.get('user'))).toEqual(['b']);
  });

  it('knows every figure', () => {
    const figures = ['sum', 'average', 'min', 'max', 'median', 'distinct', 'values', 'first', 'last'] as const;
    const stage: Stage = {
      kind: 'summarize',
      by: [],
      within: null,
      with: [
        ...figures.map((name) => ({ as: name, function: name, field: 'size' })),
        { as: 'p', function: 'percentile', field: 'size', percent: 75 },
      ],
    };
    const [row] = runQuery(query(is('act', 'a'), stage), events('a@1', 'a@2', 'a@2', 'a@7'));
    expect(Object.fromEntries(row!.event.values())).toMatchObject({
      sum: 12,
      average: 3,
      min: 1,
      max: 7,
      median: 2,
      distinct: 3,
      first: 1,
      last: 7,
      p: 2,
    });
    expect(row!.event.get('values')).toEqual([1, 2, 7]);
  });

  it('derives and keeps fields', () => {
    const derive: Stage = {
      kind: 'derive',
      field: 'low',
      from: { kind: 'call', function: 'lower', with: [{ kind: 'field', field: 'act' }] },
    };
    const [row] = runQuery(query(is('act', 'a'), derive, { kind: 'keep', fields: ['low'] }), events('A@1 x'));
    expect([...row!.event.values()]).toEqual([['low', 'a']]);
  });
});
