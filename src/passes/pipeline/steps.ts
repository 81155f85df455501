import { atomsOf } from '../../ir/predicate.ts';
import { describe } from '../../ir/describe.ts';
import type { Change, PipelineStep, Renaming, ValueChange } from '../../schema/pipeline.ts';
import type { MappingLoss } from '../rewrite.ts';
import { addedItems } from './added-items.ts';
import { dropItems } from './change-items.ts';
import { changeValues } from './change-values.ts';
import { holds, ofRule, referencesIn } from './conditions.ts';
import { fieldOf, itemsOf, negatedItems, predicateOf, valuesOf } from './items.ts';
import type { Item, Part } from './items.ts';
import { blocked, emptied, isMeant, isMeantName, originOf, withItems } from './meant.ts';
import { fillPlaceholders, holdsPlaceholder } from './placeholders.ts';
import { newNames, renameItem, renameReferences } from './rename.ts';
import { splitHashes } from './split-hashes.ts';
import type { State } from './state.ts';

/** Carries a step out if the rule passes its conditions. */
export function takeStep(step: PipelineStep, state: State): State {
  if (!holds(step.rules, (one) => ofRule(one, state))) return state;
  const marked = step.id === null ? state : { ...state, applied: new Set([...state.applied, step.id]) };
  return carriedOut(step, marked);
}

function carriedOut(step: PipelineStep, state: State): State {
  const { change } = step;
  switch (change.kind) {
    case 'rename':
    case 'rename-prefix':
    case 'affix':
    case 'spell':
      return renamed(step, change, state);
    case 'drop':
      return dropped(step, state);
    case 'add':
      return added(step, change, state);
    case 'logsource':
      return { ...state, logsource: change.logsource };
    case 'replace':
    case 'map':
    case 'set':
    case 'convert':
    case 'case':
    case 'regex':
      return withValues(step, change, state);
    case 'hashes':
      return withHashes(step, change, state);
    case 'fill':
      return filled(step, change, state);
    case 'fail':
      if (change.of === 'item' && !itemsOf(state.part).some((item) => isMeant(step, item, state))) return state;
      return blocked(state, `the pipeline refuses it, ${step.label}: ${change.message}`);
    case 'strict':
      return strict(step, state);
    case 'state':
      return { ...state, variables: new Map([...state.variables, [change.key, change.value]]) };
    case 'attribute':
      return { ...state, attributes: new Map([...state.attributes, [change.key, change.value]]) };
    case 'nest':
      return change.steps.reduce(
        (before, inner) => (before.problems.length > 0 ? before : takeStep(inner, before)),
        state,
      );
    case 'nothing':
      return state;
    case 'unknown':
      return left(step, change, state);
  }
}

function renamed(step: PipelineStep, change: Renaming, state: State): State {
  const nameOf = (name: string): readonly string[] =>
    isMeantName(step, name, state) ? (newNames(change, name) ?? [name]) : [name];
  const pairs = new Map<string, readonly string[]>();
  const next = withItems(step, state, (item) => {
    const field = fieldOf(item);
    const names = isMeantName(step, field, state) ? newNames(change, field) : undefined;
    const references = referencesIn(item).filter((name) => isMeantName(step, name, state));
    if (names === undefined && references.length === 0) return null;
    for (const name of references) pairs.set(name, nameOf(name));
    const where = references.length === 0 ? item.where : renameReferences(item.where, nameOf);
    if (names === undefined) return { ...item, where };
    if (field !== null) pairs.set(field, names);
    return renameItem({ ...item, where }, names);
  });
  const listed = state.about.fields.map((name) => [name, nameOf(name)] as const);
  const touched = itemsOf(state.part).flatMap(referencesIn);
  const tracked = [...listed, ...touched.map((name) => [name, nameOf(name)] as const)];
  return {
    ...next,
    namesApplied: tracked.reduce((known, [name, names]) => track(known, name, names, step.id), state.namesApplied),
    renamings: [...state.renamings, { change, isMeant: (name) => isMeantName(step, name, state) }],
    renamed: new Set([...state.renamed, ...pairs.keys(), ...[...pairs.values()].flat()]),
  };
}

type Tracked = State['namesApplied'];

function track(known: Tracked, name: string, names: readonly string[], id: string | null): Tracked {
  if (names.length === 1 && names[0] === name) return known;
  const ids = new Set([...(known.get(name) ?? []), ...(id === null ? [] : [id])]);
  return new Map([...known, ...names.map((each) => [each, ids] as const)]);
}

function dropped(step: PipelineStep, state: State): State {
  const { part, losses, isEmpty } = dropItems(
    state.part,
    (item) => isMeant(step, item, state),
    (item, effect): MappingLoss => ({
      field: fieldOf(item) ?? 'keywords',
      effect,
      why: `the pipeline leaves the test out (${step.label})`,
      origin: originOf(item),
    }),
  );
  if (isEmpty) return emptied(step, state);
  return { ...state, part, losses: [...state.losses, ...losses] };
}

