import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw, Value } from '../../ir/event.ts';
import { atomsOf } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';

/** What a field of an event may be; undefined: not there. */
export type State = Value | undefined;

/** Every text of at most `length` characters out of `alphabet`. */
export function textsOf(alphabet: readonly string[], length: number): string[] {
  const texts = [''];
  for (let from = 0, round = 0; round < length; round += 1) {
    const to = texts.length;
    for (; from < to; from += 1) for (const letter of alphabet) texts.push(texts[from]! + letter);
  }
  return texts;
}

/** Missing, null, every text, and every array of two short texts. */
export function statesOf(alphabet: readonly string[], length: number, inArrays: number): State[] {
  const short = textsOf(alphabet, inArrays);
  const pairs = short.flatMap((a, index) => short.slice(index + 1).map((b) => [a, b]));
  return [undefined, null, ...textsOf(alphabet, length), ...pairs];
}

/** Which of the four combinations of two predicates some event of the enumeration shows. */
export interface Shown {
  onlyA: boolean;
  onlyB: boolean;
  both: boolean;
  neither: boolean;
}

/**
 * Tries two predicates on every event whose `fields` are in one of `states`.
 *
 * Each test is asked of each state once, by the reference evaluator; states that no test tells apart are then one.
 * Tests between fields are not for this oracle.
 */
export function enumerate(a: Predicate, b: Predicate, fields: readonly string[], states: readonly State[]): Shown {
  const atoms = [...new Set([...atomsOf(a), ...atomsOf(b)])];
  const index = new Map(atoms.map((atom, at) => [atom, at]));
  const rows = fields.map((field) => distinctRows(atoms, field, states));
  const shown: Shown = { onlyA: false, onlyB: false, both: false, neither: false };
  const visit = (at: number, truth: readonly boolean[]): void => {
    if (at < rows.length) {
      for (const row of rows[at]!)
        visit(
          at + 1,
          row.map((each, i) => each || truth[i]!),
        );
      return;
    }
    const holds = (node: Predicate): boolean => {
      switch (node.kind) {
        case 'all':
          return node.of.every(holds);
        case 'any':
          return node.of.some(holds);
        case 'not':
          return !holds(node.of);
        default:
          return truth[index.get(node)!]!;
      }
    };
    const [left, right] = [holds(a), holds(b)];
    shown[left ? (right ? 'both' : 'onlyA') : right ? 'onlyB' : 'neither'] = true;
  };
  visit(
    0,
    atoms.map(() => false),
  );
  return shown;
}

/** The same without a shortcut, each event asked by itself: for tests that look at several fields. */
export function enumerateSlowly(
  a: Predicate,
  b: Predicate,
  fields: readonly string[],
  states: readonly State[],
): Shown {
  const shown: Shown = { onlyA: false, onlyB: false, both: false, neither: false };
  const visit = (raw: Raw, [field, ...rest]: readonly string[]): void => {
    if (field === undefined) {
      const event = eventOf(raw);
      const [left, right] = [evaluate(a, event), evaluate(b, event)];
      shown[left ? (right ? 'both' : 'onlyA') : right ? 'onlyB' : 'neither'] = true;
    } else for (const state of states) visit(state === undefined ? raw : { ...raw, [field]: state }, rest);
  };
  visit({}, fields);
  return shown;
}

function distinctRows(atoms: readonly Atom[], field: string, states: readonly State[]): boolean[][] {
  const rows = new Map<string, boolean[]>();
  const asked = atoms.map((atom) => atom.kind === 'keyword' || atom.field === field);
  for (const state of states) {
    const event = eventOf(state === undefined ? {} : { [field]: state });
    const row = atoms.map((atom, index) => asked[index]! && evaluate(atom, event));
    rows.set(row.map(Number).join(''), row);
  }
  return [...rows.values()];
}
