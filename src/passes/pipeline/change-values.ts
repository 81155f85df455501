import { anything, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { not } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import type { PlainValue, ValueChange } from '../../schema/pipeline.ts';
import { isNull, mapValues } from './items.ts';
import type { ValueTest } from './items.ts';
import { bareKeyword, numberOf, patternOf, plainText } from './plain-text.ts';
import { replaceText } from './replace-text.ts';

/** An item with other values, or why it can't have them. `where` undefined: no value was changed. */
export interface ChangedValues {
  readonly where?: Predicate;
  readonly problem?: string;
}

/** Makes a step's change to every value of an item that it is meant for. */
export function changeValues(where: Predicate, change: ValueChange): ChangedValues {
  let changed = false;
  let problem: string | undefined;
  const result = mapValues(where, (value) => {
    const next = changeValue(value, change);
    if (typeof next === 'string') problem ??= next;
    if (next === undefined || typeof next === 'string') return [value];
    changed = true;
    return next;
  });
  if (problem !== undefined) return { problem };
  return changed && result !== undefined ? { where: result } : {};
}

/** The values that one becomes, a sentence why it can't, or undefined where the change does not concern it. */
function changeValue(value: ValueTest, change: ValueChange): readonly ValueTest[] | string | undefined {
  if (change.kind === 'set') return setValue(value, change.value);
  if (change.kind === 'convert') return converted(value, change.to);
  if (change.kind === 'replace' && value.kind === 'equal' && typeof value.value === 'number')
    return changeValue({ kind: 'like', field: value.field, pattern: [String(value.value)], cased: false }, change);
  const text = textOf(value);
  if (text === undefined) return undefined;
  switch (change.kind) {
    case 'replace': {
      const replaced = replaceText(text.pattern, change);
      return replaced === null
        ? `the value ${plainText(text.pattern).slice(0, 60)} is too long for the expression /${change.regex.source}/`
        : [text.with(replaced)];
    }
    case 'map': {
      const key = plainText(text.pattern);
      return Object.hasOwn(change.values, key)
        ? change.values[key]!.map((each) => text.with(patternOf(each)))
        : undefined;
    }
    case 'case': {
      const recased = (letters: string) => (change.to === 'lower' ? letters.toLowerCase() : letters.toUpperCase());
      return [text.with(text.pattern.map((piece) => (typeof piece === 'string' ? recased(piece) : piece)))];
    }
    case 'regex':
      // An expression in which case does not count is no other test; one in which it does is that of a cased text.
      return change.cased ? [cased(value)] : undefined;
  }
}

/** A text that is tested, and the same test of another. Keywords are texts without the wildcards around them. */
interface Text {
  readonly pattern: Pattern;
  readonly with: (pattern: Pattern) => ValueTest;
}

/** The text that a value is, or undefined where it is none. */
export function textOf(value: ValueTest): Text | undefined {
  if (value.kind === 'like')
    return { pattern: normal(value.pattern), with: (pattern) => ({ ...value, pattern: normal(pattern) }) };
  if (value.kind !== 'keyword' || value.test.kind !== 'like') return undefined;
  const { test } = value;
  const pattern = normal(test.pattern);
  const bare = bareKeyword(pattern);
  const wrapped = bare.length < pattern.length;
  return {
    pattern: bare,
    with: (next) => ({
      ...value,
      test: { ...test, pattern: normal(wrapped ? [many, ...next, many] : next) },
    }),
  };
}

function cased(value: ValueTest): ValueTest {
  if (value.kind === 'like') return { ...value, cased: true };
  return value.kind === 'keyword' && value.test.kind === 'like'
    ? { ...value, test: { ...value.test, cased: true } }
    : value;
}

function setValue(value: ValueTest, wanted: PlainValue): readonly ValueTest[] | string | undefined {
  const field = isNull(value) ? fieldIn(value) : 'field' in value ? value.field : undefined;
  if (field === undefined) return 'keywords stand for no one value that could be set';
  return [testOf(field, wanted)];
}

function fieldIn(value: ValueTest): Atom extends { field: infer F } ? F : string | undefined {
  return value.kind === 'not' && 'field' in value.of && typeof value.of.field === 'string' ? value.of.field : undefined;
}

type Field = Extract<Atom, { kind: 'like' }>['field'];

/** The test for a value as a pipeline writes it. */
export function testOf(field: Field, value: PlainValue): ValueTest {
  if (value === null) return not({ kind: 'like', field, pattern: anything, cased: false });
  if (typeof value === 'string') return { kind: 'like', field, pattern: patternOf(value), cased: false };
  return { kind: 'equal', field, value };
}

function converted(value: ValueTest, to: 'text' | 'number'): readonly ValueTest[] | string | undefined {
  if (to === 'text') {
    if (value.kind !== 'equal' || typeof value.value !== 'number') return undefined;
    return [{ kind: 'like', field: value.field, pattern: [String(value.value)], cased: false }];
  }
  if (value.kind !== 'like') return undefined;
  const number = numberOf(normal(value.pattern));
  return number === undefined
    ? `'${plainText(value.pattern)}' is no number`
    : [{ kind: 'equal', field: value.field, value: number }];
}
