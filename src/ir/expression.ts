import { evaluate } from './evaluate.ts';
import { scalarsOf, textOf } from './event.ts';
import type { Event, Scalar, Value } from './event.ts';
import type { Expression, ScalarFunction } from './query.ts';
import { render } from './render.ts';

/** Computes an expression over a row; undefined where a part that it needs is missing, and then the field is not made. */
export function compute(expression: Expression, row: Event): Value | undefined {
  switch (expression.kind) {
    case 'field':
      return typeof expression.field === 'string' ? row.get(expression.field) : render(row, expression.field.rendered);
    case 'literal':
      return expression.value;
    case 'when': {
      const chosen = expression.cases.find(([condition]) => evaluate(condition, row));
      return compute(chosen ? chosen[1] : expression.otherwise, row);
    }
    case 'call': {
      const parts = expression.with.map((part) => scalarsOf(compute(part, row))[0]);
      if (expression.function === 'coalesce') return parts.find((part) => part !== undefined);
      return parts.includes(undefined) ? undefined : call(expression.function, parts as Scalar[]);
    }
  }
}

function call(name: Exclude<ScalarFunction, 'coalesce'>, parts: readonly Scalar[]): Scalar | undefined {
  const [first = '', second = ''] = parts;
  switch (name) {
    case 'lower':
      return textOf(first).toLowerCase();
    case 'upper':
      return textOf(first).toUpperCase();
    case 'concat':
      return parts.map(textOf).join('');
    case 'length':
      return [...textOf(first)].length;
    case 'trim':
      return textOf(first).trim();
    case 'add':
      return finite(Number(first) + Number(second));
    case 'subtract':
      return finite(Number(first) - Number(second));
    case 'multiply':
      return finite(Number(first) * Number(second));
    case 'divide':
      return finite(Number(first) / Number(second));
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
