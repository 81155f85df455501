/** Idioms: expressions that SPL has no function for, as this program and people write them. */
import type { SameAs, TimePart } from '../../ir/predicate.ts';
import { clockFormats } from './clock.ts';
import { sameExpr } from './expression.ts';
import type { Expr } from './expression.ts';

/** `a` starts with, ends in or contains `b`. */
export interface Relation {
  readonly a: Expr;
  readonly b: Expr;
  readonly relation: SameAs['relation'];
}

/** Reads an expression as one of the idioms for a relation of two fields. */
export function relationIn(expr: Expr): Relation | undefined {
  return startsWith(expr) ?? endsWith(expr) ?? contains(expr);
}

/** `substr(a, 1, len(b))=b` */
function startsWith(expr: Expr): Relation | undefined {
  const [cut, b] = parts(expr, '=');
  const [a, from, length] = call(cut, 'substr');
  const isFirst = from?.kind === 'number' && from.value === 1;
  return a && b && isFirst && isLength(length, b) ? { a, b, relation: 'startswith' } : undefined;
}

/** `len(a)>=len(b) AND substr(a, len(a)-len(b)+1)=b` */
function endsWith(expr: Expr): Relation | undefined {
  const [longer, cut] = parts(expr, 'AND');
  const [lengthA, lengthB] = parts(longer, '>=');
  const [end, b] = parts(cut, '=');
  const [a, from] = call(end, 'substr');
  const [before, plus] = parts(from, '+');
  const [total, less] = parts(before, '-');
  if (!a || !b || plus?.kind !== 'number' || plus.value !== 1) return undefined;
  const fits = isLength(lengthA, a) && isLength(lengthB, b) && isLength(total, a) && isLength(less, b);
  return fits ? { a, b, relation: 'endswith' } : undefined;
}

/** `isnotnull(a) AND (b="" OR mvcount(split(a, b))>1)` */
function contains(expr: Expr): Relation | undefined {
  const [there, ways] = parts(expr, 'AND');
  const [empty, found] = parts(ways, 'OR');
  const [count, more] = parts(found, '>');
  const [pieces] = call(count, 'mvcount');
  const [a, b] = call(pieces, 'split');
  const [same, nothing] = parts(empty, '=');
  const [present] = call(there, 'isnotnull');
  if (!a || !b || !same || !present || more?.kind !== 'number' || more.value !== 1) return undefined;
  const fits = sameExpr(same, b) && nothing?.kind === 'text' && nothing.value === '' && sameExpr(present, a);
  return fits ? { a, b, relation: 'contains' } : undefined;
}

function isLength(expr: Expr | undefined, of: Expr): boolean {
  const [inner] = call(expr, 'len');
  return inner !== undefined && sameExpr(inner, of);
}

/** The two operands of `operator`, or none. */
function parts(expr: Expr | undefined, operator: string): readonly Expr[] {
  return expr?.kind === 'operation' && expr.operator === operator && expr.of.length === 2 ? expr.of : [];
}

/** The arguments of a call of `name`, or none. */
function call(expr: Expr | undefined, name: string): readonly Expr[] {
  return expr?.kind === 'call' && expr.name === name ? expr.of : [];
}

/** `strftime(strptime(.. f .., "%Y-%m-%d %H:%M:%S"), "%H")`: the hour of a date in `f`, as this program writes it. */
export function momentIn(expr: Expr): { readonly of: Expr; readonly part: TimePart } | undefined {
  const [moment, format] = call(expr, 'strftime');
  const [written] = call(moment, 'strptime');
  const [spaced] = call(written, 'substr');
  const [of] = call(spaced, 'replace');
  if (!of || format?.kind !== 'text') return undefined;
  const found = Object.entries(clockFormats).find(([, each]) => each === format.value);
  return found && { of, part: found[0] as TimePart };
}
