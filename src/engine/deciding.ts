import type { Detection } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { scalarsOf, textOf } from '../ir/event.ts';
import type { Event } from '../ir/event.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';

/** A value of the event that a test of the rule holds of, and the selection that asks for it. */
export interface Deciding {
  /** `logsource` for tests that the rule's log source stands for. */
  readonly selection: string;
  /** The event's own name of the field; empty for a keyword, which looks at all. */
  readonly field: string;
  readonly value: string;
}

/**
 * Lists the values that make `where` true of `event`: those of every test that holds, but for tests under a `not`,
 * which hold by what is absent.
 */
export function deciding(where: Predicate, event: Event, detection: Detection): Deciding[] {
  const found = new Map<string, Deciding>();
  for (const atom of holding(where, event)) {
    const selection = atom.origin === undefined ? 'logsource' : (detection.origins[atom.origin]?.part ?? 'logsource');
    for (const [field, value] of valuesBehind(atom, event))
      found.set(`${selection}\u0000${field}\u0000${value}`, { selection, field, value });
  }
  return [...found.values()];
}

function* holding(node: Predicate, event: Event): Generator<Atom> {
  if (node.kind === 'not' || !evaluate(node, event)) return;
  if (node.kind === 'all' || node.kind === 'any') for (const part of node.of) yield* holding(part, event);
  else yield node;
}

function valuesBehind(atom: Atom, event: Event): (readonly [string, string])[] {
  if (atom.kind === 'keyword') {
    const one = (field: string, value: string) =>
      evaluate(atom, { get: () => undefined, values: () => [[field, value]] });
    return [...event.values()]
      .map(([field, value]) => [field, textOf(value)] as const)
      .filter(([field, value]) => one(field, value));
  }
  if (typeof atom.field !== 'string') return [];
  const field = atom.field;
  const values = scalarsOf(event.get(field));
  const alone = (value: (typeof values)[number]) =>
    evaluate(atom, { get: (name) => (name === field ? value : event.get(name)), values: () => [] });
  return values.filter((value) => atom.kind === 'exists' || alone(value)).map((value) => [field, textOf(value)]);
}
