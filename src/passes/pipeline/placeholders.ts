import { many, normal } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Change } from '../../schema/pipeline.ts';
import { textOf } from './change-values.ts';
import { mapValues } from './items.ts';
import { patternOf } from './plain-text.ts';

type Fill = Extract<Change, { kind: 'fill' }>;

/** An item whose placeholders have values, which of them were filled, and what keeps the others from it. */
export interface Filled {
  readonly where: Predicate;
  readonly filled: readonly string[];
  readonly problems: readonly string[];
}

/** Values that the placeholders of one value may multiply to. */
const MOST_VALUES = 20_000;

/** Fills the placeholders of an item, `%name%` for each of `names`, by the variables of the pipeline or by anything. */
export function fillPlaceholders(
  where: Predicate,
  change: Fill,
  names: readonly string[],
  vars: Readonly<Record<string, readonly string[]>>,
): Filled {
  const wanted = names.filter((name) => change.include?.includes(name) ?? !change.exclude.includes(name));
  const filled = new Set<string>();
  const problems: string[] = [];
  const valuesFor = (name: string): readonly Pattern[] => {
    filled.add(name);
    if (change.by === 'anything') return [[many]];
    if (Object.hasOwn(vars, name)) return vars[name]!.map(patternOf);
    problems.push(`the pipeline has no variable '${name}' for the placeholder %${name}%`);
    return [];
  };
  const result = mapValues(where, (value) => {
    if (value.kind === 'regex' || (value.kind === 'keyword' && value.test.kind === 'regex')) {
      const { source } = value.kind === 'regex' ? value.regex : (value.test as { regex: { source: string } }).regex;
      const inside = wanted.find((name) => source.includes(`%${name}%`));
      if (inside !== undefined)
        problems.push(`the placeholder %${inside}% stands in a regular expression, where it is not filled`);
      return [value];
    }
    const text = textOf(value);
    if (text === undefined || !wanted.some((name) => holdsName(text.pattern, name))) return [value];
    const patterns = expand(text.pattern, wanted, valuesFor);
    if (patterns.length > MOST_VALUES) problems.push(`the placeholders multiply to more than ${MOST_VALUES} values`);
    return patterns.slice(0, MOST_VALUES).map(text.with);
  });
  return { where: result ?? where, filled: [...filled], problems };
}

/** Tells whether a test of a value still has the placeholder. */
export function holdsPlaceholder(value: Predicate, name: string): boolean {
  const text = textOf(value);
  return text !== undefined && holdsName(text.pattern, name);
}

function holdsName(pattern: Pattern, name: string): boolean {
  return pattern.some((piece) => typeof piece === 'string' && piece.includes(`%${name}%`));
}

function expand(
  pattern: Pattern,
  names: readonly string[],
  valuesFor: (name: string) => readonly Pattern[],
): readonly Pattern[] {
  let patterns: Piece[][] = [[]];
  for (const piece of pattern) {
    const choices = typeof piece === 'string' ? segments(piece, names) : [piece];
    for (const choice of choices) {
      const values: readonly Pattern[] =
        typeof choice === 'object' && 'name' in choice ? valuesFor(choice.name) : [[choice]];
      if (patterns.length * values.length > MOST_VALUES) return Array.from({ length: MOST_VALUES + 1 }, () => []);
      patterns = patterns.flatMap((before) => values.map((value) => [...before, ...value]));
    }
  }
  return patterns.map(normal);
}

function segments(text: string, names: readonly string[]): (string | { readonly name: string })[] {
  return text
    .split(/(%[^%\s]+%)/)
    .map((part) => {
      const name = part.startsWith('%') && part.endsWith('%') ? part.slice(1, -1) : undefined;
      return name !== undefined && names.includes(name) ? { name } : part;
    })
    .filter((part) => part !== '');
}
