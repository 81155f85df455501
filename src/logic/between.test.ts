import { describe, expect, it } from 'vitest';
import type { Pattern } from '../ir/pattern.ts';
import { many } from '../ir/pattern.ts';
import { all, not } from '../ir/predicate.ts';
import type { Field, Predicate, SameAs } from '../ir/predicate.ts';
import { relate, satisfy } from './relate.ts';

const like = (field: Field, ...pattern: Pattern): Predicate => ({ kind: 'like', field, pattern, cased: false });
const same = (field: Field, other: Field, relation: SameAs['relation'] = 'whole', cased = false): Predicate => ({
  kind: 'sameAs',
  field,
  other,
  relation,
  cased,
});
const line = { rendered: 'json-line' } as const;

describe('two fields', () => {
  it('are made the same, or one inside the other', () => {
    const demands = all([like('f', 'a', many), like('g', many, 'b'), same('f', 'g')]);
    expect(satisfy(demands)).toEqual({ kind: 'event', event: { f: 'ab', g: 'ab' } });
    const inside = all([like('f', 'a', many), like('g', 'b'), same('f', 'g', 'contains')]);
    expect(satisfy(inside)).toMatchObject({ kind: 'event', event: { g: 'b' } });
    expect(satisfy(all([like('f', many), like('g', many), not(same('f', 'g'))])).kind).toBe('event');
  });

  it('can not be the same where their values exclude each other', () => {
    const apart = all([like('f', 'a', many), like('g', 'b', many), same('f', 'g')]);
    expect(satisfy(apart, { exclude: ['multi-valued'] })).toEqual({ kind: 'none' });
    expect(satisfy(apart).kind).toBe('event');
    expect(satisfy(all([like('f', 'A'), like('g', 'a'), not(same('f', 'g'))]))).toEqual({ kind: 'none' });
    expect(satisfy(all([like('f', '1'), like('g', '1'), not(same('f', 'g', 'contains', true))]))).toEqual({
      kind: 'none',
    });
    expect(satisfy(all([not(like('f', many)), same('f', 'g')]))).toEqual({ kind: 'none' });
  });

  it('compared with itself asks for a value', () => {
    expect(relate(same('f', 'f'), like('f', many)).relation).toBe('equivalent');
  });

  it('may be compared with the event as a text; what is not known is said', () => {
    expect(satisfy(same('f', line))).toEqual({ kind: 'unknown', reason: 'a comparison of two fields' });
  });
});

describe('the event as a text', () => {
  it('holds what a field holds', () => {
    const [field, text] = [like('CommandLine', many, 'lsass', many), like(line, many, 'lsass', many)];
    const answer = relate(field, text);
    expect(answer).toMatchObject({ relation: 'subset', onlyB: { Message: 'lsass' } });
    expect(relate(like('f', many, 'a\\b', many), like(line, many, 'a\\\\b', many)).relation).toBe('subset');
    expect(relate(like('f', many, 'a\\b', many), like(line, many, 'a\\b', many))).toMatchObject({
      relation: 'overlap',
    });
  });

  it('is one text, whatever the event', () => {
    expect(satisfy(all([like(line, many, 'a', many), not(like(line, many, 'A', many))]))).toEqual({ kind: 'none' });
  });
});
