import { describe, expect, it } from 'vitest';
import { readSigma } from '../../formats/sigma/read.ts';
import { itemsOf, fieldOf, partsOf, predicateOf, valuesOf } from './items.ts';

function whereOf(detection: string) {
  const text = `title: t\nlogsource: { category: c }\ndetection:\n${detection.replaceAll(/^/gm, '  ')}`;
  const { detections, diagnostics } = readSigma([{ name: 'rule.yml', text }]);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return detections[0]!.queries[0]!.where;
}

const shape = (detection: string) =>
  itemsOf(partsOf(whereOf(detection))).map((item) => [fieldOf(item), valuesOf(item).length]);

describe('partsOf', () => {
  it.each<[string, (readonly [string | null, number])[]]>([
    ['a: { F: [x, y] }\ncondition: a', [['F', 2]]],
    ['a: { F|contains|all: [x, y] }\ncondition: not a', [['F', 2]]],
    [
      'a: { F|startswith: x, F|endswith: y }\ncondition: a',
      [
        ['F', 1],
        ['F', 1],
      ],
    ],
    [
      'a: [{ F: x }, { F: [y, z] }]\ncondition: a',
      [
        ['F', 1],
        ['F', 2],
      ],
    ],
    ['a: { F|neq: [x, y] }\ncondition: a', [['F', 2]]],
    ['a: { F|neq: x }\ncondition: a', [['F', 1]]],
    ['a: { F: null }\ncondition: a', [['F', 1]]],
    ['a: { F: [null, x] }\ncondition: a', [['F', 2]]],
    ['a: { F|exists: false }\ncondition: a', [['F', 1]]],
    ['a: [x, y, z]\ncondition: a', [[null, 3]]],
    [
      'a: { F|windash: " -x", G: 1 }\ncondition: a',
      [
        ['F', 5],
        ['G', 1],
      ],
    ],
    [
      'a: { F: x }\nb: { F: y }\ncondition: a and b',
      [
        ['F', 1],
        ['F', 1],
      ],
    ],
  ])('finds the items of %j', (detection, items) => {
    expect(shape(detection)).toEqual(items);
    const where = whereOf(detection);
    expect(predicateOf(partsOf(where))).toEqual(where);
  });

  it('takes every test for an item where no places are known', () => {
    const test = (field: string) => ({ kind: 'like', field, pattern: ['x'], cased: false }) as const;
    const part = partsOf({ kind: 'any', of: [test('F'), { kind: 'not', of: test('F') }] });
    expect(itemsOf(part)).toHaveLength(2);
  });
});
