import { all, any, not } from '../../../ir/predicate.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import type { Span } from '../../../text/source.ts';
import type { Condition } from './condition.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import type { Selection } from './selection.ts';

/** The selections that a condition may name, and which of them it has named. */
export interface Scope {
  readonly selections: ReadonlyMap<string, Selection>;
  readonly used: Set<string>;
  readonly report: Report;
}

/** Combinations that `2 of selection_*` may be written out to. */
const MOST_CHOICES = 500;

/** The predicate of a condition. Refuses names that no selection has, and patterns that none fits. */
export function meaningOf(condition: Condition, scope: Scope): Predicate {
  switch (condition.kind) {
    case 'name':
      return named(condition.name, condition.span, scope).where;
    case 'not':
      return not(meaningOf(condition.of, scope));
    case 'and':
      return all(condition.of.map((part) => meaningOf(part, scope)));
    case 'or':
      return any(condition.of.map((part) => meaningOf(part, scope)));
    case 'some':
      return atLeast(condition, partsOf(condition, scope), scope);
  }
}

/** Looks a selection up and notes that it is used. */
export function named(name: string, span: Span, { selections, used, report }: Scope): Selection {
  const selection = selections.get(name);
  if (selection) {
    used.add(name);
    return selection;
  }
  const hint = name.includes('*') ? `write 1 of ${name}, or all of ${name}` : didYouMean(name, selections.keys());
  return report.refuse('sigma/unknown-selection', `there is no selection '${name}'`, span, hint);
}

type Some = Extract<Condition, { kind: 'some' }>;

/**
 * The predicates that `1 of x` chooses from. `them` and patterns leave out names with a leading underscore, unless the
 * pattern has one too.
 *
 * A name without a star that is written as a list stands for the elements of the list, as Sigma 1 defined it ("`all of
 * keywords` means that all items of the list keywords must appear"). Sigma 2 has no such sentence, but there the form
 * would say no more than the bare name, so whoever writes it means the old one.
 */
function partsOf({ pattern, least, span }: Some, scope: Scope): readonly Predicate[] {
  const { selections, used, report } = scope;
  if (pattern !== 'them' && !pattern.includes('*')) {
    const { name, where, parts } = named(pattern, span, scope);
    if (least === 'all' && parts !== null && parts.length > 1)
      report.warn(
        'sigma/all-of-list',
        `'all of ${name}' is read as in Sigma 1: all elements of the list must match`,
        span,
        "write '|all' as the key above the list; Sigma 2 converters take any of its elements",
      );
    return parts ?? [where];
  }
  const fits = pattern === 'them' ? () => true : matcher(pattern);
  const found = [...selections.values()].filter(
    ({ name }) => fits(name) && (pattern.startsWith('_') || !name.startsWith('_')),
  );
  if (found.length === 0) {
    const hint = didYouMean(
      pattern.replaceAll('*', ''),
      [...selections.keys()].map((name) => name.replace(/_[^_]*$/, '')),
    );
    report.refuse('sigma/unknown-selection', `no selection fits '${pattern}'`, span, hint);
  }
  for (const { name } of found) used.add(name);
  return found.map(({ where }) => where);
}

/** Tests names against a pattern in which `*` is any run of characters; linear, whatever the pattern. */
function matcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (name) => {
    let at = first.length;
    if (!name.startsWith(first)) return false;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

function atLeast({ least, pattern, span }: Some, parts: readonly Predicate[], { report }: Scope): Predicate {
  if (least === 'all' || least === parts.length) return all(parts);
  if (least === 1) return any(parts);
  if (least > parts.length)
    report.refuse('sigma/condition', `'${least} of ${pattern}' can never hold: there are only ${parts.length}`, span);
  const choices = choose(parts, least, MOST_CHOICES);
  if (choices) return any(choices.map(all));
  return report.refuse('sigma/condition', `'${least} of ${pattern}' has more than ${MOST_CHOICES} combinations`, span);
}

/** All ways to choose `count` of `of`, in order; undefined if there are more than `most`. */
export function choose<T>(of: readonly T[], count: number, most: number): T[][] | undefined {
  let ways: number[][] = [[]];
  for (let chosen = 0; chosen < count; chosen += 1) {
    const last = of.length - (count - chosen);
    ways = ways.flatMap((way) => {
      const from = (way.at(-1) ?? -1) + 1;
      return Array.from({ length: last - from + 1 }, (_, step) => [...way, from + step]);
    });
    if (ways.length > most) return undefined;
  }
  return ways.map((way) => way.map((index) => of[index]!));
}
