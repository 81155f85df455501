/** Writes the stages after the filter as commands after the pipe. */
import type { Aggregate, Stage } from '../../ir/query.ts';
import type { Loss } from '../dialect.ts';
import { printSearch } from './print-search.ts';
import type { Writing } from './print-search.ts';
import { fieldName, isNameable } from './text.ts';

/** LogPoint's names of the figures that it has; those of the others are refused. */
export const figures: Partial<Readonly<Record<Aggregate['function'], string>>> = {
  count: 'count',
  distinct: 'distinct_count',
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  values: 'distinct_list',
};

/** One command a stage. What LogPoint lacks leaves a refusal in `losses`. */
export function printStages(stages: readonly Stage[], writing: Writing): string[] {
  return stages.map((stage): string => {
    switch (stage.kind) {
      case 'having':
        return `search ${printSearch(stage.where, writing)}`;
      case 'keep':
        return `fields ${stage.fields.map((field) => named(field, 'stage.keep', writing)).join(', ')}`;
      case 'summarize': {
        if (stage.within !== null)
          refuse(
            'LogPoint counts over the time range of the search, not over a window that slides',
            'stage.summarize',
            writing,
          );
        const what = stage.with.map((figure) => aggregate(figure, writing)).join(', ');
        const by = stage.by.map((field) => named(field, 'stage.summarize', writing));
        return `chart ${what}${by.length === 0 ? '' : ` by ${by.join(', ')}`}`;
      }
      case 'derive':
      case 'gather':
      case 'sequence':
        return '';
    }
  });
}

function aggregate({ as, function: kind, field }: Aggregate, writing: Writing): string {
  const own = figures[kind];
  if (own === undefined || (kind === 'count') !== (field === null))
    refuse(`LogPoint has no figure for '${kind}'${field === null ? '' : ` of a field`}`, 'stage.summarize', writing);
  const of = field === null ? '' : named(field, 'stage.summarize', writing);
  const call = `${own}(${of})`;
  return call === as ? call : `${call} as ${named(as, 'stage.summarize', writing)}`;
}

function named(field: string, feature: Loss['feature'], writing: Writing): string {
  if (!isNameable(field)) refuse(`LogPoint can't name the field '${field}'`, feature, writing);
  return fieldName(field);
}

function refuse(why: string, feature: Loss['feature'], { losses }: Writing): void {
  losses.push({ feature, effect: 'refused', why, origin: undefined });
}
