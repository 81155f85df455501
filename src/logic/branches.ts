import type { Raw } from '../ir/event.ts';
import { all, not } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { satisfy } from './relate.ts';
import type { RelateOptions } from './relate.ts';

/** One way in which a predicate holds: an event, and the tests that it was made to pass. */
export interface Branch {
  readonly event: Raw;
  readonly tests: readonly Atom[];
}

/**
 * Makes an event for each way in which the predicate can hold: each alternative of the condition and each item of a
 * list is needed by at least one of them, as far as that is possible, and no more than `limit` are made.
 *
 * Where several lists must hold at once their items are paired, not multiplied: of lists of three and of five items
 * five events come. The same predicate always gives the same events.
 */
export function branches(predicate: Predicate, limit: number, options: RelateOptions = {}): Branch[] {
  const found: Branch[] = [];
  const seen = new Set<string>();
  for (const way of waysOf(predicate, true, limit)) {
    if (found.length >= limit) break;
    const event = eventFor(predicate, way, options);
    if (!event) continue;
    const text = JSON.stringify(event);
    if (!seen.has(text)) found.push({ event, tests: way.needed.flatMap(testsIn) });
    seen.add(text);
  }
  return found;
}

/** What is chosen to hold, and what is to be false so that the choice matters. */
interface Way {
  readonly needed: readonly Predicate[];
  readonly spared: readonly Predicate[];
}

function eventFor(predicate: Predicate, { needed, spared }: Way, options: RelateOptions): Raw | null {
  for (const denied of spared.length > 0 ? [spared, []] : [[]]) {
    const found = satisfy(all([predicate, ...needed, ...denied.map(not)]), options);
    if (found.kind === 'event') return found.event;
  }
  return null;
}

/** The ways in which `node` comes out as `wanted`; an alternative is chosen while those beside it are denied. */
function waysOf(node: Predicate, wanted: boolean, limit: number): Way[] {
  switch (node.kind) {
    case 'not':
      return waysOf(node.of, !wanted, limit);
    case 'all':
      return wanted ? together(node.of, wanted, limit) : alternatives(node.of, wanted, limit);
    case 'any':
      return wanted ? alternatives(node.of, wanted, limit) : together(node.of, wanted, limit);
    default:
      return [{ needed: [wanted ? node : not(node)], spared: [] }];
  }
}

function alternatives(parts: readonly Predicate[], wanted: boolean, limit: number): Way[] {
  const ways: Way[] = [];
  for (const part of parts) {
    if (ways.length >= limit) break;
    const others = parts.filter((other) => other !== part).map((other) => (wanted ? other : not(other)));
    for (const { needed, spared } of waysOf(part, wanted, limit)) ways.push({ needed, spared: [...spared, ...others] });
  }
  return ways;
}

function together(parts: readonly Predicate[], wanted: boolean, limit: number): Way[] {
  const ways = parts.map((part) => waysOf(part, wanted, limit)).filter(({ length }) => length > 0);
  const count = Math.max(1, ...ways.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) => {
    const chosen = ways.map((each) => each[at % each.length]!);
    return { needed: chosen.flatMap(({ needed }) => needed), spared: chosen.flatMap(({ spared }) => spared) };
  });
}

function testsIn(node: Predicate): Atom[] {
  return node.kind === 'all' || node.kind === 'any' || node.kind === 'not' ? [] : [node];
}