function added(step: PipelineStep, change: Extract<Change, { kind: 'add' }>, state: State): State {
  const { items, problems } = addedItems(change, state.logsource);
  const inner: Part = items.length === 1 ? items[0]! : { kind: 'all', of: items };
  const wanted: Part = change.negated ? { kind: 'not', of: inner } : inner;
  const asked = items.map(({ where }) => inWords(predicateOf({ kind: 'item', where, applied: new Set() }))).join(', ');
  const only = change.negated ? 'leaves out events for which' : 'only takes events for which';
  return {
    ...state,
    part: { kind: 'all', of: [wanted, state.part] },
    assumptions: [...state.assumptions, `The pipeline ${only} ${asked} (${step.label}).`],
    problems: [...state.problems, ...problems.map((problem) => `${problem} (${step.label})`)],
  };
}

function inWords(where: Item['where']): string {
  const tests = [...new Set([...atomsOf(where)].map(describe))];
  return tests.length > 3
    ? `${tests.slice(0, 3).join(' or ')} or ..`
    : tests.join(where.kind === 'all' ? ' and ' : ' or ');
}

function withValues(step: PipelineStep, change: ValueChange, state: State): State {
  const problems: string[] = [];
  const fields = new Set<string>();
  const next = withItems(step, state, (item) => {
    const { where, problem } = changeValues(item.where, change);
    if (problem !== undefined) problems.push(`${problem} (${step.label})`);
    if (where === undefined) return null;
    fields.add(fieldOf(item) ?? 'keywords');
    return { ...item, where };
  });
  const note = `The pipeline puts other values in place of the rule's in ${[...fields].join(', ')} (${step.label}).`;
  return {
    ...next,
    problems: [...next.problems, ...new Set(problems)],
    assumptions: fields.size === 0 || change.kind === 'convert' ? next.assumptions : [...next.assumptions, note],
  };
}

function withHashes(step: PipelineStep, change: Extract<Change, { kind: 'hashes' }>, state: State): State {
  const problems: string[] = [];
  const losses: MappingLoss[] = [];
  const negated = negatedItems(state.part);
  const next = withItems(step, state, (item) => {
    const split = splitHashes(item, change);
    if (split === undefined) return null;
    if ('problem' in split) {
      problems.push(`${split.problem} (${step.label})`);
      return null;
    }
    if (split.left > 0)
      losses.push({
        field: fieldOf(item)!,
        effect: negated.has(item) ? 'wider' : 'narrower',
        why: `the pipeline leaves out hashes of other algorithms (${step.label})`,
        origin: originOf(item),
      });
    return split.part;
  });
  return { ...next, problems: [...next.problems, ...problems], losses: [...next.losses, ...losses] };
}

function filled(step: PipelineStep, change: Extract<Change, { kind: 'fill' }>, state: State): State {
  if (state.placeholders.length === 0) return state;
  const problems: string[] = [];
  const names = new Set<string>();
  const losses: MappingLoss[] = [];
  const negated = negatedItems(state.part);
  const next = withItems(step, state, (item) => {
    const result = fillPlaceholders(item.where, change, state.placeholders, state.pipeline.vars);
    problems.push(...result.problems.map((problem) => `${problem} (${step.label})`));
    if (result.filled.length === 0) return null;
    for (const name of result.filled) names.add(name);
    if (change.by === 'anything')
      losses.push({
        field: fieldOf(item) ?? 'keywords',
        effect: negated.has(item) ? 'narrower' : 'wider',
        why: `the pipeline takes any text for the placeholder %${result.filled.join('%, %')}% (${step.label})`,
        origin: originOf(item),
      });
    return { ...item, where: result.where };
  });
  const open = state.placeholders.filter((name) =>
    itemsOf(next.part).some((item) => valuesOf(item).some((value) => holdsPlaceholder(value, name))),
  );
  return {
    ...next,
    placeholders: open,
    problems: [...next.problems, ...new Set(problems)],
    losses: [...next.losses, ...losses],
  };
}

function strict(step: PipelineStep, state: State): State {
  const fields = new Set(itemsOf(state.part).flatMap((item) => fieldOf(item) ?? []));
  const unknown = [...fields].filter((field) => !state.renamed.has(field));
  return unknown.length === 0
    ? state
    : blocked(state, `the pipeline has no name for ${unknown.join(', ')} (${step.label})`);
}

/** A step that nobody here can carry out is not forgotten: what it does to this rule is not known. */
function left(step: PipelineStep, change: Extract<Change, { kind: 'unknown' }>, state: State): State {
  if (change.touches === 'placeholders' && state.placeholders.length === 0) return state;
  const meant = itemsOf(state.part).find((item) => isMeant(step, item, state));
  if (change.touches === 'placeholders' && meant === undefined) return state;
  const loss: MappingLoss = { field: step.label, effect: 'differs', why: change.why, origin: undefined };
  return { ...state, losses: [...state.losses, loss] };
}
