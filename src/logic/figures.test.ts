import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { all, not } from '../ir/predicate.ts';
import type { Compare, Order, Predicate, TimePart } from '../ir/predicate.ts';
import { relate, satisfy } from './relate.ts';

const compare = (order: Order, value: number, part: 'number' | TimePart = 'number'): Compare => ({
  kind: 'compare',
  field: 'f',
  part,
  order,
  value,
});

describe('numbers', () => {
  it('knows which orders exclude or include each other', () => {
    expect(satisfy(all([compare('>', 5), compare('<', 5)]))).toMatchObject({ kind: 'event' });
    expect(satisfy(all([compare('>', 5), compare('<', 5)]), { exclude: ['multi-valued'] })).toEqual({ kind: 'none' });
    expect(relate(compare('>', 5), compare('>=', 5))).toMatchObject({ relation: 'subset', onlyB: { f: '5' } });
    expect(relate(compare('>', 5), compare('>', 4))).toMatchObject({ relation: 'subset', onlyB: { f: '5' } });
  });

  it('counts what is no number as neither', () => {
    const [low, high] = [compare('<', 5), compare('>=', 5)];
    const answer = relate(not(low), high, { exclude: ['multi-valued', 'missing'] });
    expect(answer).toMatchObject({ relation: 'superset', onlyB: null });
    expect(answer.onlyA).not.toBeNull();
  });

  it('finds a number between two that are next to each other, or that there is none', () => {
    const next = 1.0000000000000002;
    expect(satisfy(all([compare('>', 1), compare('<=', next)])).kind).toBe('event');
    expect(satisfy(all([compare('>', 1), compare('<', next)]), { exclude: ['multi-valued'] }).kind).toBe('none');
    expect(satisfy(compare('>', Number.MAX_VALUE))).toEqual({ kind: 'event', event: { f: '1e999' } });
    expect(satisfy(compare('>', Infinity)).kind).toBe('none');
  });

  it('meets patterns and numbers at once', () => {
    const pattern: Predicate = { kind: 'like', field: 'f', pattern: ['0', { wild: 'one' }], cased: false };
    expect(satisfy(all([compare('=', 7), pattern]), { exclude: ['multi-valued'] })).toMatchObject({
      event: { f: '07' },
    });
  });
});

describe('times', () => {
  it('finds a day that meets several demands, or that there is none', () => {
    const one = { exclude: ['multi-valued'] as const };
    const leapDay = [compare('=', 2, 'month'), compare('=', 29, 'day')];
    expect(satisfy(all(leapDay), one)).toMatchObject({ kind: 'event' });
    expect(satisfy(all([...leapDay, compare('=', 2023, 'year')]), one)).toEqual({ kind: 'none' });
    expect(satisfy(all([compare('=', 53, 'week'), compare('=', 1, 'month')]), one)).toMatchObject({ kind: 'event' });
    expect(satisfy(all([compare('=', 53, 'week'), compare('=', 3, 'month')]), one)).toEqual({ kind: 'none' });
    expect(satisfy(all([compare('>', 22, 'hour'), compare('<', 1, 'minute')]), one)).toMatchObject({ kind: 'event' });
    expect(satisfy(all([compare('>', 23, 'hour')]), one)).toEqual({ kind: 'none' });
    expect(satisfy(all([compare('>', 3, 'hour'), compare('>', 3)]), one)).toEqual({ kind: 'none' });
  });
});

it('agrees with trying many times', () => {
  const orders = fc.constantFrom<Order>('<', '<=', '>', '>=', '=');
  const test = fc.oneof(
    fc.tuple(orders, fc.constantFrom(0, 5, 23, 59), fc.constantFrom<TimePart>('hour', 'minute')),
    fc.tuple(orders, fc.constantFrom(1, 2, 28, 29, 31, 52, 53), fc.constantFrom<TimePart>('day', 'week', 'month')),
    fc.tuple(orders, fc.constantFrom(2023, 2024, 1999), fc.constant<TimePart>('year')),
  );
  const times = [2023, 2024, 1999, 2020].flatMap((year) =>
    ['01-01', '01-02', '02-28', '02-29', '03-31', '12-31'].flatMap((day) =>
      ['', ' 00:00', ' 05:59', ' 23:05', ' 99:05'].map((clock) => `${year}-${day}${clock}`),
    ),
  );
  const rules = fc.array(fc.tuple(test, fc.boolean()), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rules, (each) => {
      const parts = each.map(([[order, value, part], wanted]): Predicate => {
        const atom = compare(order, value, part);
        return wanted ? atom : not(atom);
      });
      const found = satisfy(all(parts), { exclude: ['multi-valued'] });
      expect(found.kind).not.toBe('unknown');
      if (times.some((f) => evaluate(all(parts), eventOf({ f })))) expect(found.kind).toBe('event');
    }),
    { numRuns: 200 },
  );
});
