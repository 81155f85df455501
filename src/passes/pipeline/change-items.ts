import { always } from '../../ir/predicate.ts';
import type { Effect, MappingLoss } from '../rewrite.ts';
import type { Item, Part } from './items.ts';

/** Puts another part, or nothing, in the place of each item. */
export type ChangeItem = (item: Item) => Part | undefined;

/** Items as they become; a part of which nothing is left goes as well. Undefined where nothing is left at all. */
export function changeItems(part: Part, change: ChangeItem): Part | undefined {
  switch (part.kind) {
    case 'item':
      return change(part);
    case 'not': {
      const of = changeItems(part.of, change);
      return of && { ...part, of };
    }
    default: {
      const of = part.of.flatMap((each) => changeItems(each, change) ?? []);
      return of.length === 0 && part.of.length > 0 ? undefined : { ...part, of };
    }
  }
}

/**
 * What leaving an item out does to the whole: an event has one thing less to pass, or one less that lets it pass. That
 * depends on how the nearest part that stays is joined, and is turned round by each `not`.
 */
export function dropItems(
  part: Part,
  isMeant: (item: Item) => boolean,
  tell: (item: Item, effect: Effect) => MappingLoss,
): { readonly part: Part; readonly losses: readonly MappingLoss[]; readonly isEmpty: boolean } {
  const losses: MappingLoss[] = [];
  const walk = (node: Part, negated: boolean, effect: Effect): Part | undefined => {
    if (node.kind === 'item') {
      if (!isMeant(node)) return node;
      losses.push(tell(node, effect));
      return undefined;
    }
    if (node.kind === 'not') {
      const of = walk(node.of, !negated, effect);
      return of && { ...node, of };
    }
    const stays = node.of.some((each) => survives(each, isMeant));
    const own: Effect = (node.kind === 'all') === negated ? 'narrower' : 'wider';
    const of = node.of.flatMap((each) => walk(each, negated, stays ? own : effect) ?? []);
    return of.length === 0 && node.of.length > 0 ? undefined : { ...node, of };
  };
  const kept = walk(part, false, 'wider');
  return { part: kept ?? { kind: 'item', where: always, applied: new Set() }, losses, isEmpty: kept === undefined };
}

function survives(part: Part, isMeant: (item: Item) => boolean): boolean {
  if (part.kind === 'item') return !isMeant(part);
  return part.kind === 'not' ? survives(part.of, isMeant) : part.of.some((each) => survives(each, isMeant));
}
