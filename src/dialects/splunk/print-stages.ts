/** Writes the stages after the filter as commands after the pipe. */
import type { Aggregate, Expression, ScalarFunction, Stage } from '../../ir/query.ts';
import type { Field } from '../../ir/predicate.ts';
import { printWhere } from './print-where.ts';
import type { Setting } from './print-where.ts';
import { evalName, listName, quoted } from './text.ts';

/** One command a stage, a windowed summary two; `gather` and `sequence` are refused before. */
export function printStages(stages: readonly Stage[], setting: Setting): string[] {
  const figures = new Set(setting.figures);
  return stages.flatMap((stage): string[] => {
    switch (stage.kind) {
      case 'derive':
        return [`eval ${evalName(stage.field)}=${expression(stage.from, setting)}`];
      case 'having':
        return [`where ${printWhere(stage.where, { ...setting, figures })}`];
      case 'keep':
        return [`table ${stage.fields.map(listName).join(', ')}`];
      case 'summarize': {
        for (const { function: name, as } of stage.with)
          if (!['values', 'first', 'last'].includes(name)) figures.add(as);
        const what = stage.with.map((figure) => aggregate(figure, setting)).join(', ');
        const by = stage.by.length === 0 ? '' : ` by ${stage.by.map(listName).join(', ')}`;
        if (stage.within === null) return [`stats ${what}${by}`];
        setting.noted.add('window');
        return ['sort 0 _time', `streamstats time_window=${stage.within}s ${what}${by}`];
      }
      case 'gather':
      case 'sequence':
        throw new Error(`splunk was asked to print '${stage.kind}', which its capabilities refuse`);
    }
  });
}

/** SPL's names; `first` and `last` of SPL follow the order of rows, `earliest` and `latest` that of time. */
export const aggregates: Readonly<Record<Exclude<Aggregate['function'], 'percentile'>, string>> = {
  count: 'count',
  distinct: 'dc',
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  values: 'values',
  first: 'earliest',
  last: 'latest',
};

function aggregate({ as, function: name, field, percent }: Aggregate, { noted }: Setting): string {
  if (name === 'percentile') noted.add('percentile');
  const spl = name === 'percentile' ? `exactperc${percent ?? 50}` : aggregates[name];
  const call = field === null ? spl : `${spl}(${listName(field)})`;
  return call === as ? call : `${call} as ${listName(as)}`;
}

/** SPL's name of each function that is written as a call. */
export const functions: Partial<Readonly<Record<ScalarFunction, string>>> = {
  lower: 'lower',
  upper: 'upper',
  coalesce: 'coalesce',
  length: 'len',
  trim: 'trim',
};

/** Operators, loosest last; `.` joins texts. */
export const operators: Partial<Readonly<Record<ScalarFunction, string>>> = {
  concat: '.',
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
};

function expression(node: Expression, setting: Setting): string {
  switch (node.kind) {
    case 'field':
      return fieldName(node.field);
    case 'literal':
      return node.value === null
        ? 'null()'
        : typeof node.value === 'string'
          ? quoted(node.value)
          : typeof node.value === 'boolean'
            ? `${node.value}()`
            : String(node.value);
    case 'call': {
      const parts = node.with.map((part) => expression(part, setting));
      const operator = operators[node.function];
      return operator === undefined ? `${functions[node.function]}(${parts.join(', ')})` : `(${parts.join(operator)})`;
    }
    case 'when': {
      const cases = node.cases.map(([when, then]) => `${printWhere(when, setting)}, ${expression(then, setting)}`);
      const last = expression(node.otherwise, setting);
      return node.cases.length === 1 ? `if(${cases[0]}, ${last})` : `case(${[...cases, `true(), ${last}`].join(', ')})`;
    }
  }
}

function fieldName(field: Field): string {
  return typeof field === 'string' ? evalName(field) : '_raw';
}
