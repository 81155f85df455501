import { keyOf } from './selections.ts';
import type { ConditionTree, SelectionBody } from './selections.ts';

/** Selections by name, in the order in which they are written, and the condition over them. */
export interface NamedSelections {
  readonly selections: readonly { readonly name: string; readonly body: SelectionBody }[];
  readonly condition: string;
}

/** A condition tree whose selections have names. */
type Named =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Named }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Named[] };

const SELECTION = 'selection';
const FILTER = 'filter_main';

/**
 * Names the selections as SigmaHQ does and writes the condition: `selection` alone, else `selection_` and the first
 * field's name; `filter_main_` for what is left out; `keywords`. Where a condition joins all selections of a prefix,
 * it says `all of selection_*` or `not 1 of filter_main_*`, so that a reader may add one without touching it.
 */
export function nameSelections(tree: ConditionTree): NamedSelections {
  const bodies: { name: string; body: SelectionBody }[] = [];
  const counts = countKinds(tree);
  const taken = new Set<string>();
  const nameOf = (body: SelectionBody, negative: boolean): string => {
    const kind = kindOf(body, negative);
    const wanted = kind === FILTER || counts[kind]! > 1 ? `${kind}_${hintOf(body)}` : kind;
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
    taken.add(name);
    bodies.push({ name, body });
    return name;
  };
  const named = (node: ConditionTree): Named => {
    switch (node.kind) {
      case 'selection':
        return { kind: 'name', name: nameOf(node.body, node.negative) };
      case 'not':
        return { kind: 'not', of: named(node.of) };
      default:
        return { kind: node.kind, of: node.of.map(named) };
    }
  };
  const top = named(tree);
  return { selections: bodies, condition: print(shortened(top, [...taken])) };
}

function kindOf(body: SelectionBody, negative: boolean): string {
  if (negative) return FILTER;
  return body.kind === 'keywords' ? 'keywords' : SELECTION;
}

function countKinds(tree: ConditionTree): Record<string, number> {
  const counts: Record<string, number> = {};
  const walk = (node: ConditionTree): void => {
    if (node.kind === 'selection') {
      const kind = kindOf(node.body, node.negative);
      counts[kind] = (counts[kind] ?? 0) + 1;
    } else if (node.kind === 'not') walk(node.of);
    else for (const part of node.of) walk(part);
  };
  walk(tree);
  return counts;
}

/** The first field of a selection in the letters that a name may have. */
function hintOf(body: SelectionBody): string {
  const first = body.kind === 'maps' ? body.maps[0]?.[0] : undefined;
  const field = first ? keyOf(first).split('|')[0]! : '';
  const letters = field
    .slice(field.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
  return letters.replaceAll(/^_+|_+$/g, '') || (body.kind === 'keywords' || field === '' ? 'keywords' : 'field');
}

/** Replaces the parts of the topmost `and` or `or` that cover all names of a prefix by a pattern. */
function shortened(top: Named, names: readonly string[]): Named {
  if (top.kind === 'not') {
    const [only] = patterned([top], 'and', names);
    return only ?? top;
  }
  if (top.kind === 'name') return top;
  const of = patterned(top.of, top.kind, names);
  return of.length === 1 ? of[0]! : { kind: top.kind, of };
}

function patterned(parts: readonly Named[], kind: 'and' | 'or', names: readonly string[]): Named[] {
  const positive = parts.filter((part) => part.kind === 'name' && part.name.startsWith(`${SELECTION}_`));
  const negative = parts.filter(
    (part) => part.kind === 'not' && part.of.kind === 'name' && part.of.name.startsWith(`${FILTER}_`),
  );
  const covers = (found: readonly Named[], prefix: string) =>
    found.length === names.filter((name) => name.startsWith(`${prefix}_`)).length;
  let of = [...parts];
  const replace = (found: readonly Named[], pattern: Named) => {
    const at = of.indexOf(found[0]!);
    of = of.flatMap((part, index) => (index === at ? [pattern] : found.includes(part) ? [] : [part]));
  };
  if (positive.length > 1 && covers(positive, SELECTION))
    replace(positive, { kind: 'name', name: `${kind === 'and' ? 'all' : '1'} of ${SELECTION}_*` });
  // Under `or`, several exclusions are not one: each would have to fail by itself.
  if (negative.length > 0 && covers(negative, FILTER) && (kind === 'and' || negative.length === 1))
    replace(negative, { kind: 'not', of: { kind: 'name', name: `1 of ${FILTER}_*` } });
  return of;
}

/** Prints a condition; `and` and `or` within one another get parentheses, though `and` would bind tighter. */
function print(node: Named): string {
  switch (node.kind) {
    case 'name':
      return node.name;
    case 'not':
      return `not ${within(node.of)}`;
    default:
      return node.of.map(within).join(` ${node.kind} `);
  }
}

function within(node: Named): string {
  return node.kind === 'and' || node.kind === 'or' ? `(${print(node)})` : print(node);
}
