import { describe, expect, it } from 'vitest';
import type { Pattern } from '../ir/pattern.ts';
import { many, one } from '../ir/pattern.ts';
import { all, any, never, not } from '../ir/predicate.ts';
import type { Like, Predicate } from '../ir/predicate.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import { relate } from './relate.ts';

const like = (field: string, ...pattern: Pattern): Like => ({ kind: 'like', field, pattern, cased: false });
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const name = (at: number) => `v${((at * 7919) % 100_003).toString(36)}`;

/** Decides with little: whatever needs more steps or conflicts than are given comes out as unknown. */
const within = (a: Predicate, b: Predicate, lemmas: number, work: number) =>
  relate(a, b, { limits: { lemmas, work, effort: work } });

describe('work is bounded', () => {
  it('any of 3,000 values, one missing', () => {
    const values = times(3000, (at) => like('f', name(at)));
    expect(within(any(values), any(values.slice(1)), 1, 1000)).toMatchObject({
      relation: 'superset',
      onlyA: { f: name(0) },
    });
  });

  it('1,000 endings under 40 filters, factored and distributed', () => {
    const endings = times(1000, (at) => like('Image', many, `\\${name(at)}.exe`));
    const filter = not(any(times(40, (at) => like('CommandLine', many, `${name(at)}zz`, many))));
    const distributed = any(endings.map((ending) => all([ending, filter])));
    expect(within(all([any(endings), filter]), distributed, 1, 1000)).toMatchObject({ relation: 'equivalent' });
  });

  it('1,000 patterns, each within another of the other side', () => {
    const narrow = any(times(1000, (at) => like('f', name(at), one, 'x', many)));
    const wide = any(times(1000, (at) => like('f', name(at), many, 'x', many)));
    expect(within(narrow, wide, 20, 20_000)).toMatchObject({ relation: 'subset' });
  });

  it('16 pieces in one order against any order', () => {
    const pieces = times(16, (at) => `lit${name(at)}`);
    const inOrder = like('f', many, ...pieces.flatMap((piece) => [piece, many]));
    const anyOrder = all(pieces.map((piece) => like('f', many, piece, many)));
    expect(within(inOrder, anyOrder, 20, 20_000)).toMatchObject({ relation: 'subset' });
  });

  it('pieces that do not fit into a length', () => {
    const pieces = times(5, (at) => like('f', many, `${'abcde'[at]}xy${'edcba'[at]}`, many));
    const fit = all([...pieces, like('f', ...times(16, () => one))]);
    const exclude = ['multi-valued'] as const;
    const limits = { lemmas: 20, work: 3_000_000, effort: 3_000_000 };
    expect(relate(fit, never, { exclude, limits })).toMatchObject({ relation: 'equivalent', aNever: true });
  });

  it('an expression of 2,000 classes', () => {
    const source = times(2000, (at) => `[${String.fromCodePoint(0x4e00 + at, 0x2d, 0x5200 + at)}]`).join('');
    const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false });
    if ('fault' in read) throw new Error(read.fault.message);
    expect(within({ kind: 'regex', field: 'f', regex: read.regex }, like('f', 'a'), 20, 20_000)).toMatchObject({
      relation: 'unknown',
      reason: 'an expression of too many classes',
    });
  });

  it('says which limit it reached', () => {
    const pieces = times(9, (at) => like('f', many, `${'abcdefghi'[at]}xy`, many));
    const fit = all([...pieces, like('f', ...times(20, () => one))]);
    const limits = { lemmas: 20, work: 20_000, effort: 20_000 };
    expect(relate(fit, never, { exclude: ['multi-valued'], limits })).toMatchObject({
      relation: 'unknown',
      reason: 'the search for a value was cut short',
    });
  });
});
