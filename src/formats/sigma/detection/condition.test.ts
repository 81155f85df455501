import { describe, expect, it } from 'vitest';
import { codesOf, hitsOf, read, readOne, ruleWith } from '../testing/read.ts';

/** Hits of a condition over selections a, b, c and _d, each `F<name>: 1`, by events named by the letters they have. */
function holds(condition: string, ...events: string[]): string[] {
  const selections = ['a', 'b', 'c', '_d'].map((name) => `${name}:\n    F${name}: 1`).join('\n');
  const rule = readOne(ruleWith(`${selections}\ncondition: ${condition}`));
  const raws = events.map((letters) =>
    Object.fromEntries([...letters].map((letter) => [letter === 'd' ? 'F_d' : `F${letter}`, 1])),
  );
  return hitsOf(rule, raws).map((index) => events[index]!);
}

const every = ['', 'a', 'b', 'c', 'ab', 'ac', 'bc', 'abc'];

describe('a condition', () => {
  it('binds not before and before or', () => {
    expect(holds('a or b and not c', ...every)).toEqual(['a', 'b', 'ab', 'ac', 'abc']);
    expect(holds('(a or b) and not c', ...every)).toEqual(['a', 'b', 'ab']);
    expect(holds('not a and not (b or c)', ...every)).toEqual(['']);
    expect(holds('not not a', ...every)).toEqual(['a', 'ab', 'ac', 'abc']);
  });

  it('takes its words in any case', () => {
    expect(holds('a AND NOT b OR c', ...every)).toEqual(['a', 'c', 'ac', 'bc', 'abc']);
    expect(holds('1 OF them', '', 'a')).toEqual(['a']);
  });

  it('counts selections, leaving out those with an underscore unless they are asked for', () => {
    expect(holds('1 of them', '', 'd', 'b')).toEqual(['b']);
    expect(holds('any of them', 'd', 'c')).toEqual(['c']);
    expect(holds('all of them', 'ab', 'abc')).toEqual(['abc']);
    expect(holds('2 of them', ...every)).toEqual(['ab', 'ac', 'bc', 'abc']);
    expect(holds('1 of _*', 'a', 'd')).toEqual(['d']);
    expect(holds('1 of *', 'a', 'd')).toEqual(['a']);
    expect(holds('_d', 'a', 'd')).toEqual(['d']);
  });

  it('may be a list of alternatives, which become one query', () => {
    const rule = readOne(ruleWith('a: { A: 1 }\nb: { B: 1 }\ncondition:\n    - a\n    - b'));
    expect(rule.queries).toHaveLength(1);
    expect(hitsOf(rule, [{ A: 1 }, { B: 1 }, {}])).toEqual([0, 1]);
  });

  it('reads `all of` a list as Sigma 1 defined it, and says so', () => {
    const text = ruleWith('words: [x, y]\ncondition: all of words');
    expect(codesOf(text)).toEqual(['sigma/all-of-list']);
    expect(hitsOf(readOne(text), [{ F: 'x' }, { F: 'x', G: 'y' }])).toEqual([1]);
    expect(hitsOf(readOne(ruleWith('words: [x, y]\ncondition: 1 of words')), [{ F: 'y' }])).toEqual([0]);
  });

  it('matches names by stars anywhere', () => {
    const rule = ruleWith(
      'sel_a_x: { A: 1 }\nsel_b_x: { B: 1 }\nsel_b: { C: 1 }\ncondition: 1 of sel_*_x and not sel_b',
    );
    expect(hitsOf(readOne(rule), [{ A: 1 }, { B: 1 }, { C: 1 }, { A: 1, C: 1 }])).toEqual([0, 1]);
  });

  it('warns of selections that it does not use', () => {
    expect(codesOf(ruleWith('a: { A: 1 }\nb: { B: 1 }\ncondition: a'))).toEqual(['sigma/unused-selection']);
  });

  it('is refused with its place', () => {
    const at = (condition: string) => {
      const text = ruleWith(`a: { A: 1 }\ncondition: ${condition}`);
      const [first] = read(text).diagnostics;
      return [first!.code, text.slice(first!.span.start, first!.span.end), first!.hint];
    };
    expect(at('a and aa')).toEqual(['sigma/unknown-selection', 'aa', "did you mean 'a'?"]);
    expect(at('a a')).toEqual(['sigma/condition', 'a', undefined]);
    expect(at('(a')[0]).toBe('sigma/condition');
    expect(at('a and')[0]).toBe('sigma/condition');
    expect(at('a && a')[2]).toBe('write and, or, not');
    expect(at('3 of a*')[0]).toBe('sigma/condition');
    expect(at('1 of b*')[0]).toBe('sigma/unknown-selection');
    expect(at('a*')[2]).toBe('write 1 of a*, or all of a*');
  });

  it('has a depth, whatever is thrown at it', () => {
    for (const condition of ['('.repeat(100_000), 'not '.repeat(100_000), `${'('.repeat(300)}a${')'.repeat(300)}`])
      expect(codesOf(ruleWith(`a: { A: 1 }\ncondition: "${condition}"`))).toEqual(['sigma/too-deep']);
    expect(readOne(ruleWith(`a: { A: 1 }\ncondition: ${'('.repeat(150)}a${')'.repeat(150)}`)).queries).toHaveLength(1);
    const long = Array.from({ length: 20_000 }, () => 'a').join(' or ');
    expect(readOne(ruleWith(`a: { A: 1 }\ncondition: ${long}`)).queries).toHaveLength(1);
  });

  it('does not multiply `N of` without bound', () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${index}: { A: ${index} }`).join('\n');
    expect(codesOf(ruleWith(`${names}\ncondition: 20 of them`))).toEqual(['sigma/condition']);
  });
});

describe('an aggregation of Sigma 1', () => {
  const staged = (condition: string, timeframe = '\ntimeframe: 5m') =>
    readOne(ruleWith(`selection: { A: 1 }\nother: { B: 1 }\nmore: { C: 1 }${timeframe}\ncondition: ${condition}`))
      .queries[0]!;

  it('counts events and distinct values', () => {
    expect(staged('selection or other and more | count() by User > 5').then).toEqual([
      {
        kind: 'summarize',
        by: ['User'],
        with: [{ as: 'event_count', function: 'count', field: null }],
        within: 300,
      },
      { kind: 'having', where: { kind: 'compare', field: 'event_count', part: 'number', order: '>', value: 5 } },
    ]);
    expect(staged('selection | count(Name) >= 2', '').then[0]).toEqual({
      kind: 'summarize',
      by: [],
      with: [{ as: 'value_count', function: 'distinct', field: 'Name' }],
      within: null,
    });
    expect(staged('selection | sum(Bytes) by A, B == 2').then[0]).toMatchObject({
      by: ['A', 'B'],
      with: [{ function: 'sum', field: 'Bytes' }],
    });
  });

  it('looks for events near others', () => {
    const { then } = staged('selection | near other and not more');
    expect(then[1]).toEqual({
      kind: 'sequence',
      of: {
        kind: 'both',
        of: [
          { kind: 'branch', name: 'search' },
          { kind: 'branch', name: 'other' },
          { kind: 'absent', of: { kind: 'branch', name: 'more' } },
        ],
      },
      ordered: false,
      by: [],
      within: 300,
    });
    expect(then[0]?.kind === 'gather' && then[0].of.map(({ name }) => name)).toEqual(['search', 'other', 'more']);
  });

  it('is refused where it is incomplete', () => {
    const codes = (condition: string) => codesOf(ruleWith(`selection: { A: 1 }\ncondition: ${condition}`))[0];
    expect(codes('selection | avg() > 5')).toBe('sigma/aggregation');
    expect(codes('selection | count() by')).toBe('sigma/aggregation');
    expect(codes('selection | count()')).toBe('sigma/aggregation');
    expect(codes('selection | top 5')).toBe('sigma/aggregation');
    expect(codes('selection | near nobody')).toBe('sigma/unknown-selection');
    expect(codesOf(ruleWith('selection: { A: 1 }\ntimeframe: soon\ncondition: selection'))).toEqual(['sigma/timespan']);
    expect(codesOf(ruleWith('selection: { A: 1 }\ntimeframe: 5m\ncondition: selection'))).toEqual([
      'sigma/unused-timeframe',
    ]);
  });
});
