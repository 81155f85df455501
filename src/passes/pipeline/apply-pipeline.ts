import type { Branch, Query, Stage } from '../../ir/query.ts';
import type { Pipeline } from '../../schema/pipeline.ts';
import type { Applied } from '../apply-log-source.ts';
import { recordedFields, renameStages } from '../map-stages.ts';
import { simplify } from '../simplify.ts';
import { partsOf, predicateOf } from './items.ts';
import { newNames } from './rename.ts';
import type { RuleFacts } from './rule-facts.ts';
import type { State } from './state.ts';
import { takeStep } from './steps.ts';

/**
 * Carries a query through a pipeline: its fields, values and log source become what the pipeline makes of them, and
 * nothing else is renamed or added. What the steps change beyond names and values is an assumption or a loss, and what
 * they refuse is a problem, so that a verdict knows of it. Pure, and total.
 *
 *     applyPipeline(query, pipeline, detection).query.where   // in the product's names
 */
export function applyPipeline(query: Query, pipeline: Pipeline, about: RuleFacts): Applied {
  const [first, ...others] = query.then;
  if (first?.kind === 'gather') return applyToBranches(query, first.of, others, pipeline, about);
  const state = carried(query, pipeline, about);
  const stages = renamed(query.then, state);
  return {
    query: {
      logsource: state.logsource,
      where: simplify(predicateOf(state.part)),
      then: stages.then,
    },
    assumptions: [...pipeline.notes, ...sourceNote(query, state), ...state.assumptions, ...open(state)],
    problems: [...new Set([...state.problems, ...stages.problems])],
    losses: state.losses,
  };
}

function carried({ where, logsource }: Query, pipeline: Pipeline, about: RuleFacts): State {
  const state: State = {
    pipeline,
    about,
    part: partsOf(where),
    logsource,
    applied: new Set(),
    namesApplied: new Map(),
    variables: new Map(),
    attributes: new Map(),
    renamings: [],
    renamed: new Set(),
    placeholders: about.placeholders,
    assumptions: [],
    problems: [],
    losses: [],
  };
  return pipeline.steps.reduce((before, step) => (before.problems.length > 0 ? before : takeStep(step, before)), state);
}

/** Where no step asks for a log, the query is one of whatever it is put to. */
function sourceNote({ logsource }: Query, { assumptions }: State): string[] {
  if (assumptions.some((each) => each.startsWith('The pipeline only takes'))) return [];
  const words = [logsource.product, logsource.category, logsource.service].filter((word) => word !== undefined);
  return [`The pipeline adds no test of the log source (${words.join(', ')}): only events of it are searched.`];
}

function open({ placeholders }: State): string[] {
  return placeholders.map((name) => `%${name}% has no values: the query looks for the text itself.`);
}

/** The names that a field of a stage has at the end, and how often it has several. */
function nameAtEnd(field: string, { renamings }: State): readonly string[] {
  return renamings.reduce<readonly string[]>(
    (names, { change, isMeant }) => names.flatMap((name) => (isMeant(name) ? (newNames(change, name) ?? name) : name)),
    [field],
  );
}

function renamed(
  then: readonly Stage[],
  state: State,
): { readonly then: readonly Stage[]; readonly problems: readonly string[] } {
  const problems = recordedFields(then).flatMap((field) => manyNames(field, state));
  return { then: renameStages(then, (field) => nameAtEnd(field, state)[0] ?? field), problems };
}

function manyNames(field: string, state: State): string[] {
  return nameAtEnd(field, state).length === 1
    ? []
    : [`The pipeline does not give ${field} one name, so nothing can be counted or grouped by it.`];
}

function applyToBranches(
  query: Query,
  branches: readonly Branch[],
  then: readonly Stage[],
  pipeline: Pipeline,
  about: RuleFacts,
): Applied {
  const read = recordedFields(then);
  const applied = branches.map((branch) => {
    const inner = applyPipeline(branch.query, pipeline, about);
    const state = carried(branch.query, pipeline, about);
    const wanted = read.map(
      (field) => [field, Object.hasOwn(branch.rename, field) ? branch.rename[field]! : field] as const,
    );
    const names = wanted.map(([field, own]) => [field, nameAtEnd(own, state)[0] ?? own] as const);
    return {
      ...inner,
      branch: {
        ...branch,
        query: inner.query,
        rename: Object.fromEntries(names.filter(([field, own]) => field !== own)),
      },
      problems: [...inner.problems, ...wanted.flatMap(([, own]) => manyNames(own, state))],
    };
  });
  return {
    query: { ...query, then: [{ kind: 'gather', of: applied.map(({ branch }) => branch) }, ...then] },
    assumptions: [...new Set(applied.flatMap(({ assumptions }) => assumptions))],
    problems: [...new Set(applied.flatMap(({ problems }) => problems))],
    losses: applied.flatMap(({ losses }) => losses),
  };
}
