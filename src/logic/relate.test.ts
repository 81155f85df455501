import { describe, expect, it } from 'vitest';
import { all, any, not } from '../ir/predicate.ts';
import type { Pattern } from '../ir/pattern.ts';
import { many, one } from '../ir/pattern.ts';
import type { Like, Predicate } from '../ir/predicate.ts';
import { isAlways, isNever, relate, satisfy } from './relate.ts';

const like = (field: string, ...pattern: Pattern): Like => ({ kind: 'like', field, pattern, cased: false });
const cased = (field: string, ...pattern: Pattern): Like => ({ kind: 'like', field, pattern, cased: true });
const exists = (field: string): Predicate => ({ kind: 'exists', field });

describe('relate', () => {
  it('finds two spellings of one predicate equivalent', () => {
    const a = any([like('f', 'A', many), not(all([like('g', 'x'), not(like('h', 'y'))]))]);
    const b = any([like('h', 'Y'), not(like('g', 'X')), like('f', 'a', many, many)]);
    expect(relate(a, b)).toMatchObject({ relation: 'equivalent', onlyA: null, onlyB: null, reason: null });
  });

  it('shows where two detections of one attack differ', () => {
    const a = any([
      like('CommandLine', many, 'comsvcs.dll,#24', many),
      like('CommandLine', many, 'comsvcs.dll,MiniDump', many),
    ]);
    const b = all([like('CommandLine', many, 'comsvcs.dll', many), like('CommandLine', many, 'minidump', many)]);
    expect(relate(a, b)).toMatchObject({
      relation: 'overlap',
      onlyB: { CommandLine: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Temp\\out.dmp full' },
    });
    expect(relate(a, b).onlyA).toEqual({
      CommandLine: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll,#24 624 C:\\Temp\\out.dmp full',
    });
  });

  it('tells a wildcard of one character from one of many', () => {
    expect(relate(like('f', 'a', one), like('f', 'a', many))).toMatchObject({ relation: 'subset', onlyB: { f: 'a' } });
  });

  it('counts arrays in: two demands may be met by two values', () => {
    const [a, b] = [like('f', 'a', many, 'b'), all([like('f', 'a', many), like('f', one, many, 'b')])];
    expect(relate(a, b)).toMatchObject({ relation: 'subset', onlyB: { f: ['a', 'xb'] } });
    expect(relate(a, b, { exclude: ['multi-valued'] })).toMatchObject({ relation: 'equivalent' });
    expect(relate(a, b, { single: ['f'] })).toMatchObject({ relation: 'equivalent' });
    expect(relate(a, b, { single: ['g'] })).toMatchObject({ relation: 'subset' });
  });

  it('tells a missing field from one with a value', () => {
    expect(relate(like('f', many), exists('f'))).toMatchObject({ relation: 'subset', onlyB: { f: null } });
    expect(relate(not(like('f', 'a')), all([like('f', many), not(like('f', 'a'))]))).toMatchObject({ onlyA: {} });
  });

  it('decides again without a class of events', () => {
    const [k, both] = [like('f', 'k'), any([cased('f', 'k'), cased('f', 'K')])];
    expect(relate(k, both)).toMatchObject({ relation: 'superset', onlyA: { f: '\u212a' } });
    expect(relate(k, both, { exclude: ['non-ascii-folding'] })).toMatchObject({ relation: 'equivalent' });
    const [absent, other] = [not(like('f', 'a')), all([like('f', many), not(like('f', 'a'))])];
    expect(relate(absent, other, { exclude: ['missing'] })).toMatchObject({ relation: 'equivalent' });
  });

  it('does not tell where a field answers to the name of another but for a blank', () => {
    expect(relate(exists(' a'), exists('a')).relation).toBe('unknown');
    expect(satisfy(all([like(' a', 'x'), not(like('a', 'x'))]))).toMatchObject({ kind: 'unknown' });
  });

  it('says of each side whether it never or always holds', () => {
    const never = all([like('f', 'a'), not(like('f', many, 'a'))]);
    expect(relate(never, like('f', 'a'))).toMatchObject({ relation: 'subset', aNever: true, bNever: false });
    expect(relate(not(never), like('f', 'a'))).toMatchObject({ relation: 'superset', aAlways: true, bAlways: false });
    expect(isNever(never)).toBe(true);
    expect(isAlways(not(never))).toBe(true);
    expect(satisfy(never)).toEqual({ kind: 'none' });
  });

  it('takes a name that begins with NUL for a field', () => {
    const hostile = like('\0touch x', 'a');
    expect(relate(all([hostile, like('f', 'a')]), like('f', 'a'))).toMatchObject({ relation: 'subset' });
  });

  it('makes witnesses of real values where they fit', () => {
    const options = { examples: () => ['C:\\Windows\\System32\\rundll32.exe'] };
    expect(satisfy(like('Image', many, '\\RUNDLL32.exe'), options)).toEqual({
      kind: 'event',
      event: { Image: 'C:\\Windows\\System32\\rundll32.exe' },
    });
  });
});
