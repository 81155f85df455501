import { atomsOf } from '../../ir/predicate.ts';
import type { Atom } from '../../ir/predicate.ts';
import type { PipelineStep } from '../../schema/pipeline.ts';
import { changeItems } from './change-items.ts';
import type { ChangeItem } from './change-items.ts';
import { holds, ofItem, ofItemNames, ofName } from './conditions.ts';
import { itemsOf } from './items.ts';
import type { Item, Part } from './items.ts';
import type { State } from './state.ts';

/** Whether a step is meant for an item, by its conditions on items and on names. */
export function isMeant(step: PipelineStep, item: Item, state: State): boolean {
  return (
    holds(step.items, (one) => ofItem(one, item, state)) && holds(step.names, (one) => ofItemNames(one, item, state))
  );
}

/** Whether a step is meant for a name, wherever it stands; null is what keywords have. */
export function isMeantName(step: PipelineStep, name: string | null, state: State): boolean {
  return holds(step.names, (one) => ofName(one, name, state));
}

/** Tests, and characters of their texts, that a pipeline may make of one rule: a few dozen is what rules have. */
const MOST_TESTS = 50_000;
const MOST_LETTERS = 5_000_000;

/** Changes the items that a step is meant for; what is new of them bears the step's id. Null: the item stays as it is. */
export function withItems(step: PipelineStep, state: State, change: (item: Item) => Part | undefined | null): State {
  let tests = 0;
  let letters = 0;
  const isFull = () => tests > MOST_TESTS || letters > MOST_LETTERS;
  const each: ChangeItem = (item) => {
    if (isFull() || !isMeant(step, item, state)) return item;
    const next = change(item);
    if (next === null) return item;
    for (const inner of next ? itemsOf(next) : [])
      for (const atom of atomsOf(inner.where)) {
        tests += 1;
        letters += lettersOf(atom);
      }
    return next && marked(next, step);
  };
  const part = changeItems(state.part, each);
  if (isFull()) return blocked(state, `the pipeline makes more of the rule than a query can hold (${step.label})`);
  return part ? { ...state, part } : emptied(step, state);
}

function lettersOf(atom: Atom): number {
  const test = atom.kind === 'keyword' ? atom.test : atom;
  if (test.kind !== 'like') return 0;
  return test.pattern.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1), 0);
}

function marked(part: Part, step: PipelineStep): Part {
  if (step.id === null) return part;
  if (part.kind === 'item') return { ...part, applied: new Set([...part.applied, step.id]) };
  if (part.kind === 'not') return { ...part, of: marked(part.of, step) };
  return { ...part, of: part.of.map((each) => marked(each, step)) };
}

/** The rule can't be had, and why. */
export function blocked(state: State, problem: string): State {
  return { ...state, problems: [...state.problems, problem] };
}

/** The rule can't be had since nothing of it is left. */
export function emptied(step: PipelineStep, state: State): State {
  return blocked(state, `the pipeline leaves no test of the rule over (${step.label})`);
}

/** The place in the rule that an item comes from. */
export function originOf({ where }: Item): number | undefined {
  return where.origin ?? [...atomsOf(where)].find(({ origin }) => origin !== undefined)?.origin;
}
