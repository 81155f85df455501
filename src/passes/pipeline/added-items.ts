import { all } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { LogSource } from '../../ir/query.ts';
import type { Change } from '../../schema/pipeline.ts';
import { textOf } from './change-values.ts';
import { mapValues } from './items.ts';
import type { Item } from './items.ts';

type Add = Extract<Change, { kind: 'add' }>;

/**
 * The items that a step adds. A template asks for parts of the log source; pySigma writes `None` for one that the rule
 * does not have, which nobody means, so that is a problem here.
 */
export function addedItems(
  { items, template }: Add,
  logsource: LogSource,
): { readonly items: readonly Item[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const filled = template ? items.map((item) => substituted(item, logsource, problems)) : items;
  return { items: filled.map((where) => ({ kind: 'item', where, applied: new Set() })), problems };
}

function substituted(item: Predicate, logsource: LogSource, problems: string[]): Predicate {
  const fill = (text: string): string =>
    text.replaceAll(/\$(\$)|\$(category|product|service)(?!\w)|\$\{(category|product|service)\}/g, (...groups) => {
      const [, dollar, bare, braced] = groups as (string | undefined)[];
      if (dollar !== undefined) return '$';
      const part = (bare ?? braced) as 'category' | 'product' | 'service';
      if (logsource[part] === undefined) problems.push(`the log source of the rule has no ${part}`);
      return logsource[part] ?? '';
    });
  const result = mapValues(item, (value) => {
    const text = textOf(value);
    return text === undefined
      ? [value]
      : [text.with(text.pattern.map((piece) => (typeof piece === 'string' ? fill(piece) : piece)))];
  });
  return result ?? all([]);
}
