/** Makes expressions that no text holds yet. */
import type { Span } from '../../text/source.ts';
import type { Expr } from '../splunk/expression.ts';

const span: Span = { start: 0, end: 0 };

export function textOf(value: string): Expr {
  return { kind: 'text', value, span };
}

export function numberOf(value: number): Expr {
  return { kind: 'number', value, span };
}

export function regexOf(source: string): Expr {
  return { kind: 'regex', source, span };
}

export function nameOf(name: string): Expr {
  return { kind: 'name', name, span };
}

/** `process.file.name` as the steps into an object; a name that can't be steps is one name. */
export function fieldOf(field: string): Expr {
  const [first = '', ...names] = field.split('.');
  if (names.length === 0 || first === '' || names.includes('')) return nameOf(field);
  return { kind: 'path', of: nameOf(first), names, span };
}

export function callOf(name: string, ...of: readonly Expr[]): Expr {
  return { kind: 'call', name, of, span };
}

export function operationOf(operator: string, ...of: readonly Expr[]): Expr {
  return { kind: 'operation', operator, of, span };
}

/**
 * Joins by `AND` or `OR`; one part is itself, none is the constant that it comes to. An `OR` within an `OR` is dissolved;
 * an `AND` is not, since idioms are read as the `AND` that they are.
 */
export function joinOf(operator: 'AND' | 'OR', of: readonly Expr[]): Expr {
  if (of.length === 0) return callOf(operator === 'AND' ? 'true' : 'false');
  const parts = of.flatMap((part) =>
    operator === 'OR' && part.kind === 'operation' && part.operator === 'OR' ? part.of : [part],
  );
  return parts.length === 1 ? parts[0]! : operationOf(operator, ...parts);
}
